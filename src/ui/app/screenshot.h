// SPDX-License-Identifier: GPL-3.0-or-later
// Screenshot: saves what the window shows, some time from now, and then ends the program.
// Errors: a file that cannot be written ends the program with 1 and a sentence on stderr.
// Thread: GUI thread.
#pragma once

#include <QString>

class QQuickWindow;

namespace wg::ui {

void screenshotAndQuit(QQuickWindow* window, const QString& file, int afterMs);

} // namespace wg::ui
