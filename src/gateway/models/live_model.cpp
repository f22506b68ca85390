// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/models/live_model.h"

#include <cstdio>
#include <ctime>

namespace wg::gateway {

std::unique_ptr<LiveModel> makeModel(std::string_view resource)
{
    if (resource == "orders")
        return makeOrders();
    if (resource == "stocks")
        return makeStocks();
    if (resource == "sensors")
        return makeSensors();
    if (resource == "pods")
        return makePods();
    return nullptr;
}

Item* anyItem(Resource& resource, Prng& prng)
{
    return resource.order().empty() ? nullptr : resource.order()[prng.below(resource.order().size())];
}

std::string randomTail(Prng& prng, std::size_t length)
{
    static constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
    std::string out;
    for (std::size_t i = 0; i < length; ++i)
        out += kLetters[prng.below(kLetters.size())];
    return out;
}

std::string stamp(std::uint64_t seconds)
{
    static constexpr std::time_t kNewYear2026 = 1767225600;
    const std::time_t at = kNewYear2026 + static_cast<std::time_t>(seconds);
    std::tm parts{};
    gmtime_r(&at, &parts);
    char text[32];
    const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text, size};
}

} // namespace wg::gateway
