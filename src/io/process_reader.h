// SPDX-License-Identifier: GPL-3.0-or-later
// ProcessReader: what this program takes of the machine, from /proc/self; engine::ProcessPort.
// Errors: nothing where there is no /proc (another system) or it cannot be read.
// Thread: any; holds no state.
#pragma once

#include "engine/ports.h"

namespace wg::io {

class ProcessReader final : public engine::ProcessPort {
public:
    [[nodiscard]] std::optional<series::ProcessFigures> figures() const override;
};

} // namespace wg::io
