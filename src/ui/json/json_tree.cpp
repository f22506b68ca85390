// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/json/json_tree.h"

#include "ui/text/figures.h"

#include <algorithm>
#include <functional>

namespace wg::ui {

namespace {

constexpr std::uint32_t kIndentSteps = 40;
constexpr std::uint32_t kOpenDepth = 4;       ///< opened by itself down to here,
constexpr std::uint32_t kOpenChildren = 16;   ///< where a container has no more than this
constexpr qsizetype kKeyCharacters = 200;
constexpr qsizetype kValueCharacters = 500;
constexpr std::size_t kRememberedPaths = 10'000;
constexpr std::size_t kComparedNodes = 20'000;

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

QString kindText(JsonKind kind)
{
    switch (kind) {
    case JsonKind::Object: return QStringLiteral("object");
    case JsonKind::Array: return QStringLiteral("array");
    case JsonKind::String: return QStringLiteral("string");
    case JsonKind::Number: return QStringLiteral("number");
    case JsonKind::Boolean: return QStringLiteral("boolean");
    case JsonKind::Null: return QStringLiteral("null");
    }
    return {};
}

QString containerText(const JsonNode& node)
{
    const QString count = countText(node.children);
    return node.kind == JsonKind::Object ? u'{' + count + u'}' : u'[' + count + u']';
}

bool isRootContainer(const Payload& payload, std::uint32_t index)
{
    return index == 0 && payload.outline.nodes().front().children > 0;
}

} // namespace

JsonTree::JsonTree(QObject* parent) : QAbstractListModel(parent) {}

int JsonTree::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> JsonTree::roleNames() const
{
    return {{DepthRole, "depth"}, {HasKeyRole, "hasKey"}, {KeyTextRole, "keyText"}, {ValueTextRole, "valueText"},
            {KindRole, "kind"}, {CanOpenRole, "canOpen"}, {IsOpenRole, "isOpen"}, {MarkRole, "mark"}};
}

QVariant JsonTree::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const std::uint32_t at = m_rows[static_cast<std::size_t>(index.row())];
    const std::vector<JsonNode>& nodes = m_payload->outline.nodes();
    const JsonNode& node = nodes[at];
    const std::uint32_t skipped = nodes.front().children > 0 ? 1 : 0;
    switch (role) {
    case DepthRole: return std::min(node.depth - std::min(node.depth, skipped), kIndentSteps);
    case HasKeyRole: return node.depth > 0;
    case KeyTextRole:
        if (node.isMember)
            return visible(m_payload->key(node), kKeyCharacters);
        return node.depth > 0 ? QString::number(node.position) : QString();
    case ValueTextRole: return node.isContainer() ? containerText(node) : visible(m_payload->value(node), kValueCharacters);
    case KindRole: return kindText(node.kind);
    case CanOpenRole: return node.isContainer() && node.children > 0;
    case IsOpenRole: return node.isContainer() && isOpen(node);
    case MarkRole: return static_cast<int>(markOf(at));
    default: return {};
    }
}

bool JsonTree::isOpen(const JsonNode& node) const
{
    if (m_opened.count(node.path) > 0)
        return true;
    return node.depth <= kOpenDepth && node.children <= kOpenChildren && m_closed.count(node.path) == 0;
}

std::vector<std::uint32_t> JsonTree::visibleRows(const Payload& payload) const
{
    const std::vector<JsonNode>& nodes = payload.outline.nodes();
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < nodes.size();) {
        const bool isRoot = isRootContainer(payload, i);
        if (!isRoot)
            rows.push_back(i);
        i = isRoot || (nodes[i].isContainer() && isOpen(nodes[i])) ? i + 1 : nodes[i].next;
    }
    return rows;
}

void JsonTree::setPayload(PayloadPtr payload, bool isSuccessor)
{
    m_before.clear();
    if (isSuccessor)
        rememberValues();
    std::vector<std::uint32_t> rows;
    std::uint32_t changesBegin = 0, changesEnd = 0;
    if (payload) {
        const std::vector<JsonNode>& nodes = payload->outline.nodes();
        for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
            if (nodes[i].isMember && payload->key(nodes[i]) == "changes") {
                changesBegin = i + 1;
                changesEnd = nodes[i].next;
            }
        }
        rows = visibleRows(*payload);
    }
    m_changesBegin = changesBegin;
    m_changesEnd = changesEnd;
    replaceRows(std::move(payload), std::move(rows));
}

/// Swaps payload and rows by one removal and one insertion round what both have, so that a view stays where it was.
void JsonTree::replaceRows(PayloadPtr payload, std::vector<std::uint32_t> rows)
{
    const auto sameAt = [&](std::size_t before, std::size_t after) {
        const JsonNode& a = m_payload->outline.nodes()[m_rows[before]];
        const JsonNode& b = payload->outline.nodes()[rows[after]];
        return a.path == b.path && a.isContainer() == b.isContainer();
    };
    const std::size_t before = m_rows.size(), after = rows.size(), shorter = std::min(before, after);
    std::size_t head = 0, tail = 0;
    while (head < shorter && sameAt(head, head))
        ++head;
    while (tail < shorter - head && sameAt(before - 1 - tail, after - 1 - tail))
        ++tail;

    if (before > head + tail) {
        beginRemoveRows({}, static_cast<int>(head), static_cast<int>(before - tail) - 1);
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(head), m_rows.end() - static_cast<std::ptrdiff_t>(tail));
        endRemoveRows();
    }
    std::copy_n(rows.begin(), head, m_rows.begin());
    std::copy_n(rows.end() - static_cast<std::ptrdiff_t>(tail), tail, m_rows.end() - static_cast<std::ptrdiff_t>(tail));
    m_payload = std::move(payload);
    if (after > head + tail) {
        beginInsertRows({}, static_cast<int>(head), static_cast<int>(after - tail) - 1);
        m_rows = std::move(rows);
        endInsertRows();
    }
    if (!m_rows.empty())
        emit dataChanged(index(0), index(count() - 1));
    emit countChanged();
}

