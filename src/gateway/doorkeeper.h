// SPDX-License-Identifier: GPL-3.0-or-later
// Doorkeeper: who may come in: bearer tokens, JWTs (HS256), origins, the rate of requests and the number of streams.
// Rules:  a token travels in Authorization, as sub-protocol bearer.BASE64URL, or last as ?access_token=. A JWT's `exp` ends
//         a stream; its `resources` (a list of names), if there, is all that it opens. Tokens are compared in constant time.
// Thread: the gateway's own.
// Source: RFC 6750, RFC 7515, RFC 7519.
#pragma once

#include "base/time.h"
#include "gateway/options.h"
#include "gateway/reply.h"
#include "gateway/request.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::gateway {

struct Identity {
    std::optional<double> expiresAtS;                   ///< Unix seconds
    std::optional<std::vector<std::string>> resources;  ///< nothing = all

    [[nodiscard]] bool mayRead(std::string_view resource) const;
    [[nodiscard]] bool isExpired(double nowS) const { return expiresAtS && nowS >= *expiresAtS; }
};

/// An identity or the problem to answer with.
struct Admission {
    std::optional<Identity> identity;
    Problem problem;
};

class Doorkeeper {
public:
    explicit Doorkeeper(const Options& options) : m_options(&options) {}

    [[nodiscard]] Admission admit(const Request& request) const;
    [[nodiscard]] Admission admitToken(std::string_view token) const;
    [[nodiscard]] bool allowsOrigin(const Request& request) const;
    /// Takes one request from the address's bucket; gives the seconds to wait where it is empty.
    [[nodiscard]] std::optional<double> overRate(const boost::asio::ip::address& address, Instant now);

    [[nodiscard]] bool tryOpenStream() noexcept;
    void closeStream() noexcept { --m_streams; }

private:
    [[nodiscard]] bool isOpen() const noexcept { return m_options->tokens.empty() && m_options->jwtSecret.isEmpty(); }
    struct Bucket {
        double tokens = 0;
        Instant at;
    };
    const Options* m_options;
    std::map<boost::asio::ip::address, Bucket> m_buckets;
    std::size_t m_streams = 0;
};

[[nodiscard]] std::optional<std::string> decodeBase64Url(std::string_view text);
[[nodiscard]] std::string encodeBase64Url(std::string_view bytes);

} // namespace wg::gateway
