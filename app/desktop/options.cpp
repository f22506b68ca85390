// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.h"

#include "base/url.h"
#include "ui/shell/shell_model.h"

#include <QCommandLineParser>

namespace wg::app {

namespace {

Error wrong(const char* option, const QString& value, const QString& wanted)
{
    return {ErrorCode::BadArgument, QStringLiteral("--%1 %2 cannot be used.").arg(QLatin1String(option), value).toStdString(),
            QStringLiteral("It takes %1.").arg(wanted).toStdString()};
}

/// "5s", "500ms" or "5" (seconds); nothing if it is none of these.
std::optional<int> toMs(const QString& text)
{
    const bool isMs = text.endsWith(QLatin1String("ms"));
    QString digits = text;
    digits.chop(isMs ? 2 : text.endsWith(QLatin1Char('s')) ? 1 : 0);
    bool isNumber = false;
    const double value = digits.toDouble(&isNumber);
    if (!isNumber || value < 0 || value > 86'400'000)
        return std::nullopt;
    return static_cast<int>(isMs ? value : value * 1000);
}

void addOptions(QCommandLineParser& parser)
{
    const auto add = [&](const char* name, const QString& does, const char* value = nullptr) {
        parser.addOption(QCommandLineOption(QLatin1String(name), does, value ? QLatin1String(value) : QString()));
    };
    add("demo", QStringLiteral("Start the embedded gateway and watch its four resources."));
    add("no-faults", QStringLiteral("The demo without its faults."));
    add("connect", QStringLiteral("Watch this address for this run; may be given several times."), "URL");
    add("page", QStringLiteral("Page to show: %1.").arg(ui::ShellModel::pages().join(QStringLiteral(", "))), "PAGE");
    add("theme", QStringLiteral("dark, light or system."), "THEME");
    add("config", QStringLiteral("Folder of the settings instead of the platform's."), "DIR");
    add("screenshot", QStringLiteral("Save what the window shows as PNG, then end."), "FILE");
    add("after", QStringLiteral("When to take it: 5s, 500ms."), "TIME");
    add("width", QStringLiteral("Width of the window."), "PIXELS");
    add("height", QStringLiteral("Height of the window."), "PIXELS");
    add("scale", QStringLiteral("Size of everything: 90 to 200 percent."), "PERCENT");
}

} // namespace

Result<void> prepareDisplay(int argc, char** argv)
{
    for (const char* name : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"})
        if (!qEnvironmentVariableIsEmpty(name))
            return {};
#ifdef Q_OS_LINUX
    // What ends without a window needs none.
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument(argv[i]);
        for (const std::string_view name : {"--screenshot", "--help", "-h", "--help-all", "--version", "-v"}) {
            if (argument.substr(0, name.size()) != name)
                continue;
            qputenv("QT_QPA_PLATFORM", "offscreen");
            return {};
        }
    }
    return Error{ErrorCode::Unavailable, "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).",
                 "Start it in a desktop session, or use watchglassctl."};
#else
    return {};
#endif
}

Result<Options> parseOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Watches live routes, keeps every resource in sync, shows it."));
    parser.addHelpOption();
    parser.addVersionOption();
    addOptions(parser);
    if (!parser.parse(arguments))
        return Error{ErrorCode::BadArgument, parser.errorText().toStdString(), "See --help."};
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp();
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    if (!parser.positionalArguments().isEmpty())
        return Error{ErrorCode::BadArgument, "Unexpected argument: " + parser.positionalArguments().constFirst().toStdString(), "See --help."};
    const auto value = [&](const char* name) { return parser.value(QLatin1String(name)); };
    Options options;
    options.isDemo = parser.isSet(QStringLiteral("demo"));
    options.hasFaults = !parser.isSet(QStringLiteral("no-faults"));
    options.connect = parser.values(QStringLiteral("connect"));
    for (const QString& address : options.connect)
        if (const auto url = Url::parse(address.toStdString()); !url)
            return url.error();
    options.page = value("page");
    if (!options.page.isEmpty() && !ui::ShellModel::pages().contains(options.page))
        return wrong("page", options.page, ui::ShellModel::pages().join(QStringLiteral(", ")));
    if (parser.isSet(QStringLiteral("theme"))) {
        options.theme = ui::Theme::modeFromText(value("theme"));
        if (!options.theme)
            return wrong("theme", value("theme"), QStringLiteral("dark, light or system"));
    }
    options.configFolder = value("config");
    options.screenshot = value("screenshot");
    if (parser.isSet(QStringLiteral("after"))) {
        const auto ms = toMs(value("after"));
        if (!ms)
            return wrong("after", value("after"), QStringLiteral("a time, as in 5s or 500ms"));
        options.afterMs = *ms;
    }
    for (const auto& [name, target] : {std::pair{"width", &options.width}, std::pair{"height", &options.height}}) {
        if (!parser.isSet(QLatin1String(name)))
            continue;
        *target = value(name).toInt();
        if (*target < 1 || *target > 16'384)
            return wrong(name, value(name), QStringLiteral("a number of pixels"));
    }
    if (parser.isSet(QStringLiteral("scale"))) {
        options.scale = value("scale").toDouble() / 100;
        if (options.scale < 0.9 || options.scale > 2)
            return wrong("scale", value("scale"), QStringLiteral("90 to 200"));
    }
    return options;
}

} // namespace wg::app
