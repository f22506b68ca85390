// SPDX-License-Identifier: GPL-3.0-or-later
// Command line options as a table: names, values, help; and the words of durations, headers and lists in them.
// Errors: ErrorCode::BadArgument with the option's name and what was expected.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "engine/watch_spec.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::ctl {

struct OptionRule {
    std::string_view name;  ///< with its dashes: --count
    std::string_view value; ///< what stands for the value in the help; empty: the option takes none
    std::string_view help;
    bool isRepeatable = false;
};

class Options {
public:
    [[nodiscard]] bool has(std::string_view name) const;
    /// The (last) value; empty text if the option was not given.
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] const std::vector<std::string>& words() const noexcept { return m_words; }

    [[nodiscard]] static Result<Options> parse(const std::vector<std::string>& arguments, const std::vector<OptionRule>& rules);

private:
    std::multimap<std::string, std::string, std::less<>> m_values;
    std::vector<std::string> m_words;
};

/// 3s, 500ms, 1.5m, 2h; a bare number counts seconds. Positive.
[[nodiscard]] Result<Duration> durationFromText(std::string_view option, std::string_view text);
[[nodiscard]] Result<std::uint64_t> countFromText(std::string_view option, std::string_view text);
[[nodiscard]] Result<engine::Header> headerFromText(std::string_view text);
[[nodiscard]] std::vector<std::string> splitList(std::string_view text);

} // namespace wg::ctl
