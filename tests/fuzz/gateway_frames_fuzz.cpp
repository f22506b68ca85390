// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that a WebSocket client may send: any chunking reads the same messages and ends in the same fault.
#include "gateway/frames.h"
#include "pieces.h"

namespace {

std::string read(std::string_view bytes, std::size_t step)
{
    using wg::gateway::FrameReader;
    FrameReader reader;
    FrameReader::Message message;
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        reader.append(bytes.substr(at, step));
        for (FrameReader::Read read = reader.next(message); read != FrameReader::Read::NeedMore; read = reader.next(message)) {
            if (read == FrameReader::Read::Bad)
                return out + "!" + std::to_string(reader.errorCode());
            wg::fuzz::require(message.payload.size() <= wg::gateway::kMessageBytes, "a message is bounded");
            out += std::to_string(static_cast<int>(message.opcode)) + message.payload + "|";
        }
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes = wg::fuzz::asText(data, size);
    const std::string whole = read(bytes, size + 1);
    wg::fuzz::require(read(bytes, 1) == whole, "byte by byte reads the same");
    wg::fuzz::require(read(bytes, 7) == whole, "chunks of seven read the same");
    return 0;
}
