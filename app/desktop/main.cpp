// SPDX-License-Identifier: GPL-3.0-or-later
// watchglass: the desktop application. Joins the engine, the settings, the keychain and the demo to the window.
#include "demo_door.h"
#include "io/engine_host.h"
#include "options.h"
#include "secrets_door.h"
#include "settings_door.h"
#include "ui/app/gui_watch.h"
#include "ui/app/screenshot.h"
#include "ui/app/window_engine.h"
#include "ui/firstrun/first_run_model.h"
#include "ui/theme/tokens.h"

#include <cstdio>

int main(int argc, char** argv)
{
    using namespace wg;
    if (const auto display = app::prepareDisplay(argc, argv); !display) {
        std::fprintf(stderr, "watchglass: %s\n", display.error().sentence().c_str());
        return 2;
    }
    ui::WatchedApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Watchglass"));
    QApplication::setApplicationVersion(QStringLiteral(WATCHGLASS_VERSION));
    const auto parsed = app::parseOptions(QApplication::arguments());
    if (!parsed) {
        std::fprintf(stderr, "watchglass: %s\n", parsed.error().sentence().c_str());
        return 2;
    }
    const app::Options& options = parsed.value();
    ui::loadFonts();

    app::SettingsDoor settings(options.configFolder);
    io::Vault vault;
    app::SecretsDoor secrets(vault);
    app::DemoDoor demo;
    io::EngineHost engine(vault);
    ui::Session session({&engine, &settings, &secrets, &demo, &settings});
    if (options.theme)
        ui::Theme::instance()->setMode(*options.theme);
    if (options.scale > 0)
        ui::Tokens::instance()->setScale(options.scale);
    if (!options.page.isEmpty())
        session.shell()->setPage(options.page);

    ui::WindowEngine window(session);
    if (!window.load(options.width, options.height))
        return 1;
    session.begin(settings.problem());
    for (const QString& address : options.connect)
        session.watch(address);
    if (options.isDemo)
        session.report(ui::startDemo(session, options.hasFaults));
    if (!options.screenshot.isEmpty())
        ui::screenshotAndQuit(window.window(), options.screenshot, options.afterMs);
    return QApplication::exec();
}
