// SPDX-License-Identifier: GPL-3.0-or-later
// The state file: epoch, items and history over an orderly stop, so that a restarted gateway goes on where it was.
// Rule:   the file is taken away when it has been read and written when the gateway stops, so after a crash there is none,
//         and a new epoch begins: an old state under a known epoch would be a rollback.
// Errors: a file that cannot be read or written, or is damaged.
#pragma once

#include "base/result.h"
#include "gateway/world.h"

#include <string>

namespace wg::gateway {

/// True if there was a state and the world is as it was; false if there is none.
[[nodiscard]] Result<bool> restoreState(const std::string& file, World& world);
[[nodiscard]] Result<void> saveState(const std::string& file, const World& world);

} // namespace wg::gateway
