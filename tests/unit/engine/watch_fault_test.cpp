// SPDX-License-Identifier: GPL-3.0-or-later
// Everything a server or a network does wrong, one rule each: what the watch does, and that its copy is right after it.
#include "model_server.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wg::test {
namespace {

using engine::Transport;
using engine::ViewState;
using sync::MarkerKind;
using namespace std::chrono_literals;

constexpr const char* kUrl = "http://h/v1/orders";

/// A model server and a rig, with the usual steps.
struct Scene {
    ModelServer server;
    Rig rig{server};
    engine::WatchId id = 0;

    void start(std::vector<Transport> transports, const std::function<void(engine::WatchSpec&)>& change = {})
    {
        id = rig.watch(kUrl, std::move(transports), change);
    }
    void write(int count)
    {
        for (int i = 0; i < count; ++i) {
            server.put("k" + std::to_string(i % 5), R"({"i":)" + std::to_string(i) + "}");
            server.flush(rig);
            rig.run(100ms);
        }
    }
    bool live(Duration span = 60s)
    {
        return rig.runUntil([&] { return rig.at(id).isLive; }, span);
    }
    void expectExact()
    {
        EXPECT_TRUE(live()) << rig.at(id).sentence();
        rig.run(40s);
        EXPECT_TRUE(rig.at(id).isLive) << rig.at(id).sentence();
        EXPECT_EQ(rig.items(id), server.truth());
        EXPECT_TRUE(rig.report(id).counters.addUp());
        EXPECT_EQ(rig.at(id).cursor.toString(), server.epoch + ":" + std::to_string(server.version));
    }
    [[nodiscard]] sync::Counters counters() const { return rig.report(id).counters; }
    [[nodiscard]] long marked(MarkerKind kind) const
    {
        return std::count_if(rig.markers.begin(), rig.markers.end(), [&](const Marked& each) { return each.marker.kind == kind; });
    }
};

void withBearer(engine::WatchSpec& spec)
{
    spec.connection.auth = engine::AuthKind::Bearer;
    spec.connection.secretName = "key";
}

// --- too old

TEST(TooOld, AsStatus410ResyncsFromASnapshot)
{
    Scene s;
    s.start({Transport::Sse});
    ASSERT_TRUE(s.live());
    s.server.acceptsConnections = false;
    const auto stream = s.server.streams.begin()->first;
    s.rig.end(stream, ErrorCode::ConnectionLost);
    s.rig.run(1s);
    s.server.put("late", "{\"x\":1}");
    s.server.floor = s.server.version;
    s.server.log.clear();
    s.server.acceptsConnections = true;
    s.expectExact();
    EXPECT_EQ(s.marked(MarkerKind::TooOld), 1);
    EXPECT_EQ(s.counters().snapshots, 2u);
}

TEST(TooOld, InBandAndAsClose4410ResyncsWithoutFailing)
{
    for (const bool inBand : {true, false}) {
        Scene s;
        s.start({Transport::WebSocket});
        ASSERT_TRUE(s.live());
        const auto stream = s.server.streams.begin()->first;
        if (inBand)
            s.server.message(s.rig, stream, R"({"op":"error","code":"version_expired","detail":"gone"})");
        s.server.closeFrame(s.rig, stream, 4410);
        s.expectExact();
        EXPECT_EQ(s.marked(MarkerKind::TooOld), 1) << inBand;
        EXPECT_EQ(s.counters().resyncs, 1u) << inBand;
    }
}

// --- credentials

TEST(Credential, IsSentAsBearerInTheHeaderAndNeverInTheUrl)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::LongPoll}) {
        Scene s;
        s.server.token = "s3cret";
        s.rig.secrets["key"] = "s3cret";
        s.start({transport}, withBearer);
        ASSERT_TRUE(s.live()) << s.rig.at(s.id).sentence();
        for (const std::string& head : s.server.heads) {
            EXPECT_NE(head.find("Authorization: Bearer s3cret"), std::string::npos);
            EXPECT_EQ(head.substr(0, head.find("\r\n")).find("s3cret"), std::string::npos);
        }
        for (const engine::HttpRequest& request : s.rig.requests)
            EXPECT_EQ(request.url.toString().find("s3cret"), std::string::npos);
    }
}

