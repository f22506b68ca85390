// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

#include <gtest/gtest.h>

#include <future>

namespace {

using namespace wg::test;
using wg::gateway::Gateway;
using wg::gateway::Options;

const Headers kSse = {{"Accept", "text/event-stream"}};
const Headers kNdjson = {{"Accept", "application/x-ndjson"}};

class GatewayStreams : public testing::Test {
protected:
    void begin(Options options = quietOptions())
    {
        gateway = std::make_unique<Gateway>(std::move(options));
        const auto started = gateway->start();
        ASSERT_TRUE(started.isOk()) << started.error().what;
        port = started.value();
    }
    std::string epoch() const { return gateway->truth("orders").epoch; }
    std::unique_ptr<Gateway> gateway;
    std::uint16_t port = 0;
};

TEST_F(GatewayStreams, SseOpensWithRetryAndAHeartbeatThatIsTheCursor)
{
    begin();
    Stream stream(port, "/v1/orders/watch", kSse);
    EXPECT_EQ(stream.status(), 200);
    EXPECT_EQ(stream.header("content-type"), "text/event-stream");
    EXPECT_EQ(stream.header("cache-control"), "no-store");
    const auto opening = stream.sse();
    ASSERT_TRUE(opening);
    EXPECT_EQ(stream.retryMs(), 2000);
    EXPECT_EQ(opening->type, "heartbeat");
    EXPECT_EQ(opening->id, epoch() + ":1200");
    EXPECT_EQ(member(opening->value, "version"), "1200");
    EXPECT_EQ(member(opening->value, "prev"), "1200");
    gateway->put("orders", "x", R"({"a":"b"})");
    const auto event = stream.sse();
    ASSERT_TRUE(event);
    EXPECT_EQ(event->id, epoch() + ":1201");
    EXPECT_EQ(event->type, "order_created");
    EXPECT_EQ(member(event->value, "object"), R"({"a":"b"})");
    EXPECT_EQ(member(event->value, "resource"), "orders");
    EXPECT_NEAR(std::stod(member(event->value, "ts")), static_cast<double>(std::time(nullptr)) * 1000.0, 5000);
}

TEST_F(GatewayStreams, SinceReplaysStrictlyAfterAndLastEventIdWins)
{
    begin();
    const auto first = [&](const std::string& since, Headers headers) {
        headers.push_back(kSse[0]);
        Stream stream(port, "/v1/orders/watch?since=" + since, headers);
        std::string out = std::to_string(stream.status());
        if (const auto opening = stream.sse(1))
            out += " " + member(opening->value, "version");
        if (const auto event = stream.sse(0.3))
            out += " " + member(event->value, "version") + "<" + member(event->value, "prev");
        return out;
    };
    EXPECT_EQ(first(epoch() + ":1198", {}), "200 1198 1199<1198");
    EXPECT_EQ(first(epoch() + ":1200", {}), "200 1200");
    EXPECT_EQ(first("now", {}), "200 1200");
    EXPECT_EQ(first(epoch() + ":1000", {{"Last-Event-ID", epoch() + ":1197"}}), "200 1197 1198<1197");
    EXPECT_EQ(first(epoch() + ":1198", {{"Last-Event-ID", "gone:1"}}), "410");
    gateway->compact();
    EXPECT_EQ(first(epoch() + ":1198", {}), "410");
    EXPECT_EQ(first(epoch() + ":1200", {}), "200 1200");
}

TEST_F(GatewayStreams, NdjsonHasALineForEachEventAndHeartbeats)
{
    begin();
    Stream stream(port, "/v1/orders/watch?heartbeat=1", kNdjson);
    EXPECT_EQ(stream.header("content-type"), "application/x-ndjson");
    EXPECT_EQ(member(*stream.ndjson(), "event"), "heartbeat");
    gateway->put("orders", "x", "{}");
    EXPECT_EQ(member(*stream.ndjson(), "version"), "1201");
    const auto beat = stream.ndjson(2);
    ASSERT_TRUE(beat);
    EXPECT_EQ(member(*beat, "event"), "heartbeat");
    EXPECT_EQ(member(*beat, "prev"), "1201");
}

TEST_F(GatewayStreams, Http10GetsAStreamWithoutChunks)
{
    begin();
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket socket(io);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    boost::asio::write(socket, boost::asio::buffer(std::string("GET /v1/orders/watch HTTP/1.0\r\nAccept: application/x-ndjson\r\n\r\n")));
    std::string text;
    boost::asio::read_until(socket, boost::asio::dynamic_buffer(text), "}\n");
    EXPECT_EQ(text.find("chunked"), std::string::npos);
    EXPECT_NE(text.find("\r\n\r\n{\"event\":\"heartbeat\""), std::string::npos);
}

/// Live data over each transport: every event chains, and the folded replica is the truth.
TEST_F(GatewayStreams, LiveEventsChainAndFoldToTheTruth)
{
    Options options = quietOptions();
    options.rate = 3000;
    begin(std::move(options));
    for (const std::string resource : {"orders", "stocks", "pods"}) {
        Replica sse;
        Replica ndjson;
        sse.load(request(port, "/v1/" + resource).body);
        ndjson = sse;
        const std::string since = "?since=" + sse.epoch + ":" + std::to_string(sse.version);
        Stream a(port, "/v1/" + resource + "/watch" + since, kSse);
        Stream b(port, "/v1/" + resource + "/watch" + since, kNdjson);
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        gateway->pause();
        const auto truth = gateway->truth(resource);
        while (sse.version < truth.version)
            ASSERT_TRUE(sse.apply(a.sse().value().value));
        while (ndjson.version < truth.version)
            ASSERT_TRUE(ndjson.apply(b.ndjson().value()));
        EXPECT_GT(sse.applied, resource == "pods" ? 5u : 50u);
        EXPECT_EQ(sse.items, canonical(truth)) << resource;
        EXPECT_EQ(ndjson.items, canonical(truth)) << resource;
        gateway->resume();
    }
}

TEST_F(GatewayStreams, FilteredStreamKeepsAFilteredReplicaTrue)
{
    Options options = quietOptions();
    options.rate = 4000;
    options.resources = {"orders"};
    begin(std::move(options));
    const std::string filter = "filter=status%20in%20%7B%22held%22%2C%22paid%22%7D%20and%20total%20%3E%20100";
    Replica replica;
    replica.load(request(port, "/v1/orders?" + filter).body);
    Stream stream(port, "/v1/orders/watch?heartbeat=1&" + filter + "&since=" + replica.epoch + ":" + std::to_string(replica.version), kNdjson);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    gateway->pause();
    const auto truth = gateway->truth("orders");
    std::size_t left = 0;
    while (replica.version < truth.version) {
        const auto event = stream.ndjson();
        ASSERT_TRUE(event);
        left += member(*event, "cause") == "filter" ? 1 : 0;
        ASSERT_TRUE(replica.apply(*event)) << event->toText();
    }
    Replica fresh;
    fresh.load(request(port, "/v1/orders?" + filter).body);
    EXPECT_EQ(replica.items, fresh.items);
    EXPECT_GT(left, 5u);
    EXPECT_GT(replica.applied, 20u);
}

TEST_F(GatewayStreams, LongPollAnswersAtOnceOrAfterItsTime)
{
    begin();
    const std::string e = epoch();
    const auto start = std::chrono::steady_clock::now();
    const Response idle = request(port, "/v1/orders/watch?wait=0.3");
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(290));
    EXPECT_EQ(json(idle.body).toText(), R"({"epoch":")" + e + R"(","events":[],"prev":1200,"version":1200})");
    gateway->put("orders", "x", "{}");
    gateway->put("orders", "y", "{}");
    const Json two = json(request(port, "/v1/orders/watch?wait=5&since=" + e + ":1200").body);
    EXPECT_EQ(member(two, "prev"), "1200");
    EXPECT_EQ(member(two, "version"), "1202");
    EXPECT_EQ(two.members.at("events").elements.size(), 2u);
    std::thread later([this] {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        gateway->put("orders", "z", "{}");
    });
    const Json one = json(request(port, "/v1/orders/watch?since=" + e + ":1202", {{"Accept", "application/json"}}).body);
    later.join();
    EXPECT_EQ(member(one, "version"), "1203");
}

