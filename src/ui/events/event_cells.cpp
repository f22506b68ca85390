// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/event_cells.h"

#include "sync/replica.h"
#include "ui/events/payload_summary.h"
#include "ui/json/json_outline.h"
#include "ui/text/figures.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace wg::ui {

using events::Row;
using events::RowKind;
using events::RowVerdict;
using sync::MarkerKind;

namespace {

constexpr qsizetype kNameCharacters = 256;
constexpr char16_t kMinus = u'\u2212';

struct DeltaLook { QString word, icon, hue; };

DeltaLook lookOf(const Row& row)
{
    switch (row.verdict) {
    case RowVerdict::Duplicate:
        return {QStringLiteral("dup"), QStringLiteral("state-duplicate"), QStringLiteral("neutral")};
    case RowVerdict::Stale:
        if (row.delta < 0)
            return {QStringLiteral("late ") + kMinus + countText(static_cast<std::uint64_t>(-row.delta)),
                    QStringLiteral("state-reorder"), QStringLiteral("sync")};
        return {QStringLiteral("stale"), QStringLiteral("state-stale"), QStringLiteral("warn")};
    case RowVerdict::Undecodable:
        return {QStringLiteral("undecodable"), QStringLiteral("sev-error"), QStringLiteral("error")};
    case RowVerdict::Ignored:
        if (row.delta > 1)
            return {QStringLiteral("gap ") + countText(static_cast<std::uint64_t>(row.delta - 1)),
                    QStringLiteral("state-gap"), QStringLiteral("warn")};
        return {QStringLiteral("ignored"), {}, {}};
    case RowVerdict::Bookmark:
        return {QStringLiteral("bookmark"), {}, {}};
    case RowVerdict::Applied:
        break;
    }
    if (row.kind == RowKind::Snapshot)
        return {QStringLiteral("snapshot"), QStringLiteral("state-snapshot"), QStringLiteral("info")};
    if (row.delta == 0)
        return {kMissing.toString(), {}, {}};
    return {u'+' + countText(static_cast<std::uint64_t>(row.delta < 0 ? -row.delta : row.delta)), {}, {}};
}

double receivedMs(const Row& row)
{
    return static_cast<double>(row.receivedNs) / 1e6;
}

} // namespace

MarkerLook markerLook(std::uint8_t markerKind)
{
    const auto gap = [](const char16_t* title) {
        return MarkerLook{QString::fromUtf16(title), QStringLiteral("state-gap"), QStringLiteral("warn")};
    };
    switch (static_cast<MarkerKind>(markerKind)) {
    case MarkerKind::Gap: return gap(u"Gap");
    case MarkerKind::Epoch: return gap(u"New epoch");
    case MarkerKind::HistoryLost: return gap(u"History lost");
    case MarkerKind::TooOld: return gap(u"Version expired");
    case MarkerKind::Rollback: return gap(u"Rollback");
    case MarkerKind::Unreadable: return gap(u"Undecodable event");
    case MarkerKind::BufferOverflow: return gap(u"Buffer full");
    case MarkerKind::PatchWithoutBase: return gap(u"Change to an unknown key");
    case MarkerKind::BookmarkAhead: return gap(u"Heartbeat ahead");
    case MarkerKind::Stalled: return gap(u"Stalled");
    case MarkerKind::Config: return gap(u"Configuration");
    case MarkerKind::Requested:
        return {QStringLiteral("Resync requested"), QStringLiteral("state-resync"), QStringLiteral("sync")};
    case MarkerKind::Resynced:
        return {QStringLiteral("Resync complete"), QStringLiteral("state-resync"), QStringLiteral("sync")};
    }
    return gap(u"Marker");
}

QString markerText(std::string_view text, std::uint8_t markerKind)
{
    const std::string_view kind = sync::toString(static_cast<MarkerKind>(markerKind));
    if (text.substr(0, kind.size()) == kind && text.substr(kind.size(), 2) == ": ")
        text.remove_prefix(kind.size() + 2);
    QString sentence = visible(text, kNameCharacters * 2);
    if (sentence.isEmpty())
        return sentence;
    sentence[0] = sentence[0].toUpper();
    const auto from = sentence.indexOf(QLatin1String(" From "));
    if (from > 0 && sentence[from - 1].isLetterOrNumber())
        sentence.insert(from, u'.');
    return sentence.back().isLetterOrNumber() ? sentence + u'.' : sentence;
}

