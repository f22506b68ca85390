// SPDX-License-Identifier: GPL-3.0-or-later
// foldPatches: applies RFC 7396 merge patches to a JSON object, on the bytes: what a patch does not name stays as written.
// Limits: limits::kJsonDepth. Errors: false if a text is not JSON, or for a JSON patch (no dialect here sends one).
#pragma once

#include "sync/store.h"

namespace wg::engine {

[[nodiscard]] bool foldPatches(std::string_view base, const std::vector<sync::PatchView>& patches, std::string& out);

} // namespace wg::engine
