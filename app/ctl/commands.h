// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of watchglassctl: what each is called, takes and does. The exit codes are the same for all.
#pragma once

#include "ctl/options.h"

#include <string>
#include <string_view>
#include <vector>

namespace wg::ctl {

enum ExitCode : int { kDone = 0, kFailed = 1, kBadUsage = 2, kNotConnected = 3, kInterrupted = 130 };

struct Command {
    std::string_view name;
    std::string_view operands; ///< as in the usage line: URL
    std::string_view summary;
    std::string_view example;
    std::vector<OptionRule> options;
    int (*run)(const Options& options);
};

[[nodiscard]] const std::vector<Command>& commands();
[[nodiscard]] const Command* findCommand(std::string_view name);

/// The text of --help: all commands, or one.
[[nodiscard]] std::string usageText();
[[nodiscard]] std::string usageText(const Command& command);

/// Says it on standard error and gives kBadUsage.
int refuse(const Error& error, std::string_view command);

int runTail(const Options& options);
int runState(const Options& options);
int runDecode(const Options& options);
int runFilter(const Options& options);
int runKeychain(const Options& options);

} // namespace wg::ctl
