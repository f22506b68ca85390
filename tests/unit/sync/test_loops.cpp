// SPDX-License-Identifier: GPL-3.0-or-later
// Permanent faults: a server that never does right must not be asked in a hot loop, and the watch must say degraded.
// Ten minutes of virtual time each; every request is counted (SYNC B4 I10, D6).
#include "rig.h"

#include <functional>

namespace wg::test
{
namespace
{

using sync::Order;

constexpr double kMinutes = 10;
constexpr double kRoundTripMs = 5;

struct Server {
    std::function<void(Rig&)> connect = [](Rig& rig) { rig.open(); };
    std::function<void(Rig&)> snapshot = [](Rig& rig) { rig.snapshot("100", {"a"}, "E"); };
    std::function<void(Rig&)> live = [](Rig&) {};
};

/// Requests in ten minutes.
std::size_t requests(Rig& rig, const Server& server)
{
    const Instant end = rig.now + fromSeconds(kMinutes * 60);
    rig.start();
    while (rig.now < end && rig.state() != "fatal") {
        rig.pass(kRoundTripMs);
        if (rig.state() == "connecting")
            server.connect(rig);
        else if (rig.state() == "syncing" && !rig->nextTryAt())
            server.snapshot(rig);
        else if (rig.state() == "live")
            server.live(rig);
        else
            rig.waitForTry();
    }
    return rig.connects.size() + rig.fetches.size();
}

const sync::ReplicaConfig kDense = configOf(Order::Dense, true);
const sync::ReplicaConfig kStreamFirst = configOf(Order::Dense, false);

struct Permanent {
    const char* name;
    sync::ReplicaConfig config;
    Server server;
    std::size_t most;
};

std::vector<Permanent> faults()
{
    std::vector<Permanent> all;
    const auto add = [&](const char* name, const sync::ReplicaConfig& config, std::size_t most, auto set) {
        Permanent one{name, config, {}, most};
        set(one.server);
        all.push_back(one);
    };
    constexpr std::size_t kBackedOff = 140; // two requests a try, at most 30 s apart, 15 s on average
    for (const auto& config : {kDense, kStreamFirst}) {
        add("refused", config, kBackedOff, [](Server& s) { s.connect = [](Rig& rig) { rig.closed(Rig::lost()); }; });
        add("too old", config, kBackedOff, [](Server& s) { s.connect = [](Rig& rig) { rig.closed(Rig::gone()); }; });
        add("ends at once", config, kBackedOff,
            [](Server& s) { s.connect = [](Rig& rig) { rig.open().closed(Rig::ended()); }; });
        add("snapshot fails", config, kBackedOff,
            [](Server& s) { s.snapshot = [](Rig& rig) { rig.snapshotFails(Rig::lost()); }; });
        add("snapshot page gone", config, kBackedOff,
            [](Server& s) { s.snapshot = [](Rig& rig) { rig.snapshotFails(Rig::gone()); }; });
        add("snapshot without version", config, kBackedOff,
            [](Server& s) { s.snapshot = [](Rig& rig) { rig.snapshot(""); }; });
        add("every message unreadable", config, kBackedOff,
            [](Server& s) { s.live = [](Rig& rig) { rig.unreadable(); }; });
        add("gap after every snapshot", config, kBackedOff,
            [](Server& s) { s.live = [](Rig& rig) { rig.put("200"); }; });
        add("bookmark ahead at once", config, kBackedOff,
            [](Server& s) { s.live = [](Rig& rig) { rig.bookmark("200"); }; });
        add("patch without base at once", config, kBackedOff,
            [](Server& s) { s.live = [](Rig& rig) { rig.patch("101", "nobody"); }; });
        add("another epoch in every stream", config, kBackedOff,
            [](Server& s) { s.live = [](Rig& rig) { rig.put("101", {}, "F"); }; });
        add("asks to wait", config, 40,
            [](Server& s) { s.connect = [](Rig& rig) { rig.closed(Rig::floored(20'000)); }; });
    }
    add("resumes elsewhere", kDense, kBackedOff, [](Server& s) { s.connect = [](Rig& rig) { rig.open("E", "7"); }; });
    add("must refetch", kDense, kBackedOff, [](Server& s) {
        s.connect = [](Rig& rig) { rig.open("epoch-" + std::to_string(rig.connects.size())); };
        s.snapshot = [](Rig& rig) { rig.snapshot("100", {"a"}, "epoch-" + std::to_string(rig.connects.size())); };
    });
    add("snapshot older than the stream", kStreamFirst, kBackedOff,
        [](Server& s) { s.connect = [](Rig& rig) { rig.open().put("900"); }; });
    sync::ReplicaConfig resumeOnce = kDense;
    resumeOnce.onGap = sync::OnGap::ResumeOnceThenSnapshot;
    add("gap, resume once", resumeOnce, 2 * kBackedOff, [](Server& s) { s.live = [](Rig& rig) { rig.put("200"); }; });
    return all;
}

TEST(Loops, noPermanentFaultMakesAHotLoopAndEachIsCalledDegraded)
{
    for (const Permanent& fault : faults()) {
        SCOPED_TRACE(std::string(fault.name) + (fault.config.replay ? "" : ", stream first"));
        Rig rig(fault.config);
        EXPECT_LE(requests(rig, fault.server), fault.most);
        EXPECT_TRUE(rig->isDegraded() || rig.state() == "fatal");
    }
}

TEST(Loops, progressByInchesIsBoundedToo)
{
    for (const auto& config : {kDense, kStreamFirst}) {
        Rig rig(config);
        Server server;
        std::uint64_t version = 100;
        server.snapshot = [&](Rig& r) { r.snapshot(std::to_string(version), {"a"}, "E"); };
        server.live = [&](Rig& r) {
            r.put(std::to_string(version + 1)).put(std::to_string(version + 9)); // one good event, then a gap
            version += 9;
        };
        EXPECT_LE(requests(rig, server), 10u * 60 * 10); // ten a second, not thousands
    }
}

} // namespace
} // namespace wg::test