TEST_F(GatewayStreams, LongPollChainReachesItsVersionPastFilteredEvents)
{
    begin();
    const std::string e = epoch();
    gateway->put("orders", "x", "{}");
    const Json answer = json(request(port, "/v1/orders/watch?wait=0.1&ids=nobody&since=" + e + ":1200").body);
    EXPECT_EQ(member(answer, "version"), "1201");
    ASSERT_EQ(answer.members.at("events").elements.size(), 1u);
    const Json beat = answer.members.at("events").elements[0];
    EXPECT_EQ(member(beat, "event"), "heartbeat");
    EXPECT_EQ(member(beat, "prev"), "1200");
    EXPECT_EQ(member(beat, "version"), "1201");
}

TEST_F(GatewayStreams, NewEpochIsSaidAtOnceAndOldCursorsAreGone)
{
    begin();
    const std::string old = epoch();
    gateway->put("orders", "x", "{}");
    Stream stream(port, "/v1/orders/watch?since=" + old + ":1200", kSse);
    EXPECT_EQ(member(stream.sse().value().value, "epoch"), old);
    EXPECT_EQ(member(stream.sse().value().value, "version"), "1201");
    gateway->startEpoch();
    const auto beat = stream.sse();
    ASSERT_TRUE(beat);
    EXPECT_EQ(beat->type, "heartbeat");
    EXPECT_NE(member(beat->value, "epoch"), old);
    EXPECT_EQ(member(beat->value, "epoch"), epoch());
    EXPECT_EQ(request(port, "/v1/orders/watch?since=" + old + ":1200").status, 410);
}

