// SPDX-License-Identifier: GPL-3.0-or-later
// ColumnFilter: the quick part of a display filter, decided by fixed-width columns alone.
#pragma once

#include "events/view.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace wg::events {

struct ColumnFilter {
    static constexpr std::uint32_t bit(RowKind kind) noexcept { return 1u << static_cast<unsigned>(kind); }
    static constexpr std::uint32_t bit(RowVerdict verdict) noexcept { return 1u << static_cast<unsigned>(verdict); }

    std::uint32_t kinds = ~0u;    ///< bits of the kinds that pass
    std::uint32_t verdicts = ~0u; ///< bits of the verdicts that pass
    std::vector<std::uint32_t> watches; ///< empty = all
    std::int64_t fromNs = std::numeric_limits<std::int64_t>::min(); ///< received at or after
    std::int64_t toNs = std::numeric_limits<std::int64_t>::max();   ///< received before

    [[nodiscard]] bool passes(const RowView& row) const noexcept
    {
        if ((kinds & bit(row.kind())) == 0 || (verdicts & bit(row.verdict())) == 0)
            return false;
        if (row.receivedNs() < fromNs || row.receivedNs() >= toNs)
            return false;
        if (watches.empty())
            return true;
        for (const std::uint32_t watch : watches)
            if (watch == row.watch())
                return true;
        return false;
    }
};

} // namespace wg::events
