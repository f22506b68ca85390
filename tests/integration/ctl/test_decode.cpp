// SPDX-License-Identifier: GPL-3.0-or-later
// decode against the event stream vectors, through the program itself.
#include "support/process.h"

#include <QByteArray>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <vector>

namespace {

using namespace wg::test;
namespace dom = simdjson::dom;

struct Event {
    std::string type, data, id;
    friend bool operator==(const Event&, const Event&) = default;
};

std::ostream& operator<<(std::ostream& out, const Event& e) { return out << '{' << e.type << '|' << e.data << '|' << e.id << '}'; }

std::string text(dom::element element)
{
    std::string_view view;
    return element.get(view) == simdjson::SUCCESS ? std::string(view) : std::string();
}

QByteArray bytesOf(dom::element chunks)
{
    QByteArray out;
    for (dom::element chunk : chunks.get_array()) {
        dom::element packed;
        if (chunk["b64"].get(packed) == simdjson::SUCCESS)
            out += QByteArray::fromBase64(QByteArray::fromStdString(text(packed)));
        else
            out += QByteArray::fromStdString(text(chunk));
    }
    return out;
}

std::vector<Event> eventsIn(const std::string& output, double& lastRetry)
{
    std::vector<Event> out;
    dom::parser parser;
    std::string_view rest = output;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const dom::element line = parser.parse(std::string(rest.substr(0, end)));
        rest.remove_prefix(end + 1);
        dom::element retry;
        if (line["retry"].get(retry) == simdjson::SUCCESS)
            lastRetry = retry.is_double() ? double(retry.get_double()) : double(retry.get_uint64());
        else
            out.push_back({text(line["type"]), text(line["data"]), text(line["id"])});
    }
    return out;
}

TEST(Decode, GivesWhatTheEventStreamVectorsExpect)
{
    constexpr std::size_t kEach = 3; // a sample: the decoder's own tests run all of them under every chunking
    dom::parser parser;
    const dom::element root = parser.load(WG_TEST_DATA "/sse.json");
    std::size_t n = 0, ran = 0;
    for (dom::element vector : root["cases"].get_array()) {
        if (++n % kEach != 0 || text(vector["level"]) != "must")
            continue;
        SCOPED_TRACE(text(vector["id"]) + " " + text(vector["name"]));
        QStringList arguments{"decode", "--format", "sse"};
        dom::element kept;
        if (vector["init"]["lastEventId"].get(kept) == simdjson::SUCCESS)
            arguments += QStringList{"--last-event-id", QString::fromStdString(text(kept))};
        const Finished done = ctl(arguments, bytesOf(vector["chunks"]));
        EXPECT_EQ(done.code, 0) << done.err;
        std::vector<Event> expected;
        for (dom::element event : vector["expect"].get_array())
            expected.push_back({text(event["event"]), text(event["data"]), text(event["id"])});
        double lastRetry = -1, wantedRetry = -1;
        EXPECT_EQ(eventsIn(done.out, lastRetry), expected);
        dom::element retry;
        if (vector["final"]["retry"].get(retry) == simdjson::SUCCESS && retry.is_number()) {
            wantedRetry = retry.is_double() ? double(retry.get_double()) : double(retry.get_uint64());
            EXPECT_EQ(lastRetry, wantedRetry);
        }
        ++ran;
    }
    EXPECT_GT(ran, 50u);
}

TEST(Decode, NdjsonLinesKeepTheirTextAndBrokenOnesAreNamed)
{
    const Finished done = ctl({"decode", "--format", "ndjson"}, QByteArray("{\"a\":1}\r\n\n{bad\n\"\xff\"\n{\"b\":2}"));
    EXPECT_EQ(done.code, 1);
    EXPECT_EQ(done.out, "{\"type\":\"message\",\"data\":\"{\\\"a\\\":1}\",\"id\":\"\"}\n"
                        "{\"type\":\"message\",\"data\":\"{bad\",\"id\":\"\",\"error\":\"not JSON\"}\n"
                        "{\"type\":\"message\",\"data\":\"\\\"\uFFFD\\\"\",\"id\":\"\",\"error\":\"not valid UTF-8\"}\n"
                        "{\"type\":\"message\",\"data\":\"{\\\"b\\\":2}\",\"id\":\"\"}\n");
    EXPECT_NE(done.err.find("Line 2"), std::string::npos);
    EXPECT_NE(done.err.find("Line 3"), std::string::npos);
}

TEST(Decode, AFiveMegabyteEventPassesAndOneAboveTheLimitEndsWithASentence)
{
    const Finished large = ctl({"decode", "--format", "sse"}, "data: " + QByteArray(5'000'000, 'x') + "\n\n");
    EXPECT_EQ(large.code, 0);
    EXPECT_EQ(large.out.size(), 5'000'000u + std::string("{\"type\":\"message\",\"data\":\"\",\"id\":\"\"}\n").size());
    const Finished tooLarge = ctl({"decode", "--format", "ndjson"}, "{}\n" + QByteArray(17 << 20, 'x') + "\n{}\n");
    EXPECT_EQ(tooLarge.code, 1);
    EXPECT_EQ(tooLarge.out, "{\"type\":\"message\",\"data\":\"{}\",\"id\":\"\"}\n");
    EXPECT_NE(tooLarge.err.find("16 MiB"), std::string::npos) << tooLarge.err;
}

TEST(Decode, AClosedPipeEndsIt)
{
    const Finished done = runToEnd({"bash", {"-c", "yes 'data: x\n' | head -c 50000000 | '" + ctlPath() + "' decode --format sse | head -1"}, {}, {}, 20'000});
    EXPECT_EQ(done.code, 0);
    EXPECT_EQ(done.out, "{\"type\":\"message\",\"data\":\"x\",\"id\":\"\"}\n");
}

} // namespace
