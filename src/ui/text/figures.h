// SPDX-License-Identifier: GPL-3.0-or-later
// Figures: numbers, times and outside text as the window writes them, the same words everywhere.
// Shape:  plain functions; an unknown value gives the dash of kMissing.
// Units:  the suffix of the argument's name; all clock times are UTC.
// Limits: visible() cuts outside text, so that a megabyte of key never reaches the text engine.
// Source: design rules "Words": 12 m 27 s, 412 ms, 968.1/s, 684 B, 11.5 MB, thousands with commas.
#pragma once

#include <QString>
#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wg::ui {

inline constexpr QStringView kMissing = u"\u2013";

/// 1648220 -> 1,648,220
[[nodiscard]] QString countText(std::uint64_t count);
/// Digits of any length with commas; anything else (an opaque version) as it is; empty gives the dash.
[[nodiscard]] QString versionText(std::string_view version);
/// 684 B, 6.2 kB, 11.5 MB, 1.1 GB
[[nodiscard]] QString sizeText(std::uint64_t bytes);
/// 412 ms, 2.4 s, 44 s, 1 m 06 s, 1 h 30 m, 2 d 04 h; below zero the dash.
[[nodiscard]] QString durationText(double ms);
/// As durationText, in whole seconds: 0 s, 8 s, 1 m 06 s.
[[nodiscard]] QString ageText(double seconds);
/// 0.0/s, 968.1/s, 12,345/s
[[nodiscard]] QString rateText(double perSecond);
/// 36, 1,912; below one 0.4; below zero the dash.
[[nodiscard]] QString latencyText(double ms);

/// HH:MM:SS.mmm
[[nodiscard]] QString clockText(double wallMs);
/// HH:MM:SS
[[nodiscard]] QString clockSecondsText(double wallMs);
/// The quiet first part of a table's time, "HH:MM:".
[[nodiscard]] QString clockMinutePart(double wallMs);
/// The loud second part, "SS.mmm".
[[nodiscard]] QString clockSecondPart(double wallMs);

/// Outside text made fit to be seen on one line: control and bidirectional override characters become \uXXXX,
/// bytes that are not UTF-8 become the replacement character, and text over limit characters is cut with an ellipsis.
[[nodiscard]] QString visible(std::string_view utf8, qsizetype limit = 512);
[[nodiscard]] QString visible(QStringView text, qsizetype limit = 512);

} // namespace wg::ui
