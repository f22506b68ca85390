// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/chaos_lane.h"
#include "gateway/doorkeeper.h"
#include "gateway/frames.h"
#include "gateway/json_text.h"
#include "gateway/options.h"
#include "gateway/request.h"

#include <gtest/gtest.h>
#include <simdjson.h>

namespace {

using namespace wg::gateway;

Request request(std::vector<std::pair<std::string, std::string>> headers, const std::string& target = "/")
{
    Request::Message message{http::verb::get, target, 11};
    for (const auto& [name, value] : headers)
        message.insert(name, value);
    return Request(std::move(message), boost::asio::ip::make_address("127.0.0.1"));
}

TEST(GatewayTrace, TraceparentVectors)
{
    simdjson::dom::parser parser;
    simdjson::dom::element file;
    ASSERT_EQ(parser.load(WG_TEST_DATA "/traceparent.json").get(file), simdjson::SUCCESS);
    int checked = 0;
    for (const simdjson::dom::element one : file["cases"].get_array()) {
        if (std::string_view(one["kind"]) != "traceparent" || std::string_view(one["level"]) != "must")
            continue;
        std::vector<std::pair<std::string, std::string>> headers;
        if (std::string_view value; one["value"].get(value) == simdjson::SUCCESS)
            headers.emplace_back("traceparent", value);
        else
            for (const simdjson::dom::element pair : one["headers"].get_array())
                headers.emplace_back(std::string_view(pair.at(0)), std::string_view(pair.at(1)));
        const Request made = request(headers);
        EXPECT_EQ(isTraceparent(trimmed(made.onlyHeader("traceparent"))), bool(one["valid"])) << one["name"];
        ++checked;
    }
    EXPECT_GT(checked, 40);
}

TEST(GatewayAccept, TheClosestAndBestLikedTypeWins)
{
    const std::vector<std::string_view> offers = {"text/event-stream", "application/x-ndjson", "application/json"};
    const auto chosen = [&](std::string_view accept) -> std::string {
        const auto choice = chooseType(accept, offers);
        return choice ? std::string(offers[*choice]) : "none";
    };
    EXPECT_EQ(chosen(""), "application/json");
    EXPECT_EQ(chosen("*/*"), "application/json");
    EXPECT_EQ(chosen("text/event-stream"), "text/event-stream");
    EXPECT_EQ(chosen("TEXT/Event-Stream; charset=utf-8"), "text/event-stream");
    EXPECT_EQ(chosen("text/event-stream, */*"), "text/event-stream");
    EXPECT_EQ(chosen("application/json;q=0.5, application/x-ndjson"), "application/x-ndjson");
    EXPECT_EQ(chosen("text/*"), "text/event-stream");
    EXPECT_EQ(chosen("application/json;q=0, */*"), "application/x-ndjson");
    EXPECT_EQ(chosen("image/png"), "none");
    EXPECT_EQ(chosen("text/event-stream;q=0"), "none");
}

TEST(GatewayRequest, PathAndQueryAreDecoded)
{
    const Request r = request({}, "/v1/or%64ers/a+b%2Fc?since=e%3A4&filter=a+%3D%3D+1&ids=a&ids=b%2Cc");
    EXPECT_EQ(r.segments(), (std::vector<std::string>{"v1", "orders", "a+b/c"}));
    EXPECT_EQ(r.parameter("since"), "e:4");
    EXPECT_EQ(r.parameter("filter"), "a == 1");
    EXPECT_EQ(r.parameters("ids"), (std::vector<std::string>{"a", "b,c"}));
    EXPECT_FALSE(r.parameter("nothing").has_value());
    EXPECT_TRUE(request({}, "/v1/orders/").isSlashed());
}

TEST(GatewayDoor, Base64UrlGoesBothWays)
{
    for (const std::string& text : {std::string(), std::string("a"), std::string("ab"), std::string("abc"), std::string("\xff\xfe\x00\x3e\x3f", 5)}) {
        const auto back = decodeBase64Url(encodeBase64Url(text));
        ASSERT_TRUE(back.has_value());
        EXPECT_EQ(*back, text);
    }
    EXPECT_EQ(encodeBase64Url("\xfb\xff"), "-_8");
    EXPECT_FALSE(decodeBase64Url("a").has_value());
    EXPECT_FALSE(decodeBase64Url("a+b/").has_value());
}

TEST(GatewayDoor, JwtOfTheStandardIsReadAndForgedOnesAreNot)
{
    // RFC 7515 A.1: its exp is in 2011.
    const std::string key = *decodeBase64Url("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    Options options;
    options.jwtSecret = wg::Secret(key);
    const Doorkeeper door(options);
    const std::string token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                              "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
                              "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    EXPECT_EQ(door.admitToken(token).problem.code, "token_expired");
    std::string forged = token;
    forged[60] = forged[60] == 'a' ? 'b' : 'a';
    EXPECT_EQ(door.admitToken(forged).problem.code, "unauthorized");
    const std::string unsignedToken = encodeBase64Url(R"({"alg":"none"})") + "." + encodeBase64Url("{}") + ".";
    EXPECT_EQ(door.admitToken(unsignedToken).problem.code, "unauthorized");
    EXPECT_EQ(door.admitToken("").problem.code, "unauthorized");
}

TEST(GatewayDoor, RateLimitIsABucketPerAddress)
{
    Options options;
    options.rateLimit = 2;
    Doorkeeper door(options);
    const auto here = boost::asio::ip::make_address("127.0.0.1");
    const auto there = boost::asio::ip::make_address("127.0.0.2");
    const wg::Instant start{1'000'000'000};
    EXPECT_FALSE(door.overRate(here, start));
    EXPECT_FALSE(door.overRate(here, start));
    const auto wait = door.overRate(here, start);
    ASSERT_TRUE(wait.has_value());
    EXPECT_NEAR(*wait, 0.5, 0.01);
    EXPECT_FALSE(door.overRate(there, start));
    EXPECT_FALSE(door.overRate(here, start + wg::fromSeconds(0.6)));
}

std::string masked(std::uint8_t first, std::string_view payload, bool isMasked = true)
{
    const unsigned char mask[4] = {0x11, 0x22, 0x33, 0x44};
    std::string out(1, static_cast<char>(first));
    if (payload.size() < 126)
        out += static_cast<char>((isMasked ? 0x80 : 0) | payload.size());
    else {
        out += static_cast<char>((isMasked ? 0x80 : 0) | 126);
        out += {static_cast<char>(payload.size() >> 8), static_cast<char>(payload.size() & 255)};
    }
    if (!isMasked)
        return out.append(payload);
    out.append(reinterpret_cast<const char*>(mask), 4);
    for (std::size_t i = 0; i < payload.size(); ++i)
        out += static_cast<char>(payload[i] ^ mask[i & 3]);
    return out;
}

TEST(GatewayFrames, AnyChunkingReadsTheSame)
{
    const std::string bytes = masked(0x01, "one ") + masked(0x89, "hi") + masked(0x80, "message") + masked(0x81, std::string(300, 'x'))
                              + masked(0x88, std::string("\x03\xe8 bye", 6));
    const std::vector<std::string> expected = {"9hi", "1one message", "1" + std::string(300, 'x'), std::string("8\x03\xe8 bye", 7)};
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        FrameReader reader;
        std::vector<std::string> seen;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            reader.append(std::string_view(bytes).substr(at, step));
            FrameReader::Message message;
            while (reader.next(message) == FrameReader::Read::Message)
                seen.push_back(std::to_string(static_cast<int>(message.opcode)) + message.payload);
        }
        ASSERT_EQ(seen, expected) << step;
    }
}

TEST(GatewayFrames, FaultsHaveTheirCodes)
{
    const auto code = [](const std::string& bytes) {
        FrameReader reader;
        reader.append(bytes);
        FrameReader::Message message;
        while (true)
            switch (reader.next(message)) {
            case FrameReader::Read::Bad: return static_cast<int>(reader.errorCode());
            case FrameReader::Read::NeedMore: return 0;
            case FrameReader::Read::Message: break;
            }
    };
    EXPECT_EQ(code(masked(0x81, "x", false)), 1002);
    EXPECT_EQ(code(masked(0xC1, "x")), 1002);
    EXPECT_EQ(code(masked(0x83, "x")), 1002);
    EXPECT_EQ(code(masked(0x80, "x")), 1002);
    EXPECT_EQ(code(masked(0x01, "x") + masked(0x81, "y")), 1002);
    EXPECT_EQ(code(masked(0x09, "x")), 1002);
    EXPECT_EQ(code(masked(0x88, "x")), 1002);
    EXPECT_EQ(code(masked(0x88, std::string("\x03\xed", 2))), 1002); // 1005 is never on the wire
    EXPECT_EQ(code(masked(0x82, "x")), 1003);
    EXPECT_EQ(code(masked(0x81, "\xff")), 1007);
    EXPECT_EQ(code(std::string("\x81\xff\0\0\0\0\0\x01\0\x01", 10)), 1009);
    EXPECT_EQ(code(masked(0x81, "fine")), 0);
}

TEST(GatewayFrames, HeadsFitTheirPayload)
{
    for (const std::size_t size : {0u, 125u, 126u, 65535u, 65536u}) {
        std::string direct;
        appendFrame(direct, Opcode::Text, std::string(size, 'a'));
        std::string inPlace = "before";
        const std::size_t start = reserveFrameHead(inPlace);
        inPlace.append(size, 'a');
        closeTextFrame(inPlace, start);
        EXPECT_EQ(inPlace, "before" + direct);
        EXPECT_EQ(direct.size(), size + (size < 126 ? 2 : size < 65536 ? 4 : 10));
    }
    EXPECT_EQ(acceptKey("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // RFC 6455 1.3
}

TEST(GatewayOptions, CommandLineIsReadAndFaultsAreNamed)
{
    const auto good = parseOptions({"--port", "0", "--rate=50.5", "--resources", "pods,orders", "--token", "a", "--token=b",
                                    "--rate-limit", "20/s", "--chaos", "drop=0.5,delay=0.1:40,410=1", "--control"});
    ASSERT_TRUE(good.isOk()) << good.error().what;
    EXPECT_EQ(good.value().port, 0);
    EXPECT_DOUBLE_EQ(good.value().rate, 50.5);
    EXPECT_EQ(good.value().resources, (std::vector<std::string>{"pods", "orders"}));
    EXPECT_EQ(good.value().tokens.size(), 2u);
    EXPECT_DOUBLE_EQ(good.value().rateLimit, 20);
    EXPECT_DOUBLE_EQ(good.value().chaos.delayMs, 40);
    EXPECT_DOUBLE_EQ(good.value().chaos.gone, 1);
    EXPECT_TRUE(good.value().hasControl);
    for (const std::vector<std::string>& bad : {std::vector<std::string>{"--prot", "1"}, {"--port"}, {"--port", "70000"}, {"--rate", "x"},
                                                {"--resources", "cars"}, {"--resources", ","}, {"--chaos", "drop=2"}, {"--chaos", "boom=1"},
                                                {"--chaos", "delay=0.1:x"}, {"--tls-cert", "f"}, {"--jwt-secret-env", "WG_NO_SUCH"},
                                                {"--token", ""}}) {
        const auto result = parseOptions(bad);
        ASSERT_FALSE(result.isOk()) << bad[0];
        EXPECT_NE(result.error().what.find("--"), std::string::npos);
    }
    EXPECT_TRUE(parseOptions({"--help"}).value().isHelp);
    EXPECT_NE(helpText().find("example:"), std::string_view::npos);
}

TEST(GatewayJsonText, NumbersAndTextAreExact)
{
    EXPECT_EQ(fixed(-12.345, 2), "-12.35");
    EXPECT_EQ(fixed(0.05, 2), "0.05");
    EXPECT_EQ(fixed(7, 0), "7");
    std::string out;
    appendText(out, "a\"\\\n\x01é");
    EXPECT_EQ(out, "\"a\\\"\\\\\\n\\u0001é\"");
    out.clear();
    appendMs(out, 1795300043367820);
    EXPECT_EQ(out, "1795300043367.820");
}

/// Each fault of the plan happens about as often as it is asked for, and never more than the plan says.
TEST(GatewayChaos, FaultsHappenAtTheirRateAndVersionsStayTrue)
{
    Options options;
    options.resources = {"stocks"};
    options.rate = 0;
    World world(options);
    for (int i = 0; i < 20000; ++i)
        world.resource(0).put("stock_updated", "A", Fields::parse("{\"price\":1}").value());
    ChaosPlan plan;
    plan.drop = plan.dup = plan.reorder = plan.corrupt = plan.epoch = 0.05;
    Counters counters;
    ChaosLane lane(Subscription(world, 0, {}, 0), plan, counters, 99);
    Delivery delivery;
    std::map<std::uint64_t, int> seen;
    std::uint64_t last = 0;
    std::uint64_t backwards = 0;
    while (lane.next(wg::Instant{1}, delivery) == ChaosLane::Pull::Delivery) {
        ++seen[delivery.version];
        EXPECT_EQ(delivery.prev + 1, delivery.version);
        backwards += delivery.version < last ? 1 : 0;
        last = delivery.version;
    }
    while (const auto held = lane.releaseHeld())
        ++seen[held->version];
    std::uint64_t twice = 0;
    for (const auto& [version, count] : seen)
        twice += count == 2 ? 1 : 0;
    const auto counted = [&](Fault f) { return counters.faults[static_cast<std::size_t>(f)]; };
    for (const Fault f : {Fault::Drop, Fault::Dup, Fault::Reorder, Fault::Corrupt, Fault::Epoch})
        EXPECT_NEAR(static_cast<double>(counted(f)), 1000, 150) << toString(f);
    EXPECT_EQ(seen.size(), 20000 - counted(Fault::Drop));
    EXPECT_EQ(twice, counted(Fault::Dup));
    EXPECT_NEAR(static_cast<double>(backwards), static_cast<double>(counted(Fault::Reorder)), 30);
    EXPECT_EQ(counted(Fault::Cut) + counted(Fault::Stall) + counted(Fault::Delay), 0u);
}

TEST(GatewayChaos, HeldEventsComeOutWhenNothingFollows)
{
    Options options;
    options.resources = {"stocks"};
    World world(options);
    world.resource(0).put("stock_updated", "A", Fields::parse("{}").value());
    ChaosPlan plan;
    plan.reorder = 1;
    Counters counters;
    ChaosLane lane(Subscription(world, 0, {}, 0), plan, counters, 1);
    Delivery delivery;
    EXPECT_EQ(lane.next(wg::Instant{1}, delivery), ChaosLane::Pull::Nothing);
    ASSERT_TRUE(lane.nextDeadline().has_value());
    EXPECT_EQ(lane.next(*lane.nextDeadline(), delivery), ChaosLane::Pull::Delivery);
    EXPECT_EQ(delivery.version, 1u);
    EXPECT_FALSE(lane.nextDeadline().has_value());
}

} // namespace
