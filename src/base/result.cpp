// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/result.h"

namespace wg {

std::string_view toString(ErrorCode code) noexcept
{
    switch (code) {
    case ErrorCode::None: return "none";
    case ErrorCode::BadArgument: return "bad_argument";
    case ErrorCode::NotFound: return "not_found";
    case ErrorCode::Unauthorized: return "unauthorized";
    case ErrorCode::Forbidden: return "forbidden";
    case ErrorCode::Gone: return "version_expired";
    case ErrorCode::RateLimited: return "rate_limited";
    case ErrorCode::Unavailable: return "unavailable";
    case ErrorCode::Rejected: return "rejected";
    case ErrorCode::WrongContentType: return "wrong_content_type";
    case ErrorCode::Protocol: return "protocol_error";
    case ErrorCode::Undecodable: return "undecodable";
    case ErrorCode::TooLarge: return "too_large";
    case ErrorCode::Timeout: return "timeout";
    case ErrorCode::ConnectFailed: return "connect_failed";
    case ErrorCode::TlsFailed: return "tls_failed";
    case ErrorCode::ConnectionLost: return "connection_lost";
    case ErrorCode::Keychain: return "keychain";
    case ErrorCode::Io: return "io";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

} // namespace wg
