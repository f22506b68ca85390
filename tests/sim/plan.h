// SPDX-License-Identifier: GPL-3.0-or-later
// Plan: what one seed stands for. Swarm testing: every seed draws its own order, its own few faults and their rates.
// Faults that an order cannot detect by its nature (a lost message of an opaque stream) are not drawn for it.
#pragma once

#include "sync/replica.h"

#include <cstdint>
#include <string>

namespace wg::sim
{

struct Faults {
    // --- of a message on the line, as probability
    double drop = 0, duplicate = 0, reorder = 0, corrupt = 0;
    // --- of a change at the server, as probability
    double broken = 0, badPatch = 0, earlyBookmark = 0;
    // --- of a connection being opened, as probability
    double silentConnect = 0, refused = 0, rateLimited = 0, endsAtOnce = 0, otherStart = 0, tooOld = 0;
    // --- of a snapshot request, as probability
    double snapshotFails = 0, snapshotSilent = 0, snapshotStalls = 0, snapshotStale = 0;
    // --- in time, mean seconds between two of them; 0 = never
    double cut = 0, halfOpen = 0, zombie = 0, authExpires = 0, restart = 0, newEpoch = 0, epochInStream = 0, lag = 0,
           truncate = 0, compact = 0, suspend = 0, person = 0, kill = 0, outage = 0;
    bool isLate = false; ///< answers and messages come although nobody waits for them any more
};

struct Plan {
    std::uint64_t seed = 0;
    sync::ReplicaConfig config;
    bool tellsEpoch = false; ///< the opening tells the epoch
    bool tellsProof = false; ///< the opening tells where it starts
    bool tellsTooOld = true; ///< a cursor out of history is refused with 410; else the opening shows it
    double writeEveryS = 1;
    double bookmarkEveryS = 10;
    double latencyMs = 20;
    double chaosS = 120;
    Faults faults;

    [[nodiscard]] static Plan from(std::uint64_t seed);
    [[nodiscard]] std::string summary() const;
};

} // namespace wg::sim
