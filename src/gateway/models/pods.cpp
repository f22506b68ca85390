// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/models/live_model.h"

#include "gateway/json_text.h"

#include <array>

namespace wg::gateway {
namespace {

constexpr std::size_t kPods = 180;
constexpr std::size_t kSpread = 10;

constexpr std::array<std::string_view, 9> kApps = {"checkout", "catalog", "payments", "search", "gateway",
                                                   "mailer", "ledger", "inventory", "sessions"};
constexpr std::array<std::string_view, 3> kSpaces = {"shop", "platform", "batch"};

class Pods final : public LiveModel {
public:
    void fill(Resource& resource, Prng& prng) override
    {
        for (std::size_t i = 0; i < kPods; ++i) {
            const std::string id = freshName(resource, prng);
            Fields fields = invent(id, prng);
            fields.set("status", running(prng));
            resource.put("pod_created", id, std::move(fields));
        }
    }

    void act(Resource& resource, Prng& prng) override
    {
        Item* item = anyItem(resource, prng);
        const double dice = prng.unit();
        if (item == nullptr || (dice < 0.12 && resource.items().size() < kPods + kSpread)) {
            const std::string id = freshName(resource, prng);
            resource.put("pod_created", id, invent(id, prng));
        } else if (dice < 0.22 && resource.items().size() > kPods - kSpread) {
            resource.remove("pod_deleted", *item);
        } else {
            advance(resource, *item, prng);
        }
    }

    Fields invent(std::string_view id, Prng& prng) override
    {
        const std::string_view app = id.substr(0, id.find('-'));
        Fields fields;
        std::string metadata = "{\"name\":";
        appendText(metadata, id);
        metadata += ",\"namespace\":";
        appendText(metadata, oneOf(kSpaces, prng));
        metadata += ",\"labels\":{\"app.kubernetes.io/name\":";
        appendText(metadata, app);
        fields.set("metadata", metadata + "}}");
        std::string spec = "{\"nodeName\":\"node-" + std::to_string(1 + prng.below(7)) + "\",\"image\":";
        appendText(spec, "registry.example/" + std::string(app) + ":1." + std::to_string(prng.below(30)) + "."
                             + std::to_string(prng.below(10)));
        fields.set("spec", spec + "}");
        fields.set("status", "{\"phase\":\"Pending\",\"ready\":false,\"restarts\":0}");
        return fields;
    }

    std::vector<std::string> eventTypes() const override { return {"pod_created", "pod_updated", "pod_deleted"}; }
    std::string_view noun() const override { return "pod"; }
    double weight() const override { return 6; }

private:
    static std::string freshName(Resource& resource, Prng& prng)
    {
        for (;;) {
            std::string name(oneOf(kApps, prng));
            name += "-" + randomTail(prng, 9) + "-" + randomTail(prng, 5);
            if (resource.find(name) == nullptr)
                return name;
        }
    }

    static std::string running(Prng& prng)
    {
        return "{\"phase\":\"Running\",\"ready\":true,\"restarts\":" + std::to_string(prng.below(3)) + ",\"podIP\":\"10.42."
               + std::to_string(prng.below(8)) + "." + std::to_string(2 + prng.below(250)) + "\"}";
    }

    static void advance(Resource& resource, Item& item, Prng& prng)
    {
        Fields status;
        if (auto parsed = Fields::parse(item.fields.raw("status")))
            status = std::move(parsed).value();
        Fields changes;
        const double restarts = status.number("restarts", 0);
        if (status.text("phase") == "Pending")
            changes.set("status", running(prng));
        else if (status.has("reason"))
            changes.set("status", prng.chance(0.4) ? "{\"ready\":true,\"reason\":null}"
                                                   : "{\"restarts\":" + fixed(restarts + 1, 0) + "}");
        else if (prng.chance(0.15))
            changes.set("status", "{\"ready\":false,\"restarts\":" + fixed(restarts + 1, 0)
                                      + ",\"reason\":\"CrashLoopBackOff\"}");
        else
            changes.set("usage", "{\"cpu_m\":" + std::to_string(5 + prng.below(900)) + ",\"memory_mi\":"
                                     + std::to_string(30 + prng.below(500)) + "}");
        resource.patch("pod_updated", item, changes);
    }
};

} // namespace

std::unique_ptr<LiveModel> makePods()
{
    return std::make_unique<Pods>();
}

} // namespace wg::gateway
