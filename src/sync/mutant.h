// SPDX-License-Identifier: GPL-3.0-or-later
// Mutant: named bugs that the tests switch on to prove that they would be found. Only the test build (WG_MUTANTS) can
// switch one on; anywhere else mutated() is the constant false and leaves no code.
// Thread: the switch is per thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace wg::sync
{

enum class Mutant : std::uint8_t {
    None,
    NoGapCheck,             ///< a gap is taken as the next event
    NoEpochCheck,           ///< versions of two epochs are compared
    NoSilenceLimit,         ///< a half-open connection is trusted for ever
    HeartbeatIgnored,       ///< bookmarks are counted, neither checked nor followed
    NoSnapshotDeadline,     ///< a snapshot that never answers is waited for
    NoConnectDeadline,      ///< a connection that never opens is waited for
    StaleApplied,           ///< a lower version overwrites a newer one
    CursorBeforeApply,      ///< the cursor moves although the patch could not be applied
    BufferKeptOnDisconnect, ///< events of a lost connection are replayed
    SnapshotMerged,         ///< a snapshot is added to the store instead of replacing it
    BookmarkAheadAccepted,  ///< a bookmark beyond what was received moves the cursor
    ResumeFromReceived,     ///< the cursor of a resume is the last received version
    UnreadableSkipped,      ///< what cannot be read is counted and passed over
    LateSnapshotAccepted,   ///< the answer to an old request is taken
    LateEventAccepted,      ///< an event of an old connection is taken
    FloorIgnored,           ///< Retry-After is not kept
    GoneLooped,             ///< every "too old" asks again at once
    ProofIgnored,           ///< where the server resumed is not compared
    ExpiredEpochAccepted,   ///< a cache may bring back a former epoch
    OldSnapshotAccepted,    ///< a snapshot older than the state is taken without asking again
    JointUnchecked,         ///< a snapshot older than the buffered stream is taken
    GapUnmarked,            ///< a gap is resynced without a marker
    StaleFlagLost,          ///< the state says live while it resyncs
    BufferUnbounded,        ///< no limit on what waits for a snapshot
    StopForgotten,          ///< a back-off that was pending at stop still fires
    PatchBaseInvented,      ///< a patch on an unknown key makes an item
};

inline constexpr std::array<std::pair<Mutant, std::string_view>, 27> kMutants{{
    {Mutant::None, "none"},
    {Mutant::NoGapCheck, "no_gap_check"},
    {Mutant::NoEpochCheck, "no_epoch_check"},
    {Mutant::NoSilenceLimit, "no_silence_limit"},
    {Mutant::HeartbeatIgnored, "heartbeat_ignored"},
    {Mutant::NoSnapshotDeadline, "no_snapshot_deadline"},
    {Mutant::NoConnectDeadline, "no_connect_deadline"},
    {Mutant::StaleApplied, "stale_applied"},
    {Mutant::CursorBeforeApply, "cursor_before_apply"},
    {Mutant::BufferKeptOnDisconnect, "buffer_kept_on_disconnect"},
    {Mutant::SnapshotMerged, "snapshot_merged"},
    {Mutant::BookmarkAheadAccepted, "bookmark_ahead_accepted"},
    {Mutant::ResumeFromReceived, "resume_from_received"},
    {Mutant::UnreadableSkipped, "unreadable_skipped"},
    {Mutant::LateSnapshotAccepted, "late_snapshot_accepted"},
    {Mutant::LateEventAccepted, "late_event_accepted"},
    {Mutant::FloorIgnored, "floor_ignored"},
    {Mutant::GoneLooped, "gone_looped"},
    {Mutant::ProofIgnored, "proof_ignored"},
    {Mutant::ExpiredEpochAccepted, "expired_epoch_accepted"},
    {Mutant::OldSnapshotAccepted, "old_snapshot_accepted"},
    {Mutant::JointUnchecked, "joint_unchecked"},
    {Mutant::GapUnmarked, "gap_unmarked"},
    {Mutant::StaleFlagLost, "stale_flag_lost"},
    {Mutant::BufferUnbounded, "buffer_unbounded"},
    {Mutant::StopForgotten, "stop_forgotten"},
    {Mutant::PatchBaseInvented, "patch_base_invented"},
}};

#ifdef WG_MUTANTS
inline Mutant& activeMutant()
{
    static thread_local Mutant active = Mutant::None;
    return active;
}
inline bool mutated(Mutant mutant)
{
    return activeMutant() == mutant;
}
#else
constexpr bool mutated(Mutant)
{
    return false;
}
#endif

} // namespace wg::sync
