// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/models/live_model.h"

#include "gateway/json_text.h"

#include <array>
#include <utility>

namespace wg::gateway {
namespace {

constexpr std::size_t kOrders = 1200;
constexpr std::size_t kSpread = 40; ///< how far the number of orders wanders
constexpr std::uint64_t kSecondsApart = 97;
constexpr int kPicks = 5; ///< tries to find an order that is still on its way

constexpr std::array<std::string_view, 4> kCarriers = {"DHL", "UPS", "PostNord", "DPD"};
constexpr std::array<std::string_view, 4> kCurrencies = {"EUR", "EUR", "USD", "GBP"};
constexpr std::array<std::string_view, 12> kGiven = {"Ada", "Grace", "Linus", "Barbara", "Edsger", "Radia",
                                                     "Donald", "Hedy", "Niklaus", "Frances", "Ken", "Margaret"};
constexpr std::array<std::string_view, 12> kFamily = {"Novak", "Lindqvist", "Moreau", "Okafor", "Tanaka", "Rossi",
                                                      "Schäfer", "Kowalska", "Silva", "Nguyen", "O'Brien", "Haddad"};
constexpr std::array<std::string_view, 8> kCities = {"Lyon", "Aarhus", "Porto", "Gdańsk", "Leeds", "Graz", "Bilbao", "Turku"};
constexpr std::array<std::string_view, 10> kProducts = {"Desk lamp", "Notebook A5", "Espresso cups", "Bike light",
                                                        "Wool scarf", "USB-C cable", "Plant pot", "Rain jacket",
                                                        "Chef's knife", "Board game"};
constexpr std::array<std::string_view, 4> kHolds = {"payment review", "address check", "stock missing", "customs"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNext = {{{"pending", "paid"},
                                                                                {"paid", "picking"},
                                                                                {"picking", "packed"},
                                                                                {"packed", "shipped"},
                                                                                {"shipped", "delivered"},
                                                                                {"held", "paid"}}};

class Orders final : public LiveModel {
public:
    void fill(Resource& resource, Prng& prng) override
    {
        static constexpr std::array<std::string_view, 7> kStatuses = {"pending", "paid",    "picking",  "packed",
                                                                     "shipped", "delivered", "delivered"};
        for (std::size_t i = 0; i < kOrders; ++i) {
            Fields fields = invent(nextId(), prng);
            fields.setText("status", oneOf(kStatuses, prng));
            resource.put("order_created", fields.text("id"), fields);
        }
    }

    void act(Resource& resource, Prng& prng) override
    {
        const double dice = prng.unit();
        Item* item = anyItem(resource, prng);
        if (item == nullptr || (dice < 0.10 && resource.items().size() < kOrders + kSpread)) {
            // An id that was restored or put by hand must not be taken for a new one.
            std::string id = nextId();
            while (resource.find(id) != nullptr)
                id = nextId();
            resource.put("order_created", id, invent(id, prng));
        } else if (dice < 0.20 && resource.items().size() > kOrders - kSpread && isDone(*item)) {
            resource.remove("order_deleted", *item);
        } else if (dice < 0.22) {
            resource.notice("order_viewed", item->id);
        } else if (dice < 0.25) {
            Fields fields = item->fields;
            fields.set("customer", customer(prng));
            resource.put("order_updated", item->id, std::move(fields));
        } else {
            for (int i = 0; i < kPicks && isDone(*item); ++i)
                item = anyItem(resource, prng);
            advance(resource, *item, prng);
        }
    }

    Fields invent(std::string_view id, Prng& prng) override
    {
        Fields fields;
        fields.setText("id", id);
        fields.set("status", "\"pending\"");
        std::string items = "[";
        double total = 0;
        const std::uint64_t lines = 1 + prng.below(4);
        for (std::uint64_t i = 0; i < lines; ++i) {
            const double price = 4 + static_cast<double>(prng.below(14000)) / 100;
            const std::uint64_t count = 1 + prng.below(3);
            total += price * static_cast<double>(count);
            items += i == 0 ? "{\"sku\":\"" : ",{\"sku\":\"";
            items += "SKU-" + std::to_string(1000 + prng.below(9000)) + "\",\"name\":";
            appendText(items, oneOf(kProducts, prng));
            items += ",\"qty\":" + std::to_string(count) + ",\"price\":" + fixed(price, 2) + "}";
        }
        fields.set("total", fixed(total, 2));
        fields.setText("currency", oneOf(kCurrencies, prng));
        fields.set("customer", customer(prng));
        fields.set("items", items + "]");
        std::string shipping = "{\"carrier\":";
        appendText(shipping, oneOf(kCarriers, prng));
        fields.set("shipping", shipping + ",\"tracking\":null}");
        fields.setText("placed_at", stamp(kSecondsApart * m_made));
        return fields;
    }

    std::vector<std::string> eventTypes() const override
    {
        return {"order_created", "order_updated", "order_deleted", "order_viewed"};
    }
    std::string_view noun() const override { return "order"; }
    double weight() const override { return 40; }

private:
    static bool isDone(const Item& item) { return item.fields.text("status") == "delivered"; }
    std::string nextId() { return "ord-" + std::to_string(10000 + ++m_made); }

    static std::string customer(Prng& prng)
    {
        std::string out = "{\"name\":";
        appendText(out, std::string(oneOf(kGiven, prng)) + " " + std::string(oneOf(kFamily, prng)));
        out += ",\"city\":";
        appendText(out, oneOf(kCities, prng));
        return out + ",\"loyal\":" + (prng.chance(0.3) ? "true}" : "false}");
    }

    static void advance(Resource& resource, Item& item, Prng& prng)
    {
        Fields changes;
        const std::string_view status = item.fields.text("status");
        std::string_view next = "pending";
        for (const auto& [from, to] : kNext)
            if (status == from)
                next = to;
        if (status == "delivered") {
            changes.set("rating", std::to_string(1 + prng.below(5)));
            return resource.patch("order_updated", item, changes);
        }
        if (status != "held" && prng.chance(0.05)) {
            changes.set("status", "\"held\"");
            changes.setText("hold_reason", oneOf(kHolds, prng));
            return resource.patch("order_updated", item, changes);
        }
        if (status == "held")
            changes.set("hold_reason", "null");
        changes.setText("status", next);
        if (next == "shipped")
            changes.set("shipping", "{\"tracking\":\"" + std::string("TRK") + randomTail(prng, 12) + "\"}");
        resource.patch("order_updated", item, changes);
    }

    std::uint64_t m_made = 0;
};

} // namespace

std::unique_ptr<LiveModel> makeOrders()
{
    return std::make_unique<Orders>();
}

} // namespace wg::gateway
