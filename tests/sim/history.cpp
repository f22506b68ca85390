// SPDX-License-Identifier: GPL-3.0-or-later
#include "history.h"

#include <cstdio>
#include <cstdlib>

namespace wg::sim
{

namespace
{

std::uint64_t mix(std::uint64_t hash, std::string_view text)
{
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return hash;
}

std::uint64_t hashItem(std::string_view key, std::string_view object)
{
    return mix(mix(0xCBF29CE484222325ull, key) ^ 0xA5, object) * 0x9E3779B97F4A7C15ull;
}

bool apply(std::array<int, 3>& fields, std::string_view patch)
{
    if (patch.size() < 3 || patch[1] != '=' || patch[0] < '0' || patch[0] > '2')
        return false;
    fields[static_cast<std::size_t>(patch[0] - '0')] = std::atoi(std::string(patch.substr(2)).c_str());
    return true;
}

std::string objectText(const std::array<int, 3>& fields)
{
    char text[32];
    const int size = std::snprintf(text, sizeof text, "%d-%d-%d", fields[0], fields[1], fields[2]);
    return std::string(text, static_cast<std::size_t>(size));
}

} // namespace

bool foldModelPatches(std::string_view base, const std::vector<sync::PatchView>& patches, std::string& out)
{
    std::array<int, 3> fields{};
    if (std::sscanf(std::string(base).c_str(), "%d-%d-%d", &fields[0], &fields[1], &fields[2]) != 3)
        return false;
    for (const sync::PatchView& patch : patches)
        if (!apply(fields, patch.bytes))
            return false;
    out = objectText(fields);
    return true;
}

std::uint64_t State::hash() const
{
    std::uint64_t sum = 0;
    for (std::size_t key = 0; key < kKeys; ++key)
        if (!objects[key].empty())
            sum ^= hashItem(keyName(key), objects[key]);
    return sum;
}

bool hashStore(const sync::Store& store, std::uint64_t& out)
{
    out = 0;
    bool isReadable = true;
    std::string object;
    store.forEach([&](const sync::ItemView& item) {
        if (store.object(item.key, object))
            out ^= hashItem(item.key, object);
        else
            isReadable = false;
    });
    return isReadable;
}

std::string keyName(std::size_t key)
{
    return "k" + std::to_string(key);
}

History::History(std::string epochName, sync::Order versionOrder, std::uint64_t firstNumber, const State& from)
    : m_epoch(std::move(epochName))
    , m_order(versionOrder)
{
    Change beginning;
    beginning.number = firstNumber;
    beginning.word = "w" + m_epoch + "-0";
    beginning.after = from;
    beginning.hash = from.hash();
    m_log.push_back(std::move(beginning));
}

std::uint64_t History::step(Prng& prng) const
{
    const bool jumps = m_order == sync::Order::Sparse || m_order == sync::Order::Range;
    return jumps ? 1 + prng.below(4) : 1;
}

void History::write(Prng& prng, bool isBadPatch)
{
    Change change;
    change.after = m_log.back().after;
    change.number = m_log.back().number + step(prng);
    change.word = "w" + m_epoch + "-" + std::to_string(++m_words);
    change.key = prng.below(kKeys);
    std::string& object = change.after.objects[change.key];
    const std::uint64_t dice = prng.below(10);
    if (isBadPatch && object.empty()) {
        change.op = sync::Op::Patch;
        change.payload = "1=1";
        object = "0-1-0"; // the server knows a base that it never told of
    } else if (dice == 0) {
        change.op = sync::Op::None;
    } else if (dice <= 2) {
        change.op = sync::Op::Delete;
        object.clear();
    } else if (dice <= 6 && !object.empty()) {
        change.op = sync::Op::Patch;
        change.payload = std::to_string(prng.below(3)) + "=" + std::to_string(prng.below(1000));
        std::string folded;
        foldModelPatches(object, {{sync::Op::Patch, change.payload}}, folded);
        object = folded;
    } else {
        change.op = sync::Op::Put;
        object = objectText({static_cast<int>(prng.below(1000)), static_cast<int>(prng.below(1000)),
                             static_cast<int>(prng.below(1000))});
        change.payload = object;
    }
    if (m_order == sync::Order::Chain && prng.chance(0.25)) { // belongs to items that the filter leaves out
        change.isVisible = false;
        change.after = m_log.back().after;
    }
    change.hash = change.after.hash();
    m_log.push_back(std::move(change));
}

void History::truncate(std::size_t size)
{
    m_log.resize(size);
}

sync::Version History::version(std::size_t index) const
{
    const Change& change = m_log[index];
    return m_order == sync::Order::Opaque ? sync::Version::opaque(change.word) : sync::Version(change.number);
}

std::optional<std::size_t> History::indexOf(const sync::Version& version) const
{
    for (std::size_t index = m_log.size(); index-- > 0;) {
        if (m_order == sync::Order::Opaque ? version.toString() == m_log[index].word
                                           : m_log[index].number <= version.number())
            return index;
    }
    return std::nullopt;
}

std::optional<std::size_t> History::nextVisible(std::size_t index) const
{
    while (++index < m_log.size())
        if (m_log[index].isVisible)
            return index;
    return std::nullopt;
}

sync::Store History::snapshot(std::size_t index) const
{
    sync::Store items(foldModelPatches);
    for (std::size_t key = 0; key < kKeys; ++key)
        if (!m_log[index].after.objects[key].empty())
            items.put(keyName(key), version(index), m_log[index].after.objects[key], Instant{}, true);
    return items;
}

} // namespace wg::sim
