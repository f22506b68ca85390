// SPDX-License-Identifier: GPL-3.0-or-later
// SocketStreams against servers on loopback: what comes is what was sent, and every end is told once.
#include "base/limits.h"
#include "io/socket_streams.h"
#include "support/event_loop.h"
#include "support/local_server.h"

#include <QCryptographicHash>
#include <QFile>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace wg;
using namespace wg::test;

struct Recorder final : engine::StreamSink {
    struct Stream {
        bool isOpen = false;
        engine::StreamOpened info;
        std::string bytes;
        std::size_t count = 0, largest = 0;
        int ends = 0;
        Error end;
    };
    std::map<engine::StreamId, Stream> streams;
    std::function<void(engine::StreamId)> onBytes;
    bool keepsBytes = true;
    bool isInsidePort = false;

    void streamOpened(engine::StreamId id, const engine::StreamOpened& info) override
    {
        EXPECT_FALSE(isInsidePort);
        streams[id].isOpen = true;
        streams[id].info = info;
    }
    void streamBytes(engine::StreamId id, std::string_view bytes) override
    {
        EXPECT_FALSE(isInsidePort);
        // The promise of 64 readable bytes: read them, so that a sanitizer sees a broken one.
        const volatile char* after = bytes.data() + bytes.size();
        char sum = 0;
        for (int i = 0; i < 64; ++i)
            sum = static_cast<char>(sum + after[i]);
        Stream& s = streams[id];
        s.count += bytes.size();
        s.largest = std::max(s.largest, bytes.size());
        if (keepsBytes)
            s.bytes += bytes;
        if (onBytes)
            onBytes(id);
    }
    void streamClosed(engine::StreamId id, const Error& error) override
    {
        EXPECT_FALSE(isInsidePort);
        ++streams[id].ends;
        streams[id].end = error;
    }
};

class Streams : public ::testing::Test {
protected:
    Streams() { port.setSink(sink); }
    engine::StreamTarget target(const LocalServer& server, bool isSecure = false)
    {
        engine::StreamTarget to;
        to.host = isSecure ? "localhost" : "127.0.0.1";
        to.port = server.port();
        to.isSecure = isSecure;
        return to;
    }
    void open(engine::StreamId id, const engine::StreamTarget& to)
    {
        sink.isInsidePort = true;
        port.open(id, to);
        sink.isInsidePort = false;
    }
    bool waitForEnd(engine::StreamId id)
    {
        return waitUntil([&] { return sink.streams[id].ends > 0; });
    }
    Recorder sink;
    io::SocketStreams port;
};

TEST_F(Streams, BytesArriveWholeAndInOrderAndTheEndIsClean)
{
    LocalServer server;
    QByteArray sent;
    server.onConnection = [&](QSslSocket& peer) {
        for (int i = 0; i < 5000; ++i)
            sent += QByteArray::number(i) + '\n';
        peer.write(sent);
        peer.disconnectFromHost();
    };
    open(1, target(server));
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_TRUE(sink.streams[1].isOpen);
    EXPECT_EQ(sink.streams[1].bytes, sent.toStdString());
    EXPECT_EQ(sink.streams[1].end.code, ErrorCode::None);
    EXPECT_EQ(sink.streams[1].info.peer, "127.0.0.1:" + std::to_string(server.port()));
    EXPECT_LE(sink.streams[1].largest, limits::kReadChunkBytes);
}

TEST_F(Streams, WhatIsWrittenReachesThePeer)
{
    LocalServer server;
    open(1, target(server));
    ASSERT_TRUE(waitUntil([&] { return sink.streams[1].isOpen; }));
    port.write(1, "GET / HTTP/1.1\r\n\r\n");
    ASSERT_TRUE(waitUntil([&] { return !server.peers().empty() && server.peers()[0]->bytesAvailable() == 18; }));
    EXPECT_EQ(server.peers()[0]->readAll(), "GET / HTTP/1.1\r\n\r\n");
}

TEST_F(Streams, ARefusedConnectionIsASentenceWithHostAndPort)
{
    LocalServer server;
    engine::StreamTarget to = target(server);
    server.close();
    open(1, to);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.streams[1].end.code, ErrorCode::ConnectFailed);
    EXPECT_EQ(sink.streams[1].end.what, "Could not connect to 127.0.0.1:" + std::to_string(to.port) + ": connection refused.");
    EXPECT_FALSE(sink.streams[1].isOpen);
    EXPECT_EQ(sink.streams[1].ends, 1);
}

