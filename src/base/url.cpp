// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/url.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace wg {
namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

Error bad(std::string_view text, std::string_view why)
{
    std::string shown(text.substr(0, 200));
    return {ErrorCode::BadArgument, "\"" + shown + "\" is not a usable address: " + std::string(why) + ".",
            "Give one like https://host/v1/orders or wss://host/v1/orders/watch."};
}

std::uint16_t defaultPort(std::string_view scheme)
{
    return scheme == "https" || scheme == "wss" ? 443 : 80;
}

bool isUnreserved(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// Spaces and bytes above 0x7e inside path or query are encoded; what is already encoded stays.
std::string tidied(std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7f || c == '"' || c == '<' || c == '>' || c == '`' || c == '{' || c == '}' || c == '|'
            || c == '\\' || c == '^') {
            out += '%';
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        } else {
            out += c;
        }
    }
    return out;
}

bool looksLikeCredential(std::string_view name)
{
    static constexpr std::array<std::string_view, 10> kNames = {"token", "key", "secret", "auth", "password", "passwd",
                                                                "signature", "sig", "credential", "jwt"};
    const std::string low = lowered(name);
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view n) { return low.find(n) != std::string::npos; });
}

} // namespace

std::string percentEncode(std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (isUnreserved(c)) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        }
    }
    return out;
}

std::string percentDecode(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size()
            && std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
            out += static_cast<char>(value);
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

Result<Url> Url::parse(std::string_view text)
{
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
        text.remove_suffix(1);
    const std::string_view whole = text;
    if (text.empty())
        return bad(whole, "it is empty");
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos)
        return bad(whole, "the scheme is missing");
    Url url;
    url.scheme = lowered(text.substr(0, colon));
    if (url.scheme != "http" && url.scheme != "https" && url.scheme != "ws" && url.scheme != "wss")
        return bad(whole, "the scheme \"" + url.scheme + "\" is not one of http, https, ws, wss");
    text.remove_prefix(colon + 3);
    if (const std::size_t hash = text.find('#'); hash != std::string_view::npos)
        text = text.substr(0, hash);
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    std::string_view authority = text.substr(0, end);
    text.remove_prefix(end);
    if (authority.find('@') != std::string_view::npos)
        return Error{ErrorCode::BadArgument, "The address carries a user name or password before the host.",
                     "Leave it out and give the credential as a token: it is kept in the keychain, never in an address."};
    std::string_view port;
    if (!authority.empty() && authority.front() == '[') {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos)
            return bad(whole, "the bracket round the IPv6 address is not closed");
        url.host = lowered(authority.substr(1, close - 1));
        authority.remove_prefix(close + 1);
        if (!authority.empty() && authority.front() != ':')
            return bad(whole, "there is text after the IPv6 address");
        if (!authority.empty())
            port = authority.substr(1);
    } else {
        const std::size_t at = authority.rfind(':');
        url.host = lowered(authority.substr(0, at));
        if (at != std::string_view::npos)
            port = authority.substr(at + 1);
    }
    if (url.host.empty())
        return bad(whole, "the host is missing");
    for (const char c : url.host) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f || c == '\\' || c == '%' || c == '<' || c == '>' || c == '"')
            return bad(whole, "the host has a character that no host name has");
    }
    url.port = defaultPort(url.scheme);
    if (!port.empty()) {
        unsigned value = 0;
        const auto [ptr, error] = std::from_chars(port.data(), port.data() + port.size(), value);
        if (error != std::errc() || ptr != port.data() + port.size() || value == 0 || value > 65535)
            return bad(whole, "the port \"" + std::string(port) + "\" is not a number from 1 to 65535");
        url.port = static_cast<std::uint16_t>(value);
    }
    const std::size_t question = text.find('?');
    url.path = tidied(text.substr(0, question));
    if (question != std::string_view::npos)
        url.query = tidied(text.substr(question + 1));
    if (url.path.empty())
        url.path = "/";
    return url;
}

bool Url::isLoopback() const noexcept
{
    return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0;
}

bool Url::hasDefaultPort() const noexcept
{
    return port == defaultPort(scheme);
}

std::string Url::authority() const
{
    std::string out = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (!hasDefaultPort())
        out += ":" + std::to_string(port);
    return out;
}

std::string Url::origin() const
{
    return (isSecure() ? "https://" : "http://") + authority();
}

std::string Url::target() const
{
    return query.empty() ? path : path + "?" + query;
}

std::string Url::toString() const
{
    return scheme + "://" + authority() + target();
}

std::string Url::redacted() const
{
    Url copy = *this;
    copy.query.clear();
    for (const QueryParameter& p : parameters()) {
        if (!copy.query.empty())
            copy.query += '&';
        copy.query += percentEncode(p.name) + "=" + (looksLikeCredential(p.name) ? "***" : percentEncode(p.value));
    }
    return copy.toString();
}

std::vector<QueryParameter> Url::parameters() const
{
    std::vector<QueryParameter> out;
    std::string_view rest = query;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        if (pair.empty())
            continue;
        const std::size_t eq = pair.find('=');
        out.push_back({percentDecode(pair.substr(0, eq)),
                       eq == std::string_view::npos ? std::string() : percentDecode(pair.substr(eq + 1))});
    }
    return out;
}

void Url::setParameter(std::string_view name, std::string_view value)
{
    removeParameter(name);
    if (!query.empty())
        query += '&';
    query += percentEncode(name) + "=" + percentEncode(value);
}

void Url::removeParameter(std::string_view name)
{
    std::string kept;
    std::string_view rest = query;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        if (percentDecode(pair.substr(0, pair.find('='))) == name || pair.empty())
            continue;
        if (!kept.empty())
            kept += '&';
        kept += pair;
    }
    query = kept;
}

Url Url::asHttp() const
{
    Url copy = *this;
    copy.scheme = isSecure() ? "https" : "http";
    return copy;
}

Url Url::asWebSocket() const
{
    Url copy = *this;
    copy.scheme = isSecure() ? "wss" : "ws";
    return copy;
}

Result<Url> Url::resolved(std::string_view reference) const
{
    if (reference.find("://") != std::string_view::npos && reference.find("://") < reference.find_first_of("/?#"))
        return parse(reference);
    if (reference.substr(0, 2) == "//")
        return parse(scheme + ":" + std::string(reference));
    const std::string base = scheme + "://" + authority();
    if (!reference.empty() && reference.front() == '/')
        return parse(base + std::string(reference));
    if (!reference.empty() && reference.front() == '?')
        return parse(base + path + std::string(reference));
    return parse(base + path.substr(0, path.rfind('/') + 1) + std::string(reference));
}

} // namespace wg
