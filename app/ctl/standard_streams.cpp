// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/standard_streams.h"

#include "codec/json.h"

#include <cerrno>
#include <ctime>

#include <unistd.h>

namespace wg::ctl {

std::string_view PaddedReader::next()
{
    for (;;) {
        const ssize_t got = ::read(m_descriptor, m_bytes.data(), kPieceBytes);
        if (got >= 0)
            return {m_bytes.data(), static_cast<std::size_t>(got)};
        if (errno == EINTR)
            continue;
        m_failed = true;
        return {};
    }
}

void LineWriter::line(std::string_view text)
{
    if (!m_isOpen)
        return;
    const bool isWritten = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fputc('\n', stdout) != EOF;
    m_isOpen = isWritten;
}

void LineWriter::flush()
{
    if (m_isOpen && std::fflush(stdout) != 0)
        m_isOpen = false;
}

std::string asJsonString(std::string_view text)
{
    std::string out;
    codec::appendJsonString(text, out);
    return out;
}

void say(std::string_view sentence)
{
    std::fprintf(stderr, "watchglassctl: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
}

std::string timeOfDay(double wallMs)
{
    const auto seconds = static_cast<std::time_t>(wallMs / 1000);
    std::tm local{};
    localtime_r(&seconds, &local);
    char text[16];
    std::strftime(text, sizeof text, "%H:%M:%S", &local);
    return text;
}

} // namespace wg::ctl
