// SPDX-License-Identifier: GPL-3.0-or-later
// Whole sessions on hostile bytes: one end or refusal at most and nothing after it, in any chunking the same.
#include "codec/websocket_handshake.h"
#include "pieces.h"
#include "protocol/decision.h"
#include "protocol/stream_session.h"

namespace
{

using namespace wg;
using namespace wg::protocol;

class Log final : public SessionSink
{
public:
    void write(std::string_view bytes) override { written += bytes; }
    void opened(const ResponseHead& head) override { note("open" + std::to_string(head.status)); }
    void refused(const ResponseHead& head, std::string_view body, const Error& error) override
    {
        fuzz::require(body.size() <= limits::kErrorBodyBytes, "error bodies are bounded");
        fuzz::require(error.code != ErrorCode::None && !error.what.empty(), "a refusal has a sentence");
        note("refused" + std::to_string(head.status) + std::string(body));
        isOver = true;
    }
    void message(const Message& message) override { note(std::string(message.text) + "|"); }
    void retryHint(double ms) override { note("retry" + std::to_string(ms)); }
    void ended(const StreamEnd& end) override
    {
        note("ended" + std::to_string(static_cast<int>(end.error.code)) + "," + std::to_string(end.closeCode));
        isOver = true;
    }
    std::string written;
    std::string text;
    bool isOver = false;

private:
    void note(const std::string& what)
    {
        fuzz::require(!isOver, "nothing follows the end");
        text += what;
    }
};

std::string run(std::string_view bytes, Framing framing, bool isPrimed, unsigned seed)
{
    SessionRequest request;
    request.framing = framing;
    request.url.scheme = framing == Framing::WebSocket ? "ws" : "http";
    request.url.host = "h";
    request.url.port = 80;
    request.url.path = "/";
    request.maxMessageBytes = 500;
    const auto session = makeSession(request);
    Log log;
    session->begin({}, log);
    if (isPrimed && framing == Framing::WebSocket) {
        const std::size_t at = log.written.find("Sec-WebSocket-Key: ") + 19;
        const std::string head =
            "HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
            codec::webSocketAccept(log.written.substr(at, 24)) + "\r\n\r\n";
        fuzz::feedCopy(head, [&](std::string_view piece) { session->feed(piece, {}, log); });
    }
    fuzz::feedInPieces(bytes, seed, [&](std::string_view piece) { session->feed(piece, {}, log); });
    session->transportEnded({ErrorCode::None, {}, {}}, {}, log);
    fuzz::require(log.isOver, "a session ends with its connection");
    return log.text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view bytes = fuzz::asText(data, size);
    const unsigned mode = fuzz::takeByte(bytes);
    const unsigned seed = fuzz::takeByte(bytes);
    const auto framing = static_cast<Framing>(mode % 3);
    fuzz::require(run(bytes, framing, mode & 4, seed) == run(bytes, framing, mode & 4, 0),
                  "a session does not depend on the chunking");
    (void)parseRetryAfter(bytes, 1.8e9, bytes);
    return 0;
}
