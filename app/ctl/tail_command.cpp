// SPDX-License-Identifier: GPL-3.0-or-later
// tail: prints events as they are applied, one a line.
// Shape:  json: {"type","key","version","op","resource"?,"epoch"?,"received_ms","latency_ms"?,"payload"}; payload is the new
//         object (op put), the patch, or the whole message of an event without effect on the state; a message that is not
//         JSON stands there as a string. pretty: for people. raw: the message as received.
#include "ctl/commands.h"
#include "ctl/standard_streams.h"
#include "ctl/watch_run.h"

#include "codec/json.h"
#include "filter/filter.h"

#include <simdjson.h>

#include <cmath>

namespace wg::ctl {
namespace {

enum class Format { Json, Pretty, Raw };

std::string_view opName(sync::Op op)
{
    switch (op) {
    case sync::Op::Put: return "put";
    case sync::Op::Patch: return "patch";
    case sync::Op::JsonPatch: return "json_patch";
    case sync::Op::Delete: return "delete";
    case sync::Op::Bookmark: return "bookmark";
    case sync::Op::None: break;
    }
    return "event";
}

struct TailPlan {
    Format format = Format::Json;
    std::optional<filter::Filter> filter;
    std::uint64_t count = 0; ///< 0: no end by count
};

class Tail final : public WatchRun {
public:
    Tail(WatchPlan plan, TailPlan tail) : WatchRun(std::move(plan)), m_tail(std::move(tail)) {}

    void watchEvent(engine::WatchId id, const sync::EventView& event, sync::Verdict, bool isShown) override
    {
        if (!isShown || isFull())
            return;
        const double now = clock().wallNow();
        if (m_tail.filter && !m_tail.filter->matches(recordOf(id, event, now)))
            return;
        m_line.clear();
        if (m_tail.format == Format::Raw)
            m_line = event.raw;
        else if (m_tail.format == Format::Pretty)
            writePretty(id, event, now);
        else
            writeJson(id, event, now);
        m_out.line(m_line);
        m_out.flush();
        ++m_printed;
        if (isFull() || !m_out.isOpen())
            finish(kDone);
    }

private:
    [[nodiscard]] bool isFull() const { return m_tail.count > 0 && m_printed >= m_tail.count; }

    filter::Record recordOf(engine::WatchId id, const sync::EventView& event, double now)
    {
        m_resource = resourceOf(id);
        filter::Record record;
        record.type = event.type;
        record.key = event.key;
        record.conn = plan().specs.front().connection.name;
        record.route = m_resource;
        if (event.version.isNumber())
            record.version = event.version.number();
        record.size = event.raw.size();
        if (event.serverMs > 0)
            record.latencyMs = now - event.serverMs;
        record.payload = event.raw;
        return record;
    }

    /// JSON on one line as it is; anything else as a string.
    void appendPayload(std::string_view text)
    {
        simdjson::dom::element element;
        if (m_parser.parse(text.data(), text.size()).get(element) != simdjson::SUCCESS)
            return codec::appendJsonString(text, m_line);
        const std::size_t before = m_line.size();
        m_line.resize(before + text.size());
        std::size_t written = 0;
        if (simdjson::minify(text.data(), text.size(), m_line.data() + before, written) == simdjson::SUCCESS)
            m_line.resize(before + written);
    }

    void writeJson(engine::WatchId id, const sync::EventView& event, double now)
    {
        m_line += "{\"type\":";
        codec::appendJsonString(event.type, m_line);
        m_line += ",\"key\":";
        codec::appendJsonString(event.key, m_line);
        m_line += ",\"version\":";
        codec::appendJsonString(event.version.toString(), m_line);
        m_line += ",\"op\":\"" + std::string(opName(event.op)) + "\"";
        if (const std::string resource = resourceOf(id); !resource.empty())
            m_line += ",\"resource\":" + asJsonString(resource);
        if (!event.epoch.empty())
            m_line += ",\"epoch\":" + asJsonString(event.epoch);
        m_line += ",\"received_ms\":" + std::to_string(static_cast<std::int64_t>(now));
        if (event.serverMs > 0) {
            char text[32];
            std::snprintf(text, sizeof text, ",\"latency_ms\":%.3f", now - event.serverMs);
            m_line += text;
        }
        m_line += ",\"payload\":";
        appendPayload(event.payload.empty() ? event.raw : event.payload);
        m_line += '}';
    }

    void writePretty(engine::WatchId id, const sync::EventView& event, double now)
    {
        char millis[8];
        std::snprintf(millis, sizeof millis, ".%03d", static_cast<int>(std::fmod(now, 1000)));
        m_line = timeOfDay(now) + millis + "  ";
        if (const std::string resource = resourceOf(id); !resource.empty())
            m_line += resource + "  ";
        m_line += std::string(event.type) + "  " + std::string(event.key) + "  v" + event.version.toString() + "  ";
        appendPayload(event.payload.empty() ? event.raw : event.payload);
        // Control characters of a message could drive the terminal.
        for (char& c : m_line)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                c = ' ';
    }

    TailPlan m_tail;
    LineWriter m_out;
    std::string m_line;
    std::string m_resource;
    std::uint64_t m_printed = 0;
    simdjson::dom::parser m_parser{limits::kEventBytes + 1};
};

Result<TailPlan> planTail(const Options& options)
{
    TailPlan plan;
    const std::string format = options.has("--format") ? options.text("--format") : "json";
    if (format != "json" && format != "pretty" && format != "raw")
        return Error{ErrorCode::BadArgument, "--format knows no \"" + format + "\".", "It is one of json, pretty, raw."};
    plan.format = format == "json" ? Format::Json : format == "raw" ? Format::Raw : Format::Pretty;
    if (options.has("--filter")) {
        filter::FilterResult compiled = filter::Filter::compile(options.text("--filter"), filter::Scope::Display);
        if (!compiled)
            return Error{ErrorCode::BadArgument, "--filter cannot be used. " + compiled.error.sentence, {}};
        plan.filter = std::move(compiled.filter);
    }
    if (options.has("--count")) {
        const Result<std::uint64_t> count = countFromText("--count", options.text("--count"));
        if (!count)
            return count.error();
        plan.count = count.value();
    }
    return plan;
}

} // namespace

int runTail(const Options& options)
{
    Result<TailPlan> tail = planTail(options);
    if (!tail)
        return refuse(tail.error(), "tail");
    Result<WatchPlan> plan = planWatch(options);
    if (!plan)
        return refuse(plan.error(), "tail");
    std::optional<Duration> span;
    if (options.has("--for")) {
        const Result<Duration> read = durationFromText("--for", options.text("--for"));
        if (!read)
            return refuse(read.error(), "tail");
        span = read.value();
    }
    Tail run(std::move(plan).value(), std::move(tail).value());
    QTimer end;
    if (span) {
        end.setSingleShot(true);
        QObject::connect(&end, &QTimer::timeout, &end, [&run] { run.finishInTime(); });
        end.start(std::chrono::ceil<std::chrono::milliseconds>(*span));
    }
    return run.run();
}

} // namespace wg::ctl
