// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/tls_settings.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>
#include <array>
#include <optional>

namespace wg::io {
namespace {

constexpr qsizetype kSha256Bytes = 32;
constexpr qsizetype kSha256Base64 = 44;
constexpr std::string_view kKeyPinPrefix = "sha256/";

/// The digest that a pin names, and whether it is of the public key.
struct Pin {
    QByteArray digest;
    bool isOfKey = false;
};

std::optional<Pin> readPin(const std::string& text)
{
    QByteArray rest = QByteArray::fromStdString(text).trimmed();
    Pin pin;
    if (rest.startsWith(QByteArrayView(kKeyPinPrefix.data(), kKeyPinPrefix.size()))) {
        rest.remove(0, static_cast<qsizetype>(kKeyPinPrefix.size()));
        if (rest.startsWith('/') && rest.size() > kSha256Base64) // sha256//…, as other tools write it
            rest.remove(0, 1);
        const auto decoded = QByteArray::fromBase64Encoding(rest, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return {};
        pin.digest = *decoded;
        pin.isOfKey = true;
    } else {
        rest.replace(':', "");
        const bool isHex = std::all_of(rest.cbegin(), rest.cend(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        });
        if (!isHex)
            return {};
        pin.digest = QByteArray::fromHex(rest);
    }
    if (pin.digest.size() != kSha256Bytes)
        return {};
    return pin;
}

Result<QByteArray> readFile(const std::string& path, const char* role)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, std::string("The ") + role + " " + path + " cannot be read: "
                                        + file.errorString().toStdString() + "."};
    return file.readAll();
}

QSslKey readKey(const QByteArray& pem)
{
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull())
            return key;
    }
    return {};
}

/// Complaints about who vouches for the certificate or which name it bears: a matching pin answers them.
bool isAboutIdentity(QSslError::SslError error)
{
    static constexpr std::array kIdentity = {
        QSslError::SelfSignedCertificate,     QSslError::SelfSignedCertificateInChain, QSslError::UnableToGetIssuerCertificate,
        QSslError::UnableToGetLocalIssuerCertificate, QSslError::UnableToVerifyFirstCertificate,
        QSslError::CertificateUntrusted,      QSslError::HostNameMismatch,             QSslError::InvalidCaCertificate,
    };
    return std::find(kIdentity.begin(), kIdentity.end(), error) != kIdentity.end();
}

std::string fingerprint(const QSslCertificate& certificate)
{
    return certificate.digest(QCryptographicHash::Sha256).toHex().toStdString();
}

} // namespace

Result<QSslConfiguration> tlsConfiguration(const engine::TlsSpec& spec)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (!spec.caFile.empty()) {
        const Result<QByteArray> pem = readFile(spec.caFile, "CA file");
        if (!pem)
            return pem.error();
        const QList<QSslCertificate> authorities = QSslCertificate::fromData(pem.value(), QSsl::Pem);
        if (authorities.isEmpty())
            return Error{ErrorCode::Io, "The CA file " + spec.caFile + " holds no PEM certificate."};
        configuration.setCaCertificates(authorities);
    }
    if (spec.certFile.empty() != spec.keyFile.empty())
        return Error{ErrorCode::BadArgument, "A client certificate and its key go together; only one of them is given."};
    if (!spec.certFile.empty()) {
        const Result<QByteArray> certificate = readFile(spec.certFile, "client certificate");
        const Result<QByteArray> keyText = readFile(spec.keyFile, "key of the client certificate");
        if (!certificate)
            return certificate.error();
        if (!keyText)
            return keyText.error();
        const QList<QSslCertificate> chain = QSslCertificate::fromData(certificate.value(), QSsl::Pem);
        const QSslKey key = readKey(keyText.value());
        if (chain.isEmpty())
            return Error{ErrorCode::Io, "The client certificate " + spec.certFile + " holds no PEM certificate."};
        if (key.isNull())
            return Error{ErrorCode::Io, "The key " + spec.keyFile + " is not a PEM private key without a passphrase."};
        configuration.setLocalCertificateChain(chain);
        configuration.setPrivateKey(key);
    }
    if (const Result<void> pin = checkPin(spec.pinSha256); !pin)
        return pin.error();
    // Pinned and unchecked peers are judged by judgeCertificate, which needs the complaints: the peer is always verified.
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    return configuration;
}

TlsVerdict judgeCertificate(const engine::TlsSpec& spec, const std::string& peer, const QSslCertificate& certificate,
                            const QList<QSslError>& complaints)
{
    TlsVerdict verdict;
    verdict.error.code = ErrorCode::None;
    const bool isPinned = !spec.pinSha256.empty();
    if (isPinned && !matchesPin(certificate, spec.pinSha256)) {
        verdict.error = {ErrorCode::TlsFailed,
                         "The certificate of " + peer + " is not the pinned one: its SHA-256 is " + fingerprint(certificate) + ".",
                         "If the server's certificate was renewed, check the new one and change the pin."};
        return verdict;
    }
    if (spec.isInsecure) {
        verdict.accepted = complaints;
        return verdict;
    }
    for (const QSslError& complaint : complaints) {
        if (isPinned && isAboutIdentity(complaint.error())) {
            verdict.accepted.append(complaint);
            continue;
        }
        std::string why = complaint.errorString().toStdString();
        if (!why.empty() && why.back() == '.')
            why.pop_back();
        verdict.error = {ErrorCode::TlsFailed,
                         "The certificate of " + peer + " is not accepted: " + why + " (SHA-256 " + fingerprint(certificate) + ").",
                         "Give the CA that signed it, or pin this certificate if you know it to be right."};
        return verdict;
    }
    return verdict;
}

bool matchesPin(const QSslCertificate& certificate, const std::string& pin)
{
    const std::optional<Pin> wanted = readPin(pin);
    if (!wanted || certificate.isNull())
        return false;
    const QByteArray digest = wanted->isOfKey
        ? QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256)
        : certificate.digest(QCryptographicHash::Sha256);
    return digest == wanted->digest;
}

Result<void> checkPin(const std::string& pin)
{
    if (pin.empty() || readPin(pin))
        return {};
    return Error{ErrorCode::BadArgument, "The pin is neither the SHA-256 of a certificate in hex nor sha256/BASE64 of its key.",
                 "\"openssl x509 -in cert.pem -noout -fingerprint -sha256\" prints it."};
}

} // namespace wg::io
