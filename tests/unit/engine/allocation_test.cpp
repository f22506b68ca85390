// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is allocated per event on the way from the socket's bytes to the log: framing, dialect, replica, log, figures.
#include "model_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#ifndef WG_SANITIZED // a sanitizer's own allocator must not be replaced

namespace {
std::atomic<bool> isCounting{false};
std::atomic<std::size_t> allocations{0};

void* counted(std::size_t size)
{
    if (isCounting)
        ++allocations;
    if (void* memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}
} // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace wg::test {
namespace {

using engine::Transport;
using namespace std::chrono_literals;

constexpr std::size_t kEvents = 2'000, kKeys = 50;

/// count events behind version, framed for the transport in one piece, with padding behind it.
std::string batch(Transport transport, std::uint64_t version, std::size_t count, bool isPatch)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string number = std::to_string(version + 1), before = std::to_string(version);
        ++version;
        std::string json = transport == Transport::WebSocket ? R"({"op":"event","sid":"0",)" : "{";
        json += R"("event":"order_updated","resource":"orders","id":"key-)" + std::to_string(i % kKeys) + "\",\"version\":" + number +
                ",\"prev\":" + before + R"(,"epoch":"e1","ts":1700000000123.25,")" + (isPatch ? "changes" : "object") +
                R"(":{"status":"shipped","price":129.99,"quantity":3,"note":"handle with care"}})";
        if (transport == Transport::WebSocket) {
            out += ModelServer::frame(1, json);
        } else {
            const std::string text = transport == Transport::Sse ? "id: e1:" + number + "\nevent: order_updated\ndata: " + json + "\n\n" : json + "\n";
            char size[16];
            std::snprintf(size, sizeof size, "%zx\r\n", text.size());
            out += size + text + "\r\n";
        }
    }
    return out;
}

class Allocation : public testing::TestWithParam<Transport> {};

TEST_P(Allocation, IsNoneForAnEventOfAKnownKey)
{
    ModelServer server;
    Rig rig(server);
    rig.keepsHeard = false;
    const auto id = rig.watch("http://h/v1/orders", {GetParam()});
    ASSERT_TRUE(rig.runUntil([&] { return rig.at(id).isLive; }, 20s));
    rig.run(1s);
    std::uint64_t version = server.version;
    const auto feed = [&](bool isPatch) {
        std::string bytes = batch(GetParam(), version, kEvents, isPatch);
        version += kEvents;
        const std::size_t size = bytes.size();
        bytes.append(64, '\0');
        allocations = 0;
        isCounting = true;
        rig.engine().streamBytes(1, {bytes.data(), size});
        isCounting = false;
        return allocations.load();
    };
    // The first rounds make the keys, grow the tables and warm the folding.
    feed(false);
    feed(true);
    feed(true);
    const std::size_t put = feed(false);
    const std::size_t patched = feed(true);
    EXPECT_EQ(rig.report(id).counters.applied, 5 * kEvents);
    EXPECT_EQ(put, 0u) << static_cast<double>(put) / kEvents << " per event";
    // A block of the log or of the store now and then; nothing per event.
    EXPECT_LE(patched, 8u) << static_cast<double>(patched) / kEvents << " per event";
}

INSTANTIATE_TEST_SUITE_P(All, Allocation, testing::Values(Transport::WebSocket, Transport::Sse, Transport::Ndjson),
                         [](const auto& param) { return std::string(engine::toString(param.param)); });

} // namespace
} // namespace wg::test

#endif
