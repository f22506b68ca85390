// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/doorkeeper.h"

#include "gateway/resource.h"

#include <algorithm>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <simdjson.h>

namespace wg::gateway {
namespace {

constexpr std::string_view kSubprotocolPrefix = "bearer.";
constexpr std::size_t kMostAddresses = 10'000; ///< remembered for the rate limit
constexpr std::size_t kMostTokenBytes = 8192;

std::string sha256(std::string_view text)
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    return {reinterpret_cast<const char*>(digest), sizeof digest};
}

/// Compares digests, so neither content nor length of a known token shows in the time it takes.
bool equalsSecretly(std::string_view a, std::string_view b)
{
    const std::string x = sha256(a);
    const std::string y = sha256(b);
    return CRYPTO_memcmp(x.data(), y.data(), x.size()) == 0;
}

std::string hmacSha256(std::string_view key, std::string_view text)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), digest, &size);
    return {reinterpret_cast<const char*>(digest), size};
}

double nowSeconds()
{
    return static_cast<double>(wallMicroseconds()) / 1e6;
}

/// Claims of a JWT whose signature is good.
std::optional<Identity> readClaims(const std::string& json)
{
    simdjson::dom::parser parser;
    simdjson::dom::object claims;
    if (parser.parse(json).get(claims) != simdjson::SUCCESS)
        return std::nullopt;
    Identity identity;
    simdjson::dom::element value;
    if (claims["exp"].get(value) == simdjson::SUCCESS) {
        double seconds = 0;
        if (value.get(seconds) != simdjson::SUCCESS)
            return std::nullopt;
        identity.expiresAtS = seconds;
    }
    if (double start = 0; claims["nbf"].get(value) == simdjson::SUCCESS && (value.get(start) != simdjson::SUCCESS || start > nowSeconds()))
        return std::nullopt;
    if (claims["resources"].get(value) == simdjson::SUCCESS) {
        simdjson::dom::array names;
        if (value.get(names) != simdjson::SUCCESS)
            return std::nullopt;
        identity.resources.emplace();
        for (const simdjson::dom::element name : names)
            if (std::string_view text; name.get(text) == simdjson::SUCCESS)
                identity.resources->emplace_back(text);
    }
    return identity;
}

std::optional<Identity> readJwt(std::string_view token, std::string_view secret)
{
    const std::size_t first = token.find('.');
    const std::size_t second = token.rfind('.');
    if (first == std::string_view::npos || second <= first)
        return std::nullopt;
    const auto header = decodeBase64Url(token.substr(0, first));
    const auto claims = decodeBase64Url(token.substr(first + 1, second - first - 1));
    const auto signature = decodeBase64Url(token.substr(second + 1));
    if (!header || !claims || !signature)
        return std::nullopt;
    const std::string expected = hmacSha256(secret, token.substr(0, second));
    if (signature->size() != expected.size() || CRYPTO_memcmp(signature->data(), expected.data(), expected.size()) != 0)
        return std::nullopt;
    simdjson::dom::parser parser;
    simdjson::dom::object fields;
    std::string_view algorithm;
    if (parser.parse(*header).get(fields) != simdjson::SUCCESS || fields["alg"].get(algorithm) != simdjson::SUCCESS
        || algorithm != "HS256")
        return std::nullopt;
    return readClaims(*claims);
}

std::string tokenOf(const Request& request)
{
    const std::string_view header = request.header("Authorization");
    if (header.size() > 7 && equalsIgnoringCase(header.substr(0, 7), "bearer "))
        return std::string(trimmed(header.substr(7)));
    for (const std::string_view protocol : request.headerList("Sec-WebSocket-Protocol"))
        if (protocol.substr(0, kSubprotocolPrefix.size()) == kSubprotocolPrefix)
            return decodeBase64Url(protocol.substr(kSubprotocolPrefix.size())).value_or("");
    return request.parameter("access_token").value_or("");
}

} // namespace

std::optional<std::string> decodeBase64Url(std::string_view text)
{
    static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    std::string out;
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        const std::size_t value = kAlphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        held = (held << 6 | static_cast<unsigned>(value)) & 0xFFFFu;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(held >> bits & 0xFF);
        }
    }
    if (bits >= 6)
        return std::nullopt;
    return out;
}

std::string encodeBase64Url(std::string_view bytes)
{
    static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    unsigned held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8 | static_cast<unsigned char>(c)) & 0xFFFFu;
        for (bits += 8; bits >= 6; bits -= 6)
            out += kAlphabet[held >> (bits - 6) & 63];
    }
    if (bits > 0)
        out += kAlphabet[held << (6 - bits) & 63];
    return out;
}

bool Identity::mayRead(std::string_view resource) const
{
    return !resources || std::find(resources->begin(), resources->end(), resource) != resources->end();
}

Admission Doorkeeper::admit(const Request& request) const
{
    if (isOpen())
        return {Identity{}, {}};
    return admitToken(tokenOf(request));
}

Admission Doorkeeper::admitToken(std::string_view token) const
{
    if (isOpen())
        return {Identity{}, {}};
    if (token.empty() || token.size() > kMostTokenBytes)
        return {std::nullopt, Problem::unauthorized("unauthorized", "A bearer token is needed.")};
    bool isKnown = false;
    for (const Secret& known : m_options->tokens)
        isKnown |= equalsSecretly(known.reveal(), token);
    if (isKnown)
        return {Identity{}, {}};
    if (!m_options->jwtSecret.isEmpty())
        if (auto identity = readJwt(token, m_options->jwtSecret.reveal())) {
            if (identity->isExpired(nowSeconds()))
                return {std::nullopt, Problem::unauthorized("token_expired", "The token has expired.")};
            return {std::move(identity), {}};
        }
    return {std::nullopt, Problem::unauthorized("unauthorized", "The token is not known here.")};
}

bool Doorkeeper::allowsOrigin(const Request& request) const
{
    if (!request.hasHeader("Origin"))
        return true;
    const std::string_view origin = request.header("Origin");
    for (const std::string& allowed : m_options->origins)
        if (allowed == "*" || equalsIgnoringCase(allowed, origin))
            return true;
    const std::string own = (m_options->tlsCert.empty() ? "http://" : "https://") + std::string(request.header("Host"));
    return equalsIgnoringCase(own, origin);
}

std::optional<double> Doorkeeper::overRate(const boost::asio::ip::address& address, Instant now)
{
    const double rate = m_options->rateLimit;
    if (rate <= 0)
        return std::nullopt;
    if (m_buckets.size() >= kMostAddresses && m_buckets.count(address) == 0)
        m_buckets.clear();
    const double most = std::max(1.0, rate);
    const auto [at, isNew] = m_buckets.try_emplace(address, Bucket{most, now});
    Bucket& bucket = at->second;
    bucket.tokens = std::min(most, bucket.tokens + rate * toSeconds(now - bucket.at));
    bucket.at = now;
    if (bucket.tokens < 1)
        return (1 - bucket.tokens) / rate;
    bucket.tokens -= 1;
    return std::nullopt;
}

bool Doorkeeper::tryOpenStream() noexcept
{
    if (m_streams >= m_options->maxConnections)
        return false;
    ++m_streams;
    return true;
}

} // namespace wg::gateway
