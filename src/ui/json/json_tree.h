// SPDX-License-Identifier: GPL-3.0-or-later
// JsonTree: the open rows of a payload's outline as a flat list model. Opening a row inserts its children, lazily.
// Shape:  one row per visible node; the root container itself is not a row, its members are.
// Rules:  what a person opened or closed is kept by path, so that it survives the next payload of the same shape.
//         Rows below a top-level "changes" member, and rows that differ from the payload before, carry a mark.
// Limits: keys and values are cut for display (the clipboard is not); indentation stops growing at kIndentSteps.
// Thread: GUI thread.
#pragma once

#include "ui/json/payload.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <unordered_map>
#include <unordered_set>

namespace wg::ui {

class JsonTree : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of a PayloadView")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role { DepthRole = Qt::UserRole + 1, HasKeyRole, KeyTextRole, ValueTextRole, KindRole, CanOpenRole, IsOpenRole, MarkRole };
    enum class Mark { None, Changed, Added };
    Q_ENUM(Mark)

    explicit JsonTree(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }

    /// isSuccessor: the same object at a later time; rows that differ are marked.
    void setPayload(PayloadPtr payload, bool isSuccessor);

    Q_INVOKABLE void toggle(int row);
    /// True if this changed something; else the caller moves to the first child or the parent.
    Q_INVOKABLE bool setOpen(int row, bool isOpen);
    Q_INVOKABLE int parentRow(int row) const;
    Q_INVOKABLE void collapseAll();
    /// The next row (from row + 1, or before it) whose key or value contains text, opened up to; -1 if there is none.
    Q_INVOKABLE int find(const QString& text, int row, bool isForward);
    /// The value's bytes as they came (without the quotes of a string).
    Q_INVOKABLE QString valueAt(int row) const;
    Q_INVOKABLE QString pathAt(int row) const; ///< changes.items[0].sku

signals:
    void countChanged();

private:
    [[nodiscard]] bool isOpen(const JsonNode& node) const;
    [[nodiscard]] std::vector<std::uint32_t> visibleRows(const Payload& payload) const;
    [[nodiscard]] Mark markOf(std::uint32_t node) const;
    [[nodiscard]] bool contains(const JsonNode& node, std::string_view lowered) const;
    void remember(const JsonNode& node, bool isOpen);
    void replaceRows(PayloadPtr payload, std::vector<std::uint32_t> rows);
    void rememberValues();

    PayloadPtr m_payload;
    std::vector<std::uint32_t> m_rows;
    std::unordered_set<std::uint64_t> m_opened, m_closed;
    std::unordered_map<std::uint64_t, std::uint64_t> m_before; ///< path -> hash of the scalar before
    std::uint32_t m_changesBegin = 0, m_changesEnd = 0;        ///< nodes below the member "changes"
};

} // namespace wg::ui
