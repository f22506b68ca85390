// SPDX-License-Identifier: GPL-3.0-or-later
// decode: standard input through a stream decoder, one JSON object a line for each event.
// Shape:  SSE: {"type","data","id"} and {"retry":N}; NDJSON: {"type":"message","data","id":""}, data being the line as
//         text, and "error" beside it where the line cannot be read.
#include "ctl/commands.h"
#include "ctl/standard_streams.h"

#include "codec/ndjson_decoder.h"
#include "codec/sse_decoder.h"
#include "codec/json.h"

#include <simdjson.h>

#include <charconv>
#include <csignal>

#include <unistd.h>

namespace wg::ctl {
namespace {

/// Tells a limit that was met; the input after it is not read.
int tooLarge(codec::DecodeFault fault)
{
    say(std::string(fault == codec::DecodeFault::LineTooLong ? "A line" : "An event") + " on standard input is larger than "
        + std::to_string(limits::kEventBytes / limits::kMiB) + " MiB; reading ended there. What came before it was printed.");
    return kFailed;
}

class SsePrinter final : public codec::SseSink {
public:
    bool sseEvent(const codec::SseEvent& event) override
    {
        m_line = "{\"type\":";
        codec::appendJsonString(event.type, m_line);
        m_line += ",\"data\":";
        codec::appendJsonString(event.data, m_line);
        m_line += ",\"id\":";
        codec::appendJsonString(event.lastEventId, m_line);
        m_line += '}';
        out.line(m_line);
        return out.isOpen();
    }
    void sseRetry(double ms) override
    {
        char digits[32];
        const auto end = std::to_chars(digits, digits + sizeof digits, ms, std::chars_format::fixed, 0).ptr;
        out.line("{\"retry\":" + std::string(digits, end) + "}");
    }
    LineWriter out;

private:
    std::string m_line;
};

class NdjsonPrinter final : public codec::NdjsonSink {
public:
    bool ndjsonLine(std::string_view line, bool hasValidUtf8) override
    {
        ++m_lines;
        std::string text = "{\"type\":\"message\",\"data\":";
        codec::appendJsonString(line, text);
        text += ",\"id\":\"\"";
        const std::string_view fault = !hasValidUtf8 ? "not valid UTF-8" : isJson(line) ? "" : "not JSON";
        if (!fault.empty()) {
            ++unreadable;
            text += ",\"error\":\"" + std::string(fault) + "\"";
            say("Line " + std::to_string(m_lines) + " of standard input cannot be read: it is " + std::string(fault) + ".");
        }
        out.line(text + "}");
        return out.isOpen();
    }
    LineWriter out;
    std::uint64_t unreadable = 0;

private:
    bool isJson(std::string_view line)
    {
        simdjson::dom::element element;
        return m_parser.parse(line.data(), line.size(), false).get(element) == simdjson::SUCCESS;
    }
    simdjson::dom::parser m_parser{limits::kEventBytes + 1};
    std::uint64_t m_lines = 0;
};

int decodeSse(const std::string& lastEventId)
{
    SsePrinter printer;
    codec::SseDecoder decoder(lastEventId);
    PaddedReader in(STDIN_FILENO);
    for (std::string_view piece = in.next(); !piece.empty() && printer.out.isOpen(); piece = in.next()) {
        const codec::DecodeFault fault = decoder.feed(piece, printer);
        printer.out.flush();
        if (fault != codec::DecodeFault::None)
            return tooLarge(fault);
    }
    if (in.failed()) {
        say("Standard input cannot be read. What came before was printed.");
        return kFailed;
    }
    if (decoder.finish())
        say("The input ended inside an event, which was thrown away: an event ends with an empty line.");
    return kDone;
}

int decodeNdjson()
{
    NdjsonPrinter printer;
    codec::NdjsonDecoder decoder;
    PaddedReader in(STDIN_FILENO);
    for (std::string_view piece = in.next(); !piece.empty() && printer.out.isOpen(); piece = in.next()) {
        const codec::DecodeFault fault = decoder.feed(piece, printer);
        printer.out.flush();
        if (fault != codec::DecodeFault::None)
            return tooLarge(fault);
    }
    if (in.failed()) {
        say("Standard input cannot be read. What came before was printed.");
        return kFailed;
    }
    decoder.takeLast(printer);
    printer.out.flush();
    return printer.unreadable > 0 ? kFailed : kDone;
}

} // namespace

int runDecode(const Options& options)
{
    std::signal(SIGPIPE, SIG_IGN);
    if (!options.words().empty())
        return refuse({ErrorCode::BadArgument, "decode reads standard input and takes no \"" + options.words()[0] + "\".", {}}, "decode");
    const std::string format = options.text("--format");
    if (format == "sse")
        return decodeSse(options.text("--last-event-id"));
    if (format == "ndjson")
        return decodeNdjson();
    return refuse({ErrorCode::BadArgument, format.empty() ? "decode wants --format." : "decode knows no format \"" + format + "\".",
                   "The formats are sse and ndjson."}, "decode");
}

} // namespace wg::ctl
