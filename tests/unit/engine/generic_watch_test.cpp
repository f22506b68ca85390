// SPDX-License-Identifier: GPL-3.0-or-later
// Watching sources that know nothing of watch.v1: every message is shown in order, and resumed where they give ids.
#include "model_server.h"

#include <gtest/gtest.h>

namespace wg::test {
namespace {

using engine::Transport;
using engine::ViewState;
using namespace std::chrono_literals;

/// A server that answers each stream request by a hook; no discovery, no snapshot.
class PlainServer : public Peer {
public:
    std::function<void(Rig&, engine::StreamId, const std::string& head)> answer;
    std::function<void(Rig&, engine::RequestId, const engine::HttpRequest&)> poll;
    std::vector<std::string> heads;
    std::map<engine::StreamId, std::string> inbox;
    engine::StreamId last = 0;

    void streamOpen(Rig& rig, engine::StreamId id, const engine::StreamTarget&) override { rig.opened(last = id); }
    void streamBytes(Rig& rig, engine::StreamId id, const std::string& bytes) override
    {
        std::string& text = inbox[id];
        const bool isWhole = text.find("\r\n\r\n") != std::string::npos;
        text += bytes;
        if (isWhole || text.find("\r\n\r\n") == std::string::npos)
            return;
        heads.push_back(text.substr(0, text.find("\r\n\r\n")));
        answer(rig, id, heads.back());
    }
    void request(Rig& rig, engine::RequestId id, const engine::HttpRequest& request) override
    {
        if (poll)
            return poll(rig, id, request);
        rig.answer(id, 404, {{"Content-Type", "text/plain"}}, "no");
    }
};

const std::string kSse = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

std::vector<std::string> shown(const Rig& rig)
{
    std::vector<std::string> out;
    for (const auto& each : rig.heard)
        if (each->isShown)
            out.push_back(each->payload);
    return out;
}

std::string field(const std::string& head, const std::string& name)
{
    const std::size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + 4 + name.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

TEST(GenericSse, ShowsEveryMessageWithItsTypeAndResumesByLastEventId)
{
    PlainServer server;
    server.answer = [&](Rig& rig, engine::StreamId id, const std::string&) {
        if (server.heads.size() == 1)
            rig.send(id, kSse + ": hi\n\nid: 17:0\ndata: one\n\ndata: two, without an id of its own\n\nevent: price\nid: 17:1\ndata: {\"k\":\ndata: 3}\n\n");
        else
            rig.send(id, kSse + "id: 18:0\ndata: four\n\n");
    };
    Rig rig(server);
    const auto id = rig.watch("http://h/sub/a?x=1");
    rig.run(2s);
    EXPECT_TRUE(rig.at(id).isLive) << rig.at(id).sentence();
    EXPECT_EQ(rig.at(id).dialect, "generic-sse");
    EXPECT_EQ(shown(rig), (std::vector<std::string>{"one", "two, without an id of its own", "{\"k\":\n3}"}));
    EXPECT_EQ(rig.heard.back()->type, "price");
    EXPECT_EQ(rig.heard.front()->type, "message");
    rig.end(server.last, ErrorCode::ConnectionLost);
    rig.run(5s);
    ASSERT_EQ(server.heads.size(), 2u);
    EXPECT_EQ(field(server.heads[0], "Last-Event-ID"), "");
    EXPECT_EQ(field(server.heads[1], "Last-Event-ID"), "17:1");
    EXPECT_NE(server.heads[1].find("GET /sub/a?x=1 "), std::string::npos);
    EXPECT_EQ(shown(rig).back(), "four");
    EXPECT_TRUE(rig.markers.empty()) << "a resume by id loses nothing";
    EXPECT_TRUE(rig.report(id).counters.addUp());
}

TEST(GenericSse, AnEventSentAgainAfterTheResumeIsShownOnce)
{
    PlainServer server;
    server.answer = [&](Rig& rig, engine::StreamId id, const std::string&) { rig.send(id, kSse + "id: 1\ndata: one\n\n"); };
    Rig rig(server);
    rig.watch("http://h/sub/a", {Transport::Sse});
    rig.run(2s);
    rig.end(server.last, ErrorCode::ConnectionLost);
    rig.run(5s);
    ASSERT_EQ(server.heads.size(), 2u);
    EXPECT_EQ(shown(rig), (std::vector<std::string>{"one"}));
}

TEST(GenericSse, QuietForLongIsUnconfirmedNotDead)
{
    PlainServer server;
    server.answer = [&](Rig& rig, engine::StreamId id, const std::string&) { rig.send(id, kSse); };
    Rig rig(server);
    const auto id = rig.watch("http://h/sub/a", {Transport::Sse});
    rig.run(40s);
    EXPECT_EQ(server.heads.size(), 1u) << "no heartbeat is promised: silence is no reason to hang up after 5 s";
    EXPECT_EQ(rig.at(id).state, ViewState::Live);
    EXPECT_EQ(rig.engine().publication()->watches.at(0).freshness.substr(0, 11), "Unconfirmed");
}

TEST(GenericByContentType, ANdjsonStreamIsReadAsOne)
{
    PlainServer server;
    server.answer = [&](Rig& rig, engine::StreamId id, const std::string&) {
        rig.send(id, "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n{\"a\":1}\nnot json\n");
    };
    Rig rig(server);
    const auto id = rig.watch("http://h/feed");
    rig.run(2s);
    EXPECT_EQ(rig.at(id).dialect, "generic-ndjson") << rig.at(id).sentence();
    EXPECT_EQ(shown(rig), (std::vector<std::string>{"{\"a\":1}", "not json"}));
}

TEST(GenericByContentType, APageForPeopleIsNeverShownAsMessages)
{
    for (const char* dialect : {"auto", "generic-longpoll"}) {
        PlainServer server;
        server.answer = [&](Rig& rig, engine::StreamId id, const std::string&) {
            rig.send(id, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 13\r\n\r\n<html></html>");
        };
        server.poll = [](Rig& rig, engine::RequestId id, const engine::HttpRequest&) {
            rig.answer(id, 200, {{"Content-Type", "text/html; charset=utf-8"}}, "<html></html>");
        };
        Rig rig(server);
        const auto id = rig.watch("http://h/page", {}, [&](engine::WatchSpec& spec) { spec.route.dialect = dialect; });
        rig.run(300s);
        EXPECT_EQ(rig.at(id).state, ViewState::Failed) << dialect << ": " << rig.at(id).sentence();
        EXPECT_EQ(rig.at(id).code, ErrorCode::WrongContentType);
        EXPECT_TRUE(rig.heard.empty());
    }
}

TEST(GenericByContentType, AJsonDocumentIsAskedForAgainAtAnEasyPace)
{
    PlainServer server;
    server.answer = [&](Rig& rig, engine::StreamId id, const std::string&) {
        rig.send(id, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    };
    server.poll = [](Rig& rig, engine::RequestId id, const engine::HttpRequest&) {
        rig.answer(id, 200, {{"Content-Type", "application/json"}}, R"({"a":1})");
    };
    Rig rig(server);
    const auto id = rig.watch("http://h/feed");
    rig.run(20s);
    EXPECT_EQ(rig.at(id).dialect, "generic-longpoll") << rig.at(id).sentence();
    EXPECT_EQ(server.heads.size(), 1u);
    EXPECT_LE(rig.requests.size(), 5u);
    EXPECT_GE(rig.heard.size(), 3u);
}

TEST(GenericByContentType, AnAddressBelowV1WithoutDiscoveryIsGeneric)
{
    PlainServer server;
    server.answer = [&](Rig& rig, engine::StreamId id, const std::string&) { rig.send(id, kSse + "data: x\n\n"); };
    Rig rig(server);
    const auto id = rig.watch("http://h/v1/things");
    rig.run(2s);
    EXPECT_EQ(rig.at(id).dialect, "generic-sse");
    EXPECT_EQ(rig.requests.size(), 1u);
    EXPECT_EQ(rig.requests[0].url.path, "/v1");
}

std::string switching(const std::string& head, const std::string& protocol)
{
    // The model server knows how to accept; here the key is turned by the same rule.
    return ModelServer::upgrade(field(head, "Sec-WebSocket-Key"), protocol);
}

TEST(GenericWs, NchanFramesCarryIdsAndResumeByQuery)
{
    PlainServer server;
    server.answer = [&](Rig& rig, engine::StreamId id, const std::string& head) {
        EXPECT_EQ(field(head, "Sec-WebSocket-Protocol"), "ws+meta.nchan");
        rig.send(id, switching(head, "ws+meta.nchan"));
        if (server.heads.size() == 1) {
            rig.send(id, ModelServer::frame(1, "id: 17:0\ncontent-type: text/plain\n\nm1"));
            rig.send(id, ModelServer::frame(1, "id: 17:1\ncontent-type: application/json\n\n{\"k\":3}"));
        } else {
            rig.send(id, ModelServer::frame(1, "id: 18:0\n\nline1\n\nline2"));
        }
    };
    Rig rig(server);
    const auto id = rig.watch("ws://h/sub/a");
    rig.run(2s);
    EXPECT_TRUE(rig.at(id).isLive) << rig.at(id).sentence();
    EXPECT_EQ(rig.at(id).dialect, "generic-ws");
    rig.end(server.last, ErrorCode::ConnectionLost);
    rig.run(5s);
    ASSERT_EQ(server.heads.size(), 2u);
    EXPECT_NE(server.heads[1].find("GET /sub/a?last_event_id=17%3A1 "), std::string::npos) << server.heads[1];
    EXPECT_EQ(shown(rig), (std::vector<std::string>{"m1", "{\"k\":3}", "line1\n\nline2"}));
}

TEST(GenericWs, AServerThatKnowsNoSubprotocolIsShownAsItIs)
{
    PlainServer server;
    server.answer = [&](Rig& rig, engine::StreamId id, const std::string& head) {
        if (!field(head, "Sec-WebSocket-Protocol").empty())
            return rig.send(id, "HTTP/1.1 400 x\r\nContent-Length: 0\r\n\r\n");
        rig.send(id, switching(head, ""));
        rig.send(id, ModelServer::frame(1, "id: 17:0\n\nm1") + ModelServer::frame(2, std::string("\0\1", 2)));
    };
    Rig rig(server);
    const auto id = rig.watch("ws://h/x");
    rig.run(2s);
    EXPECT_TRUE(rig.at(id).isLive) << rig.at(id).sentence();
    EXPECT_EQ(shown(rig), (std::vector<std::string>{"id: 17:0\n\nm1", std::string("\0\1", 2)}));
    EXPECT_EQ(rig.heard.back()->type, "binary");
}

TEST(GenericWs, WithoutIdsALostConnectionIsMarkedAsUnknownHistory)
{
    PlainServer server;
    server.answer = [&](Rig& rig, engine::StreamId id, const std::string& head) {
        rig.send(id, switching(head, ""));
        rig.send(id, ModelServer::frame(1, "x"));
    };
    Rig rig(server);
    const auto id = rig.watch("ws://h/x");
    rig.run(2s);
    rig.end(server.last, ErrorCode::ConnectionLost);
    rig.run(5s);
    ASSERT_EQ(rig.markers.size(), 1u);
    EXPECT_EQ(rig.markers[0].marker.kind, sync::MarkerKind::HistoryLost);
    EXPECT_EQ(shown(rig).size(), 2u);
    EXPECT_TRUE(rig.at(id).isLive);
}

TEST(GenericLongPoll, FollowsTheValidatorsOfTheAnswers)
{
    PlainServer server;
    std::vector<std::string> asked;
    int round = 0;
    server.poll = [&](Rig& rig, engine::RequestId id, const engine::HttpRequest& request) {
        std::string validators;
        for (const engine::Header& header : request.headers)
            if (header.name == "If-None-Match" || header.name == "If-Modified-Since")
                validators += header.value + ";";
        asked.push_back(validators);
        const engine::Header modified{"Last-Modified", "Sat, 21 Nov 2026 21:15:21 GMT"};
        if (round < 2)
            rig.answer(id, 200, {modified, {"Etag", std::to_string(round)}, {"Content-Type", "text/plain"}}, "m" + std::to_string(round));
        else
            rig.answer(id, 304, {}, "");
        ++round;
    };
    Rig rig(server);
    const auto id = rig.watch("http://h/poll/a", {}, [](engine::WatchSpec& spec) { spec.route.dialect = "generic-longpoll"; });
    rig.run(20s);
    EXPECT_EQ(shown(rig), (std::vector<std::string>{"m0", "m1"}));
    ASSERT_GE(asked.size(), 3u);
    EXPECT_EQ(asked[0], "");
    EXPECT_EQ(asked[2], "Sat, 21 Nov 2026 21:15:21 GMT;1;");
    EXPECT_LT(asked.size(), 10u) << "quick answers without news are paced";
    EXPECT_TRUE(rig.at(id).isLive);
}

TEST(GenericAuto, ATransportThatCannotBeIsSaid)
{
    PlainServer server;
    Rig rig(server);
    const auto id = rig.watch("http://h/x", {Transport::Poll});
    rig.run(1s);
    EXPECT_EQ(rig.at(id).state, ViewState::Failed);
    EXPECT_NE(rig.at(id).why.find("poll"), std::string::npos);
    const auto other = rig.watch("http://h/x", {}, [](engine::WatchSpec& spec) { spec.route.dialect = "nonsense"; });
    rig.run(1s);
    EXPECT_EQ(rig.at(other).state, ViewState::Failed);
    EXPECT_NE(rig.at(other).sentence().find("generic-sse"), std::string::npos) << rig.at(other).sentence();
}

} // namespace
} // namespace wg::test
