// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/resources_view.h"

#include "ui/events/event_query.h"
#include "ui/text/figures.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <cmath>

namespace wg::ui {

using engine::Transport;
using engine::ViewState;
using engine::WatchId;
using engine::WatchRow;

ResourcesView::ResourcesView(QObject* parent) : QObject(parent)
{
    m_asking.setSingleShot(true);
    m_asking.setInterval(0);
    connect(&m_asking, &QTimer::timeout, this, &ResourcesView::postQuestion);
    connect(&m_table, &ResourceTable::selectionChanged, this, &ResourcesView::detailChanged);
}

void ResourcesView::setSession(Session* session)
{
    if (m_session || !session)
        return;
    m_session = session;
    connect(session, &Session::published, this, &ResourcesView::read);
    connect(session->shell(), &ShellModel::resourceAsked, this, &ResourcesView::takeWanted);
    read();
    takeWanted();
    emit sessionChanged();
}

void ResourcesView::setActive(bool isActive)
{
    if (m_isActive == isActive)
        return;
    m_isActive = isActive;
    emit activeChanged();
    if (isActive && m_session) {
        read();
        ask();
    }
}

// --- what the engine says

const WatchRow* ResourcesView::row() const
{
    if (!m_session)
        return nullptr;
    for (const WatchRow& each : m_session->publication().watches)
        if (each.id == m_query.watch)
            return &each;
    return nullptr;
}

void ResourcesView::read()
{
    if (!m_isActive)
        return;
    readWatches();
    const WatchRow* current = row();
    m_strip.read(current ? current->strip : std::vector<engine::MachineNode>(), m_session->publication().wallNow);
    takePage();
    takeItem();
    emit figuresChanged();
}

void ResourcesView::readWatches()
{
    QStringList names;
    std::vector<WatchId> watches;
    const std::vector<WatchRow>& rows = m_session->publication().watches;
    for (const WatchRow& each : rows) {
        const bool isAlone = std::count_if(rows.begin(), rows.end(), [&](const WatchRow& r) { return r.connection == each.connection; }) == 1;
        const QString connection = visible(each.connection, 64);
        names.append(isAlone ? connection : connection + u' ' + visible(each.resource.empty() ? each.url : each.resource, 64));
        watches.push_back(each.id);
    }
    if (names != m_watchNames || watches != m_watches) {
        m_watchNames = names;
        m_watches = watches;
        emit watchesChanged();
        emit watchChanged();
    }
    if (!row() && !m_watches.empty())
        chooseWatch(m_watches.front());
}

void ResourcesView::takePage()
{
    const auto& page = m_session->publication().resources;
    if (!page || page->query != m_query.query || page.get() == m_table.page())
        return;
    const bool isAnswer = m_answered != page->query;
    if (!isAnswer && m_session->shell()->isPaused())
        return;
    m_answered = page->query;
    m_table.setPage(page);
    // Rows went away under the place that is shown.
    if (page->items.empty() && page->matching > 0 && page->first >= page->matching)
        setFirst(static_cast<double>(page->matching));
    if (m_wantedIndex) {
        if (const engine::ResourceItem* item = m_table.item(*m_wantedIndex)) {
            m_wantedIndex.reset();
            choose(item->key);
        }
    }
}

void ResourcesView::takeItem()
{
    const auto& item = m_session->publication().item;
    const auto& selected = m_table.selected();
    if (!item || !selected || item->watch != m_query.watch || item->key != *selected || item == m_item)
        return;
    if (m_item && m_session->shell()->isPaused())
        return;
    const bool isSuccessor = m_item && m_item->key == item->key && m_item->watch == item->watch;
    m_item = item;
    m_sinceItem.start();
    if (item->exists) {
        const std::size_t shown = PayloadView::shownBytes(item->json.size());
        m_payload.show(item->json.substr(0, shown), item->json.size(), [item] { return item->json; }, isSuccessor);
    } else if (!isSuccessor) {
        m_payload.clear();
    }
    emit detailChanged();
}

void ResourcesView::takeWanted()
{
    const QString& key = m_session->shell()->wantedKey();
    if (key.isEmpty())
        return;
    widen();
    chooseWatch(static_cast<WatchId>(m_session->shell()->wantedWatch()));
    choose(key.toStdString());
}

// --- questions

void ResourcesView::ask()
{
    m_asking.start();
    emit queryChanged();
}

void ResourcesView::postQuestion()
{
    if (!m_session || m_query.watch == 0 || m_capacity == 0)
        return;
    ++m_query.query;
    m_query.count = static_cast<std::size_t>(m_capacity) + 1;
    m_session->engine().post(m_query);
}

void ResourcesView::chooseWatch(WatchId watch)
{
    if (m_query.watch == watch)
        return;
    m_query.watch = watch;
    m_query.first = 0;
    m_wantedIndex.reset();
    m_table.setPage(nullptr);
    deselect();
    ask();
    emit watchChanged();
    if (m_session)
        read();
}

int ResourcesView::watchIndex() const
{
    const auto found = std::find(m_watches.begin(), m_watches.end(), m_query.watch);
    return found == m_watches.end() ? -1 : static_cast<int>(found - m_watches.begin());
}

void ResourcesView::setWatchIndex(int index)
{
    if (index >= 0 && index < static_cast<int>(m_watches.size()))
        chooseWatch(m_watches[static_cast<std::size_t>(index)]);
}

void ResourcesView::setSearch(const QString& text)
{
    const std::string wanted = text.toStdString();
    if (wanted == m_query.search)
        return;
    m_query.search = wanted;
    m_query.first = 0;
    ask();
}

void ResourcesView::setFreshness(int freshness)
{
    if (freshness == m_query.freshness)
        return;
    m_query.freshness = freshness;
    m_query.first = 0;
    ask();
}

void ResourcesView::sortBy(int sort)
{
    const auto wanted = static_cast<engine::ItemSort>(sort);
    m_query.isDescending = wanted == m_query.sort ? !m_query.isDescending : wanted != engine::ItemSort::Key;
    m_query.sort = wanted;
    m_query.first = 0;
    ask();
}

void ResourcesView::setCapacity(int rows)
{
    rows = std::max(rows, 0);
    if (rows == m_capacity)
        return;
    m_capacity = rows;
    emit capacityChanged();
    ask();
}

void ResourcesView::widen()
{
    setSearch({});
    setFreshness(-1);
}

void ResourcesView::setFirst(double first)
{
    const double most = std::max(0.0, m_table.total() - m_capacity);
    const auto wanted = static_cast<std::size_t>(std::clamp(std::round(first), 0.0, most));
    if (wanted == m_query.first)
        return;
    m_query.first = wanted;
    ask();
}

void ResourcesView::scrollTo(double position)
{
    m_remainder = 0;
    setFirst(position);
}

void ResourcesView::scrollBy(double rows)
{
    m_remainder += rows;
    const double whole = std::trunc(m_remainder);
    m_remainder -= whole;
    if (whole != 0)
        setFirst(position() + whole);
}

// --- selection

void ResourcesView::choose(std::string key)
{
    if (m_table.selected() == key)
        return;
    m_item.reset();
    m_payload.clear();
    m_session->engine().post(engine::QueryItem{m_query.watch, key});
    m_table.select(std::move(key));
    emit figuresChanged();
}

void ResourcesView::select(int row)
{
    if (row < 0)
        return;
    if (const engine::ResourceItem* item = m_table.item(static_cast<std::size_t>(m_table.first()) + static_cast<std::size_t>(row)))
        choose(item->key);
}

void ResourcesView::move(int rows)
{
    const auto total = static_cast<qint64>(m_table.total());
    if (total == 0)
        return;
    qint64 from = static_cast<qint64>(m_table.first()) - (rows > 0 ? 1 : 0);
    if (m_wantedIndex)
        from = static_cast<qint64>(*m_wantedIndex);
    else if (const auto selected = m_table.selectedIndex())
        from = static_cast<qint64>(*selected);
    const auto wanted = static_cast<std::size_t>(std::clamp<qint64>(from + rows, 0, total - 1));
    if (wanted < m_query.first)
        setFirst(static_cast<double>(wanted));
    else if (wanted >= m_query.first + static_cast<std::size_t>(m_capacity))
        setFirst(static_cast<double>(wanted) - m_capacity + 1);
    if (const engine::ResourceItem* item = m_table.item(wanted)) {
        m_wantedIndex.reset();
        choose(item->key);
    } else {
        m_wantedIndex = wanted;
    }
}

void ResourcesView::moveToFirst()
{
    move(-static_cast<int>(std::min(m_table.total() + 1, 1e9)));
}

void ResourcesView::moveToLast()
{
    move(static_cast<int>(std::min(m_table.total() + 1, 1e9)));
}

void ResourcesView::deselect()
{
    m_wantedIndex.reset();
    m_item.reset();
    m_payload.clear();
    m_table.select(std::nullopt);
}

QString ResourcesView::copyKey() const
{
    if (!m_table.selected())
        return {};
    QGuiApplication::clipboard()->setText(QString::fromStdString(*m_table.selected()));
    return tr("Copied key %1").arg(visible(*m_table.selected(), 64));
}

void ResourcesView::showEvents() const
{
    if (m_table.selected())
        m_session->shell()->showEvents(keyTest(QString::fromStdString(*m_table.selected()), true));
}

void ResourcesView::resync()
{
    if (m_query.watch != 0)
        m_session->engine().post(engine::ResyncWatch{m_query.watch});
}

void ResourcesView::retry()
{
    if (m_query.watch != 0)
        m_session->engine().post(engine::RetryWatch{m_query.watch});
}

} // namespace wg::ui
