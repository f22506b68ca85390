// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/resource_table.h"

#include "ui/events/payload_summary.h"
#include "ui/text/figures.h"

#include <algorithm>
#include <array>

namespace wg::ui {

namespace {
constexpr qsizetype kKeyCharacters = 300;
}

QString freshnessName(std::uint8_t freshness)
{
    static const std::array<QString, 4> kNames = {QStringLiteral("fresh"), QStringLiteral("ageing"), QStringLiteral("stale"),
                                                  QStringLiteral("unconfirmed")};
    return kNames[std::min<std::size_t>(freshness, kNames.size() - 1)];
}

std::pair<QString, QString> splitKey(std::string_view key)
{
    const QString shown = visible(key, kKeyCharacters);
    const qsizetype slash = shown.lastIndexOf(u'/');
    return {shown.first(slash + 1), shown.sliced(slash + 1)};
}

int ResourceTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_page ? 0 : static_cast<int>(m_page->items.size());
}

QHash<int, QByteArray> ResourceTable::roleNames() const
{
    return {{FreshnessRole, "freshness"}, {KeyQuietRole, "keyQuiet"}, {KeyLoudRole, "keyLoud"},
            {SummaryRole, "summary"}, {VersionRole, "version"}, {AgeRole, "age"},
            {ChangesRole, "changes"}, {SizeRole, "size"}, {IsSelectedRole, "isSelected"}};
}

QVariant ResourceTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const engine::ResourceItem& item = m_page->items[static_cast<std::size_t>(index.row())];
    switch (role) {
    case FreshnessRole: return freshnessName(item.freshness);
    case KeyQuietRole: return splitKey(item.key).first;
    case KeyLoudRole: return splitKey(item.key).second;
    case SummaryRole: return payloadSummary(item.summary, item.summary.size() < item.sizeBytes);
    case VersionRole: return versionText(item.version);
    case AgeRole: return ageText(item.ageS);
    case ChangesRole: return countText(item.changes);
    case SizeRole: return sizeText(item.sizeBytes);
    case IsSelectedRole: return m_selected == item.key;
    default: return {};
    }
}

void ResourceTable::setPage(std::shared_ptr<const engine::ResourcePage> page)
{
    const int before = rowCount();
    const int after = page ? static_cast<int>(page->items.size()) : 0;
    if (after < before)
        beginRemoveRows({}, after, before - 1);
    else if (after > before)
        beginInsertRows({}, before, after - 1);
    m_page = std::move(page);
    if (after < before)
        endRemoveRows();
    else if (after > before)
        endInsertRows();
    if (const int kept = std::min(before, after); kept > 0)
        emit dataChanged(index(0), index(kept - 1));
    emit changed();
}

void ResourceTable::select(std::optional<std::string> key)
{
    if (m_selected == key)
        return;
    m_selected = std::move(key);
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1), {IsSelectedRole});
    emit selectionChanged();
}

std::optional<std::size_t> ResourceTable::selectedIndex() const
{
    if (!m_page || !m_selected)
        return {};
    for (std::size_t i = 0; i < m_page->items.size(); ++i)
        if (m_page->items[i].key == *m_selected)
            return m_page->first + i;
    return {};
}

const engine::ResourceItem* ResourceTable::item(std::size_t index) const
{
    if (!m_page || index < m_page->first || index - m_page->first >= m_page->items.size())
        return nullptr;
    return &m_page->items[index - m_page->first];
}

} // namespace wg::ui
