// SPDX-License-Identifier: GPL-3.0-or-later
// EngineHost: commands from this thread, sockets and engine on another, publications back, credentials from the vault here.
#include "events/event_log.h"
#include "io/engine_host.h"
#include "io/token_sources.h"
#include "io/vault.h"
#include "support/event_loop.h"
#include "support/local_server.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

#include <functional>

namespace {

using namespace wg;
using namespace wg::test;
using engine::ViewState;

QByteArray answer(const QByteArray& status, const QByteArray& body)
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nConnection: close\r\n\r\n" + body;
}

/// A watch.v1 server over NDJSON with one event after the snapshot, for whoever shows the token.
class TokenServer : public LocalServer {
public:
    QByteArray token = "good";
    int refused = 0;
    std::function<void()> onRefused;

    TokenServer()
    {
        onConnection = [this](QSslSocket& peer) {
            QObject::connect(&peer, &QIODevice::readyRead, &peer, [this, &peer] { serve(peer); });
            serve(peer);
        };
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }

private:
    void serve(QSslSocket& peer)
    {
        if (!peer.peek(65536).contains("\r\n\r\n"))
            return;
        const QByteArray head = peer.readAll();
        const QByteArray path = head.split(' ').value(1);
        if (!head.contains("Authorization: Bearer " + token + "\r\n")) {
            ++refused;
            if (onRefused)
                onRefused();
            peer.write(answer("401 Unauthorized", R"({"status":401,"code":"unauthorized"})"));
        } else if (path.startsWith("/v1/orders/watch")) {
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n"
                       R"({"event":"heartbeat","resource":"orders","version":1,"prev":1,"epoch":"e","ts":1})" "\n"
                       R"({"event":"order_updated","resource":"orders","id":"a","version":2,"prev":1,"epoch":"e","ts":1,"object":{"n":2}})" "\n");
            return;
        } else if (path == "/v1") {
            peer.write(answer("200 OK", R"({"epoch":"e","server":"t","resources":[{"name":"orders","events":[],"transports":["ndjson"]}]})"));
        } else {
            peer.write(answer("200 OK", R"({"resource":"orders","epoch":"e","version":1,"items":[{"id":"a","version":1,"object":{"n":1}}]})"));
        }
        peer.disconnectFromHost();
    }
};

class Host : public ::testing::Test {
protected:
    engine::WatchSpec spec(const std::string& token = "good")
    {
        engine::WatchSpec out;
        out.id = 1;
        out.connection.id = "c";
        out.connection.url = server.url();
        out.connection.auth = token.empty() ? engine::AuthKind::None : engine::AuthKind::Bearer;
        out.connection.secretName = "orders";
        out.route.id = "r";
        out.route.connectionId = "c";
        out.route.path = "/v1/orders";
        out.route.transports = {engine::Transport::Ndjson};
        return out;
    }
    io::TokenPlan plan(const std::string& file)
    {
        io::TokenPlan out;
        out.file = file;
        return out;
    }
    void putToken(const QByteArray& text)
    {
        QFile file(folder.filePath("token"));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QTemporaryDir folder;
    TokenServer server;
    io::Vault vault;
};

const engine::WatchRow* firstRow(const engine::Publication& publication)
{
    return publication.watches.empty() ? nullptr : &publication.watches.front();
}

TEST_F(Host, AWatchGoesLiveOnItsOwnThreadAndIsPublished)
{
    putToken("good\n");
    io::TokenSources tokens(plan(folder.filePath("token").toStdString()), vault);
    io::EngineHost host(tokens);
    ASSERT_NE(host.publication(), nullptr);
    host.post(engine::AddWatch{spec()});
    ASSERT_TRUE(waitUntil([&] {
        const auto publication = host.publication();
        const engine::WatchRow* row = firstRow(*publication);
        return row && row->state == ViewState::Live && row->counters.applied == 1;
    }));
    EXPECT_EQ(host.publication()->watches.front().version, "2");
    EXPECT_TRUE(waitUntil([&] { return host.log().end() > host.log().first(); }));
    const auto before = host.publication()->sequence;
    EXPECT_TRUE(waitUntil([&] { return host.publication()->sequence > before; }));
}

TEST_F(Host, ARefusedTokenIsReadAgainFromItsFile)
{
    putToken("old");
    io::TokenSources tokens(plan(folder.filePath("token").toStdString()), vault);
    io::EngineHost host(tokens);
    host.post(engine::AddWatch{spec()});
    server.onRefused = [this] { putToken("good"); };
    ASSERT_TRUE(waitUntil([&] {
        const auto publication = host.publication();
        const engine::WatchRow* row = firstRow(*publication);
        return row && row->state == ViewState::Live;
    }));
    EXPECT_EQ(server.refused, 1);
}

TEST_F(Host, CommandsOfManyKindsInARowAreCarriedOutInOrder)
{
    io::EngineHost host(vault);
    server.token = "";
    for (int round = 0; round < 20; ++round) {
        host.post(engine::AddWatch{spec("")});
        host.post(engine::SetWatchEnabled{1, false});
        host.post(engine::SetWatchEnabled{1, true});
        host.post(engine::ResyncWatch{1});
        host.post(engine::RemoveWatch{1});
    }
    host.post(engine::AddWatch{spec("")});
    ASSERT_TRUE(waitUntil([&] {
        const auto publication = host.publication();
        return publication->watches.size() == 1;
    }));
    EXPECT_EQ(host.publication()->watches.front().id, 1u);
}

TEST_F(Host, EndsInOrderWhileConnectionsAndQuestionsAreUnderWay)
{
    for (int round = 0; round < 30; ++round) {
        io::EngineHost host(vault); // asks the keychain, which may not be there
        host.post(engine::AddWatch{spec()});
        engine::WatchSpec open = spec("");
        open.id = 2;
        host.post(engine::AddWatch{open});
        if (round % 3 == 0)
            turnFor(std::chrono::milliseconds(round));
    }
    turnFor(std::chrono::milliseconds(50));
    SUCCEED();
}

} // namespace
