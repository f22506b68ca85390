// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/app/screenshot.h"

#include "ui/app/gui_watch.h"

#include <QCoreApplication>
#include <QImage>
#include <QQuickWindow>
#include <QTimer>

namespace wg::ui {

void screenshotAndQuit(QQuickWindow* window, const QString& file, int afterMs)
{
    QTimer::singleShot(afterMs, window, [window, file] {
        GuiWatch::instance().disarm();
        const bool isSaved = window->grabWindow().save(file);
        if (!isSaved)
            qWarning("screenshot: %s cannot be written", qPrintable(file));
        QCoreApplication::exit(isSaved ? 0 : 1);
    });
}

} // namespace wg::ui
