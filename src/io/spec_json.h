// SPDX-License-Identifier: GPL-3.0-or-later
// Connections and routes as JSON, the way the settings file holds them.
// Errors: a field of the wrong type refuses the whole object with the field's name; an absent field has its default.
// Thread: plain functions.
#pragma once

#include "base/result.h"
#include "engine/watch_spec.h"

#include <QJsonObject>

namespace wg::io {

[[nodiscard]] QJsonObject toJson(const engine::ConnectionSpec& spec);
[[nodiscard]] QJsonObject toJson(const engine::RouteSpec& spec);
[[nodiscard]] Result<engine::ConnectionSpec> connectionFromJson(const QJsonObject& object);
[[nodiscard]] Result<engine::RouteSpec> routeFromJson(const QJsonObject& object);

} // namespace wg::io
