// SPDX-License-Identifier: GPL-3.0-or-later
// Options of the desktop application, as read from its command line.
// Errors: ErrorCode::BadArgument with a sentence that names the option.
#pragma once

#include "base/result.h"
#include "ui/theme/theme.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace wg::app {

struct Options {
    bool isDemo = false;
    bool hasFaults = true; ///< of the demo
    QStringList connect;   ///< addresses to watch for this run
    QString page;
    std::optional<ui::Theme::Mode> theme;
    QString configFolder;  ///< empty: the platform's
    QString screenshot;    ///< file; empty: none
    int afterMs = 5000;
    int width = 0, height = 0;
    double scale = 0;      ///< 0: as kept
};

/// Where there is no display: a screenshot is drawn off screen; anything else is an Error. Call before QApplication is made.
[[nodiscard]] Result<void> prepareDisplay(int argc, char** argv);

/// Ends the program itself for --help and --version.
[[nodiscard]] Result<Options> parseOptions(const QStringList& arguments);

} // namespace wg::app
