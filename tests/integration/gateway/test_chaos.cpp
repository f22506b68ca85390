// SPDX-License-Identifier: GPL-3.0-or-later
// Faults happen on the wire, and a client that checks the chain always notices them.
#include "client.h"

#include <gtest/gtest.h>

namespace {

using namespace wg::test;
using wg::gateway::Gateway;
using wg::gateway::Options;

const Headers kNdjson = {{"Accept", "application/x-ndjson"}};

Options chaotic()
{
    Options options = quietOptions();
    options.resources = {"stocks"};
    options.rate = 3000;
    return options;
}

TEST(GatewayChaosLive, ANaiveButCheckingClientConverges)
{
    Options options = chaotic();
    options.chaos.drop = options.chaos.dup = options.chaos.reorder = options.chaos.corrupt = options.chaos.epoch = 0.01;
    options.chaos.cut = 0.002;
    options.chaos.delay = 0.002;
    options.chaos.delayMs = 20;
    options.chaos.gone = 0.05;
    options.chaos.unavailable = 0.05;
    Gateway gateway(std::move(options));
    const std::uint16_t port = gateway.start().value();
    Replica replica;
    int snapshots = 0;
    const auto snapshot = [&] {
        for (;;) {
            try {
                const Response answer = request(port, "/v1/stocks");
                ++snapshots;
                if (answer.status == 200)
                    return replica.load(answer.body);
            } catch (const boost::system::system_error&) { // cut in the middle
            }
        }
    };
    snapshot();
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(1500);
    bool isPaused = false;
    std::uint64_t head = UINT64_MAX;
    while (replica.version < head) {
        if (!isPaused && std::chrono::steady_clock::now() > end) {
            gateway.pause();
            isPaused = true;
            head = gateway.truth("stocks").version;
        }
        Stream stream(port, "/v1/stocks/watch?heartbeat=1&since=" + replica.epoch + ":" + std::to_string(replica.version), kNdjson);
        if (stream.status() == 410)
            snapshot();
        bool isGood = stream.status() == 200;
        while (isGood && replica.version < head) {
            if (!isPaused && std::chrono::steady_clock::now() > end)
                break;
            const auto event = stream.ndjson(2);
            if (!event)
                break;
            isGood = replica.apply(*event);
            if (!isGood)
                snapshot();
        }
    }
    EXPECT_EQ(replica.items, canonical(gateway.truth("stocks")));
    EXPECT_GT(snapshots, 3);
    for (const char* fault : {"drop", "dup", "reorder", "corrupt", "epoch"})
        EXPECT_GT(metric(gateway, "watchglass_gateway_faults_total{fault=\"" + std::string(fault) + "\"}"), 0) << fault;
}

TEST(GatewayChaosLive, CutBreaksTheConnectionInsideAnEvent)
{
    Options options = chaotic();
    options.chaos.cut = 1;
    Gateway gateway(std::move(options));
    const std::uint16_t port = gateway.start().value();
    Stream stream(port, "/v1/stocks/watch", kNdjson);
    EXPECT_EQ(member(*stream.ndjson(), "event"), "heartbeat");
    EXPECT_FALSE(stream.ndjson(3));
    EXPECT_TRUE(stream.isEnded());
    EXPECT_FALSE(stream.hasLastChunk());
    EXPECT_THROW((void)request(port, "/v1/stocks"), boost::system::system_error);
}

TEST(GatewayChaosLive, StallStaysOpenAndSaysNothing)
{
    Options options = chaotic();
    options.chaos.stall = 1;
    Gateway gateway(std::move(options));
    Stream stream(gateway.start().value(), "/v1/stocks/watch?heartbeat=1", kNdjson);
    EXPECT_TRUE(stream.ndjson());
    EXPECT_FALSE(stream.ndjson(1.5));
    EXPECT_FALSE(stream.isEnded());
}

TEST(GatewayChaosLive, SlowThrottlesTheConnection)
{
    Options options = chaotic();
    options.chaos.slow = 1;
    options.chaos.slowBytesPerS = 5000;
    Gateway gateway(std::move(options));
    Stream stream(gateway.start().value(), "/v1/stocks/watch", kNdjson);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (std::chrono::steady_clock::now() < end)
        (void)stream.ndjson(0.1);
    EXPECT_GT(stream.bytes(), 2000u);
    EXPECT_LT(stream.bytes(), 15'000u);
}

TEST(GatewayChaosLive, CorruptEventsAreNeverJson)
{
    Options options = chaotic();
    options.chaos.corrupt = 1;
    Gateway gateway(std::move(options));
    Stream stream(gateway.start().value(), "/v1/stocks/watch", kNdjson);
    EXPECT_EQ(member(*stream.ndjson(), "event"), "heartbeat");
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(stream.ndjson().value().scalar, "unreadable");
}

} // namespace
