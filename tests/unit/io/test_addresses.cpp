// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/monotonic_clock.h"
#include "io/proxy_address.h"
#include "io/tls_settings.h"
#include "io/vault.h"
#include "support/certificate.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslKey>
#include <QSslSocket>
#include <gtest/gtest.h>

namespace {

using namespace wg;
using namespace wg::io;

TEST(ProxyAddress, ReadsHttpAndSocks5WithLogin)
{
    const Result<QNetworkProxy> http = proxyFromText("http://proxy.example:3128");
    ASSERT_TRUE(http);
    EXPECT_EQ(http.value().type(), QNetworkProxy::HttpProxy);
    EXPECT_EQ(http.value().port(), 3128);
    const Result<QNetworkProxy> socks = proxyFromText("socks5://ann:s%20x@[::1]:1080");
    ASSERT_TRUE(socks);
    EXPECT_EQ(socks.value().type(), QNetworkProxy::Socks5Proxy);
    EXPECT_EQ(socks.value().user(), "ann");
    EXPECT_EQ(socks.value().password(), "s x");
    EXPECT_EQ(socks.value().hostName(), "::1");
    ASSERT_TRUE(proxyFromText(""));
    EXPECT_EQ(proxyFromText("").value().type(), QNetworkProxy::NoProxy);
}

TEST(ProxyAddress, RefusesOthersWithoutRepeatingThePassword)
{
    for (const char* text : {"ftp://proxy:1", "http://proxy", "proxy:3128", "socks5://:1080", "http://ann:secret@proxy"}) {
        const Result<QNetworkProxy> read = proxyFromText(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, ErrorCode::BadArgument);
        EXPECT_EQ(read.error().what.find("secret"), std::string::npos);
    }
}

class Tls : public ::testing::Test {
protected:
    void SetUp() override
    {
        made = wg::test::makeCertificate(folder, "server");
        ASSERT_TRUE(made.isMade);
        certificate = QSslCertificate::fromPath(made.certFile).value(0);
        ASSERT_FALSE(certificate.isNull());
    }
    QTemporaryDir folder;
    wg::test::Certificate made;
    QSslCertificate certificate;
};

TEST_F(Tls, APinIsTheCertificatesOrItsKeysDigest)
{
    const QByteArray hex = certificate.digest(QCryptographicHash::Sha256).toHex();
    EXPECT_TRUE(matchesPin(certificate, hex.toStdString()));
    EXPECT_TRUE(matchesPin(certificate, certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper().toStdString()));
    const QByteArray key = QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256).toBase64();
    EXPECT_TRUE(matchesPin(certificate, "sha256/" + key.toStdString()));
    EXPECT_TRUE(matchesPin(certificate, "sha256//" + key.toStdString()));
    EXPECT_FALSE(matchesPin(certificate, std::string(64, '0')));
    EXPECT_FALSE(matchesPin(QSslCertificate(), hex.toStdString()));
}

TEST_F(Tls, TextThatCannotBeAPinIsRefused)
{
    for (const char* pin : {"abc", "sha256/xyz", "zz", "sha256/", "00:11"})
        EXPECT_FALSE(checkPin(pin)) << pin;
    EXPECT_TRUE(checkPin(""));
}

TEST_F(Tls, AMatchingPinAnswersAnUnknownIssuerButNotAnExpiredCertificate)
{
    engine::TlsSpec spec;
    spec.pinSha256 = certificate.digest(QCryptographicHash::Sha256).toHex().toStdString();
    const QSslError selfSigned(QSslError::SelfSignedCertificate, certificate);
    const QSslError expired(QSslError::CertificateExpired, certificate);
    EXPECT_EQ(judgeCertificate(spec, "h:1", certificate, {selfSigned}).error.code, ErrorCode::None);
    EXPECT_EQ(judgeCertificate(spec, "h:1", certificate, {selfSigned}).accepted.size(), 1);
    EXPECT_EQ(judgeCertificate(spec, "h:1", certificate, {selfSigned, expired}).error.code, ErrorCode::TlsFailed);
}

TEST_F(Tls, AWrongPinRefusesWhateverElseIsRight)
{
    engine::TlsSpec spec;
    spec.pinSha256 = std::string(64, '0');
    spec.isInsecure = true;
    EXPECT_EQ(judgeCertificate(spec, "h:1", certificate, {}).error.code, ErrorCode::TlsFailed);
}

TEST_F(Tls, WithoutPinAComplaintIsRefusedWithPeerAndReason)
{
    const QSslError selfSigned(QSslError::SelfSignedCertificate, certificate);
    const TlsVerdict verdict = judgeCertificate({}, "orders.example:443", certificate, {selfSigned});
    EXPECT_EQ(verdict.error.code, ErrorCode::TlsFailed);
    EXPECT_NE(verdict.error.what.find("orders.example:443"), std::string::npos);
    EXPECT_NE(verdict.error.what.find("self-signed"), std::string::npos);
    EXPECT_FALSE(verdict.error.next.empty());
}

TEST_F(Tls, FilesThatCannotBeUsedAreNamed)
{
    engine::TlsSpec spec;
    spec.caFile = "/nowhere/ca.pem";
    EXPECT_NE(tlsConfiguration(spec).error().what.find("/nowhere/ca.pem"), std::string::npos);
    spec = {};
    spec.certFile = made.certFile.toStdString();
    EXPECT_EQ(tlsConfiguration(spec).error().code, ErrorCode::BadArgument);
    spec.keyFile = spec.certFile;
    EXPECT_FALSE(tlsConfiguration(spec));
    spec.keyFile = made.keyFile.toStdString();
    const Result<QSslConfiguration> right = tlsConfiguration(spec);
    ASSERT_TRUE(right) << right.error().what;
    EXPECT_FALSE(right.value().privateKey().isNull());
    EXPECT_EQ(right.value().peerVerifyMode(), QSslSocket::VerifyPeer);
}

TEST(MonotonicClock, NeverGoesBackAndWallIsThisCentury)
{
    const MonotonicClock clock;
    Instant last = clock.now();
    for (int i = 0; i < 1000; ++i) {
        const Instant now = clock.now();
        ASSERT_GE(now, last);
        last = now;
    }
    EXPECT_GT(clock.wallNow(), 1.7e12);
}

TEST(SecretName, EmptyLongAndControlCharactersAreRefused)
{
    EXPECT_FALSE(checkSecretName(""));
    EXPECT_FALSE(checkSecretName("a\nb"));
    EXPECT_FALSE(checkSecretName(std::string(201, 'x')));
    EXPECT_TRUE(checkSecretName("orders-eu Zoë"));
}

} // namespace
