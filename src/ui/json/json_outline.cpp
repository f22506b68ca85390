// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/json/json_outline.h"

#include "base/limits.h"

#include <cstring>

namespace wg::ui {

namespace {

constexpr std::uint64_t kRootPath = 0xcbf29ce484222325ull;

std::uint64_t mixed(std::uint64_t seed, std::uint64_t value)
{
    std::uint64_t z = seed ^ (value + 0x9E3779B97F4A7C15ull + (seed << 6) + (seed >> 2));
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    return z ^ (z >> 27);
}

std::uint64_t hashed(std::string_view text)
{
    std::uint64_t hash = kRootPath;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return hash;
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

/// Reads one text from front to back; the open containers are kept in a vector, never on the call stack.
class OutlineScanner {
public:
    OutlineScanner(std::string_view text, bool isPrefix) : m_text(text), m_isPrefix(isPrefix) {}

    JsonOutline run()
    {
        skipSpace();
        bool isGoing = value();
        while (isGoing && !m_open.empty())
            isGoing = inContainer();
        if (isGoing) {
            skipSpace();
            if (m_at < m_text.size())
                stop("nothing more");
        }
        closeAll();
        return std::move(m_out);
    }

private:
    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }

    void skipSpace()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }

    bool stop(const char* expected)
    {
        if (isAtEnd() && m_isPrefix) {
            m_out.m_end = JsonOutline::End::Cut;
            return false;
        }
        m_out.m_end = JsonOutline::End::Broken;
        m_out.m_broken = std::string("Not JSON at byte ") + std::to_string(m_at + 1) + ": expected " + expected
            + (isAtEnd() ? ", found the end." : ".");
        return false;
    }

    void closeAll()
    {
        while (!m_open.empty()) {
            JsonNode& node = m_out.m_nodes[m_open.back()];
            node.end = static_cast<std::uint32_t>(m_at);
            node.next = static_cast<std::uint32_t>(m_out.m_nodes.size());
            node.isClosed = false;
            m_open.pop_back();
        }
    }

    bool inContainer()
    {
        const std::uint32_t index = m_open.back();
        const bool isObject = m_out.m_nodes[index].kind == JsonKind::Object;
        const char closing = isObject ? '}' : ']';
        skipSpace();
        if (!isAtEnd() && m_text[m_at] == closing && !m_mustHaveValue) {
            ++m_at;
            JsonNode& node = m_out.m_nodes[index];
            node.end = static_cast<std::uint32_t>(m_at);
            node.next = static_cast<std::uint32_t>(m_out.m_nodes.size());
            m_open.pop_back();
            return true;
        }
        if (m_out.m_nodes[index].children > 0 && !m_mustHaveValue) {
            if (isAtEnd() || m_text[m_at] != ',')
                return stop(isObject ? "a comma or }" : "a comma or ]");
            ++m_at;
            m_mustHaveValue = true;
            return true;
        }
        m_mustHaveValue = false;
        return isObject ? member() : value();
    }

    bool member()
    {
        if (isAtEnd() || m_text[m_at] != '"')
            return stop("a name in double quotes");
        const std::size_t begin = m_at + 1;
        if (!string())
            return false;
        m_keyBegin = static_cast<std::uint32_t>(begin);
        m_keyEnd = static_cast<std::uint32_t>(m_at - 1);
        skipSpace();
        if (isAtEnd() || m_text[m_at] != ':')
            return stop("a colon");
        ++m_at;
        skipSpace();
        m_hasKey = true;
        return value();
    }

