// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/models/live_model.h"

#include "gateway/json_text.h"

#include <algorithm>
#include <array>

namespace wg::gateway {
namespace {

constexpr std::array<std::string_view, 64> kSymbols = {
    "ACME", "ALPN", "AQUA", "ARGO", "ASTR", "ATLS", "AURA", "AVON", "BASL", "BEAM", "BIRK", "BOLT", "BRIG",
    "CALX", "CEDR", "CIRO", "COBL", "CORV", "CRUX", "DELT", "DUNE", "ECHO", "ELMS", "EMBR", "ENVO", "FERN",
    "FJRD", "FLUX", "FORG", "GALE", "GLEN", "GRAN", "HALO", "HELX", "HYDR", "INDI", "IONX", "IRIS", "JADE",
    "JUNO", "KELP", "KITE", "LARK", "LUMN", "LYRA", "MAPL", "MIRA", "NEON", "NOVA", "OAKS", "ONYX", "OPAL",
    "ORCA", "PEAK", "PINE", "QRTZ", "RIVR", "SAGE", "SOLR", "TERN", "TIDE", "VALE", "VEGA", "ZEPH"};
constexpr std::array<std::string_view, 4> kPlaces = {"XETR", "XPAR", "XLON", "XSTO"};

class Stocks final : public LiveModel {
public:
    void fill(Resource& resource, Prng& prng) override
    {
        for (const std::string_view symbol : kSymbols)
            resource.put("stock_created", symbol, invent(symbol, prng));
    }

    void act(Resource& resource, Prng& prng) override
    {
        Item* item = anyItem(resource, prng);
        if (item == nullptr)
            return resource.put("stock_created", kSymbols[0], invent(kSymbols[0], prng)), void();
        const double price = walked(item->fields.number("price", 100), prng);
        const double volume = item->fields.number("volume", 0) + static_cast<double>(100 * (1 + prng.below(40)));
        m_changes.clear();
        quote(m_changes, price, prng);
        m_changes.set("volume", fixed(volume, 0));
        if (prng.chance(0.997))
            return resource.patch("stock_updated", *item, m_changes);
        Fields whole = item->fields;
        whole.merge(m_changes);
        resource.put("stock_updated", item->id, std::move(whole));
    }

    Fields invent(std::string_view id, Prng& prng) override
    {
        Fields fields;
        fields.setText("symbol", id);
        fields.setText("venue", oneOf(kPlaces, prng));
        fields.set("currency", "\"EUR\"");
        quote(fields, 5 + static_cast<double>(prng.below(40000)) / 100, prng);
        fields.set("volume", "0");
        return fields;
    }

    std::vector<std::string> eventTypes() const override { return {"stock_created", "stock_updated"}; }
    std::string_view noun() const override { return "stock"; }
    double weight() const override { return 200; }

private:
    static double walked(double price, Prng& prng)
    {
        static constexpr double kStep = 0.002;
        return std::max(1.0, price * (1 + kStep * (prng.unit() + prng.unit() - 1)));
    }
    static void quote(Fields& fields, double price, Prng& prng)
    {
        const double half = price * 0.0002 * (1 + prng.unit());
        fields.set("price", fixed(price, 2));
        fields.set("bid", fixed(price - half, 4));
        fields.set("ask", fixed(price + half, 4));
    }

    Fields m_changes;
};

} // namespace

std::unique_ptr<LiveModel> makeStocks()
{
    return std::make_unique<Stocks>();
}

} // namespace wg::gateway
