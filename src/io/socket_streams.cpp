// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/socket_streams.h"

#include "base/limits.h"
#include "io/proxy_address.h"
#include "io/tls_settings.h"

#include <QElapsedTimer>
#include <QSslCipher>
#include <QSslSocket>
#include <QTimer>

namespace wg::io {
namespace {

constexpr std::size_t kPadding = 64; ///< readable bytes after what is handed on, as ports.h promises

std::string addressOf(const engine::StreamTarget& target)
{
    const bool isIpv6 = target.host.find(':') != std::string::npos;
    return (isIpv6 ? "[" + target.host + "]" : target.host) + ":" + std::to_string(target.port);
}

std::string lowerFirst(std::string text)
{
    if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z')
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    while (!text.empty() && text.back() == '.')
        text.pop_back();
    return text;
}

bool isProxyError(QAbstractSocket::SocketError error)
{
    return error >= QAbstractSocket::ProxyAuthenticationRequiredError && error <= QAbstractSocket::ProxyProtocolError
        && error != QAbstractSocket::SslHandshakeFailedError;
}

std::string protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2: return "TLS 1.2";
    case QSsl::TlsV1_3: return "TLS 1.3";
    default: return "TLS";
    }
}

} // namespace

class SocketStreams::Connection : public std::enable_shared_from_this<SocketStreams::Connection> {
public:
    Connection(SocketStreams& owner, engine::StreamId id, const engine::StreamTarget& target)
        : m_owner(owner), m_id(id), m_target(target)
    {
    }
    ~Connection() { drop(); }

    void start();
    void write(std::string_view bytes);
    /// Nothing is said to the sink after this.
    void drop();

private:
    void connectSignals();
    void connectTlsSignals();
    void begin();
    void established();
    void read();
    void failed(QAbstractSocket::SocketError error);
    void finish(Error error);
    [[nodiscard]] Error explain(QAbstractSocket::SocketError error) const;

    SocketStreams& m_owner;
    const engine::StreamId m_id;
    const engine::StreamTarget m_target;
    QTcpSocket* m_socket = nullptr; ///< owned; deleted later, as a slot of it may be running
    QSslSocket* m_tls = nullptr;    ///< the same socket where the stream is secure; a plain QTcpSocket reads cheaper
    QElapsedTimer m_since;
    engine::ConnectTimings m_timings;
    Error m_certificateError{ErrorCode::None, {}, {}};
    bool m_isOpen = false;
};

void SocketStreams::Connection::start()
{
    if (m_target.isSecure)
        m_socket = m_tls = new QSslSocket;
    else
        m_socket = new QTcpSocket;
    // From the loop, so that no signal can come while the caller is still inside open().
    QTimer::singleShot(0, m_socket, [self = shared_from_this()] { self->begin(); });
}

void SocketStreams::Connection::begin()
{
    if (m_socket == nullptr)
        return; // closed before it began
    const Result<QNetworkProxy> proxy = proxyFromText(m_target.proxy);
    if (!proxy)
        return finish(proxy.error());
    m_socket->setProxy(proxy.value());
    m_socket->setReadBufferSize(limits::kReadChunkBytes);
    connectSignals();
    m_since.start();
    const QString host = QString::fromStdString(m_target.host);
    if (!m_target.isSecure)
        return m_socket->connectToHost(host, m_target.port);
    if (!QSslSocket::supportsSsl())
        return finish({ErrorCode::TlsFailed, "TLS is not available here: Qt found no usable OpenSSL library."});
    Result<QSslConfiguration> tls = tlsConfiguration(m_target.tls);
    if (!tls)
        return finish(tls.error());
    tls.value().setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    m_tls->setSslConfiguration(tls.value());
    m_tls->connectToHostEncrypted(host, m_target.port);
}

void SocketStreams::Connection::connectSignals()
{
    QTcpSocket* s = m_socket;
    QObject::connect(s, &QAbstractSocket::hostFound, s, [this] { m_timings.dnsMs = toMs(Duration(m_since.nsecsElapsed())); });
    QObject::connect(s, &QAbstractSocket::connected, s, [this] {
        m_timings.tcpMs = toMs(Duration(m_since.nsecsElapsed())) - m_timings.dnsMs;
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
        if (!m_target.isSecure)
            established();
    });
    QObject::connect(s, &QIODevice::readyRead, s, [this] { read(); });
    QObject::connect(s, &QAbstractSocket::errorOccurred, s, [this](QAbstractSocket::SocketError error) { failed(error); });
    QObject::connect(s, &QAbstractSocket::disconnected, s, [this] { failed(QAbstractSocket::RemoteHostClosedError); });
    if (m_tls != nullptr)
        connectTlsSignals();
}

void SocketStreams::Connection::connectTlsSignals()
{
    QSslSocket* s = m_tls;
    QObject::connect(s, &QSslSocket::sslErrors, s, [this](const QList<QSslError>& complaints) {
        TlsVerdict verdict = judgeCertificate(m_target.tls, addressOf(m_target), m_tls->peerCertificate(), complaints);
        m_certificateError = std::move(verdict.error);
        if (m_certificateError.code == ErrorCode::None)
            m_tls->ignoreSslErrors(verdict.accepted);
    });
    QObject::connect(s, &QSslSocket::encrypted, s, [this] {
        m_timings.tlsMs = toMs(Duration(m_since.nsecsElapsed())) - m_timings.dnsMs - m_timings.tcpMs;
        // A certificate without a complaint must still be the pinned one.
        TlsVerdict verdict = judgeCertificate(m_target.tls, addressOf(m_target), m_tls->peerCertificate(), {});
        if (verdict.error.code != ErrorCode::None)
            return finish(std::move(verdict.error));
        established();
    });
}

