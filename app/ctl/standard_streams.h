// SPDX-License-Identifier: GPL-3.0-or-later
// Standard input in padded pieces, and standard output that notices when nobody reads it any more.
#pragma once

#include "codec/padded_buffer.h"

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace wg::ctl {

/// Reads a file descriptor piece by piece; each piece has kPadding readable bytes after its end.
class PaddedReader {
public:
    static constexpr std::size_t kPieceBytes = 64 * 1024;

    explicit PaddedReader(int descriptor) : m_descriptor(descriptor), m_bytes(kPieceBytes + codec::kPadding) {}
    /// Empty at the end, or after a read error: see failed().
    [[nodiscard]] std::string_view next();
    [[nodiscard]] bool failed() const noexcept { return m_failed; }

private:
    int m_descriptor;
    std::vector<char> m_bytes;
    bool m_failed = false;
};

/// Lines to standard output. isOpen() turns false once the reader has gone (a pipe into head, say).
class LineWriter {
public:
    void line(std::string_view text);
    void flush();
    [[nodiscard]] bool isOpen() const noexcept { return m_isOpen; }

private:
    bool m_isOpen = true;
};

/// Text as a JSON string, quotes included.
[[nodiscard]] std::string asJsonString(std::string_view text);
/// A sentence to standard error.
void say(std::string_view sentence);
/// Local time of day, HH:MM:SS, of a wall time in Unix milliseconds.
[[nodiscard]] std::string timeOfDay(double wallMs);

} // namespace wg::ctl
