// SPDX-License-Identifier: GPL-3.0-or-later
// Any chunking gives the same events, every text is UTF-8, and the limit holds.
#include "codec/sse_decoder.h"
#include "codec/utf8.h"
#include "pieces.h"

namespace
{

using namespace wg;

constexpr std::size_t kLimit = 200;

class Log final : public codec::SseSink
{
public:
    bool sseEvent(const codec::SseEvent& event) override
    {
        for (const std::string_view part : {event.type, event.data, event.lastEventId}) {
            fuzz::require(codec::isValidUtf8(part), "SSE texts are UTF-8");
            text.append(part).append("\x01");
        }
        // U+FFFD takes three bytes for one.
        fuzz::require(event.data.size() <= 3 * kLimit, "SSE data stays within the limit");
        text += event.hasValidUtf8 ? "v" : "r";
        return true;
    }
    void sseRetry(double ms) override { text += "retry" + std::to_string(ms); }
    std::string text;
};

std::string decode(std::string_view bytes, unsigned seed)
{
    Log log;
    codec::SseDecoder decoder("seed", kLimit);
    codec::DecodeFault fault{};
    fuzz::feedInPieces(bytes, seed, [&](std::string_view piece) { fault = decoder.feed(piece, log); });
    log.text += decoder.finish() ? "cut" : "whole";
    return log.text + std::to_string(static_cast<int>(fault)) + std::string(decoder.lastEventId());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view bytes = fuzz::asText(data, size);
    const unsigned seed = fuzz::takeByte(bytes);
    fuzz::require(decode(bytes, seed) == decode(bytes, 0), "SSE does not depend on the chunking");
    return 0;
}