void SocketStreams::Connection::established()
{
    m_isOpen = true;
    engine::StreamOpened info;
    info.peer = m_socket->peerAddress().toString().toStdString() + ":" + std::to_string(m_socket->peerPort());
    if (m_tls != nullptr) {
        info.tlsVersion = protocolName(m_tls->sessionProtocol());
        info.tlsCipher = m_tls->sessionCipher().name().toStdString();
    }
    info.timings = m_timings;
    m_owner.m_sink->streamOpened(m_id, info);
}

void SocketStreams::Connection::read()
{
    if (!m_isOpen)
        return;
    const auto self = shared_from_this(); // the sink may close this stream from inside its call
    char* const begin = m_owner.m_buffer.data();
    const auto room = static_cast<qint64>(m_owner.m_buffer.size() - kPadding);
    while (m_socket != nullptr) {
        const qint64 got = m_socket->read(begin, room);
        if (got <= 0)
            return;
        m_owner.m_sink->streamBytes(m_id, {begin, static_cast<std::size_t>(got)});
    }
}

void SocketStreams::Connection::write(std::string_view bytes)
{
    if (m_socket == nullptr || !m_isOpen)
        return;
    m_socket->write(bytes.data(), static_cast<qint64>(bytes.size()));
    const qint64 backlog = m_socket->bytesToWrite() + (m_tls != nullptr ? m_tls->encryptedBytesToWrite() : 0);
    if (backlog > static_cast<qint64>(limits::kWriteBacklogBytes)) {
        QTimer::singleShot(0, m_socket, [self = shared_from_this()] {
            self->finish({ErrorCode::TooLarge, "The peer " + addressOf(self->m_target) + " does not read what is sent to it: more than "
                                                   + std::to_string(limits::kWriteBacklogBytes / limits::kMiB) + " MiB wait."});
        });
    }
}

void SocketStreams::Connection::failed(QAbstractSocket::SocketError error)
{
    const auto self = shared_from_this();
    if (m_isOpen)
        read(); // what came before the end belongs to the stream
    finish(explain(error));
}

Error SocketStreams::Connection::explain(QAbstractSocket::SocketError error) const
{
    if (m_certificateError.code != ErrorCode::None)
        return m_certificateError;
    if (m_socket == nullptr || (m_isOpen && error == QAbstractSocket::RemoteHostClosedError))
        return {ErrorCode::None, {}, {}};
    const std::string why = lowerFirst(m_socket->errorString().toStdString());
    const std::string address = addressOf(m_target);
    if (m_isOpen)
        return {ErrorCode::ConnectionLost, "The connection to " + address + " was lost: " + why + "."};
    if (error == QAbstractSocket::HostNotFoundError)
        return {ErrorCode::ConnectFailed, "The host name \"" + m_target.host + "\" was not found.",
                "Check the address and the name service."};
    if (isProxyError(error))
        return {ErrorCode::ConnectFailed, "The proxy did not connect to " + address + ": " + why + ".", "Check the proxy's address and login."};
    const bool isTls = error == QAbstractSocket::SslHandshakeFailedError || error == QAbstractSocket::SslInternalError
        || (m_target.isSecure && m_timings.tcpMs > 0);
    if (isTls)
        return {ErrorCode::TlsFailed, "The TLS handshake with " + address + " failed: " + why + ".",
                "Check that this port speaks TLS and which certificates it asks for."};
    return {ErrorCode::ConnectFailed, "Could not connect to " + address + ": " + why + ".", {}};
}

void SocketStreams::Connection::finish(Error error)
{
    if (m_socket == nullptr)
        return;
    const auto self = shared_from_this();
    m_owner.retire(m_id);
    drop();
    m_owner.m_sink->streamClosed(m_id, error);
}

void SocketStreams::Connection::drop()
{
    if (m_socket == nullptr)
        return;
    QTcpSocket* socket = std::exchange(m_socket, nullptr);
    m_tls = nullptr;
    socket->disconnect();
    socket->abort();
    socket->deleteLater();
}

SocketStreams::SocketStreams() : m_buffer(limits::kReadChunkBytes + kPadding) {}

SocketStreams::~SocketStreams()
{
    for (auto& [id, connection] : m_connections)
        connection->drop();
}

void SocketStreams::open(engine::StreamId id, const engine::StreamTarget& target)
{
    auto connection = std::make_shared<Connection>(*this, id, target);
    m_connections.insert_or_assign(id, connection);
    connection->start();
}

void SocketStreams::write(engine::StreamId id, std::string_view bytes)
{
    if (const auto found = m_connections.find(id); found != m_connections.end())
        found->second->write(bytes);
}

void SocketStreams::close(engine::StreamId id)
{
    const auto found = m_connections.find(id);
    if (found == m_connections.end())
        return;
    const auto connection = found->second;
    m_connections.erase(found);
    connection->drop();
}

void SocketStreams::retire(engine::StreamId id)
{
    m_connections.erase(id);
}

} // namespace wg::io