TEST(Credential, ExpiredInMidStreamIsRefreshedOnceAndResumesAtTheSameCursor)
{
    Scene s;
    s.server.token = "old";
    s.rig.secrets["key"] = "old";
    s.rig.laterSecrets["key"] = {"new"};
    s.start({Transport::WebSocket}, withBearer);
    ASSERT_TRUE(s.live());
    s.write(3);
    s.server.token = "new";
    s.server.message(s.rig, s.server.streams.begin()->first, R"({"op":"error","code":"token_expired","detail":""})");
    s.expectExact();
    EXPECT_EQ(s.rig.secretRefreshes, 1u);
    EXPECT_EQ(s.counters().resyncs, 0u);
    EXPECT_EQ(s.counters().snapshots, 1u);
}

TEST(Credential, RefusedAgainNeedsASignIn)
{
    Scene s;
    s.server.token = "right";
    s.rig.secrets["key"] = "wrong";
    s.start({Transport::Sse}, withBearer);
    s.rig.run(60s);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::SignIn) << s.rig.at(s.id).sentence();
    EXPECT_EQ(s.rig.at(s.id).code, ErrorCode::Unauthorized);
    EXPECT_NE(s.rig.at(s.id).sentence().find("401"), std::string::npos);
    EXPECT_LE(s.rig.requests.size() + s.rig.targets.size(), 4u) << "a refused token must not be tried again and again";
    // A person stores the right one and asks again.
    s.rig.secrets["key"] = "right";
    s.rig.engine().execute(engine::RetryWatch{s.id});
    s.expectExact();
}

TEST(Credential, AbsentFromTheKeychainIsASentence)
{
    Scene s;
    s.start({Transport::Sse}, withBearer);
    s.rig.run(1s);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::SignIn);
    EXPECT_NE(s.rig.at(s.id).sentence().find("keychain holds no entry"), std::string::npos) << s.rig.at(s.id).sentence();
    EXPECT_TRUE(s.rig.requests.empty());
    EXPECT_TRUE(s.rig.targets.empty());
}

TEST(Credential, WhoseKeychainNeverAnswersIsNotWaitedForForEver)
{
    Scene s;
    s.rig.answersSecrets = false;
    s.start({Transport::Sse}, withBearer);
    s.rig.run(59s);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Connecting);
    s.rig.run(2s);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::SignIn);
    EXPECT_NE(s.rig.at(s.id).sentence().find("did not answer"), std::string::npos);
    s.rig.answersSecrets = true;
    s.rig.secrets["key"] = "t";
    s.rig.engine().execute(engine::RetryWatch{s.id});
    s.expectExact();
}

// --- refusals

TEST(Refusal, OfTheRouteFailsWithItsReasonAndIsNotRepeated)
{
    struct Case { int status; const char* code; ErrorCode expected; };
    for (const Case& each : {Case{400, "bad_request", ErrorCode::Rejected}, Case{403, "forbidden", ErrorCode::Forbidden},
                             Case{404, "not_found", ErrorCode::NotFound}}) {
        Scene s;
        s.server.refuse = [&](const ModelServer::Stream&) { return ModelServer::problem(each.status, each.code); };
        s.start({Transport::Sse});
        s.rig.run(120s);
        EXPECT_EQ(s.rig.at(s.id).state, ViewState::Failed) << each.status;
        EXPECT_NE(s.rig.at(s.id).sentence().find(std::to_string(each.status)), std::string::npos) << s.rig.at(s.id).sentence();
        EXPECT_FALSE(s.rig.at(s.id).next.empty());
        EXPECT_EQ(s.rig.targets.size(), 1u);
        EXPECT_EQ(s.rig.items(s.id), s.server.truth()) << "the state is kept";
        s.server.refuse = nullptr;
        s.rig.engine().execute(engine::RetryWatch{s.id});
        s.expectExact();
    }
}

