// SPDX-License-Identifier: GPL-3.0-or-later
#include "chunking.h"
#include "codec/websocket_frames.h"
#include "codec/websocket_handshake.h"

#include <gtest/gtest.h>

namespace wg::test
{
namespace
{

using namespace codec;

/// A server's frame: first byte with FIN and opcode, then the length in its shortest form, or a longer one.
std::string frame(unsigned first, std::string_view payload, unsigned lengthBytes = 0)
{
    std::string out(1, static_cast<char>(first));
    const std::uint64_t size = payload.size();
    if (lengthBytes == 0)
        lengthBytes = size < 126 ? 1 : size < 65536 ? 2 : 8;
    if (lengthBytes == 1)
        out += static_cast<char>(size);
    else
        out += lengthBytes == 2 ? '\x7E' : '\x7F';
    for (unsigned i = lengthBytes > 1 ? lengthBytes : 0; i > 0; --i)
        out += static_cast<char>(size >> (8 * (i - 1)) & 0xFF);
    return out.append(payload);
}

class Recorder final : public WsSink
{
public:
    bool wsMessage(std::string_view payload, bool isBinary, bool hasValidUtf8) override
    {
        log += (isBinary ? "B(" : hasValidUtf8 ? "T(" : "X(") + std::string(payload) + ")";
        ++messages;
        return messages < stopAfter;
    }
    bool wsPing(std::string_view payload) override { return note("ping", payload); }
    bool wsPong(std::string_view payload) override { return note("pong", payload); }
    void wsClose(int code, std::string_view reason) override { note("close" + std::to_string(code), reason); }