TEST_F(GatewayStreams, StopSaysGoodByeAndEndsInOrder)
{
    begin();
    Stream sse(port, "/v1/orders/watch", kSse);
    Stream ndjson(port, "/v1/orders/watch", kNdjson);
    auto poll = std::async(std::launch::async, [this] { return request(port, "/v1/orders/watch?wait=30"); });
    (void)sse.sse();
    (void)ndjson.ndjson();
    EXPECT_TRUE(eventually([&] { return metric(*gateway, "watchglass_gateway_connections{transport=\"longpoll\"}") == 1; }));
    gateway->stop();
    const auto last = sse.sse();
    ASSERT_TRUE(last);
    EXPECT_EQ(last->type, "error");
    EXPECT_EQ(member(last->value, "code"), "unavailable");
    EXPECT_EQ(member(last->value, "retry_after"), "1");
    EXPECT_FALSE(sse.sse(1));
    EXPECT_TRUE(sse.hasLastChunk());
    const auto lastLine = ndjson.ndjson();
    ASSERT_TRUE(lastLine);
    EXPECT_EQ(member(*lastLine, "event"), "error");
    EXPECT_EQ(member(json(poll.get().body), "events"), "[]");
    EXPECT_EQ(gateway->truth("orders").epoch, "");
}

TEST_F(GatewayStreams, HistoryIsKeptOverARestartOnlyWithAStateFile)
{
    char folder[] = "/tmp/wg-gateway-XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    const auto options = [&] {
        Options out = quietOptions();
        out.rate = 2000;
        out.stateFile = std::string(folder) + "/state";
        return out;
    };
    begin(options());
    Replica replica;
    replica.load(request(port, "/v1/orders").body);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    gateway->stop();
    begin(options());
    gateway->pause();
    EXPECT_EQ(epoch(), replica.epoch);
    Stream stream(port, "/v1/orders/watch?since=" + replica.epoch + ":" + std::to_string(replica.version), kNdjson);
    ASSERT_EQ(stream.status(), 200);
    const auto truth = gateway->truth("orders");
    while (replica.version < truth.version)
        ASSERT_TRUE(replica.apply(stream.ndjson().value()));
    EXPECT_EQ(replica.items, canonical(truth));
    gateway->stop();
    begin();
    EXPECT_NE(epoch(), replica.epoch);
    std::remove((std::string(folder) + "/state").c_str());
    rmdir(folder);
}

TEST_F(GatewayStreams, SlowConsumerIsCutOffAndMemoryStaysBounded)
{
    Options options = quietOptions();
    options.resources = {"orders"};
    options.history = 500;
    options.queueBytes = 1024 * 1024;
    begin(std::move(options));
    Stream idle(port, "/v1/orders/watch", kSse); // is never read from here on
    Stream reader(port, "/v1/orders/watch", kNdjson);
    (void)reader.ndjson();
    const std::string big = "{\"text\":\"" + std::string(20'000, 'x') + "\"}";
    double most = 0;
    bool isCut = false;
    for (int i = 0; i < 4000 && !isCut; ++i) {
        ASSERT_TRUE(gateway->put("orders", "big", big));
        const auto event = reader.ndjson();
        ASSERT_TRUE(event);
        ASSERT_EQ(member(*event, "version"), std::to_string(1201 + i)); // the other subscriber never suffers
        if (i % 50 != 0)
            continue;
        most = std::max(most, metric(*gateway, "watchglass_gateway_history_bytes{resource=\"orders\"}"));
        isCut = metric(*gateway, "watchglass_gateway_slow_consumers_total") > 0;
    }
    EXPECT_TRUE(isCut);
    EXPECT_LT(most, 500 * 42'000 + 1024 * 1024 + 100'000); // history, queue, one event
}

TEST_F(GatewayStreams, StalledWriteEndsTheConnection)
{
    Options options = quietOptions();
    options.writeStall = std::chrono::milliseconds(300);
    begin(std::move(options));
    Stream idle(port, "/v1/orders/watch", kSse);
    const std::string big = "{\"text\":\"" + std::string(900'000, 'x') + "\"}";
    for (int i = 0; i < 30; ++i)
        gateway->put("orders", "big", big);
    EXPECT_TRUE(eventually([&] { return metric(*gateway, "watchglass_gateway_slow_consumers_total") == 1; }));
    EXPECT_TRUE(eventually([&] { return metric(*gateway, "watchglass_gateway_connections{transport=\"sse\"}") == 0; }));
}

} // namespace
