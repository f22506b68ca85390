// SPDX-License-Identifier: GPL-3.0-or-later
// A server on a free loopback port for one test: TCP, or TLS with a given certificate. The test plays the peer by hand.
#pragma once

#include "support/certificate.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <vector>

namespace wg::test {

class LocalServer : public QTcpServer {
public:
    /// Called once for each connection that is ready to speak (TLS: after the handshake).
    std::function<void(QSslSocket&)> onConnection;
    /// TLS only: ask the client for a certificate that this file vouches for.
    QString clientCaFile;

    explicit LocalServer(const Certificate& certificate = {}) : m_certificate(certificate) { listen(QHostAddress::LocalHost); }

    [[nodiscard]] std::uint16_t port() const { return serverPort(); }
    [[nodiscard]] const std::vector<std::unique_ptr<QSslSocket>>& peers() const { return m_peers; }
    void forgetPeers() { m_peers.clear(); }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        m_peers.push_back(std::make_unique<QSslSocket>());
        QSslSocket* socket = m_peers.back().get();
        socket->setSocketDescriptor(descriptor);
        if (!m_certificate.isMade) {
            if (onConnection)
                onConnection(*socket);
            return;
        }
        socket->setSslConfiguration(configuration());
        connect(socket, &QSslSocket::encrypted, socket, [this, socket] {
            if (onConnection)
                onConnection(*socket);
        });
        socket->startServerEncryption();
    }

private:
    [[nodiscard]] QSslConfiguration configuration() const
    {
        QSslConfiguration out = QSslConfiguration::defaultConfiguration();
        QFile key(m_certificate.keyFile);
        if (key.open(QIODevice::ReadOnly))
            out.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec, QSsl::Pem, QSsl::PrivateKey));
        out.setLocalCertificateChain(QSslCertificate::fromPath(m_certificate.certFile));
        if (!clientCaFile.isEmpty()) {
            out.setCaCertificates(QSslCertificate::fromPath(clientCaFile));
            out.setPeerVerifyMode(QSslSocket::VerifyPeer);
        }
        return out;
    }

    Certificate m_certificate;
    std::vector<std::unique_ptr<QSslSocket>> m_peers;
};

} // namespace wg::test
