// SPDX-License-Identifier: GPL-3.0-or-later
// Rig: a replica on a bench. Inputs in short words, a clock that only moves when told, and everything it wanted done.
#pragma once

#include "support/tiny_json.h"
#include "sync/replica.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace wg::test
{

inline sync::ReplicaConfig configOf(sync::Order order, bool replay, bool hasSnapshot = true)
{
    sync::ReplicaConfig config;
    config.order = order;
    config.replay = replay;
    config.hasSnapshot = hasSnapshot;
    config.fold = foldMergePatches;
    return config;
}

class Rig
{
public:
    using Fault = sync::Fault;

    explicit Rig(const sync::ReplicaConfig& config)
        : m_order(config.order)
        , m_replica(std::make_unique<sync::Replica>(config))
    {
    }

    sync::Replica* operator->() { return m_replica.get(); }
    const sync::Replica* operator->() const { return m_replica.get(); }

    // --- inputs
    Rig& start() { return m_replica->start(now, m_step), settle(); }
    Rig& stop() { return m_replica->stop(now, m_step), settle(); }
    Rig& resyncNow() { return m_replica->resyncNow(now, m_step), settle(); }
    Rig& retryNow() { return m_replica->retryNow(now, m_step), settle(); }
    Rig& authRefreshed(bool ok) { return m_replica->authRefreshed(ok, now, m_step), settle(); }
    Rig& open(const std::string& epoch = {}, const std::string& from = {})
    {
        sync::OpenInfo info;
        if (!epoch.empty())
            info.epoch = epoch;
        if (!from.empty())
            info.resumedFrom = version(from);
        return m_replica->opened(conn, info, now, m_step), settle();
    }
    Rig& bytes() { return m_replica->bytes(conn, 1, now), settle(); }
    Rig& snapshot(const std::string& at, const std::vector<std::string>& keys = {"a"}, const std::string& epoch = {})
    {
        sync::Store items(foldMergePatches);
        for (const std::string& key : keys)
            items.put(key, version(at), "{\"from\":\"snapshot\"}", now, true);
        return m_replica->snapshotDone(snap, {epoch, version(at)}, std::move(items), now, m_step), settle();
    }
    Rig& progress() { return m_replica->snapshotProgress(snap, 1, now), settle(); }
    Rig& snapshotFails(Fault fault) { return m_replica->snapshotFailed(snap, fault, now, m_step), settle(); }
    Rig& closed(Fault fault) { return m_replica->closed(conn, fault, now, m_step), settle(); }
    Rig& unreadable() { return last = m_replica->unreadable(conn, "broken", now, m_step), settle(); }
    Rig& event(sync::EventView view, const std::string& at, const std::string& prev, const std::string& epoch,
               const std::string& key)
    {
        view.key = key;
        view.epoch = epoch;
        view.version = version(at);
        view.prev = version(prev);
        view.hasPrev = !prev.empty();
        return last = m_replica->event(conn, view, now, m_step), settle();
    }
    Rig& put(const std::string& at, const std::string& prev = {}, const std::string& epoch = {},
             const std::string& key = "a")
    {
        sync::EventView view;
        view.op = sync::Op::Put;
        view.payload = "{\"n\":1}";
        return event(view, at, prev, epoch, key);
    }
    Rig& range(const std::string& from, const std::string& to)
    {
        sync::EventView view;
        view.op = sync::Op::Put;
        view.payload = "{\"n\":1}";
        view.from = version(from);
        return event(view, to, {}, {}, "a");
    }
    Rig& patch(const std::string& at, const std::string& key, const std::string& prev = {})
    {
        sync::EventView view;
        view.op = sync::Op::Patch;
        view.payload = "{\"p\":2}";
        return event(view, at, prev, {}, key);
    }
    Rig& erase(const std::string& at, const std::string& key)
    {
        sync::EventView view;
        view.op = sync::Op::Delete;
        return event(view, at, {}, {}, key);
    }
    Rig& shown(const std::string& at)
    {
        sync::EventView view;
        view.op = sync::Op::None;
        return event(view, at, {}, {}, "a");
    }
    Rig& bookmark(const std::string& at, const std::string& prev = {}, const std::string& epoch = {})
    {
        sync::EventView view;
        view.op = sync::Op::Bookmark;
        return event(view, at, prev, epoch, {});
    }

    // --- time
    Rig& pass(double ms)
    {
        now = now + fromMs(ms);
        return m_replica->tick(now, m_step), settle();
    }
    /// Lets time pass exactly to the next try. Gives the wait in ms, -1 if none is pending.
    double waitForTry()
    {
        if (!m_replica->nextTryAt())
            return -1;
        const double ms = toMs(*m_replica->nextTryAt() - now);
        pass(ms);
        return ms;
    }

    // --- what came out, since the last clear()
    [[nodiscard]] std::string state() const { return std::string(toString(m_replica->state())); }
    [[nodiscard]] std::string cursor() const { return m_replica->cursor().toString(); }
    Rig& clear()
    {
        markers.clear();
        deleted.clear();
        settled.clear();
        connects.clear();
        fetches.clear();
        closes = aborts = refreshes = 0;
        return *this;
    }

    static Fault fault(Fault::Action action, ErrorCode code = ErrorCode::ConnectionLost)
    {
        Fault fault;
        fault.action = action;
        fault.code = code;
        fault.reason = "scripted";
        return fault;
    }
    static Fault lost() { return fault(Fault::Action::Retry); }
    static Fault ended() { return fault(Fault::Action::Retry, ErrorCode::None); }
    static Fault unauthorized() { return fault(Fault::Action::RefreshAuth, ErrorCode::Unauthorized); }
    static Fault forbidden() { return fault(Fault::Action::Fatal, ErrorCode::Forbidden); }
    static Fault gone()
    {
        Fault gone = fault(Fault::Action::Resync, ErrorCode::Gone);
        gone.isImmediate = true;
        return gone;
    }
    static Fault floored(double ms)
    {
        Fault limited = fault(Fault::Action::Retry, ErrorCode::RateLimited);
        limited.floorMs = ms;
        return limited;
    }

    Instant now{1'000'000'000};
    std::uint32_t conn = 0, snap = 0; ///< the newest numbers that were asked for
    sync::Verdict last = sync::Verdict::Ignored;
    std::vector<std::string> markers; ///< kinds
    std::vector<std::string> deleted, settled, connects;
    std::vector<sync::FetchSnapshot> fetches;
    int closes = 0, aborts = 0, refreshes = 0;

private:
    [[nodiscard]] sync::Version version(const std::string& text) const
    {
        return m_order == sync::Order::Opaque ? sync::Version::opaque(text) : sync::Version::fromText(text);
    }
    Rig& settle()
    {
        for (const sync::Effect& effect : m_step.effects)
            note(effect);
        m_step.clear();
        EXPECT_TRUE(m_replica->counters().addUp());
        EXPECT_EQ(m_replica->isStale(), m_replica->state() != sync::ReplicaState::Live);
        return *this;
    }
    void note(const sync::Effect& effect)
    {
        if (const auto* connect = std::get_if<sync::Connect>(&effect)) {
            conn = connect->conn;
            connects.push_back(connect->from ? connect->from->toString() : "none");
        } else if (const auto* fetch = std::get_if<sync::FetchSnapshot>(&effect)) {
            snap = fetch->snap;
            fetches.push_back(*fetch);
        } else if (const auto* raised = std::get_if<sync::RaiseMarker>(&effect)) {
            markers.emplace_back(toString(raised->marker.kind));
        } else if (const auto* replaced = std::get_if<sync::StoreReplaced>(&effect)) {
            deleted = replaced->deleted;
            std::sort(deleted.begin(), deleted.end());
        } else if (const auto* one = std::get_if<sync::BufferedSettled>(&effect)) {
            settled.push_back(std::to_string(one->ticket) + " " + std::string(toString(one->verdict)));
        } else if (const auto* changed = std::get_if<sync::StateChanged>(&effect)) {
            EXPECT_TRUE(sync::canFollow(changed->from, changed->to))
                << toString(changed->from) << " to " << toString(changed->to);
        } else if (std::get_if<sync::CloseConnection>(&effect)) {
            ++closes;
        } else if (std::get_if<sync::AbortSnapshot>(&effect)) {
            ++aborts;
        } else if (std::get_if<sync::RefreshAuth>(&effect)) {
            ++refreshes;
        }
    }

    sync::Order m_order;
    std::unique_ptr<sync::Replica> m_replica;
    sync::Step m_step;
};

/// Live with a snapshot at "5" of epoch E, key a; replay: resumed from it.
inline Rig liveRig(sync::ReplicaConfig config, const std::string& epoch = "E")
{
    Rig rig(config);
    rig.start();
    if (config.hasSnapshot && config.replay)
        rig.snapshot("5", {"a"}, epoch).open();
    else if (config.hasSnapshot)
        rig.open().snapshot("5", {"a"}, epoch);
    else
        rig.open();
    EXPECT_EQ(rig.state(), "live");
    rig.clear();
    return rig;
}

using Kinds = std::vector<std::string>;

} // namespace wg::test
