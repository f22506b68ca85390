// SPDX-License-Identifier: GPL-3.0-or-later
// History: everything that ever happened in one epoch of the model server, and the state after each change.
// Shape:  an index into the log is the truth; versions are what the order shows of it. Items are few and their objects
//         are three numbers ("4-17-230"), a patch sets one of them ("1=18"), so that folding needs no JSON.
#pragma once

#include "base/prng.h"
#include "sync/replica.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::sim
{

inline constexpr std::size_t kKeys = 5;

/// Folds the model's own patches; a sync::FoldPatches.
bool foldModelPatches(std::string_view base, const std::vector<sync::PatchView>& patches, std::string& out);

struct State {
    std::array<std::string, kKeys> objects; ///< empty: no such item
    [[nodiscard]] std::uint64_t hash() const;
};
/// The same hash over a replica's store. False if an object cannot be read.
bool hashStore(const sync::Store& store, std::uint64_t& out);
[[nodiscard]] std::string keyName(std::size_t key);

struct Change {
    sync::Op op = sync::Op::None;
    std::size_t key = 0;
    std::string payload;
    std::uint64_t number = 0; ///< version, where the order is a number
    std::string word;         ///< version, where it is opaque
    bool isVisible = true;    ///< false: filtered out on the stream
    bool isBroken = false;    ///< nobody can read it
    State after;
    std::uint64_t hash = 0; ///< of after
};

class History
{
public:
    History(std::string epochName, sync::Order versionOrder, std::uint64_t firstNumber, const State& from);

    void write(Prng& prng, bool isBadPatch); ///< one change more; a bad patch names an item that is not there
    void truncate(std::size_t size);         ///< forgets the newest changes, as a restore without a new epoch does
    void breakNewest() { m_log.back().isBroken = true; }

    [[nodiscard]] const std::string& epoch() const { return m_epoch; }
    [[nodiscard]] std::size_t head() const { return m_log.size() - 1; } ///< index of the newest change
    [[nodiscard]] const Change& at(std::size_t index) const { return m_log[index]; }
    [[nodiscard]] sync::Version version(std::size_t index) const;
    /// The index whose version this is; for numbers, the newest one that is not above it.
    [[nodiscard]] std::optional<std::size_t> indexOf(const sync::Version& version) const;
    /// The next visible index after this one, or nothing.
    [[nodiscard]] std::optional<std::size_t> nextVisible(std::size_t index) const;
    [[nodiscard]] sync::Store snapshot(std::size_t index) const;

private:
    [[nodiscard]] std::uint64_t step(Prng& prng) const;

    std::string m_epoch;
    sync::Order m_order;
    std::vector<Change> m_log; ///< m_log[0] is the beginning: a state, no change
    std::uint64_t m_words = 0; ///< opaque words given out
};

} // namespace wg::sim
