// SPDX-License-Identifier: GPL-3.0-or-later
// Any chunking gives the same lines, no line holds a newline or is blank, and the limit holds.
#include "codec/ndjson_decoder.h"
#include "codec/utf8.h"
#include "pieces.h"

namespace
{

using namespace wg;

constexpr std::size_t kLimit = 100;

class Log final : public codec::NdjsonSink
{
public:
    bool ndjsonLine(std::string_view line, bool hasValidUtf8) override
    {
        fuzz::require(!line.empty() && line.size() <= kLimit && line.find('\n') == line.npos, "lines are lines");
        fuzz::require(hasValidUtf8 == codec::isValidUtf8(line), "the UTF-8 flag tells the truth");
        text.append(line).append("\n");
        return true;
    }
    std::string text;
};

std::string decode(std::string_view bytes, unsigned seed)
{
    Log log;
    codec::NdjsonDecoder decoder(kLimit);
    codec::DecodeFault fault{};
    fuzz::feedInPieces(bytes, seed, [&](std::string_view piece) { fault = decoder.feed(piece, log); });
    log.text += decoder.finish() ? "cut" : "whole";
    return log.text + std::to_string(static_cast<int>(fault));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view bytes = fuzz::asText(data, size);
    const unsigned seed = fuzz::takeByte(bytes);
    fuzz::require(decode(bytes, seed) == decode(bytes, 0), "NDJSON does not depend on the chunking");
    return 0;
}