TEST_F(Streams, AnUnknownHostIsNamed)
{
    engine::StreamTarget to;
    to.host = "no-such-host.invalid";
    to.port = 80;
    open(1, to);
    ASSERT_TRUE(waitUntil([&] { return sink.streams[1].ends > 0; }, std::chrono::seconds(30)));
    EXPECT_EQ(sink.streams[1].end.code, ErrorCode::ConnectFailed);
    EXPECT_NE(sink.streams[1].end.what.find("no-such-host.invalid"), std::string::npos);
}

TEST_F(Streams, AResetEndsTheStreamOnceAfterWhatCameBefore)
{
    LocalServer server;
    server.onConnection = [](QSslSocket& peer) { peer.write("before"); };
    sink.onBytes = [&](engine::StreamId) {
        // Linger of zero makes close() send a reset.
        const linger hard{1, 0};
        setsockopt(static_cast<int>(server.peers()[0]->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        server.peers()[0]->abort();
    };
    open(1, target(server));
    ASSERT_TRUE(waitForEnd(1));
    turnFor(std::chrono::milliseconds(20));
    EXPECT_EQ(sink.streams[1].bytes, "before");
    EXPECT_EQ(sink.streams[1].ends, 1);
}

TEST_F(Streams, AHalfOpenPeerIsSilenceNotAnEnd)
{
    LocalServer server;
    server.onConnection = [](QSslSocket& peer) { peer.write("x"); };
    open(1, target(server));
    ASSERT_TRUE(waitUntil([&] { return sink.streams[1].bytes == "x"; }));
    turnFor(std::chrono::milliseconds(100));
    EXPECT_EQ(sink.streams[1].ends, 0); // deadlines are the engine's
}

TEST_F(Streams, AfterCloseNoCallFollowsEvenFromInsideTheSink)
{
    LocalServer server;
    server.onConnection = [](QSslSocket& peer) { peer.write(QByteArray(1 << 20, 'x')); };
    sink.onBytes = [&](engine::StreamId id) { port.close(id); };
    open(1, target(server));
    ASSERT_TRUE(waitUntil([&] { return sink.streams[1].count > 0; }));
    const std::size_t atClose = sink.streams[1].count;
    turnFor(std::chrono::milliseconds(50));
    EXPECT_EQ(sink.streams[1].count, atClose);
    EXPECT_EQ(sink.streams[1].ends, 0);
}

TEST_F(Streams, ClosedBeforeItBeganSaysNothing)
{
    LocalServer server;
    open(1, target(server));
    port.close(1);
    port.write(1, "late");
    turnFor(std::chrono::milliseconds(50));
    EXPECT_FALSE(sink.streams[1].isOpen);
    EXPECT_EQ(sink.streams[1].ends, 0);
}

/// Sends as fast as the other end takes it, on a thread of its own.
class EagerSender {
public:
    static constexpr std::size_t kTotal = 64u << 20;

    EagerSender()
    {
        m_listener = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        isReady = bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) == 0 && listen(m_listener, 1) == 0
            && getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
        port = ntohs(address.sin_port);
        m_thread = std::thread([this] { run(); });
    }
    ~EagerSender()
    {
        shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        ::close(m_listener);
    }
    std::atomic<std::size_t> sent{0};
    std::uint16_t port = 0;
    bool isReady = false;

private:
    void run()
    {
        const int peer = accept(m_listener, nullptr, nullptr);
        const std::vector<char> block(1 << 16, 'x');
        while (sent < kTotal && send(peer, block.data(), block.size(), MSG_NOSIGNAL) > 0)
            sent += block.size();
        ::close(peer);
    }
    int m_listener = -1;
    std::thread m_thread;
};

TEST_F(Streams, ASlowReaderHoldsTheSenderBackAndMemoryStaysFlat)
{
    EagerSender sender;
    ASSERT_TRUE(sender.isReady);
    sink.keepsBytes = false;
    std::size_t ahead = 0;
    sink.onBytes = [&](engine::StreamId id) {
        if (sink.streams[id].count > sink.streams[id].largest)
            return; // only the first read is slow
        // Reads nothing until the sender stands still: what it got rid of by then lies in the kernel, not here.
        for (std::size_t before = SIZE_MAX; before != sender.sent;) {
            before = sender.sent;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        ahead = sender.sent - sink.streams[id].count;
    };
    engine::StreamTarget to;
    to.host = "127.0.0.1";
    to.port = sender.port;
    open(1, to);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.streams[1].count, EagerSender::kTotal);
    EXPECT_LT(ahead, EagerSender::kTotal / 2);
    EXPECT_LE(sink.streams[1].largest, limits::kReadChunkBytes);
}

TEST_F(Streams, APeerThatDoesNotReadEndsTheStreamAtTheBacklogLimit)
{
    LocalServer server;
    open(1, target(server));
    ASSERT_TRUE(waitUntil([&] { return sink.streams[1].isOpen && !server.peers().empty(); }));
    server.peers()[0]->setReadBufferSize(1024);
    const std::string block(1 << 20, 'x');
    for (std::size_t i = 0; i < 2 * limits::kWriteBacklogBytes / block.size() && sink.streams[1].ends == 0; ++i)
        port.write(1, block);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.streams[1].end.code, ErrorCode::TooLarge);
}

