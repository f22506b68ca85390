// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/event_stream.h"

#include "base/prng.h"

#include <array>
#include <cstdio>

namespace wg::bench {
namespace {

constexpr std::array<const char*, 5> kStates{"new", "paid", "packed", "shipped", "held"};
constexpr std::array<const char*, 4> kCarriers{"north-express", "blue-parcel", "harbour-freight", "city-bikes"};
constexpr std::uint64_t kFirstTs = 1'760'000'000'000;

template <typename... Values>
void print(std::string& out, const char* format, Values... values)
{
    char text[512];
    const int size = std::snprintf(text, sizeof text, format, values...);
    out.append(text, static_cast<std::size_t>(size));
}

void frame(std::string& out, Wire wire, std::string_view body)
{
    if (wire != Wire::WebSocket) {
        print(out, "%zx\r\n", body.size());
        out.append(body).append("\r\n");
        return;
    }
    out.push_back(static_cast<char>(0x81)); // the last frame of a text message
    if (body.size() < 126) {
        out.push_back(static_cast<char>(body.size()));
    } else {
        out.push_back(static_cast<char>(126));
        out.push_back(static_cast<char>(body.size() >> 8));
        out.push_back(static_cast<char>(body.size() & 0xFF));
    }
    out.append(body);
}

void frameMessage(std::string& out, Wire wire, std::uint64_t version, std::string_view type, std::string_view json,
                  std::string& scratch)
{
    scratch.clear();
    if (wire == Wire::Sse)
        print(scratch, "id: %s:%llu\nevent: %s\ndata: ", kEpoch.data(), static_cast<unsigned long long>(version),
              type.data());
    scratch.append(json);
    if (wire == Wire::Sse)
        scratch.append("\n\n");
    else if (wire == Wire::Ndjson)
        scratch.push_back('\n');
    frame(out, wire, scratch);
}

} // namespace

std::string_view toString(Wire wire)
{
    return wire == Wire::Sse ? "SSE" : wire == Wire::Ndjson ? "NDJSON" : "WebSocket";
}

void appendEvent(std::string& out, Wire wire, const StreamShape& shape, std::size_t n)
{
    Prng random(n * 0x9E3779B97F4A7C15ull + 1);
    const auto key = static_cast<unsigned>(random.below(shape.keys));
    const auto price = static_cast<unsigned>(random.below(100'000));
    const char* state = kStates[random.below(kStates.size())];
    const char* carrier = kCarriers[random.below(kCarriers.size())];
    out += wire == Wire::WebSocket ? R"({"op":"event","sid":"0","event":"order_updated")" : R"({"event":"order_updated")";
    print(out, R"(,"resource":"orders","id":"ord-%06u","version":%zu,"prev":%zu,"epoch":"%s","ts":%llu.%u)", key, n + 1, n,
          kEpoch.data(), static_cast<unsigned long long>(kFirstTs + n / 50), static_cast<unsigned>(random.below(10)));
    if (n % 5 == 4)
        print(out, R"(,"object":{"status":"%s","price":%u.%02u,"carrier":"%s","items":%u,"paid":true}})", state, price / 100,
              price % 100, carrier, price % 9);
    else
        print(out, R"(,"changes":{"status":"%s","price":%u.%02u,"carrier":"%s","note":"rev %u"}})", state, price / 100,
              price % 100, carrier, price % 1000);
}

std::string framedHeartbeat(Wire wire, std::uint64_t version)
{
    std::string json = wire == Wire::WebSocket ? R"({"op":"event","sid":"0","event":"heartbeat")" : R"({"event":"heartbeat")";
    print(json, R"(,"resource":"orders","version":%llu,"prev":%llu,"epoch":"%s","ts":%llu})",
          static_cast<unsigned long long>(version), static_cast<unsigned long long>(version), kEpoch.data(),
          static_cast<unsigned long long>(kFirstTs));
    std::string out;
    std::string scratch;
    frameMessage(out, wire, version, "heartbeat", json, scratch);
    return out;
}

std::string framedEvents(Wire wire, const StreamShape& shape)
{
    std::string out;
    out.reserve(shape.events * 300);
    std::string json;
    std::string scratch;
    for (std::size_t n = 0; n < shape.events; ++n) {
        json.clear();
        appendEvent(json, wire, shape, n);
        frameMessage(out, wire, n + 1, "order_updated", json, scratch);
    }
    return out;
}

std::string snapshotJson(const StreamShape& shape)
{
    std::string out;
    out.reserve(shape.keys * 160);
    print(out, R"({"resource":"orders","epoch":"%s","version":0,"items":[)", kEpoch.data());
    for (std::size_t i = 0; i < shape.keys; ++i)
        print(out, R"(%s{"id":"ord-%06zu","version":0,"object":{"status":"new","price":%zu.50,"carrier":"city-bikes","items":%zu}})",
              i == 0 ? "" : ",", i, i % 1000, i % 9);
    out += "]}";
    return out;
}

} // namespace wg::bench
