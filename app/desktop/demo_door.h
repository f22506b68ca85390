// SPDX-License-Identifier: GPL-3.0-or-later
// DemoDoor: the embedded gateway for the window: four resources, each over another transport, with mild faults if wanted.
// Thread: GUI thread; the gateway runs on its own.
#pragma once

#include "gateway/gateway.h"
#include "ui/ports/demo_gateway.h"

#include <memory>

namespace wg::app {

class DemoDoor final : public ui::DemoGateway {
public:
    [[nodiscard]] std::vector<ui::DemoResource> resources() const override;
    Result<std::string> start(bool withFaults) override;
    [[nodiscard]] bool isRunning() const override { return m_gateway != nullptr; }

private:
    std::unique_ptr<gateway::Gateway> m_gateway;
    std::string m_address;
};

} // namespace wg::app
