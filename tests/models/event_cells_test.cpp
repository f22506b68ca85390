// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"
#include "sync/replica.h"
#include "ui/events/event_cells.h"
#include "ui/events/event_query.h"
#include "ui/events/payload_summary.h"
#include "ui/events/second_bins.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <gtest/gtest.h>

using namespace wg;
using namespace wg::ui;
using events::Row;
using events::RowKind;
using events::RowVerdict;

namespace {

Row rowWith(RowVerdict verdict, std::int64_t delta)
{
    Row row;
    row.verdict = verdict;
    row.delta = delta;
    row.receivedNs = 1'773'844'309'287'000'000;
    row.type = "order_updated";
    row.key = "ord_1";
    row.version = "6120412";
    row.latencyMs = 74;
    row.payload = R"({"changes":{"status":"shipped"}})";
    row.sizeBytes = row.payload.size();
    return row;
}

struct Expected { RowVerdict verdict; std::int64_t delta; const char* word; const char* icon; };

} // namespace

TEST(EventCells, EveryVerdictIsAWordAndTroubleHasAShape)
{
    const Expected cases[] = {
        {RowVerdict::Applied, 1, "+1", ""},
        {RowVerdict::Applied, 7, "+7", ""},
        {RowVerdict::Applied, 0, "\u2013", ""},
        {RowVerdict::Ignored, 43, "gap 42", "state-gap"},
        {RowVerdict::Ignored, 0, "ignored", ""},
        {RowVerdict::Duplicate, 0, "dup", "state-duplicate"},
        {RowVerdict::Stale, -3, "late \u22123", "state-reorder"},
        {RowVerdict::Stale, 0, "stale", "state-stale"},
        {RowVerdict::Undecodable, 0, "undecodable", "sev-error"},
        {RowVerdict::Bookmark, 0, "bookmark", ""},
    };
    for (const Expected& c : cases) {
        const EventCells cells = cellsOf(rowWith(c.verdict, c.delta), "orders-us");
        EXPECT_EQ(cells.delta, QString::fromUtf8(c.word));
        EXPECT_EQ(cells.deltaIcon, c.icon) << c.word;
        EXPECT_EQ(cells.deltaHue.isEmpty(), cells.deltaIcon.isEmpty()) << c.word;
        EXPECT_FALSE(orderText(rowWith(c.verdict, c.delta)).isEmpty());
    }
}

TEST(EventCells, CellsAreWrittenAsTheTableShowsThem)
{
    const EventCells cells = cellsOf(rowWith(RowVerdict::Applied, 1), "orders-us");
    EXPECT_EQ(cells.timeQuiet + cells.timeLoud, "14:31:49.287");
    EXPECT_EQ(cells.version, "6,120,412");
    EXPECT_EQ(cells.latency, "74");
    EXPECT_EQ(cells.summary, "status shipped");
}

TEST(EventCells, AMarkerShowsItsTitleOnceAndHowMuchMayBeMissing)
{
    Row row = rowWith(RowVerdict::Applied, 43);
    row.kind = RowKind::Marker;
    row.markerKind = static_cast<std::uint8_t>(sync::MarkerKind::Gap);
    row.payload = "gap: the chain is broken. From e:12 to e:55";
    const EventCells cells = cellsOf(row, "orders-us");
    EXPECT_TRUE(cells.isMarker);
    EXPECT_EQ(cells.markerTitle, "Gap of up to 42 versions");
    EXPECT_EQ(cells.markerHue, "warn");
    EXPECT_EQ(cells.summary, "The chain is broken. From e:12 to e:55.");
    row.delta = 2;
    EXPECT_EQ(cellsOf(row, "orders-us").markerTitle, "Gap of up to 1 version");
    row.payload = "resynced: state replaced by a snapshot From e:1 to e:2";
    row.markerKind = static_cast<std::uint8_t>(sync::MarkerKind::Resynced);
    EXPECT_EQ(cellsOf(row, "orders-us").summary, "State replaced by a snapshot. From e:1 to e:2.");
}

TEST(EventCells, EveryMarkerKindHasATitleAnIconAndAHue)
{
    for (std::uint8_t kind = 0; kind <= static_cast<std::uint8_t>(sync::MarkerKind::Resynced); ++kind) {
        const MarkerLook look = markerLook(kind);
        EXPECT_FALSE(look.title.isEmpty());
        EXPECT_NE(look.title, "Marker") << int(kind);
        EXPECT_FALSE(look.icon.isEmpty());
    }
}

