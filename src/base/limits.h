// SPDX-License-Identifier: GPL-3.0-or-later
// Every bound in one place. Meeting one is a named condition that a person sees, never a silent cut.
#pragma once

#include <cstddef>
#include <string>

namespace wg::limits {

inline constexpr std::size_t kKiB = 1024;
inline constexpr std::size_t kMiB = 1024 * kKiB;

inline constexpr std::size_t kEventBytes = 16 * kMiB;      ///< one event, line or WebSocket message
inline constexpr std::size_t kJsonDepth = 512;             ///< nesting of an event or snapshot
inline constexpr std::size_t kSnapshotBytes = 512 * kMiB;  ///< one whole snapshot
inline constexpr std::size_t kSyncBufferEvents = 100'000;  ///< events that wait for a snapshot
inline constexpr std::size_t kSyncBufferBytes = 64 * kMiB; ///< the same, by bytes
inline constexpr std::size_t kHttpHeadBytes = 64 * kKiB;   ///< status line and all header fields
inline constexpr std::size_t kHttpHeaderLines = 256;
inline constexpr std::size_t kErrorBodyBytes = 64 * kKiB;  ///< kept of a body that came with an error status
inline constexpr std::size_t kRedirects = 10;
inline constexpr std::size_t kEventLogBytes = 512 * kMiB;  ///< default memory budget of the event log
inline constexpr std::size_t kReadChunkBytes = 64 * kKiB;  ///< read from a socket at a time: stays in the second level cache
inline constexpr std::size_t kWriteBacklogBytes = 16 * kMiB; ///< written, but not yet taken by a peer that does not read
inline constexpr std::size_t kLedgerSpans = 10'000;
inline constexpr std::size_t kMarkers = 10'000;
inline constexpr std::size_t kOutlineNodes = 2'000'000;     ///< JSON values of one message that a tree shows
inline constexpr std::size_t kPayloadShownBytes = 256'000;  ///< of a message over kPayloadWholeBytes, until all is asked for
inline constexpr std::size_t kPayloadWholeBytes = 1'000'000;

/// A size for a person: 16 MiB, 64 KiB, 1000 bytes.
[[nodiscard]] inline std::string sizeText(std::size_t bytes)
{
    if (bytes >= kMiB && bytes % kMiB == 0)
        return std::to_string(bytes / kMiB) + " MiB";
    if (bytes >= kKiB && bytes % kKiB == 0)
        return std::to_string(bytes / kKiB) + " KiB";
    return std::to_string(bytes) + " bytes";
}

} // namespace wg::limits
