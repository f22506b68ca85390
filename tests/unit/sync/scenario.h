// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario: runs one case of sync_scenarios.json against the real replica and says what differs.
// Shape:  the vectors name inputs without time; here a retry lets time pass up to the replica's own deadline. The
//         vectors know no pause between a refused snapshot and the next request (the rules do): it passes at once.
//         `ignored` of the vectors = every input that was dropped: stale, duplicate, ignored, refused or late
//         snapshots.
#pragma once

#include "support/tiny_json.h"
#include "sync/replica.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <simdjson.h>
#include <string>
#include <vector>

namespace wg::test
{

class Scenario
{
public:
    using element = simdjson::dom::element;

    explicit Scenario(const element& one)
        : m_order(orderFrom(std::string_view(one["config"]["order"])))
        , m_replica(configFrom(one["config"], m_order))
    {
        m_replica.start(m_now, m_step);
        settle();
    }
    /// One input of the script. False: the vector uses a word that is not known here.
    bool run(const element& input)
    {
        const std::string_view word = input["in"];
        if (!dispatch(word, input))
            return false;
        settle();
        while (m_replica.state() == sync::ReplicaState::Syncing && m_replica.nextTryAt())
            passUntil(*m_replica.nextTryAt());
        return true;
    }
    [[nodiscard]] sync::Replica& replica() { return m_replica; }
    [[nodiscard]] std::size_t snapshotsRequested() const { return m_snapshots; }
    [[nodiscard]] const std::vector<std::string>& applied() const { return m_applied; }
    [[nodiscard]] const std::vector<std::string>& gaps() const { return m_gaps; }
    [[nodiscard]] const std::vector<std::string>& connects() const { return m_connects; }
    [[nodiscard]] std::uint64_t ignored() const
    {
        const sync::Counters& c = m_replica.counters();
        return c.stale + c.duplicate + c.ignored + c.snapshotsRefused + c.snapshotsLate;
    }
    [[nodiscard]] std::string storeText() const
    {
        std::map<std::string, std::string> sorted;
        m_replica.store().forEach([&](const sync::ItemView& item) {
            std::string object;
            EXPECT_TRUE(m_replica.store().object(item.key, object));
            TinyJson value;
            EXPECT_TRUE(TinyJson::parse(object, value));
            sorted[std::string(item.key)] = value.toText();
        });
        std::string text = "{";
        for (const auto& [key, object] : sorted)
            text += (text.size() > 1 ? ",\"" : "\"") + key + "\":" + object;
        return text + "}";
    }

private:
    static sync::Order orderFrom(std::string_view word)
    {
        for (const auto order : {sync::Order::Dense, sync::Order::Range, sync::Order::Chain, sync::Order::Sparse})
            if (toString(order) == word)
                return order;
        return sync::Order::Opaque;
    }
    static sync::ReplicaConfig configFrom(const element& given, sync::Order order)
    {
        sync::ReplicaConfig config;
        config.order = order;
        config.fold = foldMergePatches;
        if (bool replay = false; given["replay"].get(replay) == simdjson::SUCCESS)
            config.replay = replay;
        if (int64_t limit = 0; given["buffer_limit"].get(limit) == simdjson::SUCCESS)
            config.bufferEvents = static_cast<std::size_t>(limit);
        if (double ms = 0; given["heartbeat_timeout_ms"].get(ms) == simdjson::SUCCESS)
            config.readDeadline = fromMs(ms);
        return config;
    }
    sync::Version version(const element& from, const char* name) const
    {
        element value;
        if (from[name].get(value) != simdjson::SUCCESS || value.is_null())
            return {};
        const std::string text = value.is_string() ? std::string(std::string_view(value)) : simdjson::minify(value);
        return m_order == sync::Order::Opaque ? sync::Version::opaque(text) : sync::Version::fromText(text);
    }
    static std::string text(const element& from, const char* name)
    {
        std::string_view value;
        return from[name].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
    }
    static std::uint32_t number(const element& from, const char* name, std::uint32_t fallback)
    {
        int64_t value = 0;
        return from[name].get(value) == simdjson::SUCCESS ? static_cast<std::uint32_t>(value) : fallback;
    }