    bool value()
    {
        if (isAtEnd())
            return stop("a value");
        if (m_out.m_nodes.size() >= limits::kOutlineNodes) {
            m_out.m_end = JsonOutline::End::TooRich;
            m_out.m_broken = "More than " + std::to_string(limits::kOutlineNodes) + " values: the rest is not shown.";
            return false;
        }
        const char c = m_text[m_at];
        if (c == '{' || c == '[') {
            m_open.push_back(add(c == '{' ? JsonKind::Object : JsonKind::Array, m_at));
            ++m_at;
            return true;
        }
        const std::size_t begin = m_at;
        JsonKind kind = JsonKind::Null;
        bool isRead = false;
        if (c == '"') {
            kind = JsonKind::String;
            isRead = string();
        } else if (c == '-' || isDigit(c)) {
            kind = JsonKind::Number;
            isRead = number();
        } else if (c == 't' || c == 'f') {
            kind = JsonKind::Boolean;
            isRead = word(c == 't' ? "true" : "false");
        } else if (c == 'n') {
            isRead = word("null");
        } else {
            return stop("a value");
        }
        if (!isRead)
            return false;
        JsonNode& node = m_out.m_nodes[add(kind, begin)];
        node.end = static_cast<std::uint32_t>(m_at);
        return true;
    }

    std::uint32_t add(JsonKind kind, std::size_t begin)
    {
        const auto index = static_cast<std::uint32_t>(m_out.m_nodes.size());
        JsonNode node;
        node.kind = kind;
        node.begin = node.end = static_cast<std::uint32_t>(begin);
        node.next = index + 1;
        node.path = kRootPath;
        if (!m_open.empty()) {
            JsonNode& parent = m_out.m_nodes[m_open.back()];
            node.parent = m_open.back();
            node.depth = parent.depth + 1;
            const std::uint64_t step =
                m_hasKey ? hashed(m_text.substr(m_keyBegin, m_keyEnd - m_keyBegin)) : parent.children;
            node.path = mixed(parent.path, step);
            node.position = parent.children++;
        }
        node.isMember = m_hasKey;
        node.keyBegin = m_hasKey ? m_keyBegin : 0;
        node.keyEnd = m_hasKey ? m_keyEnd : 0;
        m_hasKey = false;
        m_out.m_nodes.push_back(node);
        return index;
    }

    bool string()
    {
        ++m_at;
        while (m_at < m_text.size()) {
            const auto c = static_cast<unsigned char>(m_text[m_at]);
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c < 0x20)
                return stop("no bare control character in a text");
            if (c == '\\') {
                if (m_at + 1 >= m_text.size())
                    break;
                if (!std::strchr("\"\\/bfnrtu", m_text[m_at + 1]) || m_text[m_at + 1] == '\0')
                    return stop("a known escape");
                ++m_at;
            }
            ++m_at;
        }
        m_at = m_text.size();
        return stop("the closing quote");
    }

    bool number()
    {
        if (m_text[m_at] == '-')
            ++m_at;
        if (!isAtEnd() && m_text[m_at] == '0')
            ++m_at;
        else if (!digits())
            return false;
        if (!isAtEnd() && m_text[m_at] == '.') {
            ++m_at;
            if (!digits())
                return false;
        }
        if (!isAtEnd() && (m_text[m_at] == 'e' || m_text[m_at] == 'E')) {
            ++m_at;
            if (!isAtEnd() && (m_text[m_at] == '+' || m_text[m_at] == '-'))
                ++m_at;
            return digits();
        }
        return true;
    }

    bool digits()
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && isDigit(m_text[m_at]))
            ++m_at;
        return m_at > begin || stop("a digit");
    }

    bool word(std::string_view expected)
    {
        for (const char c : expected) {
            if (isAtEnd() || m_text[m_at] != c)
                return stop("a value");
            ++m_at;
        }
        return true;
    }

    std::string_view m_text;
    bool m_isPrefix;
    std::size_t m_at = 0;
    std::vector<std::uint32_t> m_open;
    std::uint32_t m_keyBegin = 0, m_keyEnd = 0;
    bool m_hasKey = false;
    bool m_mustHaveValue = false; ///< a comma was read
    JsonOutline m_out;
};

JsonOutline JsonOutline::of(std::string_view text, bool isPrefix)
{
    return OutlineScanner(text, isPrefix).run();
}

} // namespace wg::ui
