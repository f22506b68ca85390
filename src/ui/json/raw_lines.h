// SPDX-License-Identifier: GPL-3.0-or-later
// RawLines: a payload as numbered lines. Either as received, byte for byte, or laid out one value a line for reading.
// Shape:  laying out inserts white space between tokens only; every token is the bytes that came. Copying always gives
//         the bytes as received.
// Limits: a received line over kPieceBytes continues on rows without a number.
// Thread: GUI thread.
#pragma once

#include "ui/json/payload.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace wg::ui {

class RawLines : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of a PayloadView")
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(int lastNumber READ lastNumber NOTIFY changed)
    Q_PROPERTY(bool isLaidOut READ isLaidOut WRITE setLaidOut NOTIFY changed)
    Q_PROPERTY(bool canLayOut READ canLayOut NOTIFY changed)

public:
    enum Role { NumberRole = Qt::UserRole + 1, IndentRole, KeyTextRole, ValueTextRole, KindRole, TailRole };

    explicit RawLines(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void setPayload(PayloadPtr payload);
    [[nodiscard]] int count() const { return static_cast<int>(m_lines.size()); }
    [[nodiscard]] int lastNumber() const { return m_lastNumber; }
    [[nodiscard]] bool canLayOut() const;
    [[nodiscard]] bool isLaidOut() const { return m_wantsLayout && canLayOut(); }
    void setLaidOut(bool isLaidOut);

signals:
    void changed();

private:
    enum class Part : std::uint8_t { Piece, Whole, Open, Close };
    struct Line {
        std::uint32_t a = 0; ///< Piece: first byte; else the node
        std::uint32_t b = 0; ///< Piece: byte behind the last one
        int number = 0;      ///< 0 = goes on from the line above
        Part part = Part::Piece;
    };
    void build();
    void buildPieces();
    void buildLayout();
    [[nodiscard]] QVariant laidOut(const Line& line, int role) const;

    PayloadPtr m_payload;
    std::vector<Line> m_lines;
    int m_lastNumber = 0;
    bool m_wantsLayout = true;
};

} // namespace wg::ui
