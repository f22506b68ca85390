// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

#include "gateway/doorkeeper.h"

#include <boost/asio/write.hpp>
#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include <ctime>

namespace {

using namespace wg::test;
using wg::gateway::encodeBase64Url;
using wg::gateway::Gateway;
using wg::gateway::Options;

constexpr char kSecret[] = "a secret of this test";

std::string jwt(const std::string& claims)
{
    const std::string text = encodeBase64Url(R"({"alg":"HS256","typ":"JWT"})") + "." + encodeBase64Url(claims);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), kSecret, sizeof kSecret - 1, reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size);
    return text + "." + encodeBase64Url({reinterpret_cast<const char*>(digest), size});
}

std::string expiring(double seconds, const std::string& more = "")
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return jwt("{\"exp\":" + std::to_string(static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 + seconds) + more + "}");
}

class GatewaySocket : public testing::Test {
protected:
    void begin(Options options = quietOptions())
    {
        gateway = std::make_unique<Gateway>(std::move(options));
        const auto started = gateway->start();
        ASSERT_TRUE(started.isOk()) << started.error().what;
        port = started.value();
    }
    void beginWithJwt()
    {
        Options options = quietOptions();
        options.jwtSecret = wg::Secret(kSecret);
        begin(std::move(options));
    }
    static Headers bearer(const std::string& token) { return {{"Authorization", "Bearer " + token}}; }
    std::unique_ptr<Gateway> gateway;
    std::uint16_t port = 0;
};

TEST_F(GatewaySocket, ImpliedSubscriptionOpensWithSubscribedAndHeartbeat)
{
    begin();
    Socket socket(port, "/v1/orders/watch");
    ASSERT_TRUE(socket.isOpen());
    EXPECT_EQ(socket.protocol(), "watch.v1");
    const auto subscribed = socket.next();
    ASSERT_TRUE(subscribed);
    EXPECT_EQ(subscribed->toText(), R"({"epoch":")" + gateway->truth("orders").epoch + R"(","op":"subscribed","sid":"0","version":1200})");
    const auto beat = socket.next();
    ASSERT_TRUE(beat);
    EXPECT_EQ(member(*beat, "op") + member(*beat, "event") + member(*beat, "sid"), "eventheartbeat0");
    gateway->put("orders", "x", R"({"a":1})");
    const auto event = socket.next();
    ASSERT_TRUE(event);
    EXPECT_EQ(member(*event, "event"), "order_created");
    EXPECT_EQ(member(*event, "prev"), "1200");
    EXPECT_EQ(member(*event, "object"), R"({"a":1})");
    socket.close();
    EXPECT_TRUE(eventually([&] { return metric(*gateway, "watchglass_gateway_connections{transport=\"ws\"}") == 0; }));
}

TEST_F(GatewaySocket, WithoutSubProtocolItIsSpokenToo)
{
    begin();
    Socket plain(port, "/v1/orders/watch", {}, "");
    EXPECT_TRUE(plain.isOpen());
    EXPECT_EQ(plain.protocol(), "");
    Socket other(port, "/v1/orders/watch", {}, "graphql-ws, watch.v1");
    EXPECT_EQ(other.protocol(), "watch.v1");
}

TEST_F(GatewaySocket, ManySubscriptionsKeepTheirOwnChains)
{
    Options options = quietOptions();
    options.rate = 3000;
    begin(std::move(options));
    std::map<std::string, Replica> replicas;
    std::map<std::string, std::string> resourceOf = {{"a", "orders"}, {"b", "stocks"}, {"c", "pods"}, {"d", "stocks"}};
    Socket socket(port, "/v1/stream?heartbeat=1");
    for (const auto& [sid, resource] : resourceOf) {
        replicas[sid].load(request(port, "/v1/" + resource).body);
        socket.send(R"({"op":"subscribe","sid":")" + sid + R"(","resource":")" + resource + R"(","since":")" + replicas[sid].epoch + ":"
                    + std::to_string(replicas[sid].version) + "\"}");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    gateway->pause();
    const auto isDone = [&] {
        for (const auto& [sid, replica] : replicas)
            if (replica.version < gateway->truth(resourceOf[sid]).version)
                return false;
        return true;
    };
    while (!isDone()) {
        const auto message = socket.nextOp("event");
        ASSERT_TRUE(message);
        ASSERT_TRUE(replicas[member(*message, "sid")].apply(*message)) << message->toText();
    }
    for (const auto& [sid, replica] : replicas)
        EXPECT_EQ(replica.items, canonical(gateway->truth(resourceOf[sid]))) << sid;
    socket.send(R"({"op":"unsubscribe","sid":"a"})");
    EXPECT_EQ(member(socket.nextOp("unsubscribed").value(), "sid"), "a");
    gateway->put("orders", "x", "{}");
    gateway->put("pods", "x", "{}");
    EXPECT_EQ(member(socket.nextOp("event").value(), "sid"), "c");
}

