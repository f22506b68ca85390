// SPDX-License-Identifier: GPL-3.0-or-later
// SpecStore: where connections and routes are kept between runs. Declared here, joined to the platform's settings by app.
// Shape:  one value in, one value out; secrets are not part of it (see SecretStore).
// Errors: a sentence that names the file and the cause.
// Thread: called on the GUI thread; saved() is called on the GUI thread, never from inside save().
#pragma once

#include "base/result.h"
#include "engine/watch_spec.h"

#include <functional>
#include <vector>

namespace wg::ui {

struct SavedSpecs {
    std::vector<engine::ConnectionSpec> connections;
    std::vector<engine::RouteSpec> routes;
};

class SpecStore {
public:
    virtual ~SpecStore() = default;
    /// Read once at the start. Nothing saved yet is an empty value, not an error.
    [[nodiscard]] virtual Result<SavedSpecs> load() = 0;
    /// Replaces what is kept, atomically.
    virtual void save(SavedSpecs specs, std::function<void(Result<void>)> saved) = 0;
};

} // namespace wg::ui
