// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/state_file.h"

#include "base/limits.h"

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

namespace wg::gateway {
namespace {

constexpr std::string_view kMagic = "watchglass-gateway-state-1";

/// Records are `number number …\n` followed by raw bytes whose lengths the numbers give.
class Writer {
public:
    explicit Writer(std::ostream& out) : m_out(out) {}
    void line(std::initializer_list<std::uint64_t> numbers)
    {
        for (const std::uint64_t n : numbers)
            m_out << n << ' ';
        m_out << '\n';
    }
    void bytes(std::string_view text) { m_out.write(text.data(), static_cast<std::streamsize>(text.size())); }

private:
    std::ostream& m_out;
};

class Reader {
public:
    explicit Reader(std::string text) : m_text(std::move(text)) {}
    bool line(std::initializer_list<std::uint64_t*> numbers)
    {
        for (std::uint64_t* n : numbers) {
            const auto r = std::from_chars(m_text.data() + m_at, m_text.data() + m_text.size(), *n);
            if (r.ec != std::errc() || r.ptr == m_text.data() + m_text.size() || *r.ptr != ' ')
                return false;
            m_at = static_cast<std::size_t>(r.ptr - m_text.data()) + 1;
        }
        return m_at < m_text.size() && m_text[m_at++] == '\n';
    }
    bool bytes(std::uint64_t size, std::string& out)
    {
        if (size > m_text.size() - m_at)
            return false;
        out.assign(m_text, m_at, size);
        m_at += size;
        return true;
    }

private:
    std::string m_text;
    std::size_t m_at = 0;
};

void saveEntry(Writer& out, const Entry& entry, std::uint64_t oldest)
{
    // A state from before the history is written out; later ones are found by their version.
    const bool hasBefore = entry.before != nullptr;
    const bool isBeforeOld = hasBefore && entry.before->version < oldest;
    const std::string_view before = isBeforeOld ? entry.before->object() : std::string_view();
    out.line({entry.version, static_cast<std::uint64_t>(entry.change), entry.prevAt, entry.tsAt, entry.payloadAt,
              entry.id.size(), entry.body.size(), entry.patched.size(), hasBefore ? entry.before->version + 1 : 0, before.size()});
    out.bytes(entry.id);
    out.bytes(entry.body);
    out.bytes(entry.patched);
    out.bytes(before);
}

using ByVersion = std::map<std::uint64_t, std::shared_ptr<Entry>>;

bool readEntry(Reader& in, Resource& resource, const std::string& epoch, ByVersion& known)
{
    auto entry = std::make_shared<Entry>();
    std::uint64_t change = 0, prevAt = 0, tsAt = 0, payloadAt = 0, id = 0, body = 0, patched = 0, before = 0, beforeSize = 0;
    std::string beforeObject;
    if (!in.line({&entry->version, &change, &prevAt, &tsAt, &payloadAt, &id, &body, &patched, &before, &beforeSize})
        || !in.bytes(id, entry->id) || !in.bytes(body, entry->body) || !in.bytes(patched, entry->patched)
        || !in.bytes(beforeSize, beforeObject) || change > static_cast<std::uint64_t>(Change::Notice) || prevAt > tsAt
        || tsAt > payloadAt || payloadAt >= body)
        return false;
    entry->change = static_cast<Change>(change);
    entry->prevAt = static_cast<std::uint32_t>(prevAt);
    entry->tsAt = static_cast<std::uint32_t>(tsAt);
    entry->payloadAt = static_cast<std::uint32_t>(payloadAt);
    if (before > 0) {
        const auto at = known.find(before - 1);
        if (at != known.end())
            entry->before = at->second;
        else if (!beforeObject.empty())
            entry->before = makeEntry({Change::Put, resource.noun() + "_created", resource.name(), entry->id, epoch, beforeObject, before - 1, 0});
    }
    known[entry->version] = entry;
    resource.restoreEntry(std::move(entry));
    return true;
}

bool readResource(Reader& in, World& world, const std::string& epoch)
{
    std::uint64_t nameSize = 0, head = 0, floor = 0, entries = 0, items = 0;
    std::string name;
    if (!in.line({&nameSize, &head, &floor, &entries, &items}) || !in.bytes(nameSize, name))
        return false;
    const std::size_t index = world.indexOf(name);
    if (index == world.size())
        return false;
    Resource& resource = world.resource(index);
    ByVersion known;
    for (std::uint64_t i = 0; i < entries; ++i)
        if (!readEntry(in, resource, epoch, known))
            return false;
    for (std::uint64_t i = 0; i < items; ++i) {
        std::uint64_t idSize = 0, objectSize = 0, version = 0;
        std::string id;
        std::string object;
        if (!in.line({&idSize, &objectSize, &version}) || !in.bytes(idSize, id) || !in.bytes(objectSize, object))
            return false;
        auto fields = Fields::parse(object);
        if (!fields)
            return false;
        const auto at = known.find(version);
        resource.restoreItem(id, std::move(fields).value(), version, at == known.end() ? nullptr : at->second);
    }
    resource.restored(head, floor);
    return true;
}

} // namespace

Result<void> saveState(const std::string& file, const World& world)
{
    const std::string fresh = file + ".new";
    std::ofstream stream(fresh, std::ios::binary | std::ios::trunc);
    Writer out(stream);
    stream << kMagic << '\n';
    out.line({world.epoch().size(), world.size()});
    out.bytes(world.epoch());
    for (std::size_t i = 0; i < world.size(); ++i) {
        const Resource& resource = world.resource(i);
        std::uint64_t oldest = resource.head() + 1 - std::min<std::uint64_t>(resource.historyEntries(), resource.head());
        oldest = std::max(oldest, resource.floor() + 1);
        out.line({resource.name().size(), resource.head(), resource.floor(), resource.head() + 1 - oldest, resource.items().size()});
        out.bytes(resource.name());
        for (std::uint64_t version = oldest; version <= resource.head(); ++version)
            saveEntry(out, *resource.entry(version), oldest);
        for (const auto& [id, item] : resource.items()) {
            const std::string_view object = item.last->object();
            out.line({id.size(), object.size(), item.last->version});
            out.bytes(id);
            out.bytes(object);
        }
    }
    stream.close();
    std::error_code error;
    if (!stream.fail())
        std::filesystem::rename(fresh, file, error);
    if (stream.fail() || error)
        return Error{ErrorCode::Io, "The state could not be kept in " + file + ".", "The next start begins a new epoch."};
    return {};
}

Result<bool> restoreState(const std::string& file, World& world)
{
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return false;
    std::ifstream stream(file, std::ios::binary);
    std::stringstream whole;
    whole << stream.rdbuf();
    const auto damaged = [&file] {
        return Error{ErrorCode::Io, "The state file " + file + " cannot be read or is damaged.", "Remove it to begin a new epoch."};
    };
    std::string text = whole.str();
    if (!stream || text.compare(0, kMagic.size() + 1, std::string(kMagic) + "\n") != 0)
        return damaged();
    Reader in(text.substr(kMagic.size() + 1));
    std::uint64_t epochSize = 0, resources = 0;
    std::string epoch;
    if (!in.line({&epochSize, &resources}) || !in.bytes(epochSize, epoch) || resources != world.size())
        return damaged();
    world.setEpoch(epoch);
    for (std::uint64_t i = 0; i < resources; ++i)
        if (!readResource(in, world, epoch))
            return damaged();
    std::filesystem::remove(file, error);
    if (error)
        return Error{ErrorCode::Io, "The state file " + file + " cannot be taken away.", "Its folder must be writable."};
    return true;
}

} // namespace wg::gateway