TEST(Refusal, ByEveryTransportFailsWithTheLastReason)
{
    Scene s;
    s.server.intercept = [](Rig& rig, engine::RequestId id, const engine::HttpRequest& request) {
        if (request.url.path == "/v1")
            return false;
        rig.answer(id, 404, {{"Content-Type", "application/problem+json"}}, R"({"code":"not_found"})");
        return true;
    };
    s.start({});
    s.rig.run(60s);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Failed);
    EXPECT_EQ(s.rig.at(s.id).code, ErrorCode::NotFound);
}

TEST(WrongContentType, IsNeverParsedAndFailsAfterFiveInARow)
{
    Scene s;
    const std::string html = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 47\r\n\r\n<html>data: {\"event\":\"order_deleted\"}\n\n</html>";
    s.server.refuse = [&](const ModelServer::Stream&) { return html; };
    s.start({Transport::Sse});
    s.rig.run(5s);
    EXPECT_NE(s.rig.at(s.id).sentence().find("text/html"), std::string::npos) << "the reason shows at once: " << s.rig.at(s.id).sentence();
    s.rig.run(300s);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Failed) << s.rig.at(s.id).sentence();
    EXPECT_EQ(s.rig.at(s.id).code, ErrorCode::WrongContentType);
    EXPECT_EQ(s.rig.targets.size(), 5u);
    EXPECT_EQ(s.counters().received, 0u);
}

TEST(WrongContentType, TwiceThenRightIsLive)
{
    for (const Transport transport : {Transport::Sse, Transport::Ndjson}) {
        Scene s;
        int left = 2;
        s.server.refuse = [&](const ModelServer::Stream&) {
            return left-- > 0 ? std::string("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>") : std::string();
        };
        s.start({transport});
        s.expectExact();
    }
}

TEST(RetryAfter, InSecondsAndAsADateIsALowerBound)
{
    for (const bool isDate : {false, true}) {
        Scene s;
        Instant refusedAt{};
        Instant backAt{};
        s.server.refuse = [&](const ModelServer::Stream&) {
            if (refusedAt.ns == 0) {
                refusedAt = s.rig.now();
                // The server's clock is an hour ahead of ours; Date cancels that.
                return ModelServer::problem(isDate ? 503 : 429, isDate ? "unavailable" : "rate_limited",
                                            isDate ? "Date: Tue, 14 Nov 2023 23:13:20 GMT\r\nRetry-After: Tue, 14 Nov 2023 23:13:27 GMT\r\n"
                                                   : "Retry-After: 7\r\n");
            }
            if (backAt.ns == 0)
                backAt = s.rig.now();
            return std::string();
        };
        s.start({Transport::Sse});
        s.expectExact();
        EXPECT_GE(toSeconds(backAt - refusedAt), 7.0) << isDate;
        EXPECT_LT(toSeconds(backAt - refusedAt), 12.0) << isDate;
    }
}

TEST(RetryAfter, InTheStreamIsALowerBound)
{
    Scene s;
    s.start({Transport::WebSocket});
    ASSERT_TRUE(s.live());
    const Instant refusedAt = s.rig.now();
    s.server.message(s.rig, s.server.streams.begin()->first, R"({"op":"error","code":"rate_limited","detail":"slow down","retry_after":4})");
    s.rig.run(3900ms);
    EXPECT_EQ(s.rig.targets.size(), 1u);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Retrying);
    EXPECT_NE(s.rig.at(s.id).sentence().find("slow down"), std::string::npos);
    s.expectExact();
    EXPECT_GE(toSeconds(s.rig.now() - refusedAt), 4.0);
}

// --- messages that cannot be read

