// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/models/live_model.h"

#include "gateway/json_text.h"

#include <algorithm>
#include <array>

namespace wg::gateway {
namespace {

constexpr std::size_t kSensors = 96;

struct Kind {
    std::string_view name;
    std::string_view unit;
    double middle;
    double step;
};
constexpr std::array<Kind, 4> kKinds = {
    {{"temperature", "°C", 21, 0.2}, {"humidity", "%", 45, 0.6}, {"pressure", "hPa", 1013, 0.4}, {"co2", "ppm", 620, 8}}};
constexpr std::array<std::string_view, 6> kSites = {"hall-north", "hall-south", "cold-store", "server-room", "roof", "dock"};

class Sensors final : public LiveModel {
public:
    void fill(Resource& resource, Prng& prng) override
    {
        for (std::size_t i = 0; i < kSensors; ++i) {
            const std::string id = "sensor-" + std::to_string(101 + i);
            resource.put("sensor_created", id, invent(id, prng));
        }
    }

    void act(Resource& resource, Prng& prng) override
    {
        Item* item = anyItem(resource, prng);
        if (item == nullptr)
            return resource.put("sensor_created", "sensor-101", invent("sensor-101", prng)), void();
        if (prng.chance(0.01))
            return resource.notice("sensor_calibrated", item->id);
        const Kind* kind = &kKinds[0];
        for (const Kind& k : kKinds)
            if (item->fields.text("kind") == k.name)
                kind = &k;
        Fields changes;
        const double value = item->fields.number("value", kind->middle);
        const double pull = (kind->middle - value) * 0.01;
        changes.set("value", fixed(value + pull + kind->step * (prng.unit() + prng.unit() - 1), 2));
        if (prng.chance(0.02))
            changes.set("battery", fixed(std::max(2.0, item->fields.number("battery", 100) - 1), 0));
        const bool isFaulty = item->fields.text("status") == "fault";
        if (isFaulty ? prng.chance(0.2) : prng.chance(0.004)) {
            changes.set("status", isFaulty ? "\"ok\"" : "\"fault\"");
            changes.set("fault", isFaulty ? "null" : "{\"code\":17,\"text\":\"no answer\"}");
        }
        resource.patch("sensor_updated", *item, changes);
    }

    Fields invent(std::string_view id, Prng& prng) override
    {
        const Kind& kind = oneOf(kKinds, prng);
        Fields fields;
        fields.setText("id", id);
        fields.setText("site", oneOf(kSites, prng));
        fields.setText("kind", kind.name);
        fields.setText("unit", kind.unit);
        fields.set("value", fixed(kind.middle + 10 * kind.step * (prng.unit() - 0.5), 2));
        fields.set("battery", std::to_string(40 + prng.below(61)));
        fields.set("status", "\"ok\"");
        return fields;
    }

    std::vector<std::string> eventTypes() const override
    {
        return {"sensor_created", "sensor_updated", "sensor_calibrated"};
    }
    std::string_view noun() const override { return "sensor"; }
    double weight() const override { return 25; }
};

} // namespace

std::unique_ptr<LiveModel> makeSensors()
{
    return std::make_unique<Sensors>();
}

} // namespace wg::gateway
