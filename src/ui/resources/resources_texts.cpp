// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of ResourcesView: what the page says of the watch and of the selected item.
#include "ui/resources/resources_view.h"

#include "base/decimal.h"
#include "ui/text/figures.h"

namespace wg::ui {

using engine::Transport;
using engine::ViewState;
using engine::WatchRow;

QString ResourcesView::scopeDetail() const
{
    const WatchRow* current = row();
    if (!current)
        return {};
    const QString keys = current->keys == 1 ? tr("1 key") : tr("%1 keys").arg(countText(current->keys));
    return current->resource.empty() ? keys : visible(current->resource, 40) + QStringLiteral(", ") + keys;
}

QString ResourcesView::stateName() const
{
    const WatchRow* current = row();
    return QString::fromLatin1(engine::toString(current ? current->state : ViewState::Closed).data());
}

QString ResourcesView::transportName() const
{
    const WatchRow* current = row();
    return current ? QString::fromLatin1(engine::toString(current->transport).data()) : QString();
}

QString ResourcesView::transportWord() const
{
    const WatchRow* current = row();
    if (!current)
        return {};
    switch (current->transport) {
    case Transport::WebSocket: return QStringLiteral("WebSocket");
    case Transport::Sse: return QStringLiteral("SSE");
    case Transport::Ndjson: return QStringLiteral("NDJSON");
    case Transport::LongPoll: return tr("Long poll");
    case Transport::Poll: return tr("Poll");
    }
    return {};
}

QString ResourcesView::localVersion() const
{
    const WatchRow* current = row();
    return current ? versionText(current->version) : kMissing.toString();
}

QString ResourcesView::serverVersion() const
{
    const WatchRow* current = row();
    const bool isKnown = current && isDecimal(current->version) && current->version.size() < 19
        && (current->state == ViewState::Live || current->behind > 0);
    if (!isKnown)
        return kMissing.toString();
    return countText(std::stoull(current->version) + current->behind);
}

QString ResourcesView::behindText() const
{
    const WatchRow* current = row();
    const bool isKnown = current && (current->state == ViewState::Live || current->behind > 0);
    return isKnown ? tr("%1 behind").arg(countText(current->behind)) : QString();
}

QString ResourcesView::why() const
{
    const WatchRow* current = row();
    if (!current || current->state == ViewState::Live)
        return {};
    const QString what = visible(current->why, 300), next = visible(current->next, 200);
    return next.isEmpty() ? what : what + u' ' + next;
}

bool ResourcesView::canRetry() const
{
    const WatchRow* current = row();
    return current
        && (current->state == ViewState::Failed || current->state == ViewState::SignIn || current->state == ViewState::Retrying);
}

bool ResourcesView::mustAskResync() const
{
    const WatchRow* current = row();
    return current && current->keys > kAskResyncKeys;
}

QString ResourcesView::resyncQuestion() const
{
    const WatchRow* current = row();
    if (!current)
        return {};
    return tr("Loads %1 keys (%2) and marks them Unconfirmed until done. Live events are kept.")
        .arg(countText(current->keys), sizeText(current->stateBytes));
}

QStringList ResourcesView::counts() const
{
    const engine::ResourcePage* page = m_table.page();
    QStringList texts;
    if (!page)
        return {QString(), QString(), QString(), QString(), QString()};
    texts.append(countText(page->total));
    for (const std::size_t count : page->freshness)
        texts.append(countText(count));
    return texts;
}

QString ResourcesView::emptyText() const
{
    if (!m_session)
        return {};
    const WatchRow* current = row();
    if (!current)
        return tr("Nothing is watched yet.");
    const engine::ResourcePage* page = m_table.page();
    if (!page)
        return tr("Reading the keys of this watch");
    if (page->matching > 0)
        return {};
    if (page->total > 0)
        return isNarrowed() ? tr("No key matches.") : QString();
    switch (current->state) {
    case ViewState::Connecting:
    case ViewState::Snapshot: return tr("Loading every key");
    case ViewState::Live:
        return current->freshness == "Unversioned" ? tr("This route keeps no state. Its source sends events only.")
                                                   : tr("No keys. The snapshot of this route is empty.");
    default: return tr("No keys yet.");
    }
}

QString ResourcesView::detailQuiet() const
{
    return m_table.selected() ? splitKey(*m_table.selected()).first : QString();
}

QString ResourcesView::detailLoud() const
{
    return m_table.selected() ? splitKey(*m_table.selected()).second : QString();
}

QString ResourcesView::detailVersion() const
{
    return m_item ? versionText(m_item->version) : kMissing.toString();
}

QString ResourcesView::detailAge() const
{
    if (!m_item || !m_item->exists)
        return {};
    return tr("%1 old").arg(ageText(m_item->ageS + static_cast<double>(m_sinceItem.elapsed()) / 1000));
}

QString ResourcesView::detailFreshness() const
{
    const auto index = m_table.selectedIndex();
    const engine::ResourceItem* item = index ? m_table.item(*index) : nullptr;
    return item ? freshnessName(item->freshness) : QString();
}

QString ResourcesView::detailChanges() const
{
    const auto index = m_table.selectedIndex();
    const engine::ResourceItem* item = index ? m_table.item(*index) : nullptr;
    if (!item)
        return {};
    return item->changes == 1 ? tr("1 change seen") : tr("%1 changes seen").arg(countText(item->changes));
}

} // namespace wg::ui