struct Unreadable { const char* name; std::string (*spoil)(const std::string&); };

class UnreadableMessage : public testing::TestWithParam<Unreadable> {};

TEST_P(UnreadableMessage, OnceIsHealedByResumingWithoutAResync)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::Ndjson}) {
        Scene s;
        bool isSpoilt = false;
        s.server.deliver = [&](ModelServer::Stream&, const std::string& json, std::uint64_t version) {
            if (version != 8 || isSpoilt)
                return std::vector<std::string>{json};
            isSpoilt = true;
            return std::vector<std::string>{GetParam().spoil(json)};
        };
        s.start({transport});
        ASSERT_TRUE(s.live());
        s.write(6);
        s.expectExact();
        EXPECT_EQ(s.counters().undecodable, 1u) << engine::toString(transport);
        EXPECT_EQ(s.counters().resyncs, 0u) << engine::toString(transport);
    }
}

TEST_P(UnreadableMessage, EveryTimeIsSteppedOverByASnapshotWithAMarker)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::Ndjson, Transport::LongPoll}) {
        Scene s;
        s.server.deliver = [&](ModelServer::Stream&, const std::string& json, std::uint64_t version) {
            return std::vector<std::string>{version == 8 ? GetParam().spoil(json) : json};
        };
        s.start({transport});
        ASSERT_TRUE(s.live());
        s.write(6);
        s.expectExact();
        EXPECT_GE(s.counters().undecodable, 2u) << engine::toString(transport);
        EXPECT_GE(s.counters().resyncs, 1u) << engine::toString(transport);
        EXPECT_GE(s.marked(MarkerKind::Unreadable), 1) << engine::toString(transport);
    }
}

std::string brokenTail(const std::string& json) { return json.substr(0, json.size() - 1) + R"(,"x":nul})"; }
std::string invalidUtf8(const std::string& json) { return json.substr(0, json.size() - 1) + ",\"x\":\"\xff\xfe\"}"; }
std::string tooDeep(const std::string& json)
{
    return json.substr(0, json.size() - 1) + ",\"x\":" + std::string(600, '[') + std::string(600, ']') + "}";
}
std::string noVersion(const std::string& json)
{
    std::string out = json;
    const std::size_t at = out.find("\"version\":");
    return out.replace(at, 10, "\"other\":");
}
std::string floatVersion(const std::string& json)
{
    std::string out = json;
    return out.insert(out.find(',', out.find("\"version\":")), ".0");
}

INSTANTIATE_TEST_SUITE_P(All, UnreadableMessage,
                         testing::Values(Unreadable{"BrokenTail", brokenTail}, Unreadable{"InvalidUtf8", invalidUtf8},
                                         Unreadable{"TooDeep", tooDeep}, Unreadable{"NoVersion", noVersion},
                                         Unreadable{"FloatVersion", floatVersion}),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(BigMessage, OfFiveMegabytesIsApplied)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::Ndjson, Transport::LongPoll}) {
        Scene s;
        s.start({transport});
        ASSERT_TRUE(s.live());
        s.server.put("big", "{\"blob\":\"" + std::string(5 * limits::kMiB, 'y') + "\"}");
        s.server.flush(s.rig);
        s.rig.run(2s);
        s.expectExact();
        EXPECT_EQ(s.counters().undecodable, 0u) << engine::toString(transport);
    }
}

TEST(BigMessage, OfSeventeenMegabytesIsRefusedBySentenceAndSteppedOver)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::Ndjson}) {
        Scene s;
        s.server.deliver = [&](ModelServer::Stream&, const std::string& json, std::uint64_t version) {
            return std::vector<std::string>{version == 8 ? json.substr(0, json.size() - 1) + ",\"pad\":\"" + std::string(17 * limits::kMiB, 'x') + "\"}" : json};
        };
        s.start({transport});
        ASSERT_TRUE(s.live());
        s.write(6);
        s.expectExact();
        EXPECT_GE(s.marked(MarkerKind::Unreadable), 1) << engine::toString(transport);
        const bool isSaid = std::any_of(s.rig.markers.begin(), s.rig.markers.end(), [](const Marked& each) { return each.marker.why.find("larger than the limit") != std::string::npos; });
        EXPECT_TRUE(isSaid) << engine::toString(transport) << ": " << s.rig.markers.front().marker.why;
    }
}

