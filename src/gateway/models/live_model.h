// SPDX-License-Identifier: GPL-3.0-or-later
// LiveModel: makes one resource look alive. It reads items' fields and writes changes; the same seed gives the same
// sequence of changes, so nothing here reads a clock.
// Thread: the gateway's own.
#pragma once

#include "base/prng.h"
#include "gateway/resource.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wg::gateway {

class LiveModel {
public:
    virtual ~LiveModel() = default;
    /// The items there are at the beginning.
    virtual void fill(Resource& resource, Prng& prng) = 0;
    /// One event.
    virtual void act(Resource& resource, Prng& prng) = 0;
    /// A whole object for an id that someone else wants to exist.
    [[nodiscard]] virtual Fields invent(std::string_view id, Prng& prng) = 0;
    [[nodiscard]] virtual std::vector<std::string> eventTypes() const = 0;
    [[nodiscard]] virtual std::string_view noun() const = 0;
    /// Share of the traffic.
    [[nodiscard]] virtual double weight() const = 0;
};

/// orders, stocks, sensors or pods; null for any other name.
[[nodiscard]] std::unique_ptr<LiveModel> makeModel(std::string_view resource);
[[nodiscard]] std::unique_ptr<LiveModel> makeOrders();
[[nodiscard]] std::unique_ptr<LiveModel> makeStocks();
[[nodiscard]] std::unique_ptr<LiveModel> makeSensors();
[[nodiscard]] std::unique_ptr<LiveModel> makePods();

template <typename Array>
[[nodiscard]] const auto& oneOf(const Array& choices, Prng& prng)
{
    return choices[prng.below(std::size(choices))];
}
/// A random item; null where there is none.
[[nodiscard]] Item* anyItem(Resource& resource, Prng& prng);
/// Letters and digits as Kubernetes puts behind names.
[[nodiscard]] std::string randomTail(Prng& prng, std::size_t length);
/// Seconds since 2026-01-01 as 2026-…T…Z.
[[nodiscard]] std::string stamp(std::uint64_t seconds);

} // namespace wg::gateway
