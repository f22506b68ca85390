// SPDX-License-Identifier: GPL-3.0-or-later
// ResourceTable: the page of items that the engine answered last, as a list model.
// Shape:  the model holds the rows on screen; position and total speak of all that match. A selection is a key, so it
//         stays on its item when the order changes.
// Thread: GUI thread.
#pragma once

#include "engine/publication.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <optional>
#include <string>

namespace wg::ui {

class ResourceTable : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of a ResourcesView")
    Q_PROPERTY(double total READ total NOTIFY changed) ///< items that match
    Q_PROPERTY(double first READ first NOTIFY changed)
    Q_PROPERTY(bool hasSelection READ hasSelection NOTIFY selectionChanged)

public:
    enum Role { FreshnessRole = Qt::UserRole + 1, KeyQuietRole, KeyLoudRole, SummaryRole, VersionRole, AgeRole, ChangesRole, SizeRole, IsSelectedRole };

    explicit ResourceTable(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Null empties the table.
    void setPage(std::shared_ptr<const engine::ResourcePage> page);
    [[nodiscard]] const engine::ResourcePage* page() const { return m_page.get(); }
    [[nodiscard]] double total() const { return m_page ? static_cast<double>(m_page->matching) : 0; }
    [[nodiscard]] double first() const { return m_page ? static_cast<double>(m_page->first) : 0; }

    void select(std::optional<std::string> key);
    [[nodiscard]] bool hasSelection() const { return m_selected.has_value(); }
    [[nodiscard]] const std::optional<std::string>& selected() const { return m_selected; }
    /// Where the selected item is among all that match; nothing if it is not on this page.
    [[nodiscard]] std::optional<std::size_t> selectedIndex() const;
    [[nodiscard]] const engine::ResourceItem* item(std::size_t index) const; ///< index among all that match

signals:
    void changed();
    void selectionChanged();

private:
    std::shared_ptr<const engine::ResourcePage> m_page;
    std::optional<std::string> m_selected;
};

/// fresh, ageing, stale, unconfirmed
[[nodiscard]] QString freshnessName(std::uint8_t freshness);
/// Splits namespace/name: what comes before the last slash, slash included, and the rest.
[[nodiscard]] std::pair<QString, QString> splitKey(std::string_view key);

} // namespace wg::ui
