// SPDX-License-Identifier: GPL-3.0-or-later
// Any chunking gives the same messages; the limit, the UTF-8 flag and the close codes hold.
#include "codec/utf8.h"
#include "codec/websocket_frames.h"
#include "pieces.h"

namespace
{

using namespace wg;

constexpr std::size_t kLimit = 300;

class Log final : public codec::WsSink
{
public:
    bool wsMessage(std::string_view payload, bool isBinary, bool hasValidUtf8) override
    {
        fuzz::require(payload.size() <= kLimit, "messages stay within the limit");
        fuzz::require(isBinary || hasValidUtf8 == codec::isValidUtf8(payload), "the UTF-8 flag tells the truth");
        return note(isBinary ? "b" : "t", payload);
    }
    bool wsPing(std::string_view payload) override { return note("i", payload); }
    bool wsPong(std::string_view payload) override { return note("o", payload); }
    void wsClose(int code, std::string_view reason) override
    {
        fuzz::require(code >= 1000 && code <= 4999 && codec::isValidUtf8(reason), "close frames are checked");
        note("c" + std::to_string(code), reason);
    }
    std::string text;

private:
    bool note(const std::string& what, std::string_view payload)
    {
        text.append(what).append(payload).append("|");
        return true;
    }
};

std::string decode(std::string_view bytes, unsigned seed)
{
    Log log;
    codec::WebSocketDecoder decoder(kLimit);
    codec::WsFault fault{};
    fuzz::feedInPieces(bytes, seed, [&](std::string_view piece) { fault = decoder.feed(piece, log); });
    // After a fault it does not matter how much of the rest had come.
    if (fault == codec::WsFault::None)
        log.text += decoder.isMidMessage() ? "mid" : "";
    return log.text + std::to_string(static_cast<int>(fault));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view bytes = fuzz::asText(data, size);
    const unsigned seed = fuzz::takeByte(bytes);
    fuzz::require(decode(bytes, seed) == decode(bytes, 0), "WebSocket does not depend on the chunking");
    return 0;
}
