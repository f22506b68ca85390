// SPDX-License-Identifier: GPL-3.0-or-later
// Conversation: what a connection is doing: taking requests, streaming, long polling, or speaking WebSocket.
// Shape:  bytes come in by onBytes(); what is to be said is asked for by fill() whenever the wire is free. Time comes in
//         with both; nextDeadline() says when fill() is to be asked again though nothing happened.
// Thread: the gateway's own.
#pragma once

#include "base/time.h"
#include "gateway/world.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wg::gateway {

inline constexpr std::size_t kBatchBytes = 64 * 1024; ///< one write is about this long at most

class Conversation {
public:
    /// What is to happen once the filled bytes are written.
    enum class Then : std::uint8_t {
        GoOn,
        Finish, ///< nothing more will be said: end in an orderly way
        Break,  ///< break the connection
    };
    struct Said {
        Then then = Then::GoOn;
        std::size_t skip = 0; ///< bytes at the front of the batch that are not to be sent
    };
    virtual ~Conversation() = default;

    virtual void onBytes(std::string_view bytes, Instant now) = 0;
    /// Appends to the empty `out`, about `limit` bytes at most. Nothing appended = nothing to say now.
    [[nodiscard]] virtual Said fill(std::string& out, std::size_t limit, Instant now) = 0;
    [[nodiscard]] virtual std::optional<Instant> nextDeadline() const = 0;
    /// False holds back reading until it is true again.
    [[nodiscard]] virtual bool wantsBytes() const { return true; }
    /// Resources whose changes give it something to say.
    [[nodiscard]] virtual ResourceMask watched() const { return 0; }
    /// UINT64_MAX where this resource is not watched.
    [[nodiscard]] virtual std::uint64_t oldestPosition(std::size_t) const { return UINT64_MAX; }
    /// True where what it has to say next is gone from the history.
    [[nodiscard]] virtual bool isLost() const { return false; }
    /// The server stops: the next fill() says good-bye.
    virtual void goAway() = 0;
    /// What comes after this one, once it has one; asked for after fill() and onBytes().
    [[nodiscard]] virtual std::unique_ptr<Conversation> takeNext() { return nullptr; }
    /// Counts bytes that reached the system.
    virtual void onWritten(std::size_t) {}
};

} // namespace wg::gateway
