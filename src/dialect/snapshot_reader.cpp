// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/snapshot_reader.h"

#include "dialect/version_field.h"

namespace wg::dialect {

namespace {
constexpr std::size_t kPadding = 64;
constexpr std::size_t kEnvelopeBytes = limits::kMiB;
constexpr bool isSpace(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
} // namespace

SnapshotReader::SnapshotReader(sync::FoldPatches fold, std::size_t maxBytes) : m_items(fold), m_maxBytes(maxBytes) {}

bool SnapshotReader::fail(ErrorCode code, std::string why)
{
    if (m_error.code == ErrorCode::None)
        m_error = {code, std::move(why), {}};
    return false;
}

bool SnapshotReader::feed(std::string_view bytes, Instant now)
{
    if (m_error.code != ErrorCode::None)
        return false;
    m_bytes += bytes.size();
    if (m_bytes > m_maxBytes)
        return fail(ErrorCode::TooLarge, "the snapshot is larger than " + std::to_string(m_maxBytes / limits::kMiB) + " MiB");
    for (std::size_t i = 0; i < bytes.size();) {
        const char c = bytes[i];
        switch (m_place) {
        case Place::InItem:
            i += runInItem(bytes.substr(i));
            if (m_item.size() > limits::kEventBytes)
                return fail(ErrorCode::TooLarge, "an item is larger than " +
                                                     std::to_string(limits::kEventBytes / limits::kMiB) + " MiB");
            if (m_itemDepth == 0 && !itemDone(now))
                return false;
            continue;
        case Place::Outside:
            if (!outside(c))
                return false;
            break;
        case Place::BeforeItem:
        case Place::AfterItem:
            if (isSpace(c))
                break;
            if (c == ']' && (m_place == Place::AfterItem || m_count == 0)) {
                m_place = Place::Outside;
                m_envelope += c;
            } else if (c == '{' && m_place == Place::BeforeItem) {
                m_place = Place::InItem;
                m_item.clear();
                continue;
            } else if (c == ',' && m_place == Place::AfterItem) {
                m_place = Place::BeforeItem;
            } else {
                return fail(ErrorCode::Undecodable, "its list of items is not JSON objects");
            }
        }
        ++i;
    }
    return true;
}

/// Takes bytes of the item up to its end; m_itemDepth is 0 when it is whole.
std::size_t SnapshotReader::runInItem(std::string_view bytes)
{
    std::size_t i = 0;
    while (i < bytes.size()) {
        const char c = bytes[i++];
        if (m_isInString) {
            if (m_isEscaped)
                m_isEscaped = false;
            else if (c == '\\')
                m_isEscaped = true;
            else if (c == '"')
                m_isInString = false;
        } else if (c == '"') {
            m_isInString = true;
        } else if (c == '{' || c == '[') {
            ++m_itemDepth;
        } else if ((c == '}' || c == ']') && --m_itemDepth == 0) {
            break;
        }
    }
    m_item.append(bytes.substr(0, i));
    return i;
}

bool SnapshotReader::outside(char c)
{
    if (m_envelope.size() >= kEnvelopeBytes)
        return fail(ErrorCode::TooLarge, "there is too much round its items");
    m_envelope += c;
    if (m_isInString) {
        if (m_isEscaped)
            m_isEscaped = false;
        else if (c == '\\')
            m_isEscaped = true;
        else if (c == '"')
            m_isInString = false;
    } else if (c == '"') {
        m_isInString = true;
    } else if (c == '{' || c == '[') {
        if (c == '[' && m_depth == 1 && opensItems()) {
            if (m_sawItems)
                return fail(ErrorCode::Undecodable, "it has two lists of items");
            m_sawItems = true;
            m_place = Place::BeforeItem;
            return true;
        }
        ++m_depth;
    } else if ((c == '}' || c == ']') && m_depth > 0) {
        --m_depth;
    }
    return true;
}

/// The '[' just taken stands right behind "items":
bool SnapshotReader::opensItems() const
{
    std::size_t end = m_envelope.size() - 1;
    const auto back = [&] {
        while (end > 0 && isSpace(m_envelope[end - 1]))
            --end;
    };
    back();
    if (end == 0 || m_envelope[end - 1] != ':')
        return false;
    --end;
    back();
    constexpr std::string_view kName = "\"items\"";
    return end >= kName.size() && std::string_view(m_envelope).substr(end - kName.size(), kName.size()) == kName;
}

bool SnapshotReader::itemDone(Instant now)
{
    m_place = Place::AfterItem;
    ++m_count;
    const std::size_t size = m_item.size();
    m_item.reserve(size + kPadding);
    const auto refuse = [&](const char* why) {
        return fail(ErrorCode::Undecodable, "item " + std::to_string(m_count) + " cannot be read: " + why);
    };
    if (!m_reader.begin({m_item.data(), size}) || !m_reader.enterObject())
        return refuse(m_reader.fault());
    std::string_view key, id, object;
    JsonValue value, version;
    bool hasId = false, hasVersion = false;
    while (m_reader.nextMember(key)) {
        const bool isId = key == "id", isVersion = key == "version", isObject = key == "object";
        if (!m_reader.value(value))
            break;
        if (isId && value.kind == JsonKind::String) {
            id = JsonReader::text(value, m_key);
            hasId = !id.empty();
        } else if (isVersion) {
            version = value;
            hasVersion = true;
        } else if (isObject && value.kind == JsonKind::Object) {
            object = value.bytes;
        }
    }
    sync::Version at;
    if (!m_reader.atEnd())
        return refuse(m_reader.fault());
    if (!hasId || object.empty() || !hasVersion || !readVersion(version, at))
        return refuse("it lacks an id, a version or an object");
    m_items.put(id, at, object, now, true);
    return true;
}

Result<Snapshot> SnapshotReader::finish()
{
    if (m_error.code != ErrorCode::None)
        return m_error;
    const auto refuse = [&](std::string why) {
        fail(ErrorCode::Undecodable, std::move(why));
        return m_error;
    };
    if (m_place != Place::Outside || m_depth != 0 || m_isInString)
        return refuse("it was cut short");
    const std::size_t size = m_envelope.size();
    m_envelope.append(kPadding, ' ');
    if (!m_reader.begin({m_envelope.data(), size}) || !m_reader.enterObject())
        return refuse(std::string("it cannot be read: ") + m_reader.fault());
    Snapshot out;
    std::string_view key;
    JsonValue value;
    while (m_reader.nextMember(key)) {
        const std::string name(key);
        if (!m_reader.value(value))
            break;
        if (name == "epoch" && value.kind == JsonKind::String)
            out.at.epoch = JsonReader::text(value, m_scratch);
        else if (name == "resource" && value.kind == JsonKind::String)
            out.resource = JsonReader::text(value, m_scratch);
        else if (name == "version" && !readVersion(value, out.at.version))
            return refuse("its version is not a whole number");
    }
    if (!m_reader.atEnd())
        return refuse(std::string("it cannot be read: ") + m_reader.fault());
    if (!isEpoch(out.at.epoch) || out.at.version.isAbsent() || !m_sawItems)
        return refuse("it lacks an epoch, a version or its items");
    out.items = std::move(m_items);
    return out;
}

} // namespace wg::dialect
