// SPDX-License-Identifier: GPL-3.0-or-later
// PreferenceStore: what a person chose for the window (theme, scale, range), kept between runs. Joined to settings by app.
// Errors: a store that cannot save says so on stderr; the window goes on with what it has.
// Thread: GUI thread; set() does not wait for the disk.
#pragma once

#include <QString>

namespace wg::ui {

class PreferenceStore {
public:
    virtual ~PreferenceStore() = default;
    /// Empty where nothing was chosen.
    [[nodiscard]] virtual QString value(const QString& name) const = 0;
    virtual void set(const QString& name, const QString& value) = 0;
};

} // namespace wg::ui
