// SPDX-License-Identifier: GPL-3.0-or-later
// watchglassctl: the headless client.
#include "ctl/commands.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char** argv)
{
    using namespace wg::ctl;
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("watchglass"));
    QCoreApplication::setApplicationVersion(QStringLiteral(WG_VERSION));

    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.empty())
        return refuse({wg::ErrorCode::BadArgument, "No command was given.", {}}, {});
    if (arguments[0] == "--help" || arguments[0] == "-h") {
        std::fputs(usageText().c_str(), stdout);
        return kDone;
    }
    if (arguments[0] == "--version") {
        std::puts("watchglassctl " WG_VERSION);
        return kDone;
    }
    const Command* command = findCommand(arguments[0]);
    if (command == nullptr)
        return refuse({wg::ErrorCode::BadArgument, "There is no command \"" + arguments[0] + "\".", {}}, {});

    std::vector<OptionRule> rules = command->options;
    rules.push_back({"--help", "", ""});
    const wg::Result<Options> options = Options::parse({arguments.begin() + 1, arguments.end()}, rules);
    if (!options)
        return refuse(options.error(), command->name);
    if (options.value().has("--help")) {
        std::fputs(usageText(*command).c_str(), stdout);
        return kDone;
    }
    return command->run(options.value());
}
