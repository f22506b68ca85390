// SPDX-License-Identifier: GPL-3.0-or-later
// MemoryEngine: an engine on ports that are pieces of memory, watching one EventStream. No sockets, no event loop, one
// thread: what is measured is the program's own work on the bytes.
#pragma once

#include "engine/engine.h"
#include "support/event_stream.h"

#include <optional>
#include <string>
#include <vector>

namespace wg::bench {

class MemoryEngine final : private engine::StreamPort,
                           private engine::HttpPort,
                           private engine::VaultPort,
                           private engine::ClockPort {
public:
    /// Takes the snapshot and opens the stream; ends the program if the watch is not live then.
    MemoryEngine(Wire wire, const StreamShape& shape);

    /// bytes of the stream, in pieces as a socket gives them.
    void feed(std::string_view bytes);
    [[nodiscard]] engine::Engine& engine() { return *m_engine; }

private:
    void open(engine::StreamId id, const engine::StreamTarget&) override { m_opened = id; }
    void write(engine::StreamId, std::string_view bytes) override { m_written += bytes; }
    void close(engine::StreamId) override { m_stream.reset(); }
    void request(engine::RequestId id, const engine::HttpRequest&) override { m_asked = id; }
    void abort(engine::RequestId) override {}
    void read(const std::string&, bool, Answer answer) override;
    [[nodiscard]] Instant now() const override { return m_now; }
    [[nodiscard]] WallMs wallNow() const override { return 1'760'000'100'000.0 + toMs(m_now - Instant{0}); }

    void answerSnapshot(const StreamShape& shape);
    void answerStream(Wire wire);

    Instant m_now{1'000'000'000};
    std::optional<engine::StreamId> m_opened;
    std::optional<engine::StreamId> m_stream;
    std::optional<engine::RequestId> m_asked;
    std::string m_written;
    std::vector<char> m_buffer;
    std::optional<engine::Engine> m_engine;
};

} // namespace wg::bench