TEST_F(Streams, ManyStreamsAtOnceAreKeptApart)
{
    LocalServer server;
    int n = 0;
    server.onConnection = [&](QSslSocket& peer) {
        peer.write(QByteArray::number(n++).repeated(1000));
        peer.disconnectFromHost();
    };
    for (engine::StreamId id = 1; id <= 50; ++id)
        open(id, target(server));
    ASSERT_TRUE(waitUntil([&] {
        return std::all_of(sink.streams.begin(), sink.streams.end(), [](const auto& s) { return s.second.ends == 1; })
            && sink.streams.size() == 50;
    }));
    for (const auto& [id, stream] : sink.streams)
        EXPECT_EQ(stream.bytes.find_first_not_of(stream.bytes.substr(0, 2)), std::string::npos);
}

class SecureStreams : public Streams {
protected:
    void SetUp() override
    {
        certificate = makeCertificate(folder, "server");
        ASSERT_TRUE(certificate.isMade);
    }
    std::string pin() const
    {
        return QSslCertificate::fromPath(certificate.certFile).value(0).digest(QCryptographicHash::Sha256).toHex().toStdString();
    }
    QTemporaryDir folder;
    Certificate certificate;
};

TEST_F(SecureStreams, ASelfSignedCertificateIsRefusedWithTheReasonAndWhatToDo)
{
    LocalServer server(certificate);
    open(1, target(server, true));
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_FALSE(sink.streams[1].isOpen);
    EXPECT_EQ(sink.streams[1].ends, 1);
    EXPECT_EQ(sink.streams[1].end.code, ErrorCode::TlsFailed);
    EXPECT_NE(sink.streams[1].end.what.find("self-signed"), std::string::npos) << sink.streams[1].end.what;
    EXPECT_FALSE(sink.streams[1].end.next.empty());
}

