// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/app/gui_watch.h"
#include "ui/app/window_engine.h"

#include <gtest/gtest.h>

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const wg::ui::WatchedApplication application(argc, argv);
    wg::ui::loadFonts();
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
