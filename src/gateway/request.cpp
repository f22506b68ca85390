// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/request.h"

#include <algorithm>
#include <charconv>
#include <cctype>

namespace wg::gateway {
namespace {

std::string decodedSegment(std::string_view text)
{
    std::string plus; // in a path + is a plus
    for (const char c : text)
        c == '+' ? plus += "%2B" : plus += c;
    return percentDecode(plus);
}

std::string_view standard(boost::beast::string_view text)
{
    return {text.data(), text.size()};
}

bool isHexRun(std::string_view text) noexcept
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
bool isZeroRun(std::string_view text) noexcept
{
    return text.find_first_not_of('0') == std::string_view::npos;
}

struct MediaRange {
    std::string_view type;
    double quality = 1;
};

MediaRange readRange(std::string_view text)
{
    const auto pieces = splitTrimmed(text, ';');
    MediaRange range;
    if (!pieces.empty())
        range.type = pieces.front();
    for (const std::string_view piece : pieces)
        if (piece.size() > 2 && (piece[0] == 'q' || piece[0] == 'Q') && piece[1] == '=')
            std::from_chars(piece.data() + 2, piece.data() + piece.size(), range.quality);
    return range;
}

/// 0 = does not match, then */*, type/*, type/subtype.
int closeness(std::string_view range, std::string_view offer)
{
    if (range == "*/*")
        return 1;
    if (range.size() > 2 && range.substr(range.size() - 2) == "/*")
        return equalsIgnoringCase(range.substr(0, range.size() - 1), offer.substr(0, offer.find('/') + 1)) ? 2 : 0;
    return equalsIgnoringCase(range, offer) ? 3 : 0;
}

} // namespace

bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](unsigned char x, unsigned char y) {
               return std::tolower(x) == std::tolower(y);
           });
}

std::string_view trimmed(std::string_view text) noexcept
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> splitTrimmed(std::string_view text, char separator)
{
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(separator));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        if (const std::string_view inner = trimmed(part); !inner.empty())
            out.push_back(inner);
    }
    return out;
}

Request::Request(Message message, boost::asio::ip::address peer)
    : m_message(std::move(message))
    , m_method(standard(m_message.method_string()))
    , m_peer(std::move(peer))
{
    std::string_view target = standard(m_message.target());
    const std::size_t question = target.find('?');
    std::string_view path = target.substr(0, question);
    if (question != std::string_view::npos) {
        Url query;
        query.query = target.substr(question + 1);
        m_parameters = query.parameters();
    }
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        const std::string_view segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        if (segment.empty())
            m_isSlashed = true;
        else
            m_segments.push_back(decodedSegment(segment));
    }
}

std::optional<std::string> Request::parameter(std::string_view name) const
{
    for (const QueryParameter& p : m_parameters)
        if (p.name == name)
            return p.value;
    return std::nullopt;
}

std::vector<std::string> Request::parameters(std::string_view name) const
{
    std::vector<std::string> out;
    for (const QueryParameter& p : m_parameters)
        if (p.name == name)
            out.push_back(p.value);
    return out;
}

std::string_view Request::header(std::string_view name) const
{
    return standard(m_message[view(name)]);
}

std::string_view Request::onlyHeader(std::string_view name) const
{
    return m_message.count(view(name)) == 1 ? header(name) : std::string_view();
}

std::string Request::joined(std::string_view name) const
{
    std::string out;
    for (const std::string_view part : headerList(name))
        (out += out.empty() ? "" : ", ") += part;
    return out;
}

std::vector<std::string_view> Request::headerList(std::string_view name) const
{
    std::vector<std::string_view> out;
    const auto [first, last] = m_message.equal_range(view(name));
    for (auto it = first; it != last; ++it)
        for (const std::string_view part : splitTrimmed(standard(it->value()), ','))
            out.push_back(part);
    return out;
}

bool Request::wantsUpgrade() const
{
    if (m_message.method() != http::verb::get)
        return false;
    const auto names = [this](std::string_view header, std::string_view word) {
        const auto list = headerList(header);
        return std::any_of(list.begin(), list.end(), [&](std::string_view v) { return equalsIgnoringCase(v, word); });
    };
    return names("Upgrade", "websocket") && names("Connection", "upgrade");
}

std::optional<std::size_t> chooseType(std::string_view accept, const std::vector<std::string_view>& offers)
{
    const auto ranges = splitTrimmed(accept, ',');
    if (ranges.empty())
        return offers.size() - 1;
    std::optional<std::size_t> best;
    double bestQuality = 0;
    int bestCloseness = 0;
    for (std::size_t i = offers.size(); i-- > 0;) {
        int closest = 0;
        double quality = 0;
        for (const std::string_view text : ranges) {
            const MediaRange range = readRange(text);
            if (const int c = closeness(range.type, offers[i]); c > closest) {
                closest = c;
                quality = range.quality;
            }
        }
        if (closest > 0 && quality > 0
            && (quality > bestQuality || (quality == bestQuality && closest > bestCloseness))) {
            best = i;
            bestQuality = quality;
            bestCloseness = closest;
        }
    }
    return best;
}

bool isTraceparent(std::string_view value) noexcept
{
    // version(2) - trace id(32) - parent id(16) - flags(2); later versions may have more behind a dash.
    constexpr std::size_t kSize = 55;
    if (value.size() < kSize || value[2] != '-' || value[35] != '-' || value[52] != '-')
        return false;
    const std::string_view version = value.substr(0, 2);
    const std::string_view trace = value.substr(3, 32);
    const std::string_view parent = value.substr(36, 16);
    if (!isHexRun(version) || version == "ff" || !isHexRun(trace) || isZeroRun(trace) || !isHexRun(parent)
        || isZeroRun(parent) || !isHexRun(value.substr(53, 2)))
        return false;
    return value.size() == kSize || (version != "00" && value[kSize] == '-');
}

bool isRequestId(std::string_view value) noexcept
{
    return !value.empty() && value.size() <= 128
           && std::all_of(value.begin(), value.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace wg::gateway
