// SPDX-License-Identifier: GPL-3.0-or-later
// TlsSpec as Qt understands it: CA file, client certificate, pinned certificate, or no check at all.
// Rules:  a pin that does not match refuses whatever else is right; a pin that matches proves the peer's identity, so an
//         unknown issuer or another host name is accepted then, an expired certificate is not.
// Errors: ErrorCode::BadArgument (pin text), Io (file that cannot be read), TlsFailed (what the peer presented).
// Thread: plain functions; files are read at each call, so a renewed certificate is seen at the next connection.
#pragma once

#include "base/result.h"
#include "engine/watch_spec.h"

#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

#include <string>

namespace wg::io {

[[nodiscard]] Result<QSslConfiguration> tlsConfiguration(const engine::TlsSpec& spec);

/// What to do with the complaints of a handshake.
struct TlsVerdict {
    QList<QSslError> accepted; ///< to be ignored; equal to the complaints if the connection may go on
    Error error;               ///< code None: go on
};
/// peer names the other end in the sentence, as host:port.
[[nodiscard]] TlsVerdict judgeCertificate(const engine::TlsSpec& spec, const std::string& peer,
                                          const QSslCertificate& certificate, const QList<QSslError>& complaints);

/// True if the certificate has this pin: SHA-256 of the certificate in hex (colons allowed), or of its public key as
/// "sha256/BASE64".
[[nodiscard]] bool matchesPin(const QSslCertificate& certificate, const std::string& pin);
/// Whether the text can be a pin at all.
[[nodiscard]] Result<void> checkPin(const std::string& pin);

} // namespace wg::io