    std::string log;
    int messages = 0;
    int stopAfter = 1 << 30;

private:
    bool note(const std::string& what, std::string_view payload)
    {
        log += what + "(" + std::string(payload) + ")";
        return true;
    }
};

struct Outcome {
    std::string log;
    WsFault fault = WsFault::None;
    bool isMidMessage = false;
};

Outcome decode(const Chunks& chunks, std::size_t limit = limits::kEventBytes)
{
    WebSocketDecoder decoder(limit);
    Recorder recorder;
    Outcome outcome;
    for (const std::string& chunk : chunks)
        feedChunk(chunk, [&](std::string_view bytes) { outcome.fault = decoder.feed(bytes, recorder); });
    outcome.log = recorder.log;
    outcome.isMidMessage = decoder.isMidMessage();
    return outcome;
}

void expectAlways(const std::string& bytes, const std::string& log, WsFault fault = WsFault::None,
                  std::size_t limit = limits::kEventBytes)
{
    forEveryChunking({bytes}, [&](const Chunks& chunks, const std::string& how) {
        const Outcome outcome = decode(chunks, limit);
        EXPECT_EQ(outcome.log, log) << how;
        EXPECT_EQ(outcome.fault, fault) << how;
    });
}

TEST(WebSocketDecoder, ReadsWholeFragmentedAndEmptyMessagesWithControlFramesBetween)
{
    expectAlways(frame(0x81, "one") + frame(0x81, "") + frame(0x01, "tw") + frame(0x89, "p") + frame(0x00, "") +
                     frame(0x8A, "q") + frame(0x80, "o") + frame(0x82, std::string("\xFF\0", 2)) + frame(0x89, ""),
                 "T(one)T()ping(p)pong(q)T(two)B(" + std::string("\xFF\0", 2) + ")ping()");
}

TEST(WebSocketDecoder, ReadsEveryLengthForm)
{
    for (const std::size_t size : {125u, 126u, 127u, 65535u, 65536u}) {
        const std::string payload(size, 'x');
        expectAlways(frame(0x81, payload), "T(" + payload + ")");
    }
    expectAlways(frame(0x81, "abc", 2) + frame(0x81, "de", 8), "T(abc)T(de)");
}

TEST(WebSocketDecoder, ChecksTextOverFragmentsAsAWhole)
{
    expectAlways(frame(0x01, "\xE2\x82") + frame(0x80, "\xAC"), "T(\xE2\x82\xAC)");
    expectAlways(frame(0x01, "\xE2\x82") + frame(0x80, "x"), "X(\xE2\x82x)");
    expectAlways(frame(0x81, "\xED\xA0\x80"), "X(\xED\xA0\x80)");
}

TEST(WebSocketDecoder, ReadsCloseFramesAndNothingBehindThem)
{
    expectAlways(frame(0x88, std::string("\x03\xE8", 2) + "bye") + frame(0x81, "late"), "close1000(bye)");
    expectAlways(frame(0x88, ""), "close1005()");
    expectAlways(frame(0x88, std::string("\x11\x3A", 2)), "close4410()");
    for (const int code : {1004, 1005, 1006, 1015, 2999, 4999})
        expectAlways(frame(0x88, std::string{static_cast<char>(code >> 8), static_cast<char>(code & 255)}),
                     "close" + std::to_string(code) + "()");
    expectAlways(frame(0x88, std::string("\x03\xE8\xFF", 3)), "close1000(\xEF\xBF\xBD)");
}

TEST(WebSocketDecoder, RefusesWhatAServerMustNotSend)
{
    const std::string good = frame(0x81, "a");
    const std::vector<std::pair<std::string, WsFault>> cases{
        {frame(0xC1, "x"), WsFault::ReservedBits},
        {frame(0xA1, "x"), WsFault::ReservedBits},
        {frame(0x83, "x"), WsFault::UnknownOpcode},
        {frame(0x8B, "x"), WsFault::UnknownOpcode},
        {std::string("\x81\x81mask", 6) + "x", WsFault::Masked},
        {frame(0x09, "x"), WsFault::BadControl},
        {frame(0x89, std::string(126, 'x')), WsFault::BadControl},
        {frame(0x80, "x"), WsFault::BadContinuation},
        {frame(0x01, "x") + frame(0x81, "y"), WsFault::BadContinuation},
        {frame(0x88, "x"), WsFault::BadClose},
        {frame(0x88, std::string("\x00\x00", 2)), WsFault::BadClose},
        {frame(0x88, std::string("\x03\xE7", 2)), WsFault::BadClose},
        {frame(0x88, std::string("\x13\x88", 2)), WsFault::BadClose},
    };
    for (const auto& [bytes, fault] : cases) {
        expectAlways(good + bytes + good, "T(a)", fault);
        EXPECT_EQ(closeCodeFor(fault), 1002);
        EXPECT_FALSE(toSentence(fault).empty());
    }
}

TEST(WebSocketDecoder, JudgesTheLengthBeforeAnyOfItComes)
{
    expectAlways(frame(0x81, std::string(10, 'x')), "T(xxxxxxxxxx)", WsFault::None, 10);
    expectAlways(std::string("\x81\x0B", 2), "", WsFault::MessageTooLarge, 10);
    expectAlways(frame(0x01, "123456") + std::string("\x80\x05", 2), "", WsFault::MessageTooLarge, 10);
    expectAlways(std::string("\x82\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10), "", WsFault::MessageTooLarge);
    EXPECT_EQ(closeCodeFor(WsFault::MessageTooLarge), 1009);
}

TEST(WebSocketDecoder, KnowsWhetherAMessageIsUnfinished)
{
    EXPECT_FALSE(decode({frame(0x81, "abc")}).isMidMessage);
    EXPECT_TRUE(decode({frame(0x81, "abc").substr(0, 4)}).isMidMessage);
    EXPECT_TRUE(decode({"\x81"}).isMidMessage);
    EXPECT_TRUE(decode({frame(0x01, "abc")}).isMidMessage);
    EXPECT_TRUE(decode({frame(0x01, "abc") + frame(0x89, "")}).isMidMessage);
}

TEST(WebSocketDecoder, DeliversNothingAfterTheSinkSaidStop)
{
    WebSocketDecoder decoder;
    Recorder recorder;
    recorder.stopAfter = 1;
    feedChunk(frame(0x81, "a") + frame(0x81, "b"), [&](std::string_view bytes) { decoder.feed(bytes, recorder); });
    EXPECT_EQ(recorder.log, "T(a)");
}

/// What a server makes of a client's frame.
std::string unmasked(std::string_view bytes, std::string& payload)
{
    const auto at = [&bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    std::size_t size = at(1) & 0x7F;
    std::size_t head = 2;
    if (size >= 126) {
        const std::size_t wide = size == 126 ? 2 : 8;
        size = 0;
        for (std::size_t i = 0; i < wide; ++i)
            size = size << 8 | at(2 + i);
        head += wide;
    }
    EXPECT_TRUE(at(1) & 0x80) << "a client masks";
    const std::string_view mask = bytes.substr(head, 4);
    payload.clear();
    for (std::size_t i = 0; i < size; ++i)
        payload += static_cast<char>(bytes[head + 4 + i] ^ mask[i % 4]);
    return std::string(bytes.substr(head + 4 + size));
}

TEST(WebSocketFrames, WritesMaskedFramesOfEveryLengthForm)
{
    Prng prng(7);
    for (const std::size_t size : {0u, 1u, 125u, 126u, 65535u, 65536u}) {
        const std::string text(size, 'y');
        std::string bytes;
        appendClientFrame(WsOpcode::Text, text, prng, bytes);
        EXPECT_EQ(static_cast<unsigned char>(bytes[0]), 0x81);
        std::string payload;
        EXPECT_EQ(unmasked(bytes, payload), "");
        EXPECT_EQ(payload, text);
    }
    std::string first;
    std::string second;
    appendClientFrame(WsOpcode::Text, "same", prng, first);
    appendClientFrame(WsOpcode::Text, "same", prng, second);
    EXPECT_NE(first, second) << "each frame has a mask of its own";
}

TEST(WebSocketFrames, CutsACloseReasonAtACharacter)
{
    Prng prng(1);
    std::string bytes;
    std::string reason;
    for (int i = 0; i < 60; ++i)
        reason += "\xE2\x82\xAC";
    appendClientClose(4400, reason, prng, bytes);
    std::string payload;
    unmasked(bytes, payload);
    EXPECT_EQ(payload.substr(0, 2), "\x11\x30");
    EXPECT_EQ(payload.size(), 2u + 123u);
    EXPECT_EQ(payload.substr(2), reason.substr(0, 123));
    bytes.clear();
    appendClientClose(1000, "x" + reason, prng, bytes);
    unmasked(bytes, payload);
    EXPECT_EQ(payload.size(), 2u + 121u);
}

TEST(WebSocketHandshake, ComputesTheAcceptOfTheRfc)
{
    EXPECT_EQ(webSocketAccept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    Prng a(5);
    Prng b(6);
    const std::string key = makeWebSocketKey(a);
    EXPECT_EQ(key.size(), 24u);
    EXPECT_NE(key, makeWebSocketKey(b));
}

TEST(WebSocketHandshake, ChecksTheAnswer)
{
    const std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
    const auto answer = [](std::vector<HttpField> extra) {
        HttpHead head;
        head.status = 101;
        head.fields = {{"Upgrade", "WebSocket"},
                       {"Connection", "keep-alive, upgrade"},
                       {"Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="}};
        for (HttpField& field : extra) {
            std::erase_if(head.fields,
                          [&field](const HttpField& old) { return equalsIgnoringCase(old.name, field.name); });
            head.fields.push_back(field);
        }
        return head;
    };
    EXPECT_EQ(checkWebSocketAnswer(answer({}), key, {}), "");
    EXPECT_EQ(checkWebSocketAnswer(answer({}), key, {"watch.v1"}), "") << "a server may choose none";
    EXPECT_EQ(checkWebSocketAnswer(answer({{"Sec-WebSocket-Protocol", "watch.v1"}}), key, {"x", "watch.v1"}), "");
    EXPECT_NE(checkWebSocketAnswer(answer({{"Sec-WebSocket-Protocol", "other"}}), key, {"watch.v1"}), "");
    EXPECT_NE(checkWebSocketAnswer(answer({{"Sec-WebSocket-Extensions", "permessage-deflate"}}), key, {}), "");
    EXPECT_NE(checkWebSocketAnswer(answer({{"Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOO="}}), key, {}), "");
    EXPECT_NE(checkWebSocketAnswer(answer({{"Upgrade", "h2c"}}), key, {}), "");
    EXPECT_NE(checkWebSocketAnswer(answer({{"Connection", "keep-alive"}}), key, {}), "");
}

} // namespace
} // namespace wg::test
