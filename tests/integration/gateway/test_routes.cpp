// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

#include "gateway/doorkeeper.h"

#include <gtest/gtest.h>

namespace {

using namespace wg::test;
using wg::gateway::Gateway;
using wg::gateway::Options;

class GatewayRoutes : public testing::Test {
protected:
    void begin(Options options = quietOptions())
    {
        gateway = std::make_unique<Gateway>(std::move(options));
        const auto started = gateway->start();
        ASSERT_TRUE(started.isOk()) << started.error().what;
        port = started.value();
    }
    std::string cursor(const std::string& resource) const
    {
        const auto truth = gateway->truth(resource);
        return truth.epoch + ":" + std::to_string(truth.version);
    }
    std::unique_ptr<Gateway> gateway;
    std::uint16_t port = 0;
};

TEST_F(GatewayRoutes, DiscoveryNamesResourcesEventsAndTransports)
{
    begin();
    const Response answer = request(port, "/v1");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-type"), "application/json");
    const Json body = json(answer.body);
    ASSERT_EQ(body.members.at("resources").elements.size(), 4u);
    const Json orders = body.members.at("resources").elements[0];
    EXPECT_EQ(member(orders, "name"), "orders");
    EXPECT_EQ(member(orders, "transports"), R"(["ws","sse","ndjson","longpoll","poll"])");
    EXPECT_EQ(member(body, "epoch"), gateway->truth("orders").epoch);
    EXPECT_EQ(member(body, "server").rfind("watchglass-gateway/", 0), 0u);
}

TEST_F(GatewayRoutes, SnapshotIsTheTruthWithATag)
{
    begin();
    const Response answer = request(port, "/v1/orders");
    ASSERT_EQ(answer.status, 200);
    Replica replica;
    replica.load(answer.body);
    EXPECT_EQ(replica.items.size(), 1200u);
    EXPECT_EQ(replica.items, canonical(gateway->truth("orders")));
    EXPECT_EQ(answer.header("etag"), "W/\"" + cursor("orders") + "\"");
    EXPECT_EQ(json(answer.body).members.at("resource").toText(), "\"orders\"");

    const Response same = request(port, "/v1/orders", {{"If-None-Match", "\"x\", " + answer.header("etag")}});
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(same.header("etag"), answer.header("etag"));
    gateway->put("orders", "new", "{}");
    EXPECT_EQ(request(port, "/v1/orders", {{"If-None-Match", answer.header("etag")}}).status, 200);
    const Response head = request(port, "/v1/orders", {}, "HEAD");
    EXPECT_EQ(head.status, 200);
    EXPECT_GT(std::stoul(head.header("content-length")), 100'000u);
}

TEST_F(GatewayRoutes, SnapshotTakesFilterAndIds)
{
    begin();
    gateway->put("orders", "a,b", R"({"status":"odd","n":9})");
    gateway->put("orders", "plain", R"({"status":"odd","n":1})");
    const auto ids = [&](const std::string& query) {
        Replica replica;
        replica.load(request(port, "/v1/orders?" + query).body);
        std::string out;
        for (const auto& [id, item] : replica.items)
            out += id + ";";
        return out;
    };
    EXPECT_EQ(ids("filter=status%20%3D%3D%20%22odd%22"), "a,b;plain;");
    EXPECT_EQ(ids("filter=status%3D%3D%22odd%22%20and%20n%3E5"), "a,b;");
    EXPECT_EQ(ids("ids=plain,ord-10001"), "ord-10001;plain;");
    EXPECT_EQ(ids("ids=plain%2Cord-10001"), "ord-10001;plain;");
    EXPECT_EQ(ids("ids=a,b&ids=plain"), "a,b;plain;");
    EXPECT_EQ(ids("ids=nobody"), "");
    EXPECT_EQ(ids("filter=key%20%7E%20%22%5Eplain%24%22"), "plain;");
}

TEST_F(GatewayRoutes, OneItemOrNotFound)
{
    begin();
    gateway->put("orders", "a/b c", R"({"n":1})");
    const Response answer = request(port, "/v1/orders/a%2Fb%20c");
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(member(json(answer.body), "id"), "a/b c");
    EXPECT_EQ(member(json(answer.body), "object"), R"({"n":1})");
    EXPECT_EQ(member(json(answer.body), "version"), "1201");
    EXPECT_EQ(request(port, "/v1/orders/none").code(), "not_found");
}

TEST_F(GatewayRoutes, ProblemsHaveTheirCodes)
{
    begin();
    struct Case {
        std::string target;
        int status;
        std::string code;
        std::string param;
        std::string method = "GET";
        Headers headers = {};
    };
    const std::string e = gateway->truth("orders").epoch;
    const std::vector<Case> cases = {
        {"/", 404, "not_found", ""},
        {"/v2", 404, "not_found", ""},
        {"/v1/", 404, "not_found", ""},
        {"/v1/cars", 404, "not_found", ""},
        {"/v1/cars/watch", 404, "not_found", ""},
        {"/v1/orders/watch/more", 404, "not_found", ""},
        {"/control/pause", 404, "not_found", "", "POST"},
        {"/v1/orders", 405, "method_not_allowed", "", "POST"},
        {"/v1/orders/watch", 405, "method_not_allowed", "", "DELETE"},
        {"/healthz", 405, "method_not_allowed", "", "PUT"},
        {"/v1/orders", 406, "not_acceptable", "", "GET", {{"Accept", "text/html"}}},
        {"/v1/orders/watch", 406, "not_acceptable", "", "GET", {{"Accept", "image/*"}}},
        {"/v1/stream", 426, "upgrade_required", ""},
        {"/v1/orders/watch", 426, "upgrade_required", "", "GET", {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Version", "8"}}},
        {"/v1/orders/watch", 400, "bad_request", "Sec-WebSocket-Key", "GET", {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Version", "13"}}},
        {"/v1/orders?filter=status", 400, "bad_request", "filter"},
        {"/v1/orders?filter=type%3D%3D1", 400, "bad_request", "filter"},
        {"/v1/orders/watch?filter=changes.a%3D%3D1", 400, "bad_request", "filter"},
        {"/v1/orders/watch?since=nonsense", 400, "bad_request", "since"},
        {"/v1/orders/watch?since=" + e + ":x", 400, "bad_request", "since"},
        {"/v1/orders/watch?heartbeat=0", 400, "bad_request", "heartbeat"},
        {"/v1/orders/watch?heartbeat=301", 400, "bad_request", "heartbeat"},
        {"/v1/orders/watch?heartbeat=nan", 400, "bad_request", "heartbeat"},
        {"/v1/orders/watch?wait=121", 400, "bad_request", "wait"},
        {"/v1/orders/watch?since=other:1", 410, "version_expired", ""},
        {"/v1/orders/watch?since=" + e + ":999999", 410, "version_expired", ""},
    };
    for (const Case& one : cases) {
        const Response answer = request(port, one.target, one.headers, one.method);
        EXPECT_EQ(answer.status, one.status) << one.target << answer.body;
        EXPECT_EQ(answer.header("content-type"), "application/problem+json") << one.target;
        const Json body = json(answer.body);
        EXPECT_EQ(member(body, "code"), one.code) << one.target;
        EXPECT_EQ(member(body, "param"), one.param) << one.target;
        EXPECT_EQ(member(body, "status"), std::to_string(one.status));
        EXPECT_NE(member(body, "detail"), "");
        if (one.status == 405) {
            EXPECT_NE(answer.header("allow"), "");
        }
        if (one.status == 426) {
            EXPECT_EQ(answer.header("upgrade"), "websocket");
        }
    }
    EXPECT_NE(member(json(request(port, "/v1/orders?filter=a%20%3D").body), "detail").find("Column 3"), std::string::npos);
}

TEST_F(GatewayRoutes, HeadersAreEchoedAndIdsAreUnique)
{
    begin();
    const std::string trace = "00-12345678901234567890123456789012-1234567890123456-01";
    const Response echoed = request(port, "/v1", {{"X-Request-Id", "mine-7"}, {"traceparent", trace}});
    EXPECT_EQ(echoed.header("x-request-id"), "mine-7");
    EXPECT_EQ(echoed.header("traceparent"), trace);
    const Response plain = request(port, "/nowhere", {{"X-Request-Id", std::string(200, 'x')}, {"traceparent", "00-0-0-0"}});
    EXPECT_EQ(plain.header("x-request-id").rfind("req-", 0), 0u);
    EXPECT_EQ(plain.header("traceparent"), "");
    EXPECT_NE(plain.header("x-request-id"), request(port, "/v1").header("x-request-id"));
    EXPECT_EQ(Stream(port, "/v1/orders/watch", {{"Accept", "text/event-stream"}, {"X-Request-Id", "s-1"}}).header("x-request-id"), "s-1");
}

TEST_F(GatewayRoutes, HealthAndMetrics)
{
    begin();
    EXPECT_EQ(request(port, "/healthz").body, "ok\n");
    const Stream stream(port, "/v1/orders/watch", {{"Accept", "text/event-stream"}});
    const Response answer = request(port, "/metrics");
    EXPECT_EQ(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    for (const char* line : {"watchglass_gateway_connections{transport=\"sse\"} 1", "# TYPE watchglass_gateway_sent_bytes_total counter",
                             "process_resident_memory_bytes ", "process_cpu_seconds_total ", "process_open_fds ",
                             "watchglass_gateway_head_version{resource=\"orders\"} 1200"})
        EXPECT_NE(answer.body.find(line), std::string::npos) << line;
}

TEST_F(GatewayRoutes, BearerTokensOpenInEveryPlaceTheyMayStand)
{
    Options options = quietOptions();
    options.tokens.emplace_back("s3cret/+x");
    begin(std::move(options));
    const Response refused = request(port, "/v1/orders");
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.code(), "unauthorized");
    EXPECT_EQ(refused.header("www-authenticate").rfind("Bearer", 0), 0u);
    EXPECT_EQ(request(port, "/v1/orders", {{"Authorization", "Bearer wrong"}}).status, 401);
    EXPECT_EQ(request(port, "/v1/orders", {{"Authorization", "Basic s3cret/+x"}}).status, 401);
    EXPECT_EQ(request(port, "/v1/orders", {{"Authorization", "bearer s3cret/+x"}}).status, 200);
    EXPECT_EQ(request(port, "/v1/orders?access_token=s3cret%2F%2Bx").status, 200);
    EXPECT_EQ(request(port, "/healthz").status, 200);
    EXPECT_EQ(upgrade(port, "/v1/orders/watch").status, 401);
    Socket socket(port, "/v1/orders/watch", {}, "watch.v1, bearer." + wg::gateway::encodeBase64Url("s3cret/+x"));
    EXPECT_TRUE(socket.isOpen());
    EXPECT_EQ(socket.protocol(), "watch.v1");
    EXPECT_EQ(metric(*gateway, "watchglass_gateway_auth_failures_total"), 4);
}

TEST_F(GatewayRoutes, OriginIsCheckedWhenSent)
{
    Options options = quietOptions();
    options.origins = {"https://ops.example"};
    begin(std::move(options));
    EXPECT_EQ(request(port, "/v1", {{"Origin", "https://evil.example"}}).code(), "origin_not_allowed");
    EXPECT_EQ(request(port, "/v1", {{"Origin", "null"}}).status, 403);
    const Response allowed = request(port, "/v1", {{"Origin", "https://ops.example"}});
    EXPECT_EQ(allowed.status, 200);
    EXPECT_EQ(allowed.header("access-control-allow-origin"), "https://ops.example");
    EXPECT_EQ(request(port, "/v1", {{"Origin", "http://127.0.0.1:" + std::to_string(port)}}).status, 200);
    EXPECT_EQ(upgrade(port, "/v1/orders/watch", {{"Origin", "https://evil.example"}}).status, 403);
    EXPECT_TRUE(Socket(port, "/v1/orders/watch", {{"Origin", "https://ops.example"}}).isOpen());
}

TEST_F(GatewayRoutes, StreamsAndRequestsAreLimited)
{
    Options options = quietOptions();
    options.maxConnections = 2;
    begin(std::move(options));
    const Headers sse = {{"Accept", "text/event-stream"}};
    auto first = std::make_unique<Stream>(port, "/v1/orders/watch", sse);
    const Socket second(port, "/v1/stocks/watch");
    EXPECT_TRUE(second.isOpen());
    const Response third = request(port, "/v1/orders/watch", sse);
    EXPECT_EQ(third.status, 429);
    EXPECT_EQ(third.code(), "too_many_connections");
    EXPECT_GE(std::stoi(third.header("retry-after")), 1);
    EXPECT_EQ(request(port, "/v1/orders").status, 200); // only streams count
    first.reset();
    EXPECT_TRUE(eventually([&] { return Stream(port, "/v1/orders/watch", sse).status() == 200; }));

    Options limited = quietOptions();
    limited.rateLimit = 3;
    begin(std::move(limited));
    int refused = 0;
    for (int i = 0; i < 8; ++i) {
        const Response answer = request(port, "/v1");
        if (answer.status != 429)
            continue;
        ++refused;
        EXPECT_EQ(answer.code(), "rate_limited");
        EXPECT_GE(std::stoi(answer.header("retry-after")), 1);
    }
    EXPECT_GE(refused, 4);
    EXPECT_EQ(request(port, "/healthz").status, 200);
}

TEST_F(GatewayRoutes, ConnectionsAreKeptAndGarbageIsRefused)
{
    begin();
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket socket(io);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    const std::string two = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/orders/watch?wait=0 HTTP/1.1\r\nHost: x\r\n\r\n"
                            "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    boost::asio::write(socket, boost::asio::buffer(two));
    std::string all;
    boost::system::error_code error;
    boost::asio::read(socket, boost::asio::dynamic_buffer(all), error);
    std::size_t answers = 0;
    for (std::size_t at = all.find("HTTP/1.1 200"); at != std::string::npos; at = all.find("HTTP/1.1 200", at + 1))
        ++answers;
    EXPECT_EQ(answers, 3u) << all;
    EXPECT_NE(all.find("\"events\":[]"), std::string::npos);

    for (const std::string& garbage : {std::string("\x16\x03\x01\x02\r\n\r\n"), "GET / HTTP/1.1\r\nA: " + std::string(100'000, 'x') + "\r\n\r\n"}) {
        boost::asio::ip::tcp::socket bad(io);
        bad.connect({boost::asio::ip::make_address("127.0.0.1"), port});
        boost::asio::write(bad, boost::asio::buffer(garbage), error);
        std::string answer;
        boost::asio::read(bad, boost::asio::dynamic_buffer(answer), error);
        EXPECT_EQ(answer.rfind("HTTP/1.1 4", 0), 0u) << answer;
        EXPECT_NE(answer.find("X-Request-Id: req-"), std::string::npos);
    }
    EXPECT_EQ(request(port, "/healthz").status, 200);
}

TEST_F(GatewayRoutes, ControlIsForThoseWhoAskedForItOnly)
{
    Options options = quietOptions();
    options.hasControl = true;
    options.rate = 2000;
    begin(std::move(options));
    EXPECT_EQ(request(port, "/control/pause", {}, "GET").status, 405);
    EXPECT_EQ(request(port, "/control/pause", {{"Origin", "http://127.0.0.1:" + std::to_string(port)}}, "POST").status, 403);
    const std::string before = cursor("stocks");
    EXPECT_TRUE(eventually([&] { return cursor("stocks") != before; }));
    const Response paused = request(port, "/control/pause", {}, "POST");
    EXPECT_EQ(paused.status, 200);
    const std::string still = cursor("stocks");
    EXPECT_EQ(member(json(paused.body).members.at("versions"), "stocks"), still.substr(still.rfind(':') + 1));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(cursor("stocks"), still);
    EXPECT_EQ(request(port, "/control/put?resource=orders&id=x", {}, "POST", R"({"a":[1,null]})").status, 200);
    EXPECT_EQ(gateway->truth("orders").items.at("x").object, R"({"a":[1,null]})");
    EXPECT_EQ(request(port, "/control/put?resource=orders&id=y", {}, "POST").status, 200);
    EXPECT_NE(gateway->truth("orders").items.at("y").object.find("pending"), std::string::npos);
    EXPECT_EQ(request(port, "/control/put?resource=orders&id=x", {}, "POST", "[1]").status, 400);
    EXPECT_EQ(request(port, "/control/delete?resource=orders&id=x", {}, "POST").status, 200);
    EXPECT_EQ(request(port, "/control/delete?resource=orders&id=x", {}, "POST").status, 404);
    EXPECT_EQ(request(port, "/control/nothing", {}, "POST").status, 404);
    EXPECT_EQ(request(port, "/control/epoch", {}, "POST").status, 200);
    EXPECT_NE(cursor("stocks").substr(0, 13), still.substr(0, 13));
    EXPECT_EQ(request(port, "/control/resume", {}, "POST").status, 200);
    const std::string resumed = cursor("stocks");
    EXPECT_TRUE(eventually([&] { return cursor("stocks") != resumed; }));
}

TEST_F(GatewayRoutes, RequestFaultsHappenAtTheirRate)
{
    Options options = quietOptions();
    options.chaos.tooMany = 0.2;
    options.chaos.unavailable = 0.2;
    options.chaos.unauthorized = 0.2;
    begin(std::move(options));
    std::map<int, int> seen;
    for (int i = 0; i < 400; ++i) {
        const Response answer = request(port, "/v1/pods/none");
        ++seen[answer.status];
        if (answer.status == 429 || answer.status == 503) {
            EXPECT_EQ(answer.header("retry-after"), "1");
        }
    }
    EXPECT_NEAR(seen[429], 80, 35);
    EXPECT_NEAR(seen[503], 64, 35);
    EXPECT_NEAR(seen[401], 51, 30);
    EXPECT_EQ(metric(*gateway, "watchglass_gateway_faults_total{fault=\"429\"}"), seen[429]);
}

TEST(GatewayStart, MayBeStoppedAndStartedAgain)
{
    Gateway gateway(quietOptions());
    std::string epoch;
    for (int i = 0; i < 3; ++i) {
        const auto port = gateway.start();
        ASSERT_TRUE(port.isOk());
        EXPECT_FALSE(gateway.start().isOk());
        EXPECT_EQ(request(port.value(), "/healthz").status, 200);
        EXPECT_NE(gateway.truth("orders").epoch, epoch);
        epoch = gateway.truth("orders").epoch;
        gateway.stop();
        EXPECT_EQ(gateway.truth("orders").epoch, "");
    }
}

TEST(GatewayStart, SaysWhyItCannot)
{
    Options options = quietOptions();
    options.bind = "nowhere";
    EXPECT_NE(Gateway(std::move(options)).start().error().what.find("nowhere"), std::string::npos);
    Gateway first(quietOptions());
    Options taken = quietOptions();
    taken.port = first.start().value();
    EXPECT_NE(Gateway(std::move(taken)).start().error().what.find("Cannot listen"), std::string::npos);
    Options tls = quietOptions();
    tls.tlsCert = tls.tlsKey = "/nonexistent.pem";
    EXPECT_EQ(Gateway(std::move(tls)).start().error().code, wg::ErrorCode::TlsFailed);
}

} // namespace
