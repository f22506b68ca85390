// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the address of a proxy: http://[user:password@]host:port or socks5://[user:password@]host:port.
// Errors: ErrorCode::BadArgument with what is wrong; a password is never repeated in the sentence.
#pragma once

#include "base/result.h"

#include <QNetworkProxy>

#include <string>

namespace wg::io {

/// Empty text: no proxy at all, whatever the system says.
[[nodiscard]] Result<QNetworkProxy> proxyFromText(const std::string& text);

} // namespace wg::io