// --- order

TEST(LostEvent, IsAGapWithOneMarkerAndAResync)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::Ndjson, Transport::LongPoll}) {
        Scene s;
        s.server.deliver = [&](ModelServer::Stream& stream, const std::string& json, std::uint64_t version) {
            return version == 8 && stream.number <= 4 ? std::vector<std::string>{} : std::vector<std::string>{json};
        };
        s.start({transport}, [](engine::WatchSpec& spec) { spec.route.heartbeatS = 2; });
        ASSERT_TRUE(s.live());
        s.write(3);
        s.expectExact();
        EXPECT_EQ(s.marked(MarkerKind::Gap), 1) << engine::toString(transport);
        EXPECT_EQ(s.counters().gaps, 1u) << engine::toString(transport);
    }
}

TEST(LostEvent, AtTheVeryEndIsFoundByTheHeartbeatOrTheNextCursor)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::Ndjson, Transport::LongPoll}) {
        Scene s;
        s.server.deliver = [&](ModelServer::Stream&, const std::string& json, std::uint64_t version) {
            return version == 8 ? std::vector<std::string>{} : std::vector<std::string>{json};
        };
        s.start({transport}, [](engine::WatchSpec& spec) { spec.route.heartbeatS = 2; });
        ASSERT_TRUE(s.live());
        s.write(3); // 6, 7, 8
        s.expectExact();
        EXPECT_EQ(s.marked(MarkerKind::Gap), 1) << engine::toString(transport);
    }
}

TEST(Duplicate, EventsAreCountedAndDropped)
{
    Scene s;
    s.server.deliver = [&](ModelServer::Stream&, const std::string& json, std::uint64_t) { return std::vector<std::string>{json, json}; };
    s.start({Transport::Ndjson});
    ASSERT_TRUE(s.live());
    s.write(5);
    s.expectExact();
    EXPECT_EQ(s.counters().duplicate + s.counters().stale, 5u);
    EXPECT_EQ(s.counters().gaps, 0u);
}

TEST(Epoch, ThatChangesIsAMarkerAndAResync)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::Ndjson, Transport::LongPoll, Transport::Poll}) {
        Scene s;
        s.start({transport});
        ASSERT_TRUE(s.live());
        s.write(4);
        s.server.epoch = "e2";
        s.server.version = 3;
        s.server.log.clear();
        s.server.items = {{"fresh", {3, "{\"x\":1}"}}};
        for (auto& [stream, state] : s.server.streams)
            s.rig.end(stream, ErrorCode::ConnectionLost);
        s.rig.run(1s);
        s.expectExact();
        EXPECT_EQ(s.rig.at(s.id).cursor.epoch, "e2");
        EXPECT_EQ(s.counters().snapshots, 2u) << engine::toString(transport);
    }
}

TEST(Rollback, IsAskedAgainThenAcceptedWithAMarker)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::LongPoll, Transport::Poll}) {
        Scene s;
        s.start({transport});
        ASSERT_TRUE(s.live());
        s.write(6);
        s.rig.run(6s);
        s.server.version = 7;
        s.server.log.erase(std::remove_if(s.server.log.begin(), s.server.log.end(), [](const ModelEvent& e) { return e.version > 7; }), s.server.log.end());
        s.server.items = {{"a", {7, "{\"back\":true}"}}};
        for (auto& [stream, state] : s.server.streams)
            s.rig.end(stream, ErrorCode::ConnectionLost);
        s.rig.run(1s);
        s.expectExact();
        EXPECT_GE(s.marked(MarkerKind::Rollback), 1) << engine::toString(transport);
    }
}

