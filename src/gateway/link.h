// SPDX-License-Identifier: GPL-3.0-or-later
// Link: one accepted connection: its wire, its one batch on the way out, its timer, and the conversation it carries.
// Limits: one batch of kBatchBytes (a snapshot is one batch of its own size); a write that takes longer than
//         Options::writeStall ends the link.
// Thread: the gateway's own; lives as long as an operation on its wire is under way.
#pragma once

#include "base/prng.h"
#include "gateway/conversation.h"
#include "gateway/hub.h"
#include "gateway/wire.h"

#include <boost/asio/steady_timer.hpp>

#include <array>
#include <memory>
#include <string>

namespace wg::gateway {

class Link : public std::enable_shared_from_this<Link> {
public:
    Link(Hub& hub, std::shared_ptr<Wire> wire);
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    /// TLS if there is any, then requests.
    void start();
    void wake(ResourceMask changed);
    void goAway();
    void breakOff();
    [[nodiscard]] std::uint64_t oldestPosition(std::size_t resource) const;

private:
    void read();
    void pump();
    void write(Conversation::Said said);
    void onWritten(ErrorValue error, std::size_t size, Conversation::Then then);
    /// True if there is another one now.
    bool changeConversation();
    void arm();
    void onTimer();

    Hub& m_hub;
    std::shared_ptr<Wire> m_wire;
    std::unique_ptr<Conversation> m_conversation;
    asio::steady_timer m_timer;
    Instant m_armedFor{INT64_MAX};
    std::string m_out;
    std::array<char, 4 * 1024> m_in; ///< clients say little
    Instant m_writeDeadline;
    Instant m_readyAt;          ///< chaos: a throttled link is silent until then
    std::size_t m_batch = kBatchBytes;
    bool m_isThrottled = false;
    bool m_isReading = false;
    bool m_isWriting = false;
    bool m_isFinished = false;  ///< everything is said; waiting for the peer to close
    bool m_isClosed = false;
};

} // namespace wg::gateway
