// SPDX-License-Identifier: GPL-3.0-or-later
// WindowEngine: the QML engine with the module, fonts, icons and the refusal of network access, and the window in it.
// Errors: load() is false when the window cannot be made; Qt has said why on stderr.
// Thread: GUI thread.
#pragma once

#include "ui/app/session.h"

#include <QQmlApplicationEngine>

class QQuickWindow;

namespace wg::ui {

class WindowEngine
{
public:
    explicit WindowEngine(Session& session);
    /// Makes the window; width and height of 0 keep the window's own size.
    bool load(int width = 0, int height = 0);
    [[nodiscard]] QQuickWindow* window() const { return m_window; }

private:
    Session& m_session;
    QQmlApplicationEngine m_engine;
    QQuickWindow* m_window = nullptr;
};

/// Loads the bundled fonts and sets the application's font; once, before the first window.
void loadFonts();

} // namespace wg::ui