TEST(PatchWithoutBase, IsResynced)
{
    Scene s;
    s.start({Transport::Sse});
    ASSERT_TRUE(s.live());
    s.server.patch("nobody", "{\"a\":1}", "{\"a\":1}");
    s.server.flush(s.rig);
    s.expectExact();
    EXPECT_EQ(s.marked(MarkerKind::PatchWithoutBase), 1);
}

// --- the line

TEST(HalfOpen, LineIsGivenUpAfterTwoHeartbeatsAndFiveSeconds)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::Ndjson}) {
        Scene s;
        s.server.beats = [](ModelServer::Stream& stream) { return stream.number > 1 || stream.sent == 0; };
        s.start({transport}, [](engine::WatchSpec& spec) { spec.route.heartbeatS = 2; });
        ASSERT_TRUE(s.live());
        s.write(1);
        const Instant silentSince = s.rig.now();
        // Nothing comes any more, but nothing is closed either.
        ASSERT_TRUE(s.rig.runUntil([&] { return s.rig.at(s.id).state == ViewState::Stale; }, 20s)) << engine::toString(transport);
        ASSERT_TRUE(s.rig.runUntil([&] { return s.rig.targets.size() > 1; }, 30s)) << engine::toString(transport);
        EXPECT_GE(toSeconds(s.rig.now() - silentSince), 8.5);
        EXPECT_LE(toSeconds(s.rig.now() - silentSince), 11.0);
        s.expectExact();
        EXPECT_EQ(s.counters().resyncs, 0u) << "a lost connection is resumed";
    }
}

TEST(BufferingProxy, ThatHoldsTheStreamBackMakesTheNextTransportBeTried)
{
    Scene s;
    s.server.afterHead = [](Rig&, engine::StreamId, ModelServer::Stream& stream) {
        if (stream.transport != "ndjson")
            stream.isStreaming = false;
    };
    s.start({});
    ASSERT_TRUE(s.live());
    EXPECT_EQ(s.rig.at(s.id).transport, Transport::Ndjson);
    ASSERT_EQ(s.rig.targets.size(), 3u);
    s.expectExact();
    s.rig.end(s.server.streams.begin()->first, ErrorCode::ConnectionLost);
    s.rig.run(10s);
    s.expectExact();
    EXPECT_EQ(s.rig.targets.size(), 4u) << "the transport that worked is remembered";
}

TEST(Upgrade, RefusedForATransportReasonFallsBackAndSaysWhy)
{
    for (const int status : {200, 400, 404, 405, 426, 501}) {
        Scene s;
        s.server.refuse = [&](const ModelServer::Stream& stream) {
            return stream.transport == "ws" ? ModelServer::problem(status, "upgrade_required") : std::string();
        };
        engine::EngineOptions options;
        s.start({});
        ASSERT_TRUE(s.live()) << status;
        EXPECT_EQ(s.rig.at(s.id).transport, Transport::Sse) << status;
        s.rig.run(2s);
        EXPECT_NE(s.rig.engine().publication()->watches.at(0).fellBackWhy.find(std::to_string(status)), std::string::npos)
            << s.rig.engine().publication()->watches.at(0).fellBackWhy;
    }
}

TEST(Upgrade, RefusedForAuthorizationDoesNotFallBack)
{
    Scene s;
    s.server.refuse = [&](const ModelServer::Stream&) { return ModelServer::problem(403, "forbidden"); };
    s.start({});
    s.rig.run(30s);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Failed);
    EXPECT_EQ(s.rig.targets.size(), 1u);
}

TEST(Upgrade, RefusedWithoutAnAlternativeFails)
{
    Scene s;
    s.server.refuse = [&](const ModelServer::Stream&) { return ModelServer::problem(426, "upgrade_required"); };
    s.start({Transport::WebSocket});
    s.rig.run(30s);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Failed) << s.rig.at(s.id).sentence();
}

