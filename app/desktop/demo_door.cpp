// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_door.h"

namespace wg::app {

using engine::Transport;

namespace {

/// At 271 messages a second: a gap about every half minute, a cut connection every two minutes, a connection that goes
/// quiet every ten, duplicates and late messages in between.
gateway::ChaosPlan mildFaults()
{
    gateway::ChaosPlan plan;
    plan.drop = 1.0 / 8'000;
    plan.dup = 1.0 / 500;
    plan.delay = 1.0 / 4'000;
    plan.delayMs = 120;
    plan.cut = 1.0 / 32'000;
    plan.stall = 1.0 / 160'000;
    return plan;
}

} // namespace

std::vector<ui::DemoResource> DemoDoor::resources() const
{
    return {{"orders", "orders-demo", "Orders API", Transport::WebSocket, "1,200 keys", 40},
            {"stocks", "stocks-demo", "Stock ticker", Transport::Sse, "64 symbols", 200},
            {"pods", "pods-demo", "Kubernetes pods", Transport::Ndjson, "180 pods", 6},
            {"sensors", "sensors-demo", "IoT sensors", Transport::LongPoll, "96 sensors", 25}};
}

Result<std::string> DemoDoor::start(bool withFaults)
{
    if (m_gateway)
        return m_address;
    double rate = 0;
    for (const auto& each : resources())
        rate += each.messagesPerS;
    const auto make = [&](bool isUsualPort) {
        gateway::Options options;
        options.rate = rate;
        if (!isUsualPort)
            options.port = 0;
        if (withFaults)
            options.chaos = mildFaults();
        return std::make_unique<gateway::Gateway>(std::move(options));
    };
    auto made = make(true);
    auto port = made->start();
    if (!port) { // the usual port is taken: any other will do
        made = make(false);
        port = made->start();
    }
    if (!port)
        return port.error();
    m_gateway = std::move(made);
    m_address = "http://127.0.0.1:" + std::to_string(port.value());
    return m_address;
}

} // namespace wg::app
