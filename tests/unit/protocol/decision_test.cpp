// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/decision.h"

#include "unit/codec/vectors.h"

#include <cmath>
#include <map>

namespace wg::test
{
namespace
{

using namespace protocol;

Where whereOf(const std::string& name)
{
    static const std::map<std::string, Where> kNames{{"sse", Where::Sse},
                                                     {"ndjson", Where::Ndjson},
                                                     {"longpoll", Where::LongPoll},
                                                     {"snapshot", Where::Snapshot},
                                                     {"websocket", Where::WebSocketHandshake}};
    return kNames.at(name);
}

std::string nameOf(Action action)
{
    static const std::map<Action, std::string> kNames{{Action::Consume, "consume"},
                                                      {Action::RetrySameCursor, "retry_same_cursor"},
                                                      {Action::RetryWithoutFeature, "retry_without_feature"},
                                                      {Action::AuthRefreshThenRetry, "auth_refresh_then_retry"},
                                                      {Action::AuthRefreshThenResync, "auth_refresh_then_resync"},
                                                      {Action::Resync, "resync"},
                                                      {Action::Redirect, "redirect"},
                                                      {Action::Stop, "stop"},
                                                      {Action::FallBack, "fall_back"},
                                                      {Action::Fatal, "fatal"}};
    return kNames.at(action);
}

std::string nameOf(Delay delay)
{
    static const std::map<Delay, std::string> kNames{{Delay::None, "none"},
                                                     {Delay::Immediate, "immediate"},
                                                     {Delay::ImmediateOnceThenBackoff, "immediate_once_then_backoff"},
                                                     {Delay::Backoff, "backoff"},
                                                     {Delay::BackoffLong, "backoff_long"},
                                                     {Delay::BackoffWithSpread, "backoff_with_spread"},
                                                     {Delay::RetryAfterThenBackoff, "retry_after_then_backoff"}};
    return kNames.at(delay);
}

TEST(Decision, FollowsEveryStatusVector)
{
    forEachCase(WG_TEST_DATA, "http_status", [](simdjson::dom::object each) {
        const Where where = whereOf(textOf(each, "where"));
        ResponseHead head;
        head.status = static_cast<int>(std::int64_t(each["status"]));
        simdjson::dom::object headers;
        if (each["headers"].get(headers) == simdjson::SUCCESS)
            for (const auto field : headers)
                head.headers.push_back({std::string(field.key), std::string(std::string_view(field.value))});
        Decision decision = decideStatus(where, head);
        const std::string body = textOf(each, "body");
        if (!body.empty()) {
            EXPECT_EQ(decision.action, Action::Consume);
            decision = decideBody(where, body == "empty" ? BodyFault::EmptyTooSoon : BodyFault::Malformed);
        }
        EXPECT_EQ(nameOf(decision.action), textOf(each, "action")) << textOf(each, "name");
        EXPECT_EQ(nameOf(decision.delay), textOf(each, "delay")) << textOf(each, "name");
    });
}

/// The vectors name outcomes that share an action of ours; the rest of the decision tells them apart.
std::string closeOutcome(int code, const Decision& decision)
{
    if (decision.action == Action::Fatal) {
        if (decision.code == ErrorCode::Protocol && (code < 1000 || code > 4999))
            return "never_on_wire";
        if (decision.mayRefreshAuth)
            return "fatal_or_auth";
        return decision.code == ErrorCode::TooLarge ? "fatal_or_smaller" : "fatal";
    }
    if (decision.action == Action::Resync)
        return "resync_then_reconnect";
    if (decision.action == Action::RetrySameCursor) {
        if (code == 1000)
            return "reconnect_if_subscribed";
        return decision.isBounded ? "reconnect_bounded" : "reconnect";
    }
    return nameOf(decision.action);
}

TEST(Decision, FollowsEveryCloseCodeVector)
{
    forEachCase(WG_TEST_DATA, "close_codes", [](simdjson::dom::object each) {
        const int code = static_cast<int>(std::int64_t(each["code"]));
        const Decision decision =
            decideClose(code, textOf(each, "protocol"), textOf(each, "initiator", "server") == "server");
        const std::string name = textOf(each, "name");
        EXPECT_EQ(closeOutcome(code, decision), textOf(each, "action")) << name;
        EXPECT_EQ(nameOf(decision.delay), textOf(each, "delay")) << name;
        EXPECT_EQ(decision.action != Action::Fatal && decision.action != Action::Stop, bool(each["retry"])) << name;
        EXPECT_EQ(decision.keepsCursor, bool(each["resume_from_cursor"])) << name;
    });
}

TEST(Decision, FollowsEveryRetryAfterVector)
{
    forEachCase(WG_TEST_DATA, "retry_after", [](simdjson::dom::object each) {
        ASSERT_EQ(textOf(each, "now"), "2026-11-21T19:30:00Z");
        constexpr double kNow = 1795289400;
        const auto seconds = parseRetryAfter(textOf(each, "value"), kNow, textOf(each, "date_header"));
        double expected = 0;
        const bool isNumber = each["expect_seconds"].get(expected) == simdjson::SUCCESS;
        const std::string name = textOf(each, "name") + " [" + textOf(each, "value") + "]";
        if (textOf(each, "level") == "may") {
            EXPECT_TRUE(!seconds || (isNumber && *seconds == expected)) << name;
            return;
        }
        EXPECT_EQ(seconds.has_value(), isNumber) << name;
        if (seconds && isNumber) {
            EXPECT_DOUBLE_EQ(*seconds, expected) << name;
        }
    });
}

TEST(Decision, FollowsEveryEventSourceVectorThatIsAboutAnAnswer)
{
    int checked = 0;
    forEachCase(WG_TEST_DATA, "sse_connect", [&checked](simdjson::dom::object each) {
        const std::string name = textOf(each, "name");
        const bool opens = textOf(each, "expect") == "open, then reconnect";
        int status = 200;
        std::string type = "text/event-stream";
        if (name.rfind("status ", 0) == 0)
            status = std::stoi(name.substr(7));
        else if (name.rfind("content-type ", 0) == 0)
            type = name.substr(14, name.size() - 15);
        else if (name == "no content-type")
            type.clear();
        else if (name == "redirect without location")
            status = 302;
        else
            return; // how a stream ends and where a redirect leads: http_stream_session_test.cpp
        EXPECT_EQ(isEventStreamAnswer(status, type), opens) << name;
        ResponseHead head;
        head.status = status;
        head.headers = {{"Content-Type", type}};
        EXPECT_EQ(decideStatus(Where::Sse, head).action == Action::Consume, opens) << name;
        ++checked;
    });
    EXPECT_GT(checked, 40);
}

TEST(Decision, IsMorePatientThanABrowser)
{
    for (const int status : {408, 425, 429, 500, 502, 503, 504, 520, 599})
        EXPECT_EQ(decideStatus(Where::Sse, {status, {}, {}, {}}).action, Action::RetrySameCursor) << status;
}

TEST(Decision, HasAnAnswerForEveryStatusAndEveryCloseCode)
{
    for (const Where where : {Where::Sse, Where::Ndjson, Where::LongPoll, Where::Snapshot, Where::WebSocketHandshake})
        for (int status = -1; status <= 1000; ++status) {
            const Decision decision = decideStatus(where, {status, {}, {}, {}});
            const bool waits = decision.delay != Delay::None;
            const bool ends = decision.action == Action::Fatal || decision.action == Action::Stop ||
                              decision.action == Action::Consume;
            EXPECT_NE(waits, ends) << status;
            if (decision.action == Action::Fatal) {
                EXPECT_NE(decision.code, ErrorCode::None) << status;
            }
        }
    for (const char* protocol : {"any", "watch.v1", "graphql-transport-ws", "centrifugo", "what"})
        for (int code = -1; code <= 70000; ++code) {
            const Decision decision = decideClose(code, protocol);
            EXPECT_EQ(decision.action == Action::Fatal, decision.delay == Delay::None) << code;
        }
}

TEST(Decision, KnowsTheCloseCodesOfWatchV1)
{
    EXPECT_EQ(decideClose(4400, "watch.v1").action, Action::Fatal);
    EXPECT_EQ(decideClose(4401, "watch.v1").action, Action::AuthRefreshThenRetry);
    EXPECT_TRUE(decideClose(4401, "watch.v1").keepsCursor);
    EXPECT_EQ(decideClose(4403, "watch.v1").code, ErrorCode::Forbidden);
    EXPECT_EQ(decideClose(4403, "watch.v1").action, Action::Fatal);
    EXPECT_EQ(decideClose(4410, "watch.v1").action, Action::Resync);
    EXPECT_FALSE(decideClose(4410, "watch.v1").keepsCursor);
    EXPECT_EQ(decideClose(4429, "watch.v1").delay, Delay::RetryAfterThenBackoff);
    EXPECT_EQ(decideClose(1000, "watch.v1", false).action, Action::Stop);
}

TEST(Decision, FallsBackOnlyForReasonsOfTransport)
{
    for (const int status : {200, 400, 404, 405, 426, 501})
        EXPECT_TRUE(isTransportRefusal(Where::WebSocketHandshake, status)) << status;
    for (const int status : {101, 401, 403, 410, 429, 500, 503})
        EXPECT_FALSE(isTransportRefusal(Where::WebSocketHandshake, status)) << status;
    EXPECT_FALSE(isTransportRefusal(Where::Sse, 404));
}

TEST(Decision, KnowsTheProblemCodes)
{
    EXPECT_EQ(decideProblem("token_expired").action, Action::AuthRefreshThenRetry);
    EXPECT_EQ(decideProblem("version_expired").action, Action::Resync);
    EXPECT_EQ(decideProblem("rate_limited").delay, Delay::RetryAfterThenBackoff);
    EXPECT_EQ(decideProblem("forbidden").action, Action::Fatal);
    EXPECT_TRUE(decideProblem("something new").isBounded);
}

TEST(Decision, LetsAProblemDocumentBeMorePreciseThanItsStatus)
{
    ResponseHead head{403, {{"Content-Type", "application/problem+json; charset=utf-8"}}, {}, {}};
    EXPECT_EQ(decideStatus(Where::Sse, head, R"({"status":403,"code":"token_expired"})").action,
              Action::AuthRefreshThenRetry);
    EXPECT_EQ(decideStatus(Where::Sse, head, R"({"code":"version_expired"})").action, Action::Resync);
    EXPECT_EQ(decideStatus(Where::Snapshot, head, R"({"code":"version_expired"})").action, Action::RetryWithoutFeature);
    for (const char* body : {"", "{", R"({"code":7})", R"({"code":"unheard of"})", R"({"detail":"x"})"})
        EXPECT_EQ(decideStatus(Where::Sse, head, body).action, Action::Fatal) << body;
    head.headers[0].value = "application/json";
    EXPECT_EQ(decideStatus(Where::Sse, head, R"({"code":"token_expired"})").action, Action::Fatal);
}

TEST(RetryAfter, ReadsTheThreeDateFormsOfHttp)
{
    constexpr double kNow = 1795289400; // Sat, 21 Nov 2026 19:30:00 GMT
    EXPECT_EQ(parseRetryAfter("Sat, 21 Nov 2026 19:31:00 GMT", kNow), 60);
    EXPECT_EQ(parseRetryAfter("Saturday, 21-Nov-26 19:31:00 GMT", kNow), 60);
    EXPECT_EQ(parseRetryAfter("Sat Nov 21 19:31:00 2026", kNow), 60);
    EXPECT_EQ(parseRetryAfter(" 15\t", kNow), 15);
    EXPECT_EQ(parseRetryAfter("Sat, 21 Nov 2026 19:29:00 GMT", kNow), 0);
    EXPECT_EQ(parseRetryAfter("Sat, 21 Nov 2026 19:31:60 GMT", kNow), 120);
    EXPECT_FALSE(parseRetryAfter("Sat, 21 Nov 2026 19:31:00 GMT x", kNow));
    EXPECT_FALSE(parseRetryAfter("Sat, 21 Nov 2026 19:61:00 GMT", kNow));
    EXPECT_FALSE(parseRetryAfter("Sat Nov 31 19:31:00 2026", kNow));
    EXPECT_TRUE(std::isfinite(*parseRetryAfter(std::string(400, '9'), kNow)));
    // Two digits, just before and just after 50 years ahead.
    EXPECT_GT(*parseRetryAfter("Saturday, 21-Nov-76 19:30:00 GMT", kNow), 1e9);
    EXPECT_EQ(parseRetryAfter("Saturday, 21-Nov-76 19:30:01 GMT", kNow), 0);
}

} // namespace
} // namespace wg::test