TEST(Redirect, OnTheSameOriginKeepsTheCredential)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse}) {
        Scene s;
        s.server.token = "t";
        s.rig.secrets["key"] = "t";
        s.server.refuse = [&](const ModelServer::Stream& stream) {
            return parameter(stream.query, "moved").empty()
                       ? "HTTP/1.1 307 x\r\nContent-Length: 0\r\nLocation: /v1/orders/watch?" + stream.query + "&moved=1\r\n\r\n"
                       : std::string();
        };
        s.start({transport}, withBearer);
        s.expectExact();
        EXPECT_EQ(s.server.heads.size(), 2u);
    }
}

TEST(Redirect, ToAnotherOriginDropsTheCredential)
{
    Scene s;
    s.server.token = "t";
    s.rig.secrets["key"] = "t";
    s.server.refuse = [&](const ModelServer::Stream& stream) {
        return stream.head.find("Host: other") == std::string::npos
                   ? "HTTP/1.1 302 x\r\nContent-Length: 0\r\nLocation: http://other/v1/orders/watch?" + stream.query + "\r\n\r\n"
                   : std::string();
    };
    s.start({Transport::Sse}, [](engine::WatchSpec& spec) {
        withBearer(spec);
        spec.connection.headers = {{"X-Api-Key", "k3y"}};
    });
    s.rig.runUntil([&] { return s.server.heads.size() >= 2; }, 30s);
    ASSERT_GE(s.server.heads.size(), 2u);
    EXPECT_NE(s.server.heads[0].find("Bearer t"), std::string::npos);
    EXPECT_NE(s.server.heads[0].find("k3y"), std::string::npos);
    EXPECT_EQ(s.server.heads[1].find("Bearer"), std::string::npos);
    EXPECT_EQ(s.server.heads[1].find("k3y"), std::string::npos);
    EXPECT_EQ(s.rig.targets[1].host, "other");
}

TEST(Redirect, WithoutEndIsBounded)
{
    Scene s;
    s.server.refuse = [&](const ModelServer::Stream& stream) {
        return "HTTP/1.1 302 x\r\nContent-Length: 0\r\nLocation: /v1/orders/watch?" + stream.query + "\r\n\r\n";
    };
    s.start({Transport::Sse});
    s.rig.run(600s);
    EXPECT_LE(s.rig.targets.size(), 5u * 11u);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Failed);
}

TEST(Reconnecting, InARowBacksOffAndResumesWithoutASnapshot)
{
    Scene s;
    s.start({Transport::Sse});
    ASSERT_TRUE(s.live());
    for (int round = 0; round < 3; ++round) {
        s.server.put("r" + std::to_string(round), "{\"x\":1}");
        s.rig.end(s.server.streams.begin()->first, ErrorCode::ConnectionLost);
        s.expectExact();
    }
    EXPECT_EQ(s.counters().snapshots, 1u);
    EXPECT_EQ(s.counters().reconnects, 3u);
    EXPECT_EQ(s.counters().resumes, 3u);
}

TEST(Reconnecting, ToAServerThatEndsAtOnceIsNoHotLoop)
{
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::Ndjson}) {
        Scene s;
        s.server.afterHead = [](Rig& rig, engine::StreamId id, ModelServer::Stream& stream) {
            stream.isStreaming = false;
            rig.end(id);
        };
        s.start({transport});
        s.rig.run(60s);
        EXPECT_LT(s.rig.targets.size(), 25u) << engine::toString(transport);
        s.server.afterHead = nullptr;
        s.expectExact();
    }
}