TEST_F(SecureStreams, ACaFileAPinOrInsecureLetItThrough)
{
    LocalServer server(certificate);
    server.onConnection = [](QSslSocket& peer) {
        peer.write(QByteArray(300'000, 'x'));
        peer.disconnectFromHost();
    };
    engine::StreamTarget byCa = target(server, true), byPin = byCa, unchecked = byCa;
    byCa.tls.caFile = certificate.certFile.toStdString();
    byPin.tls.pinSha256 = pin();
    unchecked.tls.isInsecure = true;
    open(1, byCa);
    open(2, byPin);
    open(3, unchecked);
    for (engine::StreamId id = 1; id <= 3; ++id) {
        ASSERT_TRUE(waitForEnd(id));
        EXPECT_EQ(sink.streams[id].end.code, ErrorCode::None) << sink.streams[id].end.what;
        EXPECT_EQ(sink.streams[id].bytes.size(), 300'000u);
        EXPECT_EQ(sink.streams[id].info.tlsVersion, "TLS 1.3");
        EXPECT_FALSE(sink.streams[id].info.tlsCipher.empty());
    }
}

TEST_F(SecureStreams, AnotherPinIsRefusedEvenWhereTheCaIsRight)
{
    LocalServer server(certificate);
    engine::StreamTarget to = target(server, true);
    to.tls.caFile = certificate.certFile.toStdString();
    to.tls.pinSha256 = std::string(64, 'a');
    open(1, to);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.streams[1].end.code, ErrorCode::TlsFailed);
    EXPECT_FALSE(sink.streams[1].isOpen);
    EXPECT_NE(sink.streams[1].end.what.find("not the pinned one"), std::string::npos);
}

TEST_F(SecureStreams, ACertificateForAnotherNameIsRefused)
{
    const Certificate other = makeCertificate(folder, "other", "other.example");
    LocalServer server(other);
    engine::StreamTarget to = target(server, true);
    to.tls.caFile = other.certFile.toStdString();
    open(1, to);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.streams[1].end.code, ErrorCode::TlsFailed);
    EXPECT_NE(sink.streams[1].end.what.find("host name"), std::string::npos) << sink.streams[1].end.what;
}

TEST_F(SecureStreams, AClientCertificateIsShownToAServerThatAsks)
{
    const Certificate client = makeCertificate(folder, "client", "client.example");
    LocalServer server(certificate);
    server.clientCaFile = client.certFile;
    server.onConnection = [](QSslSocket& peer) {
        peer.write(peer.peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0).toUtf8());
        peer.disconnectFromHost();
    };
    engine::StreamTarget to = target(server, true);
    to.tls.caFile = certificate.certFile.toStdString();
    to.tls.certFile = client.certFile.toStdString();
    to.tls.keyFile = client.keyFile.toStdString();
    open(1, to);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.streams[1].bytes, "client.example");
}

TEST_F(SecureStreams, APortThatDoesNotSpeakTlsIsSaidSo)
{
    LocalServer plain;
    plain.onConnection = [](QSslSocket& peer) { peer.write("HTTP/1.1 400 Bad Request\r\n\r\n"); };
    open(1, target(plain, true));
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.streams[1].end.code, ErrorCode::TlsFailed);
    EXPECT_FALSE(sink.streams[1].end.next.empty());
}

/// A proxy that answers CONNECT and passes bytes both ways.
class ConnectProxy : public LocalServer {
public:
    ConnectProxy()
    {
        onConnection = [this](QSslSocket& client) {
            QObject::connect(&client, &QIODevice::readyRead, &client, [this, &client] { serve(client); });
        };
    }
    int connects = 0;

private:
    void serve(QSslSocket& client)
    {
        if (auto* upstream = client.findChild<QTcpSocket*>("upstream")) {
            upstream->write(client.readAll());
            return;
        }
        if (!client.peek(4096).contains("\r\n\r\n"))
            return;
        const QByteArray target = client.readAll().split(' ').value(1);
        ++connects;
        auto* upstream = new QTcpSocket(&client);
        upstream->setObjectName("upstream");
        QObject::connect(upstream, &QTcpSocket::connected, &client, [&client] { client.write("HTTP/1.1 200 OK\r\n\r\n"); });
        QObject::connect(upstream, &QIODevice::readyRead, &client, [&client, upstream] { client.write(upstream->readAll()); });
        QObject::connect(upstream, &QTcpSocket::disconnected, &client, [&client] { client.disconnectFromHost(); });
        upstream->connectToHost(QString::fromUtf8(target.left(target.indexOf(':'))), target.mid(target.indexOf(':') + 1).toUShort());
    }
};

TEST_F(Streams, AnHttpProxyIsAskedToConnect)
{
    LocalServer server;
    server.onConnection = [](QSslSocket& peer) {
        peer.write("through");
        peer.disconnectFromHost();
    };
    ConnectProxy proxy;
    engine::StreamTarget to = target(server);
    to.proxy = "http://127.0.0.1:" + std::to_string(proxy.port());
    open(1, to);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.streams[1].bytes, "through");
    EXPECT_EQ(proxy.connects, 1);
}

TEST_F(Streams, AProxyThatIsNotThereIsNamedAsTheCause)
{
    LocalServer server;
    LocalServer gone;
    engine::StreamTarget to = target(server);
    to.proxy = "http://127.0.0.1:" + std::to_string(gone.port());
    gone.close();
    open(1, to);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.streams[1].end.code, ErrorCode::ConnectFailed);
    EXPECT_NE(sink.streams[1].end.what.find("proxy"), std::string::npos) << sink.streams[1].end.what;
}

} // namespace