TEST(EventCells, ARowAsJsonKeepsItsPayloadAsItCame)
{
    Row row = rowWith(RowVerdict::Applied, 1);
    row.payload = R"({"total":9.90})";
    EXPECT_TRUE(rowAsJson(row, "orders-us").endsWith(QLatin1String(R"("payload":{"total":9.90}})")));
    row.payload = "<html>\"no\"";
    const QJsonDocument parsed = QJsonDocument::fromJson(rowAsJson(row, "orders-us").toUtf8());
    EXPECT_EQ(parsed.object().value("payload").toString(), "<html>\"no\"");
    EXPECT_EQ(parsed.object().value("version").toString(), "6120412");
}

TEST(PayloadSummary, PrefersChangesThenObjectThenTheMessage)
{
    EXPECT_EQ(payloadSummary(R"({"event":"e","id":"a","object":{"x":1},"changes":{"status":"held","note":null}})", false), "status held, note null");
    EXPECT_EQ(payloadSummary(R"({"event":"e","object":{"id":"a","price":12.50,"tags":[1,2]}})", false), "price 12.50, 2 tags");
    EXPECT_EQ(payloadSummary(R"({"changes":{"status":{"deep":{"x":1},"phase":"Running"},"none":{}}})", false), "phase Running");
    EXPECT_EQ(payloadSummary(R"({"id":"a","version":3,"symbol":"ACME","last":1})", false), "symbol ACME, last 1");
}

TEST(PayloadSummary, IsBoundedAndPlainWhateverComes)
{
    EXPECT_EQ(payloadSummary("not json", false), "not json");
    EXPECT_EQ(payloadSummary("", false), "");
    EXPECT_EQ(payloadSummary("[1,2]", false), "[1,2]");
    const QString cut = payloadSummary(R"({"changes":{"a":"x","b":"yy)", true);
    EXPECT_EQ(cut, "a x");
    EXPECT_LE(payloadSummary("{\"k\":\"" + std::string(100'000, 'v') + "\"}", false).size(), 220);
    EXPECT_EQ(payloadSummary("{\"k\":\"\xE2\x80\xAEx\"}", false), "k \\u202ex");
}

TEST(SecondBins, CountsBySecondWhateverTheOrderOfArrival)
{
    SecondBins bins;
    constexpr std::int64_t kSecond = 1'000'000'000;
    for (const std::int64_t at : {105, 100, 105, 103, 99})
        bins.add(at * kSecond + 5);
    EXPECT_EQ(bins.sums(98, 1, 8), (std::vector<std::uint32_t>{0, 1, 1, 0, 0, 1, 0, 2}));
    EXPECT_EQ(bins.sums(96, 5, 2), (std::vector<std::uint32_t>{2, 3}));
    bins.dropBefore(103 * kSecond);
    EXPECT_EQ(bins.sums(98, 1, 8), (std::vector<std::uint32_t>{0, 0, 0, 0, 0, 1, 0, 2}));
}

TEST(SecondBins, ForgetsWhatIsOlderThanADay)
{
    SecondBins bins;
    constexpr std::int64_t kSecond = 1'000'000'000;
    bins.add(0);
    bins.add(SecondBins::kSeconds * kSecond);
    bins.add(0);
    EXPECT_EQ(bins.sums(0, 1, 1).front(), 0u);
    EXPECT_EQ(bins.sums(SecondBins::kSeconds, 1, 1).front(), 1u);
    bins.add(10 * SecondBins::kSeconds * kSecond);
    EXPECT_EQ(bins.sums(10 * SecondBins::kSeconds, 1, 1).front(), 1u);
}

TEST(KeyTest, QuotesWhatTheFilterLanguageWouldRead)
{
    for (const QString& key : {QStringLiteral("a\"b\\c"), QStringLiteral("plain"), QStringLiteral("tab\there")}) {
        const auto compiled = filter::Filter::compile(keyTest(key, true).toStdString(), filter::Scope::Display);
        ASSERT_TRUE(compiled) << compiled.error.sentence;
        const std::string utf8 = key.toStdString();
        filter::Record record;
        record.key = utf8;
        EXPECT_TRUE(compiled.value().matches(record)) << utf8;
        record.key = "other";
        EXPECT_FALSE(compiled.value().matches(record)) << utf8;
    }
}
