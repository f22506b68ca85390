// SPDX-License-Identifier: GPL-3.0-or-later
// MonotonicClock: the real clocks behind engine::ClockPort.
// Units:  now() counts nanoseconds since boot, time asleep included (CLOCK_BOOTTIME), so that a suspend shows as age.
//         Where the system has no such clock it is the steady clock.
// Thread: any.
#pragma once

#include "engine/ports.h"

namespace wg::io {

class MonotonicClock final : public engine::ClockPort {
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] WallMs wallNow() const override;
};

} // namespace wg::io
