// SPDX-License-Identifier: GPL-3.0-or-later
// filter: passes the JSON lines for which a display filter holds.
// Shape:  a line's envelope is read from its own fields: type from "event" or "type", key from "id" or "key", "version",
//         "latency_ms"; every path looks into the line itself.
#include "ctl/commands.h"
#include "ctl/standard_streams.h"

#include "codec/ndjson_decoder.h"
#include "filter/filter.h"

#include <simdjson.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace wg::ctl {
namespace {

std::string_view textField(const simdjson::dom::element& line, std::string_view first, std::string_view second)
{
    for (const std::string_view name : {first, second}) {
        std::string_view text;
        if (line[name].get(text) == simdjson::SUCCESS)
            return text;
    }
    return {};
}

std::optional<std::uint64_t> versionOf(const simdjson::dom::element& line)
{
    std::uint64_t number = 0;
    if (line["version"].get(number) == simdjson::SUCCESS)
        return number;
    std::string_view text;
    if (line["version"].get(text) != simdjson::SUCCESS)
        return {};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return {};
    return number;
}

class FilteredLines final : public codec::NdjsonSink {
public:
    explicit FilteredLines(const filter::Filter& filter) : m_filter(filter) {}

    bool ndjsonLine(std::string_view line, bool hasValidUtf8) override
    {
        ++m_lines;
        simdjson::dom::element element;
        if (!hasValidUtf8 || m_parser.parse(line.data(), line.size(), false).get(element) != simdjson::SUCCESS) {
            ++unreadable;
            say("Line " + std::to_string(m_lines) + " cannot be read: it is not " + (hasValidUtf8 ? "JSON." : "valid UTF-8."));
            return true;
        }
        filter::Record record;
        record.type = textField(element, "event", "type");
        record.key = textField(element, "id", "key");
        record.route = textField(element, "resource", "route");
        record.conn = textField(element, "conn", "connection");
        record.version = versionOf(element);
        record.size = line.size();
        if (double latency = 0; element["latency_ms"].get(latency) == simdjson::SUCCESS)
            record.latencyMs = latency;
        record.payload = line;
        record.isPadded = true;
        if (m_filter.matches(record))
            out.line(line);
        return out.isOpen();
    }
    LineWriter out;
    std::uint64_t unreadable = 0;

private:
    const filter::Filter& m_filter;
    simdjson::dom::parser m_parser{limits::kEventBytes + 1};
    std::uint64_t m_lines = 0;
};

int pass(int descriptor, const std::string& source, const filter::Filter& filter)
{
    FilteredLines lines(filter);
    codec::NdjsonDecoder decoder;
    PaddedReader in(descriptor);
    for (std::string_view piece = in.next(); !piece.empty() && lines.out.isOpen(); piece = in.next()) {
        const codec::DecodeFault fault = decoder.feed(piece, lines);
        lines.out.flush();
        if (fault != codec::DecodeFault::None) {
            say("A line of " + source + " is larger than " + std::to_string(limits::kEventBytes / limits::kMiB)
                + " MiB; reading ended there.");
            return kFailed;
        }
    }
    if (in.failed()) {
        say("Reading " + source + " failed: " + std::strerror(errno) + ". What came before was passed.");
        return kFailed;
    }
    decoder.takeLast(lines);
    lines.out.flush();
    return lines.unreadable > 0 ? kFailed : kDone;
}

} // namespace

int runFilter(const Options& options)
{
    std::signal(SIGPIPE, SIG_IGN);
    const std::vector<std::string>& words = options.words();
    if (words.empty() || words.size() > 2)
        return refuse({ErrorCode::BadArgument, "filter wants an expression and at most one file.", {}}, "filter");
    const filter::FilterResult compiled = filter::Filter::compile(words[0], filter::Scope::Display);
    if (!compiled) {
        const std::size_t column = compiled.error.column;
        say(compiled.error.sentence);
        std::fprintf(stderr, "  %s\n  %s^\n", words[0].c_str(), std::string(column > 0 ? column - 1 : 0, ' ').c_str());
        return kBadUsage;
    }
    if (options.has("--explain")) {
        std::fputs(compiled.value().explain().c_str(), stdout);
        return kDone;
    }
    if (words.size() == 1 || words[1] == "-")
        return pass(STDIN_FILENO, "standard input", compiled.value());
    const int file = ::open(words[1].c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return refuse({ErrorCode::Io, "The file " + words[1] + " cannot be read: " + std::strerror(errno) + ".", {}}, "filter");
    const int code = pass(file, words[1], compiled.value());
    ::close(file);
    return code;
}

} // namespace wg::ctl
