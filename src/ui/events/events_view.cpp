// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/events_view.h"

#include "sync/replica.h"
#include "ui/text/figures.h"

#include <algorithm>

namespace wg::ui {

using events::Sequence;

EventsView::EventsView(QObject* parent) : QObject(parent)
{
    connect(&m_connections, &ConnectionChoice::chosenChanged, this, &EventsView::applyQuery);
    connect(&m_table, &EventTable::selectionChanged, this, &EventsView::showSelected);
}

EventsView::~EventsView()
{
    if (m_session && m_isActive)
        m_session->clock().setFollowing(false);
}

void EventsView::setSession(Session* session)
{
    if (m_session || !session)
        return;
    m_session = session;
    connect(&session->clock(), &FrameClock::tick, this, &EventsView::tick);
    connect(session, &Session::published, this, &EventsView::readPublication);
    connect(session->shell(), &ShellModel::pausedChanged, this, &EventsView::applyPause);
    const events::EventLog& log = session->engine().log();
    m_table.attach(log, *m_names);
    m_cleared = log.cleared();
    m_allBins = std::make_shared<SecondBins>();
    m_survey = surveyOf(log, m_allBins);
    connect(session->shell(), &ShellModel::eventsAsked, this, &EventsView::takeWantedFilter);
    readPublication();
    applyQuery();
    applyPause();
    takeWantedFilter();
    session->clock().setFollowing(m_isActive);
    m_sinceRefresh.start();
    emit sessionChanged();
}

void EventsView::setActive(bool isActive)
{
    if (m_isActive == isActive)
        return;
    m_isActive = isActive;
    if (m_session)
        m_session->clock().setFollowing(isActive);
    emit activeChanged();
    if (isActive)
        refresh();
}

void EventsView::tick()
{
    if (m_isActive && m_sinceRefresh.elapsed() >= kRefreshMs)
        refresh();
}

void EventsView::refresh(bool isWhole)
{
    if (!m_session)
        return;
    m_sinceRefresh.start();
    const events::EventLog& log = m_session->engine().log();
    if (log.cleared() != m_cleared) {
        m_cleared = log.cleared();
        m_allBins = std::make_shared<SecondBins>();
        m_survey = surveyOf(log, m_allBins);
        applyQuery();
    }
    if (isWhole)
        m_scan.finish();
    else
        m_scan.pump();
    m_table.refresh();
    m_detail.check(log);
    emit figuresChanged();
}

void EventsView::readPublication()
{
    const engine::Publication& publication = m_session->publication();
    m_names->learn(publication);
    m_connections.read(publication);
    for (auto marker = publication.markers.rbegin(); marker != publication.markers.rend(); ++marker) {
        if (marker->kind != sync::MarkerKind::Resynced)
            continue;
        if (marker->atWall == m_pinnedAt)
            break;
        m_pinnedAt = marker->atWall;
        m_pinnedTitle = markerLook(static_cast<std::uint8_t>(marker->kind)).title;
        m_pinnedText = tr("%1 at %2. %3").arg(visible(marker->connection, 64), clockText(marker->atWall), markerText(marker->text, static_cast<std::uint8_t>(marker->kind)));
        emit pinnedChanged();
        break;
    }
}

void EventsView::set(bool& option, bool value)
{
    if (option == value)
        return;
    option = value;
    applyQuery();
}

void EventsView::setFilterText(const QString& text)
{
    if (m_filterText == text)
        return;
    m_filterText = text;
    m_filterProblem.clear();
    m_filterColumn = 0;
    const std::string utf8 = text.trimmed().toStdString();
    if (utf8.empty()) {
        m_query.filter.reset();
        applyQuery();
    } else if (const filter::FilterResult compiled = filter::Filter::compile(text.toStdString(), filter::Scope::Display)) {
        m_query.filter = compiled.value();
        applyQuery();
    } else {
        m_filterColumn = static_cast<int>(compiled.error.column);
        m_filterProblem = visible(compiled.error.sentence, 200);
    }
    emit filterChanged();
    emit figuresChanged();
}

void EventsView::takeWantedFilter()
{
    const QString wanted = m_session->shell()->wantedFilter();
    if (!wanted.isEmpty())
        setFilterText(wanted);
}

void EventsView::applyQuery()
{
    if (!m_session)
        return;
    const events::EventLog& log = m_session->engine().log();
    m_query.watches = m_connections.watches();
    m_matchBins.reset();
    m_view.reset();
    if (!m_query.isEverything()) {
        m_matchBins = std::make_shared<SecondBins>();
        m_view = viewOf(log, m_query, m_names, m_matchBins);
    }
    m_scan.setViews(m_view ? std::vector<LogScan::ViewPtr>{m_view, m_survey} : std::vector<LogScan::ViewPtr>{m_survey});
    m_scan.pump();
    m_table.setView(m_view);
    emit queryChanged();
    emit figuresChanged();
}

void EventsView::applyPause()
{
    const bool shallPause = m_session->shell()->isPaused();
    if (shallPause == isPaused())
        return;
    if (shallPause)
        m_table.pauseAt(m_session->engine().log().end());
    else
        m_table.follow();
    emit pausedChanged();
    emit figuresChanged();
}

void EventsView::pause()
{
    if (m_session)
        m_session->shell()->setPaused(true);
}

void EventsView::resume()
{
    if (m_session)
        m_session->shell()->setPaused(false);
}

void EventsView::clearFilter()
{
    m_query.isGapsOnly = m_query.isSlowOnly = m_query.isFaultsOnly = false;
    m_query.isMarkersShown = true;
    m_connections.chooseAll();
    if (m_filterText.isEmpty())
        applyQuery();
    else
        setFilterText({});
}

QString EventsView::backlogText() const
{
    const std::uint64_t backlog = m_table.backlog();
    return backlog == 1 ? tr("1 new event") : tr("%1 new events").arg(countText(backlog));
}

QString EventsView::matchText() const
{
    if (!m_session || !m_view)
        return {};
    const events::EventLog& log = m_session->engine().log();
    const std::uint64_t markers = m_survey->count();
    const std::uint64_t all = log.end() - log.first();
    const std::uint64_t found = m_view->count();
    const std::uint64_t shownMarkers = m_query.isMarkersShown && m_query.watches.empty() ? markers : 0;
    const std::uint64_t matching = found > shownMarkers ? found - shownMarkers : 0;
    const events::ScanProgress progress = m_view->progress();
    QString text = tr("%1 of %2 match").arg(countText(matching), countText(all > markers ? all - markers : 0));
    if (m_view->isTruncated())
        text += tr(", older ones not searched");
    else if (!progress.isComplete && progress.total > 0 && progress.scanned * 20 < progress.total * 19)
        text += tr(", %1 % searched").arg(progress.scanned * 100 / progress.total);
    return text;
}

QString EventsView::emptyText() const
{
    if (!m_session || m_table.total() > 0)
        return {};
    const events::EventLog& log = m_session->engine().log();
    if (log.end() > log.first())
        return isFiltered() ? tr("No event matches the filter.") : tr("Newer events took the room of the ones that were shown.");
    if (m_session->publication().watches.empty())
        return tr("Nothing is watched yet.");
    return tr("No events yet.");
}

QString EventsView::emptyDetail() const
{
    if (!m_session || m_table.total() > 0)
        return {};
    for (const engine::WatchRow& row : m_session->publication().watches)
        if (row.state != engine::ViewState::Live && !row.why.empty())
            return visible(row.connection, 64) + QStringLiteral(": ") + visible(row.why, 300) + u' ' + visible(row.next, 200);
    return {};
}

void EventsView::showSelected()
{
    if (!m_session)
        return;
    const std::optional<Sequence> selected = m_table.selected();
    if (!selected) {
        if (m_detail.isShown())
            m_detail.clear();
        return;
    }
    const events::EventLog& log = m_session->engine().log();
    events::Row row;
    QString connection, route;
    if (log.read(*selected, row, 0)) {
        const auto known = m_names->all();
        if (const auto name = known->find(row.watch); name != known->end()) {
            connection = QString::fromStdString(name->second.connection);
            route = QString::fromStdString(name->second.route);
        }
    }
    m_detail.show(log, *selected, connection, route);
}

void EventsView::select(int row)
{
    pause();
    m_table.selectRow(row);
}

void EventsView::move(int rows)
{
    pause();
    m_table.moveSelection(rows);
}

void EventsView::movePage(int pages)
{
    move(pages * std::max(1, m_table.capacity() - 1));
}

void EventsView::moveToFirst()
{
    pause();
    m_table.selectFirst();
}

void EventsView::moveToLast()
{
    pause();
    m_table.selectLast();
}

bool EventsView::moveToMarker(bool isForward)
{
    if (!m_survey || m_survey->count() == 0)
        return false;
    pause();
    Sequence from = m_session->engine().log().end();
    if (const auto selected = m_table.selected())
        from = *selected;
    else if (const auto shown = m_table.sequenceAt(isForward ? 0 : m_table.rowCount() - 1))
        from = *shown;
    const std::size_t at = isForward ? m_survey->indexOf(from + 1) : m_survey->indexOf(from);
    if (!isForward && at == 0)
        return false;
    const std::optional<Sequence> marker = m_survey->at(isForward ? at : at - 1);
    if (!marker || *marker >= m_table.end())
        return false;
    m_table.reveal(*marker);
    m_table.select(*marker);
    return true;
}

void EventsView::scrollBy(double rows)
{
    if (rows > 0 && !isPaused())
        return;
    pause();
    m_table.scrollBy(rows);
}

void EventsView::scrollTo(double top)
{
    pause();
    m_table.scrollTo(top);
}

/// By bisection over the receive times, which grow with the sequence but for the width of a queue.
void EventsView::scrollToTime(double wallMs)
{
    if (!m_session)
        return;
    pause();
    const events::EventLog& log = m_session->engine().log();
    Sequence low = log.first(), high = log.end();
    events::Row row;
    while (low < high) {
        const Sequence middle = low + (high - low) / 2;
        const bool isBefore = !log.read(middle, row, 0) || static_cast<double>(row.receivedNs) / 1e6 < wallMs;
        (isBefore ? low : high) = isBefore ? middle + 1 : middle;
    }
    m_table.reveal(low);
}

void EventsView::deselect()
{
    m_table.select(std::nullopt);
}

QString EventsView::copyKey()
{
    if (!m_detail.isShown() || m_detail.rawKey().empty())
        return {};
    m_detail.payload()->copyText(QString::fromStdString(m_detail.rawKey()));
    return tr("Copied key %1").arg(m_detail.key());
}

QString EventsView::copyRow()
{
    events::Row row;
    if (!m_table.selected() || !m_session->engine().log().read(*m_table.selected(), row))
        return {};
    m_detail.payload()->copyText(rowAsJson(row, m_detail.connection()));
    return tr("Copied the row as JSON");
}

void EventsView::filterByKey(bool isIncluded)
{
    if (!m_detail.isShown() || m_detail.rawKey().empty())
        return;
    const QString test = keyTest(QString::fromStdString(m_detail.rawKey()), isIncluded);
    const QString before = m_filterText.trimmed();
    setFilterText(before.isEmpty() || isIncluded || !m_filterProblem.isEmpty() ? test : QStringLiteral("(%1) && %2").arg(before, test));
}

void EventsView::openResource()
{
    if (m_detail.isShown() && !m_detail.rawKey().empty())
        m_session->shell()->showResource(m_detail.watch(), QString::fromStdString(m_detail.rawKey()));
}

std::vector<std::uint32_t> EventsView::allSums(std::int64_t beginS, std::int64_t stepS, std::size_t count) const
{
    return m_allBins ? m_allBins->sums(beginS, stepS, count) : std::vector<std::uint32_t>(count, 0);
}

std::vector<std::uint32_t> EventsView::matchSums(std::int64_t beginS, std::int64_t stepS, std::size_t count) const
{
    return m_matchBins ? m_matchBins->sums(beginS, stepS, count) : std::vector<std::uint32_t>();
}

} // namespace wg::ui
