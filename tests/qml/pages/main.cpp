// SPDX-License-Identifier: GPL-3.0-or-later
#include "page_fixture.h"

#include "ui/app/window_engine.h"
#include "ui/theme/icon_provider.h"

#include <QApplication>
#include <QQmlContext>
#include <QQmlEngine>
#include <QtQuickTest>

/// Prepares the engine of each test file.
class PageTestSetup : public QObject
{
    Q_OBJECT
public slots:
    void qmlEngineAvailable(QQmlEngine* engine)
    {
        wg::ui::loadFonts();
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine->addImageProvider(QStringLiteral("icon"), new wg::ui::IconProvider);
        engine->rootContext()->setContextProperty(QStringLiteral("fixture"), &m_fixture);
    }

private:
    wg::test::PageFixture m_fixture;
};

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    PageTestSetup setup;
    return quick_test_main_with_setup(argc, argv, "pages", QUICK_TEST_SOURCE_DIR, &setup);
}

#include "main.moc"
