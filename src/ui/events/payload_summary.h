// SPDX-License-Identifier: GPL-3.0-or-later
// payloadSummary: one line that says what a message carries, made from the first few plain fields of its
// "changes" or "object", or of the message itself where it has neither.
// Limits: reads at most the bytes given (the beginning of a long payload will do) and gives at most kSummaryCharacters.
// Errors: what is not JSON is shown as its own first characters.
// Cost:   about a microsecond per kilobyte; asked for visible rows only.
#pragma once

#include <QString>

#include <string_view>

namespace wg::ui {

/// isPrefix: payload is the beginning of a longer one.
[[nodiscard]] QString payloadSummary(std::string_view payload, bool isPrefix);

} // namespace wg::ui
