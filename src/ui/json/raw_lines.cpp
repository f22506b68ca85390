// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/json/raw_lines.h"

#include "ui/text/figures.h"

#include <algorithm>

namespace wg::ui {

namespace {

constexpr std::uint32_t kPieceBytes = 2048;
constexpr std::uint32_t kIndentSteps = 40;
constexpr qsizetype kTokenCharacters = 2048;

QString kindText(JsonKind kind)
{
    switch (kind) {
    case JsonKind::String: return QStringLiteral("string");
    case JsonKind::Number: return QStringLiteral("number");
    case JsonKind::Boolean: return QStringLiteral("boolean");
    case JsonKind::Null: return QStringLiteral("null");
    case JsonKind::Object:
    case JsonKind::Array: break;
    }
    return QStringLiteral("punctuation");
}

} // namespace

RawLines::RawLines(QObject* parent) : QAbstractListModel(parent) {}

int RawLines::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> RawLines::roleNames() const
{
    return {{NumberRole, "number"}, {IndentRole, "indent"}, {KeyTextRole, "keyText"},
            {ValueTextRole, "valueText"}, {KindRole, "kind"}, {TailRole, "tail"}};
}

QVariant RawLines::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    if (role == NumberRole)
        return line.number > 0 ? QString::number(line.number) : QString();
    if (line.part != Part::Piece)
        return laidOut(line, role);
    switch (role) {
    case IndentRole: return 0;
    case ValueTextRole: return visible(m_payload->text(line.a, line.b), kPieceBytes);
    case KindRole: return QStringLiteral("plain");
    default: return QString();
    }
}

QVariant RawLines::laidOut(const Line& line, int role) const
{
    const std::vector<JsonNode>& nodes = m_payload->outline.nodes();
    const JsonNode& node = nodes[line.a];
    switch (role) {
    case IndentRole: return std::min(node.depth, kIndentSteps);
    case KeyTextRole:
        return node.isMember && line.part != Part::Close ? u'"' + visible(m_payload->key(node), kTokenCharacters) + u'"' : QString();
    case ValueTextRole: {
        if (!node.isContainer())
            return visible(m_payload->value(node), kTokenCharacters);
        const bool isObject = node.kind == JsonKind::Object;
        if (line.part == Part::Whole)
            return isObject ? QStringLiteral("{}") : QStringLiteral("[]");
        if (line.part == Part::Open)
            return isObject ? QStringLiteral("{") : QStringLiteral("[");
        return isObject ? QStringLiteral("}") : QStringLiteral("]");
    }
    case KindRole: return kindText(node.kind);
    case TailRole:
        return line.part != Part::Open && node.depth > 0 && node.next < nodes[node.parent].next ? QStringLiteral(",") : QString();
    default: return {};
    }
}

bool RawLines::canLayOut() const
{
    return m_payload && !m_payload->outline.nodes().empty() && m_payload->outline.end() <= JsonOutline::End::Cut;
}

void RawLines::setLaidOut(bool shallLayOut)
{
    if (m_wantsLayout == shallLayOut)
        return;
    m_wantsLayout = shallLayOut;
    build();
}

void RawLines::setPayload(PayloadPtr payload)
{
    beginResetModel();
    m_payload = std::move(payload);
    m_lines.clear();
    endResetModel();
    build();
}

void RawLines::build()
{
    beginResetModel();
    m_lines.clear();
    m_lastNumber = 0;
    if (isLaidOut())
        buildLayout();
    else if (m_payload)
        buildPieces();
    endResetModel();
    emit changed();
}

void RawLines::buildPieces()
{
    const std::string& bytes = m_payload->bytes;
    std::size_t begin = 0;
    while (begin < bytes.size()) {
        const std::size_t found = bytes.find('\n', begin);
        const std::size_t end = found == std::string::npos ? bytes.size() : found;
        int number = ++m_lastNumber;
        for (std::size_t at = begin; at < end || at == begin;) {
            std::size_t stop = std::min(end, at + kPieceBytes);
            while (stop < end && stop > at + 1 && (static_cast<unsigned char>(bytes[stop]) & 0xC0) == 0x80)
                --stop;
            std::size_t shown = stop;
            if (stop == end && shown > at && bytes[shown - 1] == '\r')
                --shown;
            m_lines.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(shown), number, Part::Piece});
            number = 0;
            if (stop == at)
                break;
            at = stop;
        }
        begin = end + 1;
    }
}

void RawLines::buildLayout()
{
    const std::vector<JsonNode>& nodes = m_payload->outline.nodes();
    std::vector<std::uint32_t> open;
    const auto closeUpTo = [&](std::uint32_t index) {
        while (!open.empty() && nodes[open.back()].next <= index) {
            if (nodes[open.back()].isClosed)
                m_lines.push_back({open.back(), 0, ++m_lastNumber, Part::Close});
            open.pop_back();
        }
    };
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        closeUpTo(i);
        const bool isOpening = nodes[i].isContainer() && (nodes[i].children > 0 || !nodes[i].isClosed);
        m_lines.push_back({i, 0, ++m_lastNumber, isOpening ? Part::Open : Part::Whole});
        if (isOpening)
            open.push_back(i);
    }
    closeUpTo(static_cast<std::uint32_t>(nodes.size()));
}

} // namespace wg::ui