EventCells cellsOf(const Row& row, const QString& connection)
{
    EventCells cells;
    cells.sequence = row.sequence;
    cells.timeQuiet = clockMinutePart(receivedMs(row));
    cells.timeLoud = clockSecondPart(receivedMs(row));
    cells.connection = connection;
    if (row.kind == RowKind::Marker) {
        const MarkerLook look = markerLook(row.markerKind);
        cells.isMarker = true;
        cells.markerTitle = look.title;
        if (static_cast<MarkerKind>(row.markerKind) == MarkerKind::Gap && row.delta > 1)
            cells.markerTitle = row.delta == 2 ? QStringLiteral("Gap of up to 1 version")
                                               : QStringLiteral("Gap of up to %1 versions").arg(countText(static_cast<std::uint64_t>(row.delta - 1)));
        cells.markerIcon = look.icon;
        cells.markerHue = look.hue;
        cells.summary = markerText(row.payload, row.markerKind);
        return cells;
    }
    const DeltaLook delta = lookOf(row);
    cells.isQuiet = row.verdict == RowVerdict::Bookmark || row.kind == RowKind::Bookmark;
    cells.type = visible(row.type, kNameCharacters);
    cells.key = row.key.empty() ? kMissing.toString() : visible(row.key, kNameCharacters);
    cells.version = versionText(row.version);
    cells.delta = delta.word;
    cells.deltaIcon = delta.icon;
    cells.deltaHue = delta.hue;
    cells.size = countText(row.sizeBytes);
    cells.latency = latencyText(row.latencyMs);
    cells.isSlow = row.verdict == RowVerdict::Stale;
    cells.summary = payloadSummary(row.payload, row.payload.size() < row.sizeBytes);
    return cells;
}

QString orderText(const Row& row)
{
    const QString word = lookOf(row).word;
    switch (row.verdict) {
    case RowVerdict::Applied: return row.kind == RowKind::Snapshot ? QStringLiteral("from a snapshot") : word + QStringLiteral(", in order");
    case RowVerdict::Bookmark: return QStringLiteral("heartbeat, moves the version only");
    case RowVerdict::Stale: return word + QStringLiteral(", dropped");
    case RowVerdict::Duplicate: return QStringLiteral("duplicate, dropped");
    case RowVerdict::Ignored: return row.delta > 1 ? word + QStringLiteral(", not applied") : QStringLiteral("shown, changes no state");
    case RowVerdict::Undecodable: return QStringLiteral("undecodable, not applied");
    }
    return word;
}

QString rowAsJson(const Row& row, const QString& connection)
{
    QJsonObject facts{{QStringLiteral("sequence"), QString::number(row.sequence)},
                      {QStringLiteral("received"), QDateTime::fromMSecsSinceEpoch(row.receivedNs / 1'000'000, Qt::UTC).toString(Qt::ISODateWithMs)},
                      {QStringLiteral("connection"), connection},
                      {QStringLiteral("size"), static_cast<qint64>(row.sizeBytes)}};
    if (row.kind == RowKind::Marker) {
        facts.insert(QStringLiteral("marker"), markerLook(row.markerKind).title);
        facts.insert(QStringLiteral("text"), QString::fromStdString(row.payload));
        return QString::fromUtf8(QJsonDocument(facts).toJson(QJsonDocument::Compact));
    }
    facts.insert(QStringLiteral("type"), QString::fromStdString(row.type));
    facts.insert(QStringLiteral("key"), QString::fromStdString(row.key));
    facts.insert(QStringLiteral("version"), QString::fromStdString(row.version));
    facts.insert(QStringLiteral("order"), orderText(row));
    if (row.latencyMs >= 0)
        facts.insert(QStringLiteral("latencyMs"), row.latencyMs);
    QString text = QString::fromUtf8(QJsonDocument(facts).toJson(QJsonDocument::Compact));
    const JsonOutline outline = JsonOutline::of(row.payload);
    const bool isJson = outline.end() == JsonOutline::End::Whole && !outline.nodes().empty();
    QString payload = QString::fromStdString(row.payload);
    if (!isJson) {
        const QByteArray wrapped = QJsonDocument(QJsonObject{{QStringLiteral("p"), payload}}).toJson(QJsonDocument::Compact);
        payload = QString::fromUtf8(wrapped.mid(5, wrapped.size() - 6));
    }
    text.chop(1);
    return text + QStringLiteral(",\"payload\":") + payload + u'}';
}

} // namespace wg::ui