    bool dispatch(std::string_view word, const element& input)
    {
        const std::uint32_t conn = number(input, "conn", m_lastConn);
        const std::uint32_t snap = number(input, "snap", m_lastSnap);
        if (word == "open")
            open(conn, input);
        else if (word == "event" || word == "bookmark")
            event(conn, input, word == "bookmark");
        else if (word == "heartbeat")
            m_replica.bytes(conn, 1, m_now);
        else if (word == "corrupt")
            m_replica.unreadable(conn, "broken", m_now, m_step);
        else if (word == "close")
            m_replica.closed(conn, fault(sync::Fault::Action::Retry), m_now, m_step);
        else if (word == "gone")
            m_replica.closed(conn, fault(sync::Fault::Action::Resync), m_now, m_step);
        else if (word == "unauthorized")
            m_replica.closed(conn, fault(sync::Fault::Action::RefreshAuth), m_now, m_step);
        else if (word == "tick")
            passUntil(m_now + fromMs(double(input["ms"])));
        else if (word == "retry" || word == "snapshot_retry")
            retry();
        else if (word == "snapshot")
            snapshot(snap, input);
        else if (word == "snapshot_fail")
            m_replica.snapshotFailed(snap, faultOf(number(input, "status", 503)), m_now, m_step);
        else if (word == "stop")
            m_replica.stop(m_now, m_step);
        else
            return false;
        return true;
    }
    static sync::Fault fault(sync::Fault::Action action)
    {
        sync::Fault fault;
        fault.action = action;
        fault.isImmediate = action == sync::Fault::Action::Resync;
        fault.reason = "scripted";
        return fault;
    }
    static sync::Fault faultOf(std::uint32_t status)
    {
        using Action = sync::Fault::Action;
        if (status == 401)
            return fault(Action::RefreshAuth);
        if (status == 409 || status == 410 || status == 412)
            return fault(Action::Resync);
        const bool isTransient = status >= 500 || status == 408 || status == 425 || status == 429 || status == 0;
        return fault(isTransient ? Action::Retry : Action::Fatal);
    }
    void open(std::uint32_t conn, const element& input)
    {
        sync::OpenInfo info;
        if (std::string epoch = text(input, "epoch"); !epoch.empty())
            info.epoch = epoch;
        if (const sync::Version proof = version(input, "resumed_from"); !proof.isAbsent())
            info.resumedFrom = proof;
        m_replica.opened(conn, info, m_now, m_step);
    }
    void event(std::uint32_t conn, const element& input, bool isBookmark)
    {
        const std::string key = text(input, "key"), epoch = text(input, "epoch"), op = text(input, "op");
        element value;
        const std::string payload = input["val"].get(value) == simdjson::SUCCESS ? simdjson::minify(value) : "";
        sync::EventView view;
        view.op = isBookmark      ? sync::Op::Bookmark
                  : op == "put"   ? sync::Op::Put
                  : op == "patch" ? sync::Op::Patch
                  : op == "del"   ? sync::Op::Delete
                                  : sync::Op::None;
        view.key = key;
        view.epoch = epoch;
        view.payload = payload;
        view.version = version(input, "v");
        view.from = version(input, "from");
        view.prev = version(input, "prev");
        view.hasPrev = !view.prev.isAbsent();
        const std::uint64_t ticket = m_replica.nextTicket();
        const sync::Verdict verdict = m_replica.event(conn, view, m_now, m_step);
        if (verdict == sync::Verdict::Buffered)
            m_tickets[ticket] = view.version.toString();
        if (verdict == sync::Verdict::Applied)
            m_applied.push_back(view.version.toString());
    }
    void snapshot(std::uint32_t snap, const element& input)
    {
        sync::Cursor at{text(input, "epoch"), version(input, "v")};
        sync::Store items(foldMergePatches);
        for (const auto item : simdjson::dom::object(input["items"]))
            items.put(item.key, at.version, simdjson::minify(item.value), m_now, true);
        m_snapshotVersion = at.version.toString();
        m_replica.snapshotDone(snap, at, std::move(items), m_now, m_step);
    }
    void retry()
    {
        m_replica.authRefreshed(true, m_now, m_step);
        settle();
        if (m_replica.nextTryAt())
            passUntil(*m_replica.nextTryAt());
    }
    void passUntil(Instant at)
    {
        m_now = std::max(m_now, at);
        m_replica.tick(m_now, m_step);
        settle();
    }
    void settle()
    {
        for (const sync::Effect& effect : m_step.effects) {
            if (const auto* connect = std::get_if<sync::Connect>(&effect)) {
                m_lastConn = connect->conn;
                m_connects.push_back(connect->from ? connect->from->toString() : "none");
            } else if (const auto* fetch = std::get_if<sync::FetchSnapshot>(&effect)) {
                m_lastSnap = fetch->snap;
                ++m_snapshots;
            } else if (const auto* raised = std::get_if<sync::RaiseMarker>(&effect)) {
                const sync::MarkerKind kind = raised->marker.kind;
                if (kind != sync::MarkerKind::Resynced && kind != sync::MarkerKind::Requested)
                    m_gaps.emplace_back(toString(kind));
            } else if (std::get_if<sync::StoreReplaced>(&effect)) {
                m_applied.push_back("snapshot@" + m_snapshotVersion);
            } else if (const auto* settled = std::get_if<sync::BufferedSettled>(&effect)) {
                if (settled->verdict == sync::Verdict::Applied)
                    m_applied.push_back(m_tickets[settled->ticket]);
            }
        }
        m_step.clear();
    }

    sync::Order m_order;
    sync::Replica m_replica;
    sync::Step m_step;
    Instant m_now{1'000'000'000};
    std::uint32_t m_lastConn = 0, m_lastSnap = 0;
    std::size_t m_snapshots = 0;
    std::string m_snapshotVersion;
    std::map<std::uint64_t, std::string> m_tickets;
    std::vector<std::string> m_applied, m_gaps, m_connects;
};

} // namespace wg::test