void JsonTree::rememberValues()
{
    if (!m_payload || m_payload->outline.nodes().size() > kComparedNodes)
        return;
    const std::hash<std::string_view> hash;
    for (const JsonNode& node : m_payload->outline.nodes())
        m_before.emplace(node.path, node.isContainer() ? 0 : hash(m_payload->value(node)));
}

JsonTree::Mark JsonTree::markOf(std::uint32_t at) const
{
    const JsonNode& node = m_payload->outline.nodes()[at];
    if (at >= m_changesBegin && at < m_changesEnd)
        return Mark::Changed;
    if (m_before.empty())
        return Mark::None;
    const auto found = m_before.find(node.path);
    if (found == m_before.end())
        return Mark::Added;
    const bool isSame = node.isContainer() || found->second == std::hash<std::string_view>()(m_payload->value(node));
    return isSame ? Mark::None : Mark::Changed;
}

void JsonTree::remember(const JsonNode& node, bool isNowOpen)
{
    if (m_opened.size() + m_closed.size() > kRememberedPaths) {
        m_opened.clear();
        m_closed.clear();
    }
    (isNowOpen ? m_opened : m_closed).insert(node.path);
    (isNowOpen ? m_closed : m_opened).erase(node.path);
}

void JsonTree::toggle(int row)
{
    if (row >= 0 && row < count())
        setOpen(row, !isOpen(m_payload->outline.nodes()[m_rows[static_cast<std::size_t>(row)]]));
}

bool JsonTree::setOpen(int row, bool shallOpen)
{
    if (row < 0 || row >= count())
        return false;
    const JsonNode& node = m_payload->outline.nodes()[m_rows[static_cast<std::size_t>(row)]];
    if (!node.isContainer() || node.children == 0 || isOpen(node) == shallOpen)
        return false;
    remember(node, shallOpen);
    replaceRows(m_payload, visibleRows(*m_payload));
    return true;
}

int JsonTree::parentRow(int row) const
{
    if (row < 0 || row >= count())
        return -1;
    const JsonNode& node = m_payload->outline.nodes()[m_rows[static_cast<std::size_t>(row)]];
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), node.parent);
    return found != m_rows.end() && *found == node.parent && node.depth > 0 ? static_cast<int>(found - m_rows.begin()) : -1;
}

void JsonTree::collapseAll()
{
    if (!m_payload)
        return;
    m_opened.clear();
    m_closed.clear();
    for (const JsonNode& node : m_payload->outline.nodes())
        if (node.isContainer() && node.depth <= kOpenDepth)
            m_closed.insert(node.path);
    replaceRows(m_payload, visibleRows(*m_payload));
}

bool JsonTree::contains(const JsonNode& node, std::string_view loweredText) const
{
    const auto holds = [loweredText](std::string_view text) {
        return std::search(text.begin(), text.end(), loweredText.begin(), loweredText.end(),
                           [](char a, char b) { return lowered(a) == b; }) != text.end();
    };
    return (node.isMember && holds(m_payload->key(node))) || (!node.isContainer() && holds(m_payload->value(node)));
}

int JsonTree::find(const QString& text, int row, bool isForward)
{
    if (!m_payload || text.isEmpty() || m_payload->outline.nodes().empty())
        return -1;
    std::string wanted = text.toStdString();
    std::transform(wanted.begin(), wanted.end(), wanted.begin(), lowered);
    const std::vector<JsonNode>& nodes = m_payload->outline.nodes();
    const auto total = static_cast<std::int64_t>(nodes.size());
    const std::int64_t start = row >= 0 && row < count() ? m_rows[static_cast<std::size_t>(row)] : (isForward ? -1 : total);
    for (std::int64_t step = 1; step <= total; ++step) {
        const std::int64_t at = ((start + (isForward ? step : -step)) % total + total) % total;
        const JsonNode& node = nodes[static_cast<std::size_t>(at)];
        if (!contains(node, wanted))
            continue;
        for (std::uint32_t up = node.parent; up != 0; up = nodes[up].parent)
            remember(nodes[up], true);
        replaceRows(m_payload, visibleRows(*m_payload));
        const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), static_cast<std::uint32_t>(at));
        if (found != m_rows.end() && *found == static_cast<std::uint32_t>(at))
            return static_cast<int>(found - m_rows.begin());
    }
    return -1;
}

QString JsonTree::valueAt(int row) const
{
    if (row < 0 || row >= count())
        return {};
    const JsonNode& node = m_payload->outline.nodes()[m_rows[static_cast<std::size_t>(row)]];
    std::string_view value = m_payload->value(node);
    if (node.kind == JsonKind::String && value.size() >= 2)
        value = value.substr(1, value.size() - 2);
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QString JsonTree::pathAt(int row) const
{
    if (row < 0 || row >= count())
        return {};
    const std::vector<JsonNode>& nodes = m_payload->outline.nodes();
    QStringList steps;
    for (std::uint32_t at = m_rows[static_cast<std::size_t>(row)]; nodes[at].depth > 0; at = nodes[at].parent) {
        if (nodes[at].isMember) {
            const QString key = visible(m_payload->key(nodes[at]), kKeyCharacters);
            steps.prepend(nodes[at].depth > 1 ? u'.' + key : key);
            continue;
        }
        steps.prepend(QStringLiteral("[%1]").arg(nodes[at].position));
    }
    return steps.join(QString());
}

} // namespace wg::ui