TEST_F(GatewaySocket, OperationsAnswerAndErrorsWithASidEndThatSubscriptionOnly)
{
    begin();
    Socket socket(port, "/v1/stream");
    socket.send(R"({"op":"ping","n":{"x":[1]}})");
    EXPECT_EQ(socket.next().value().toText(), R"({"n":{"x":[1]},"op":"pong"})");
    const auto code = [&](const std::string& fields) {
        socket.send(R"({"op":"subscribe","sid":"s",)" + fields + "}");
        const auto error = socket.nextOp("error");
        return error ? member(*error, "sid") + " " + member(*error, "code") : "none";
    };
    EXPECT_EQ(code(R"("resource":"cars")"), "s not_found");
    EXPECT_EQ(code(R"("resource":"orders","since":"old:5")"), "s version_expired");
    EXPECT_EQ(code(R"("resource":"orders","since":"x")"), "s bad_request");
    EXPECT_EQ(code(R"("resource":"orders","filter":"type == 1")"), "s bad_request");
    socket.send(R"({"op":"subscribe","sid":"s","resource":"orders","ids":["a,b","c"]})");
    EXPECT_TRUE(socket.nextOp("subscribed"));
    gateway->put("orders", "other", "{}");
    gateway->put("orders", "a,b", "{}");
    EXPECT_EQ(member(socket.nextOp("event").value(), "event"), "heartbeat");
    const auto event = socket.nextOp("event");
    EXPECT_EQ(member(*event, "id"), "a,b");
    EXPECT_EQ(member(*event, "prev"), "1200"); // the chain of this subscription
}

TEST_F(GatewaySocket, ExpiredSinceIsRefusedAtTheUpgrade)
{
    begin();
    const Response refused = upgrade(port, "/v1/orders/watch?since=old:1");
    EXPECT_EQ(refused.status, 410);
    EXPECT_EQ(refused.code(), "version_expired");
    EXPECT_FALSE(Socket(port, "/v1/orders/watch?since=old:1").isOpen());
}

