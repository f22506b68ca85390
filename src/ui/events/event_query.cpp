// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/event_query.h"

#include <algorithm>

namespace wg::ui {

using events::ColumnFilter;
using events::RowKind;
using events::RowVerdict;
using events::RowView;

namespace {

filter::Record recordOf(const RowView& row, const WatchName& name)
{
    filter::Record record;
    record.type = row.type();
    record.key = row.key();
    record.conn = name.connection;
    record.route = name.route;
    if (row.version() != 0)
        record.version = row.version();
    record.size = row.sizeBytes();
    if (const double latency = row.latencyMs(); latency >= 0)
        record.latencyMs = latency;
    record.payload = row.payload();
    return record;
}

bool passesChips(const RowView& row, const EventQuery& query)
{
    if (query.isGapsOnly && !(row.verdict() == RowVerdict::Ignored && row.delta() > 1))
        return false;
    if (query.isSlowOnly && row.latencyMs() <= EventQuery::kSlowMs)
        return false;
    if (query.isFaultsOnly && row.verdict() != RowVerdict::Undecodable && row.verdict() != RowVerdict::Duplicate
        && row.verdict() != RowVerdict::Stale)
        return false;
    return true;
}

} // namespace

QString keyTest(const QString& key, bool isIncluded)
{
    QString quoted;
    for (const QChar c : key) {
        if (c == u'"' || c == u'\\')
            quoted += u'\\';
        if (c.unicode() < 0x20)
            quoted += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            quoted += c;
    }
    return QStringLiteral("key %1 \"%2\"").arg(isIncluded ? QStringLiteral("==") : QStringLiteral("!="), quoted);
}

std::shared_ptr<events::FilteredView> viewOf(const events::EventLog& log, const EventQuery& query,
                                             std::shared_ptr<const WatchNames> names, std::shared_ptr<SecondBins> bins)
{
    ColumnFilter columns;
    columns.watches = query.watches;
    if (!query.isMarkersShown)
        columns.kinds &= ~ColumnFilter::bit(RowKind::Marker);
    auto kept = std::make_shared<const EventQuery>(query);
    auto predicate = [kept = std::move(kept), names = std::move(names), bins = std::move(bins)](const RowView& row) {
        if (row.kind() == RowKind::Marker)
            return true;
        if (!passesChips(row, *kept))
            return false;
        if (kept->filter) {
            static const WatchName kUnknown;
            const std::shared_ptr<const WatchNames::Map> known = names->all();
            const auto name = known->find(row.watch());
            if (!kept->filter->matches(recordOf(row, name == known->end() ? kUnknown : name->second)))
                return false;
        }
        bins->add(row.receivedNs());
        return true;
    };
    return std::make_shared<events::FilteredView>(log, std::move(columns), std::move(predicate));
}

std::shared_ptr<events::FilteredView> surveyOf(const events::EventLog& log, std::shared_ptr<SecondBins> bins)
{
    return std::make_shared<events::FilteredView>(log, ColumnFilter{}, [bins = std::move(bins)](const RowView& row) {
        if (row.kind() == RowKind::Marker)
            return true;
        bins->add(row.receivedNs());
        return false;
    });
}

} // namespace wg::ui
