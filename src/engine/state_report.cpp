// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state_report.h"

#include "codec/json.h"
#include "engine/fault_of.h"

#include <cstdio>

namespace wg::engine {

namespace {

void appendNumber(std::string& out, double value)
{
    char text[48];
    std::snprintf(text, sizeof text, "%.3f", value);
    out += text;
}

void appendText(std::string& out, const char* name, std::string_view value)
{
    out.append("\"").append(name).append("\":");
    codec::appendJsonString(value, out);
}

void appendCounters(std::string& out, const sync::Counters& c)
{
    const std::pair<const char*, std::uint64_t> all[] = {
        {"received", c.received},   {"applied", c.applied},       {"bookmarks", c.bookmarks}, {"stale", c.stale},
        {"duplicate", c.duplicate}, {"ignored", c.ignored},       {"undecodable", c.undecodable}, {"gaps", c.gaps},
        {"resumes", c.resumes},     {"resyncs", c.resyncs},       {"reconnects", c.reconnects},   {"snapshots", c.snapshots},
        {"bytes", c.bytes}};
    out += "\"counters\":{";
    for (const auto& [name, value] : all) {
        if (name != all[0].first)
            out += ',';
        out.append("\"").append(name).append("\":").append(std::to_string(value));
    }
    out += '}';
}

void appendLedger(std::string& out, const std::vector<sync::Span>& ledger)
{
    out += "\"ledger\":[";
    for (std::size_t i = 0; i < ledger.size(); ++i) {
        out += i > 0 ? ",{" : "{";
        appendText(out, "from", ledger[i].from.toString());
        out += ',';
        appendText(out, "to", ledger[i].to.toString());
        out += ',';
        appendText(out, "epoch", ledger[i].epoch);
        out += ',';
        appendText(out, "status", sync::toString(ledger[i].status));
        out += ',';
        appendText(out, "why", ledger[i].why);
        out += '}';
    }
    out += ']';
}

} // namespace

bool WatchCondition::isQuietFor(Duration span) const
{
    return isLive && confirmedAt >= lastEventAt + span;
}

std::string WatchCondition::sentence() const
{
    std::string out(toString(state));
    if (sinceWall > 0)
        out += " since " + clockText(sinceWall);
    out += ": " + why;
    if (!next.empty())
        out += " " + next;
    return out;
}

std::string toJson(const StateReport& report)
{
    std::string out = "{";
    appendText(out, "state", toString(report.condition.state));
    out += ',';
    appendText(out, "transport", toString(report.condition.transport));
    out += ',';
    appendText(out, "dialect", report.condition.dialect);
    out += ',';
    appendText(out, "epoch", report.condition.cursor.epoch);
    out += ',';
    appendText(out, "version", report.condition.cursor.version.toString());
    out += ",\"items\":{";
    for (std::size_t i = 0; i < report.items.size(); ++i) {
        if (i > 0)
            out += ',';
        codec::appendJsonString(report.items[i].key, out);
        out += ":{";
        appendText(out, "version", report.items[i].version);
        out += ",\"object\":" + (report.items[i].object.empty() ? std::string("null") : report.items[i].object) + "}";
    }
    out += "},";
    appendCounters(out, report.counters);
    out += ',';
    appendLedger(out, report.ledger);
    out += ",\"latency_ms\":{\"p50\":";
    appendNumber(out, report.p50Ms);
    out += ",\"p95\":";
    appendNumber(out, report.p95Ms);
    out += ",\"p99\":";
    appendNumber(out, report.p99Ms);
    out += "},\"elapsed_s\":";
    appendNumber(out, report.elapsedS);
    out += ',';
    appendText(out, "why", report.condition.why);
    return out + "}";
}

} // namespace wg::engine
