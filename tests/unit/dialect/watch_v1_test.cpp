// SPDX-License-Identifier: GPL-3.0-or-later
#include "heard.h"

#include <gtest/gtest.h>

namespace wg::test {
namespace {

using dialect::Carrier;
using sync::Op;

const std::string kUrl = "http://h/v1/orders";
const std::string kTail = R"("resource":"orders","version":7,"prev":6,"epoch":"e1","ts":12.5})";

std::string target(const dialect::Request& request) { return request.url.target(); }

TEST(WatchV1Address, MayBeWrittenInEveryForm)
{
    for (const char* url : {"http://h/v1/orders", "http://h/v1/orders/watch", "ws://h/v1/orders/watch", "ws://h/v1/orders", "http://h/v1/orders/"}) {
        const auto d = make("watch.v1", url);
        EXPECT_EQ(d->resource(), "orders") << url;
        EXPECT_EQ(target(d->snapshot(false)), "/v1/orders") << url;
        EXPECT_EQ(d->stream(Carrier::Sse, {}).url.toString(), "http://h/v1/orders/watch") << url;
        EXPECT_EQ(d->stream(Carrier::WebSocket, {}).url.toString(), "ws://h/v1/orders/watch") << url;
    }
    EXPECT_EQ(target(make("watch.v1", "https://h/api/v1/orders")->stream(Carrier::Ndjson, {})), "/api/v1/orders/watch");
    EXPECT_EQ(target(make("watch.v1", "http://h/v1/orders/ord-1")->stream(Carrier::Sse, {})), "/v1/orders/watch?ids=ord-1");
    EXPECT_EQ(make("watch.v1", "http://h/v1/my%20orders")->resource(), "my orders");
}

TEST(WatchV1Address, KeepsItsQueryAndAddsWhatIsAsked)
{
    const auto d = make("watch.v1", "http://h/v1/orders?tenant=a%26b&heartbeat=3&since=e1%3A4", [](dialect::Subscription& s) {
        s.filter = "price > 100";
        s.ids = {"a", "b"};
    });
    EXPECT_EQ(target(d->snapshot(false)), "/v1/orders?tenant=a%26b&filter=price%20%3E%20100&ids=a%2Cb");
    const sync::Cursor at{"e7f3", sync::Version(48213)};
    EXPECT_EQ(target(d->stream(Carrier::Sse, at)), "/v1/orders/watch?tenant=a%26b&filter=price%20%3E%20100&ids=a%2Cb&since=e7f3%3A48213&heartbeat=3");
    EXPECT_EQ(d->traits(Carrier::Sse).heartbeatS, 3);
    EXPECT_TRUE(d->skipsVersions());
    EXPECT_NE(target(d->stream(Carrier::LongPoll, at)).find("wait=3"), std::string::npos); // an empty answer is its heartbeat
    EXPECT_EQ(make("watch.v1", "http://h/v1/orders?heartbeat=3&wait=20")->traits(Carrier::LongPoll).holdS, 20);
}

TEST(WatchV1Address, RepeatsIdsWhereOneHasAComma)
{
    const auto d = make("watch.v1", kUrl, [](dialect::Subscription& s) { s.ids = {"a,b", "c"}; });
    EXPECT_EQ(target(d->snapshot(false)), "/v1/orders?ids=a%2Cb&ids=c");
}

TEST(WatchV1Address, OfTheSharedSocketNeedsAResource)
{
    dialect::Subscription subscription;
    subscription.url = Url::parse("ws://h/v1/stream").value();
    EXPECT_EQ(dialect::makeDialect("watch.v1", subscription).error().code, ErrorCode::BadArgument);
    subscription.resource = "orders";
    const auto d = std::move(dialect::makeDialect("watch.v1", subscription)).value();
    EXPECT_TRUE(d->sharesSocket());
    EXPECT_EQ(target(d->stream(Carrier::WebSocket, {})), "/v1/stream");
    EXPECT_EQ(d->snapshot(false).url.toString(), "http://h/v1/orders");
    EXPECT_EQ(d->subscribeMessage("3.1", sync::Cursor{"e1", sync::Version(7)}),
              R"({"op":"subscribe","sid":"3.1","resource":"orders","since":"e1:7"})");
    EXPECT_EQ(d->unsubscribeMessage("3.1"), R"({"op":"unsubscribe","sid":"3.1"})");
}

TEST(WatchV1Event, HasItsMeaningWhateverTheOrderOfItsFields)
{
    const auto d = make("watch.v1", kUrl);
    const auto put = decode(*d, Carrier::Sse, R"({"object":{"a":[1,{"b":2}]},"ts":1,"prev":6,"epoch":"e1","version":7,"id":"k","resource":"orders","event":"order_created"})");
    ASSERT_EQ(put.events.size(), 1u) << (put.refusals.empty() ? "" : put.refusals[0]);
    EXPECT_EQ(put.events[0].op, Op::Put);
    EXPECT_EQ(put.events[0].key, "k");
    EXPECT_EQ(put.events[0].payload, R"({"a":[1,{"b":2}]})");
    EXPECT_EQ(put.events[0].version.number(), 7u);
    EXPECT_EQ(put.events[0].prev.number(), 6u);
    EXPECT_EQ(put.events[0].epoch, "e1");
    const auto patch = decode(*d, Carrier::Ndjson, R"( { "event" : "order_updated" , "id" : "k" , "changes" : {"a":null} , )" + kTail);
    ASSERT_EQ(patch.events.size(), 1u);
    EXPECT_EQ(patch.events[0].op, Op::Patch);
    EXPECT_EQ(patch.events[0].payload, R"({"a":null})");
    EXPECT_EQ(patch.events[0].serverMs, 12.5);
    EXPECT_EQ(decode(*d, Carrier::Sse, R"({"event":"order_deleted","id":"k","object":{"a":1},)" + kTail).events.at(0).op, Op::Delete);
    EXPECT_EQ(decode(*d, Carrier::Sse, R"({"event":"price_alert","id":"k",)" + kTail).events.at(0).op, Op::None);
    EXPECT_EQ(decode(*d, Carrier::Sse, R"({"event":"custom","id":"k","object":{},)" + kTail).events.at(0).op, Op::Put);
    EXPECT_EQ(decode(*d, Carrier::Sse, R"({"event":"heartbeat",)" + kTail).events.at(0).op, Op::Bookmark);
    EXPECT_EQ(decode(*d, Carrier::Sse, R"({"event":"x_updated","id":"k","object":null,"changes":{},)" + kTail).events.at(0).op, Op::Patch);
}

TEST(WatchV1Event, TakesVersionsAsNumbersOrDecimalTextExactly)
{
    const auto d = make("watch.v1", kUrl);
    const auto text = [&](const std::string& version) {
        const auto heard = decode(*d, Carrier::Sse, R"({"event":"heartbeat","epoch":"e1","prev":"9007199254740992","version":)" + version + "}");
        return heard.events.empty() ? "refused: " + heard.refusals.at(0) : heard.events[0].version.toString();
    };
    EXPECT_EQ(text("9007199254740993"), "9007199254740993");
    EXPECT_EQ(text("\"9007199254740993\""), "9007199254740993");
    EXPECT_EQ(text("9223372036854775807"), "9223372036854775807");
    EXPECT_EQ(text("\"340282366920938463463374607431768211456\""), "340282366920938463463374607431768211456");
    for (const char* bad : {"1.0", "1e3", "-1", "\"-1\"", "\"\"", "\"1.5\"", "null", "true", "{}", "[7]", "\"7 \""})
        EXPECT_EQ(text(bad).substr(0, 7), "refused") << bad;
    EXPECT_EQ(text("\"" + std::string(500, '1') + "\"").substr(0, 7), "refused");
}

TEST(WatchV1Event, ThatCannotBeReadIsSaidNeverSkipped)
{
    const auto d = make("watch.v1", kUrl);
    const std::string good = R"({"event":"order_updated","id":"k","changes":{"a":1},)" + kTail;
    ASSERT_EQ(decode(*d, Carrier::Sse, good).events.size(), 1u);
    const std::vector<std::string> bad = {
        "", " ", "null", "[1,2,3]", "7", "\"x\"", "{", "{}", good.substr(0, good.size() - 1), good + "}", good + " 1", good + good,
        good.substr(0, good.size() - 1) + ",}", good.substr(0, good.size() - 1) + ",\"x\":nul}", good.substr(0, good.size() - 1) + ",\"x\":01}",
        good.substr(0, good.size() - 1) + ",\"x\":\"\\x\"}", good.substr(0, good.size() - 1) + ",\"x\":\"\\u12g4\"}",
        good.substr(0, good.size() - 1) + ",\"x\":\"a\tb\"}", good.substr(0, good.size() - 1) + ",\"x\":[1,]}",
        good.substr(0, good.size() - 1) + ",\"x\":[1 2]}", good.substr(0, good.size() - 1) + ",\"x\":{\"a\" 1}}",
        good.substr(0, good.size() - 1) + ",\"x\":\"\xff\"}", good.substr(0, good.size() - 1) + ",\"x\":\"\xed\xa0\x80\"}",
        good.substr(0, good.size() - 1) + ",x:1}", good.substr(0, good.size() - 1) + ",\"x\":'a'}",
        good.substr(0, good.size() - 1) + ",\"x\":" + std::string(600, '[') + std::string(600, ']') + "}",
        R"({"id":"k","changes":{},)" + kTail, R"({"event":7,"id":"k","changes":{},)" + kTail, R"({"event":"a","changes":{},)" + kTail,
        R"({"event":"a","id":7,"changes":{},)" + kTail, R"({"event":"a","id":"k","changes":[],)" + kTail,
        R"({"event":"a","id":"k","object":"text",)" + kTail,
        R"({"event":"a","id":"k","object":{},"resource":"stocks","version":7,"prev":6,"epoch":"e1"})",
        R"({"event":"a","id":"k","object":{},"version":7,"epoch":"e1"})", R"({"event":"a","id":"k","object":{},"version":7,"prev":6})",
        R"({"event":"a","id":"k","object":{},"version":7,"prev":6,"epoch":"e 1"})",
        R"({"event":"a","id":"k","object":{},"version":7,"prev":6,"epoch":")" + std::string(65, 'e') + "\"}"};
    for (const std::string& text : bad) {
        const auto heard = decode(*d, Carrier::Sse, text);
        EXPECT_TRUE(heard.events.empty()) << text.substr(0, 200);
        ASSERT_EQ(heard.refusals.size(), 1u) << text.substr(0, 200);
        EXPECT_GT(heard.refusals[0].size(), 8u);
    }
}

TEST(WatchV1Event, EveryTruncationIsUnreadable)
{
    const auto d = make("watch.v1", kUrl);
    const std::string good = R"({"event":"order_updated","id":"k","changes":{"a":[1,"x\u00e9",{"b":null}]},)" + kTail;
    for (std::size_t size = 0; size < good.size(); ++size)
        ASSERT_EQ(decode(*d, Carrier::Ndjson, good.substr(0, size)).events.size(), 0u) << size;
    EXPECT_EQ(decode(*d, Carrier::Ndjson, good).events.size(), 1u);
}

TEST(WatchV1Event, WithEscapedNamesAndIdsMeansWhatItSays)
{
    const auto d = make("watch.v1", kUrl);
    const auto heard = decode(*d, Carrier::Sse, R"({"\u0065vent":"order_created","id":"a\"\u00e9\ud83d\ude00\/b","object":{"k":"\n"},)" + kTail);
    ASSERT_EQ(heard.events.size(), 1u);
    EXPECT_EQ(heard.events[0].key, "a\"é😀/b");
    EXPECT_EQ(heard.events[0].payload, R"({"k":"\n"})");
}

TEST(WatchV1Socket, KnowsItsOperations)
{
    const auto d = make("watch.v1", kUrl);
    const auto event = decode(*d, Carrier::WebSocket, R"({"op":"event","sid":"0","event":"order_deleted","id":"k",)" + kTail);
    ASSERT_EQ(event.events.size(), 1u);
    EXPECT_EQ(event.events[0].sid, "0");
    EXPECT_EQ(decode(*d, Carrier::WebSocket, R"({"op":"subscribed","sid":"0","epoch":"e1","version":"7"})").subscriptions.at(0), "0 e1:7");
    const auto error = decode(*d, Carrier::WebSocket, R"({"op":"error","sid":"4","code":"rate_limited","detail":"slow","retry_after":2.5})");
    ASSERT_EQ(error.problems.size(), 1u);
    EXPECT_EQ(error.problems[0].code, "rate_limited");
    EXPECT_EQ(error.problems[0].sid, "4");
    EXPECT_EQ(error.problems[0].retryAfterS, 2.5);
    for (const char* quiet : {R"({"op":"pong","n":1})", R"({"op":"authenticated","expires":5})", R"({"op":"later"})"}) {
        const auto heard = decode(*d, Carrier::WebSocket, quiet);
        EXPECT_TRUE(heard.events.empty() && heard.refusals.empty() && heard.problems.empty()) << quiet;
    }
    EXPECT_EQ(decode(*d, Carrier::WebSocket, R"({"event":"order_deleted","id":"k",)" + kTail).refusals.size(), 1u);
    EXPECT_EQ(decode(*d, Carrier::WebSocket, R"({"op":"subscribed","sid":"0"})").refusals.size(), 1u);
}

TEST(WatchV1Error, InTheStreamIsNoEvent)
{
    const auto d = make("watch.v1", kUrl);
    const auto heard = decode(*d, Carrier::Sse, R"({"event":"error","code":"version_expired","detail":"gone"})", "error");
    ASSERT_EQ(heard.problems.size(), 1u);
    EXPECT_EQ(heard.problems[0].code, "version_expired");
    EXPECT_FALSE(heard.problems[0].retryAfterS);
    EXPECT_TRUE(heard.events.empty() && heard.refusals.empty());
}

TEST(WatchV1LongPoll, AnswerIsCheckedWholeBeforeAnythingIsGivenOut)
{
    const auto d = make("watch.v1", kUrl);
    const std::string event = R"({"event":"order_deleted","id":"k",)" + kTail;
    dialect::PollAnswer answer;
    std::string why;
    const Padded good(R"({"events":[)" + event + "," + event + R"(],"prev":"6","version":8,"epoch":"e1"})");
    ASSERT_TRUE(d->readAnswer(good.view(), answer, why)) << why;
    EXPECT_EQ(answer.events, 2u);
    EXPECT_EQ(answer.prev.number(), 6u);
    EXPECT_EQ(answer.version.number(), 8u);
    Hearing heard;
    d->giveEvents(heard);
    EXPECT_EQ(heard.events.size(), 2u);
    for (const std::string& text : {std::string(), std::string("[]"), R"({"events":[)" + event + R"(],"prev":6,"version":8,"epoch":"e1")",
                                    R"({"events":[)" + event + R"(,],"prev":6,"version":8,"epoch":"e1"})", std::string(R"({"events":{},"prev":6,"version":8,"epoch":"e1"})"),
                                    std::string(R"({"prev":6,"version":8,"epoch":"e1"})"), std::string(R"({"events":[],"version":8,"epoch":"e1"})")}) {
        const Padded padded(text);
        EXPECT_FALSE(d->readAnswer(padded.view(), answer, why)) << text;
        Hearing none;
        d->giveEvents(none);
        EXPECT_TRUE(none.events.empty());
        EXPECT_FALSE(why.empty());
    }
}

TEST(Discovery, KnowsItsDocumentAndWhereToAsk)
{
    std::vector<std::string> transports;
    const Padded good(R"({"server":"x","resources":[{"name":"stocks","events":[],"transports":["poll"]},{"transports":["ws","sse"],"name":"orders","more":{"a":[1]}}],"epoch":"e1"})");
    EXPECT_TRUE(dialect::isDiscoveryDocument(good.view(), "orders", transports));
    EXPECT_EQ(transports, (std::vector<std::string>{"ws", "sse"}));
    EXPECT_TRUE(dialect::isDiscoveryDocument(good.view(), "nothing", transports));
    EXPECT_TRUE(transports.empty());
    for (const char* text : {"", "<html>", "{}", "[]", R"({"resources":{},"epoch":"e1"})", R"({"resources":[7],"epoch":"e1"})", R"({"resources":[]})", R"({"resources":[],"epoch":"e1"} x)"}) {
        const Padded padded(text);
        EXPECT_FALSE(dialect::isDiscoveryDocument(padded.view(), "orders", transports)) << text;
    }
    const auto at = [](const char* url) { return dialect::discoveryUrl(Url::parse(url).value()); };
    EXPECT_EQ(at("wss://h:9/api/v1/orders/watch?x=1")->toString(), "https://h:9/api/v1");
    EXPECT_EQ(at("http://h/v1")->toString(), "http://h/v1");
    EXPECT_FALSE(at("http://h/sub/a"));
    EXPECT_FALSE(at("http://h/v12/a"));
}

} // namespace
} // namespace wg::test
