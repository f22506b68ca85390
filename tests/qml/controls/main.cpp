// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the tst_*.qml files of this folder with the module Watchglass, its fonts and icons.
#include "ui/app/window_engine.h"
#include "ui/theme/icon_provider.h"

#include <QApplication>
#include <QQmlEngine>
#include <QtQuickTest>

class Setup : public QObject
{
    Q_OBJECT
public slots:
    void applicationAvailable() { wg::ui::loadFonts(); }
    void qmlEngineAvailable(QQmlEngine* engine)
    {
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine->addImageProvider(QStringLiteral("icon"), new wg::ui::IconProvider);
    }
};

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    Setup setup;
    return quick_test_main_with_setup(argc, argv, "watchglass", WG_QML_TESTS, &setup);
}

#include "main.moc"
