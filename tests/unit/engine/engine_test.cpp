// SPDX-License-Identifier: GPL-3.0-or-later
// The engine as the window and watchglassctl see it: publications, queries, the log, reports, quiet.
#include "model_server.h"

#include "events/event_log.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>

namespace wg::test {
namespace {

using engine::Transport;
using engine::ViewState;
using namespace std::chrono_literals;

constexpr const char* kUrl = "http://h/v1/orders";

struct Scene {
    ModelServer server;
    Rig rig{server};
    engine::WatchId id = 0;

    explicit Scene(Transport transport = Transport::Sse, const std::function<void(engine::WatchSpec&)>& change = {})
    {
        id = rig.watch(kUrl, {transport}, change);
        rig.runUntil([&] { return rig.at(id).isLive; }, 20s);
    }
    void write(int count, Duration gap = 100ms)
    {
        for (int i = 0; i < count; ++i) {
            server.put("k" + std::to_string(i % 5), R"({"i":)" + std::to_string(i) + "}");
            server.flush(rig);
            rig.run(gap);
        }
    }
    [[nodiscard]] const engine::WatchRow& row() const { return m_held->watches.at(0); }
    void publish()
    {
        rig.run(1100ms);
        m_held = rig.engine().publication();
    }
    std::shared_ptr<const engine::Publication> m_held;
};

TEST(Publication, TellsHowTheWatchStands)
{
    Scene s;
    s.write(20);
    s.publish();
    EXPECT_EQ(s.row().state, ViewState::Live);
    EXPECT_EQ(s.row().freshness, "Live");
    EXPECT_EQ(s.row().epoch, "e1");
    EXPECT_EQ(s.row().version, std::to_string(s.server.version));
    EXPECT_EQ(s.row().keys, 6u);
    EXPECT_EQ(s.row().dialect, "watch.v1");
    EXPECT_GT(s.row().connectedWall, 0);
    EXPECT_GT(s.row().lastEventWall, 0);
    EXPECT_EQ(s.row().counters.applied, 20u);
    EXPECT_FALSE(s.row().why.empty());
    ASSERT_GE(s.row().strip.size(), 3u);
    EXPECT_EQ(s.row().strip.back().state, ViewState::Live);
    EXPECT_LT(s.row().strip.back().durationMs, 0) << "the last node is still on";
    EXPECT_GE(s.row().strip.front().durationMs, 0);
    EXPECT_EQ(s.m_held->totals.live, 1u);
    EXPECT_GE(s.m_held->totals.handshakesOk, 1u);
    EXPECT_EQ(s.m_held->log.end, s.rig.engine().log().end());
    ASSERT_TRUE(s.m_held->series);
    EXPECT_GT(s.m_held->series->count, 0u);
    EXPECT_GE(s.m_held->totals.p50Ms, 0);
    const auto has = std::count_if(s.row().spark.begin(), s.row().spark.end(), [](float v) { return v > 0; });
    EXPECT_GE(has, 1);
}

TEST(Publication, ComesAtMostTenTimesASecond)
{
    Scene s;
    s.publish();
    const auto before = s.rig.engine().publication()->sequence;
    s.write(500, 4ms);
    const auto after = s.rig.engine().publication()->sequence;
    EXPECT_LE(after - before, 22u);
    EXPECT_GE(after - before, 15u);
}

TEST(Publication, IsRareWhileNothingHappens)
{
    Scene s;
    s.publish();
    const auto before = s.rig.engine().publication()->sequence;
    s.rig.run(10s);
    EXPECT_LE(s.rig.engine().publication()->sequence - before, 14u);
}

TEST(Log, HoldsEveryMessageWithItsVerdictAndTheMarkersBetween)
{
    Scene s;
    s.write(2);
    s.server.deliver = [](ModelServer::Stream&, const std::string& json, std::uint64_t version) {
        return version == 8 ? std::vector<std::string>{} : std::vector<std::string>{json};
    };
    s.write(3);
    s.rig.runUntil([&] { return s.rig.at(s.id).isLive; }, 30s);
    s.rig.run(2s);
    const events::EventLog& log = s.rig.engine().log();
    std::vector<events::Row> rows;
    for (events::Sequence at = log.first(); at < log.end(); ++at) {
        events::Row row;
        ASSERT_TRUE(log.read(at, row));
        rows.push_back(row);
    }
    const auto marker = std::find_if(rows.begin(), rows.end(), [](const events::Row& row) { return row.kind == events::RowKind::Marker && row.type == "gap"; });
    ASSERT_NE(marker, rows.end());
    EXPECT_NE(marker->payload.find("e1:7"), std::string::npos) << marker->payload;
    const auto first = std::find_if(rows.begin(), rows.end(), [](const events::Row& row) { return row.kind == events::RowKind::Event; });
    ASSERT_LT(first, marker) << "what came before the gap stands before its marker";
    EXPECT_EQ(first->verdict, events::RowVerdict::Applied);
    EXPECT_EQ(first->type, "order_created");
    EXPECT_EQ(first->key, "k0");
    EXPECT_EQ(first->version, "6");
    EXPECT_EQ(first->delta, 1);
    EXPECT_GE(first->latencyMs, 0);
    EXPECT_NE(first->payload.find("\"prev\":5"), std::string::npos);
    const auto counters = s.rig.report(s.id).counters;
    const auto messages = std::count_if(rows.begin(), rows.end(), [](const events::Row& row) {
        return row.kind == events::RowKind::Event || row.kind == events::RowKind::Bookmark;
    });
    EXPECT_EQ(static_cast<std::uint64_t>(messages), counters.received) << "every received message is a row";
    EXPECT_GE(std::count_if(rows.begin(), rows.end(), [](const events::Row& row) { return row.kind == events::RowKind::Snapshot; }), 2);
    s.publish();
    EXPECT_FALSE(s.m_held->markers.empty());
    EXPECT_EQ(s.m_held->totals.gaps, 1u);
}

TEST(Report, IsTheJsonThatTheCommandPromises)
{
    Scene s;
    s.server.put("q\\\"uote", R"({"price":9.9900})");
    s.server.patch("a", R"({"n":2})", R"({"n":2,"price":9.99})");
    s.server.flush(s.rig);
    s.rig.run(1s);
    simdjson::dom::parser parser;
    const std::string text = engine::toJson(s.rig.report(s.id));
    simdjson::dom::element json;
    ASSERT_EQ(parser.parse(text).get(json), simdjson::SUCCESS) << text;
    EXPECT_EQ(std::string_view(json["state"]), "live");
    EXPECT_EQ(std::string_view(json["transport"]), "sse");
    EXPECT_EQ(std::string_view(json["dialect"]), "watch.v1");
    EXPECT_EQ(std::string_view(json["epoch"]), "e1");
    EXPECT_EQ(std::string_view(json["version"]), "7");
    EXPECT_EQ(std::string_view(json["items"]["a"]["version"]), "7");
    EXPECT_EQ(std::int64_t(json["items"]["a"]["object"]["n"]), 2);
    EXPECT_NE(text.find(R"("q\"uote":{"version":"6","object":{"price":9.9900}})"), std::string::npos) << "objects stand as the source wrote them";
    EXPECT_EQ(std::uint64_t(json["counters"]["applied"]), 2u);
    for (const char* name : {"received", "bookmarks", "stale", "duplicate", "ignored", "undecodable", "gaps", "resumes", "resyncs", "reconnects", "snapshots", "bytes"})
        EXPECT_EQ(json["counters"][name].error(), simdjson::SUCCESS) << name;
    EXPECT_GE(json["ledger"].get_array().size(), 1u);
    EXPECT_EQ(json["latency_ms"]["p99"].error(), simdjson::SUCCESS);
    EXPECT_GT(double(json["elapsed_s"]), 0.9);
}

TEST(Quiet, IsConfirmedByAHeartbeatNotBySilence)
{
    Scene s(Transport::Sse, [](engine::WatchSpec& spec) { spec.route.heartbeatS = 4; });
    s.write(2);
    const Instant last = s.rig.now();
    ASSERT_TRUE(s.rig.runUntil([&] { return s.rig.at(s.id).isQuietFor(3s); }, 20s));
    EXPECT_GE(toSeconds(s.rig.now() - last), 2.9);
    EXPECT_LE(toSeconds(s.rig.now() - last), 8.1);
    s.write(1);
    EXPECT_FALSE(s.rig.at(s.id).isQuietFor(3s)) << "an event ends the quiet";
    s.server.beats = [](ModelServer::Stream&) { return false; };
    s.rig.run(8s);
    EXPECT_FALSE(s.rig.at(s.id).isQuietFor(3s)) << "a half-open line must not look quiet";
}

TEST(Quiet, IsConfirmedByEmptyLongPollsAndByNotModified)
{
    for (const Transport transport : {Transport::LongPoll, Transport::Poll}) {
        Scene s(transport, [](engine::WatchSpec& spec) { spec.route.pollIntervalS = 1; });
        s.write(2);
        s.rig.run(2s);
        EXPECT_TRUE(s.rig.runUntil([&] { return s.rig.at(s.id).isQuietFor(3s); }, 40s)) << engine::toString(transport);
    }
}

TEST(Resources, ArePagedSortedAndSearched)
{
    Scene s;
    s.write(30);
    engine::QueryResources query;
    query.query = 7;
    query.watch = s.id;
    query.sort = engine::ItemSort::Key;
    query.isDescending = false;
    query.first = 1;
    query.count = 3;
    s.rig.engine().execute(query);
    s.publish();
    ASSERT_TRUE(s.m_held->resources);
    EXPECT_EQ(s.m_held->resources->query, 7u);
    EXPECT_EQ(s.m_held->resources->total, 6u);
    ASSERT_EQ(s.m_held->resources->items.size(), 3u);
    EXPECT_EQ(s.m_held->resources->items[0].key, "k0");
    EXPECT_EQ(s.m_held->resources->items[2].key, "k2");
    EXPECT_EQ(s.m_held->resources->items[0].summary, R"({"i":25})");
    EXPECT_EQ(s.m_held->resources->freshness[0], 6u);
    query.query = 8;
    query.search = "k4";
    query.first = 0;
    s.rig.engine().execute(query);
    s.publish();
    ASSERT_EQ(s.m_held->resources->items.size(), 1u);
    EXPECT_EQ(s.m_held->resources->matching, 1u);
    query.search.clear();
    query.sort = engine::ItemSort::Version;
    query.isDescending = true;
    query.query = 9;
    s.rig.engine().execute(query);
    s.publish();
    EXPECT_EQ(s.m_held->resources->items.front().version, std::to_string(s.server.version));
}

TEST(Resources, OneItemIsFollowedAsItChanges)
{
    Scene s;
    s.rig.engine().execute(engine::QueryItem{s.id, "a"});
    s.publish();
    ASSERT_TRUE(s.m_held->item);
    EXPECT_EQ(s.m_held->item->json, R"({"n":1,"price":9.99})");
    s.server.patch("a", R"({"n":5})", R"({"n":5,"price":9.99})");
    s.server.flush(s.rig);
    s.publish();
    EXPECT_EQ(s.m_held->item->json, R"({"n":5,"price":9.99})");
    s.server.erase("a");
    s.server.flush(s.rig);
    s.publish();
    EXPECT_FALSE(s.m_held->item->exists);
}

TEST(Commands, PauseResumeResyncAndRemove)
{
    Scene s;
    s.rig.engine().execute(engine::SetWatchEnabled{s.id, false});
    s.publish();
    EXPECT_EQ(s.row().state, ViewState::Paused);
    EXPECT_TRUE(s.server.streams.empty());
    s.rig.engine().execute(engine::SetWatchEnabled{s.id, true});
    s.publish();
    EXPECT_EQ(s.row().state, ViewState::Live);
    s.rig.engine().execute(engine::ResyncWatch{s.id});
    s.publish();
    EXPECT_EQ(s.row().state, ViewState::Live);
    EXPECT_EQ(s.rig.report(s.id).counters.snapshots, 2u);
    s.rig.engine().execute(engine::RemoveWatch{s.id});
    s.publish();
    EXPECT_TRUE(s.m_held->watches.empty());
    EXPECT_FALSE(s.rig.engine().report(s.id));
    EXPECT_TRUE(s.server.streams.empty());
}

TEST(Commands, ANewNameGoesOnANewTransportStartsAgain)
{
    Scene s;
    engine::WatchSpec spec;
    spec.id = s.id;
    spec.connection.id = "c";
    spec.connection.url = kUrl;
    spec.connection.name = "renamed";
    spec.route.transports = {Transport::Sse};
    s.rig.engine().execute(engine::UpdateWatch{spec});
    s.publish();
    EXPECT_EQ(s.row().connection, "renamed");
    EXPECT_EQ(s.rig.targets.size(), 1u);
    spec.route.transports = {Transport::Ndjson};
    s.rig.engine().execute(engine::UpdateWatch{spec});
    s.publish();
    EXPECT_EQ(s.row().transport, Transport::Ndjson);
    EXPECT_EQ(s.row().state, ViewState::Live);
    EXPECT_EQ(s.server.streams.size(), 1u);
}

TEST(Since, ShowsTheHistoryBehindACursorWithoutAState)
{
    ModelServer server;
    for (int i = 0; i < 4; ++i)
        server.patch("a", R"({"n":)" + std::to_string(i) + "}", R"({"n":)" + std::to_string(i) + "}");
    Rig rig(server);
    const auto id = rig.watch(std::string(kUrl) + "?since=e1:7", {Transport::Sse});
    rig.run(3s);
    EXPECT_TRUE(rig.at(id).isLive) << rig.at(id).sentence();
    std::vector<std::string> versions;
    for (const auto& each : rig.heard)
        if (each->isShown)
            versions.push_back(each->event.version.toString());
    EXPECT_EQ(versions, (std::vector<std::string>{"8", "9"}));
    EXPECT_EQ(rig.report(id).counters.gaps, 0u);
    EXPECT_TRUE(rig.report(id).counters.addUp());
}

TEST(Stop, ClosesEverythingAndAsksForNothingMore)
{
    Scene s;
    s.rig.engine().stop();
    s.rig.run(60s);
    EXPECT_TRUE(s.server.streams.empty());
    EXPECT_EQ(s.rig.targets.size(), 1u);
    EXPECT_FALSE(s.rig.engine().nextDeadline());
}

} // namespace
} // namespace wg::test