TEST(Reconnecting, WhileNothingListensIsSaidAndHealsByItself)
{
    Scene s;
    s.server.acceptsConnections = false;
    s.server.intercept = [](Rig& rig, engine::RequestId id, const engine::HttpRequest&) {
        rig.answerCut(id, 0, {}, {}, ErrorCode::ConnectFailed);
        return true;
    };
    s.start({});
    s.rig.run(90s);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Retrying);
    EXPECT_FALSE(s.rig.at(s.id).hasConnected);
    EXPECT_NE(s.rig.at(s.id).next.find("Next try"), std::string::npos);
    EXPECT_LT(s.rig.requests.size(), 30u);
    s.server.acceptsConnections = true;
    s.server.intercept = nullptr;
    s.expectExact();
}

TEST(Snapshot, ThatFailsOrIsCutChangesNothingAndIsAskedAgain)
{
    Scene s;
    int round = 0;
    s.server.intercept = [&](Rig& rig, engine::RequestId id, const engine::HttpRequest& request) {
        if (request.url.path != "/v1/orders" || round > 4)
            return false;
        const engine::Header json{"Content-Type", "application/json"};
        switch (round++) {
        case 0: rig.answer(id, 500, {{"Content-Type", "application/problem+json"}}, "{}"); break;
        case 1: rig.answerCut(id, 200, {json}, R"({"resource":"orders","epoch":"e1","version":5,"items":[{"id":"a")", ErrorCode::ConnectionLost); break;
        case 2: rig.answer(id, 200, {json}, R"({"resource":"orders","epoch":"e1","version":5,"items":[{"id":"a","version":5,"object":{}})"); break;
        case 3: rig.answer(id, 200, {json}, ""); break;
        default: rig.answer(id, 200, {json}, R"({"resource":"stocks","epoch":"e1","version":5,"items":[]})"); break;
        }
        return true;
    };
    s.start({Transport::Sse});
    s.expectExact();
    EXPECT_EQ(round, 5);
    EXPECT_EQ(s.counters().snapshots, 1u);
}

TEST(BadAddress, IsASentenceAndNothingIsAsked)
{
    ModelServer server;
    Rig rig(server);
    for (const char* url : {"", "htp://x", "http://", "http://user:pw@h/v1/orders", "http://h:99999/v1/orders", "http://h/v1"}) {
        const auto id = rig.watch(url);
        rig.run(5s);
        EXPECT_EQ(rig.at(id).state, ViewState::Failed) << url << ": " << rig.at(id).sentence();
        EXPECT_GT(rig.at(id).why.size(), 15u) << url;
        EXPECT_EQ(rig.at(id).sentence().find("pw"), std::string::npos);
    }
    EXPECT_TRUE(rig.targets.empty());
}

TEST(LateInput, OfAnEndedStreamOrRequestIsDropped)
{
    Scene s;
    s.start({Transport::Sse});
    ASSERT_TRUE(s.live());
    const auto stream = s.server.streams.begin()->first;
    s.rig.engine().execute(engine::SetWatchEnabled{s.id, false});
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Paused);
    const auto before = s.counters();
    s.rig.engine().streamBytes(stream, "data: {}\n\n");
    s.rig.engine().streamClosed(stream, {});
    s.rig.engine().httpDone(9999, {});
    EXPECT_EQ(s.counters().received, before.received);
    EXPECT_EQ(s.rig.at(s.id).state, ViewState::Paused);
    s.server.put("while-paused", "{\"x\":1}");
    s.rig.engine().execute(engine::SetWatchEnabled{s.id, true});
    s.expectExact();
}

TEST(Headers, NameEveryAttempt)
{
    Scene s;
    s.start({Transport::Sse});
    ASSERT_TRUE(s.live());
    s.rig.end(s.server.streams.begin()->first, ErrorCode::ConnectionLost);
    s.rig.run(5s);
    ASSERT_EQ(s.server.heads.size(), 2u);
    const auto idOf = [](const std::string& head) { return head.substr(head.find("X-Request-Id: "), 33); };
    EXPECT_NE(idOf(s.server.heads[0]), idOf(s.server.heads[1]));
    EXPECT_NE(s.server.heads[0].find("traceparent: 00-"), std::string::npos);
}

} // namespace
} // namespace wg::test
