// SPDX-License-Identifier: GPL-3.0-or-later
// Result<T>: a value or an Error, for calls that can fail.
// Shape:  Error is one closed code, a sentence for a person (what and where) and the next step.
// Errors: reading value() of a failed Result is misuse and ends the program.
// Thread: plain values, no sharing.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wg {

/// Everything that can go wrong, as one closed list. toString() gives the stable machine name.
enum class ErrorCode : std::uint8_t {
    None,
    BadArgument,      ///< the caller's text cannot be used (URL, option, filter)
    NotFound,         ///< 404, or a named thing that does not exist
    Unauthorized,     ///< 401, 4401, token expired
    Forbidden,        ///< 403, 4403, origin refused
    Gone,             ///< 410, 4410: the version is no longer held
    RateLimited,      ///< 429, 4429
    Unavailable,      ///< 5xx, server going away
    Rejected,         ///< any other refusal by the peer
    WrongContentType, ///< an answer of a type that is not parsed
    Protocol,         ///< the peer broke the protocol's framing
    Undecodable,      ///< a message that cannot be read
    TooLarge,         ///< a limit of base/limits.h was met
    Timeout,          ///< a deadline passed
    ConnectFailed,    ///< DNS, TCP
    TlsFailed,        ///< certificate or handshake
    ConnectionLost,   ///< an established connection ended
    Keychain,         ///< locked, absent, refused
    Io,               ///< file or database
    Cancelled,
    Internal,
};

[[nodiscard]] std::string_view toString(ErrorCode code) noexcept;

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string what; ///< one sentence: what failed and where
    std::string next; ///< what happens next or what to do; may be empty

    /// "what next" as one line of text.
    [[nodiscard]] std::string sentence() const { return next.empty() ? what : what + " " + next; }
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_value(std::move(value)) {}     // NOLINT: implicit by design, as in `return value;`
    Result(Error error) : m_error(std::move(error)) {} // NOLINT

    [[nodiscard]] bool isOk() const noexcept { return m_value.has_value(); }
    explicit operator bool() const noexcept { return isOk(); }

    [[nodiscard]] const T& value() const& { return require(), *m_value; }
    [[nodiscard]] T& value() & { return require(), *m_value; }
    [[nodiscard]] T&& value() && { return require(), std::move(*m_value); }
    [[nodiscard]] const Error& error() const noexcept { return m_error; }

private:
    void require() const
    {
        if (!m_value) {
            std::fprintf(stderr, "misuse: value of a failed Result: %s\n", m_error.what.c_str());
            std::abort();
        }
    }
    std::optional<T> m_value;
    Error m_error;
};

/// Result without a value.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {} // NOLINT
    [[nodiscard]] bool isOk() const noexcept { return m_ok; }
    explicit operator bool() const noexcept { return m_ok; }
    [[nodiscard]] const Error& error() const noexcept { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

} // namespace wg