TEST_F(GatewaySocket, BadMessagesCloseWithTheirCodes)
{
    begin();
    const auto closeAfter = [&](const std::string& text, bool isBinary = false) {
        Socket socket(port, "/v1/stream");
        isBinary ? socket.sendBinary(text) : socket.send(text);
        while (socket.next(2)) {
        }
        return socket.closeCode();
    };
    EXPECT_EQ(closeAfter("{not json"), 4400);
    EXPECT_EQ(closeAfter("[]"), 4400);
    EXPECT_EQ(closeAfter(R"({"op":"dance"})"), 4400);
    EXPECT_EQ(closeAfter(R"({"op":"subscribe"})"), 4400);
    EXPECT_EQ(closeAfter(R"({"op":"subscribe","sid":7,"resource":"orders"})"), 4400);
    EXPECT_EQ(closeAfter(R"({"op":"unsubscribe"})"), 4400);
    EXPECT_EQ(closeAfter(R"({"op":"auth"})"), 4400);
    EXPECT_EQ(closeAfter("x", true), 1003);
    EXPECT_EQ(closeAfter("\"" + std::string(70'000, 'x') + "\""), 1009);
    Socket twice(port, "/v1/orders/watch");
    twice.send(R"({"op":"subscribe","sid":"0","resource":"orders"})");
    while (twice.next(2)) {
    }
    EXPECT_EQ(twice.closeCode(), 4400);
    EXPECT_GE(metric(*gateway, "watchglass_gateway_bad_messages_total"), 4);
}

TEST_F(GatewaySocket, TooManyMessagesClose4429)
{
    Options options = quietOptions();
    options.rateLimit = 5;
    begin(std::move(options));
    Socket socket(port, "/v1/stream");
    for (int i = 0; i < 10; ++i)
        socket.send(R"({"op":"ping","n":1})");
    const auto error = socket.nextOp("error");
    ASSERT_TRUE(error);
    EXPECT_EQ(member(*error, "code"), "rate_limited");
    EXPECT_EQ(member(*error, "retry_after"), "1");
    EXPECT_FALSE(socket.next(2));
    EXPECT_EQ(socket.closeCode(), 4429);
}

TEST_F(GatewaySocket, UnmaskedFrameIsAProtocolError)
{
    begin();
    Socket socket(port, "/v1/stream");
    const std::string unmasked("\x81\x01x", 3);
    boost::asio::write(socket.raw(), boost::asio::buffer(unmasked));
    EXPECT_FALSE(socket.next(2));
    EXPECT_EQ(socket.closeCode(), 1002);
}

TEST_F(GatewaySocket, StopClosesWith1001)
{
    begin();
    Socket socket(port, "/v1/orders/watch");
    (void)socket.next();
    (void)socket.next();
    std::thread stopper([this] { gateway->stop(); });
    EXPECT_FALSE(socket.next(3));
    EXPECT_EQ(socket.closeCode(), 1001);
    stopper.join();
}

TEST_F(GatewaySocket, TokenThatExpiresEndsTheStreamUnlessItIsRenewed)
{
    beginWithJwt();
    EXPECT_EQ(request(port, "/v1/orders", bearer(expiring(-5))).code(), "token_expired");
    EXPECT_EQ(request(port, "/v1/orders", bearer(jwt("{}") + "x")).code(), "unauthorized");
    EXPECT_EQ(request(port, "/v1/orders", bearer(jwt("{}"))).status, 200);

    Socket socket(port, "/v1/orders/watch", bearer(expiring(0.5)));
    ASSERT_TRUE(socket.isOpen());
    const auto error = socket.nextOp("error", 3);
    ASSERT_TRUE(error);
    EXPECT_EQ(member(*error, "code"), "token_expired");
    EXPECT_FALSE(socket.next(2));
    EXPECT_EQ(socket.closeCode(), 4401);

    Stream stream(port, "/v1/orders/watch", {{"Accept", "text/event-stream"}, bearer(expiring(0.5))[0]});
    EXPECT_EQ(stream.sse().value().type, "heartbeat");
    const auto last = stream.sse(3);
    ASSERT_TRUE(last);
    EXPECT_EQ(last->type, "error");
    EXPECT_EQ(member(last->value, "code"), "token_expired");

    Socket renewed(port, "/v1/orders/watch", bearer(expiring(0.6)));
    renewed.send(R"({"op":"auth","token":")" + expiring(60) + "\"}");
    const auto authenticated = renewed.nextOp("authenticated");
    ASSERT_TRUE(authenticated);
    EXPECT_NEAR(std::stod(member(*authenticated, "expires")), (static_cast<double>(std::time(nullptr)) + 60) * 1000, 3000);
    EXPECT_FALSE(renewed.nextOp("error", 1));
    EXPECT_EQ(renewed.closeCode(), -1); // our own time ran out, nobody closed
}

TEST_F(GatewaySocket, BadTokenInAuthCloses4401)
{
    beginWithJwt();
    Socket socket(port, "/v1/stream", bearer(expiring(60)));
    socket.send(R"({"op":"auth","token":"nonsense"})");
    EXPECT_EQ(member(socket.nextOp("error").value(), "code"), "unauthorized");
    EXPECT_FALSE(socket.next(2));
    EXPECT_EQ(socket.closeCode(), 4401);
}

TEST_F(GatewaySocket, TokenOpensOnlyItsResources)
{
    beginWithJwt();
    const std::string token = jwt(R"({"resources":["pods"]})");
    EXPECT_EQ(request(port, "/v1/pods", bearer(token)).status, 200);
    EXPECT_EQ(request(port, "/v1/orders", bearer(token)).code(), "forbidden");
    Socket socket(port, "/v1/stream", bearer(token));
    socket.send(R"({"op":"subscribe","sid":"s","resource":"orders"})");
    EXPECT_EQ(member(socket.nextOp("error").value(), "code"), "forbidden");
    socket.send(R"({"op":"subscribe","sid":"p","resource":"pods"})");
    EXPECT_TRUE(socket.nextOp("subscribed"));
}

TEST_F(GatewaySocket, Chaos410ShowsInItsForms)
{
    Options options = quietOptions();
    options.chaos.gone = 1;
    begin(std::move(options));
    const std::string since = gateway->truth("orders").epoch + ":1200";
    int refused = 0;
    int closed = 0;
    for (int i = 0; i < 20; ++i) {
        Socket socket(port, "/v1/orders/watch?since=" + since);
        if (!socket.isOpen()) {
            ++refused;
            continue;
        }
        while (socket.next(2)) {
        }
        closed += socket.closeCode() == 4410 ? 1 : 0;
    }
    EXPECT_GT(refused, 2);
    EXPECT_GT(closed, 2);
    EXPECT_EQ(refused + closed, 20);
    EXPECT_TRUE(Socket(port, "/v1/orders/watch?since=now").isOpen());
}

} // namespace
