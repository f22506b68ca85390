// SPDX-License-Identifier: GPL-3.0-or-later
// Generic: sources that say nothing of versions. Every message is shown, no state is claimed, order is opaque.
// Resume: SSE by Last-Event-ID; WebSocket of nginx Nchan by last_event_id where `ws+meta.nchan` was agreed on;
//         long poll by the validators of the last answer (the engine's long poll keeps those).
// Source: WHATWG HTML 9.2 (Last-Event-ID), Nchan documentation "WebSocket", "Message IDs".
#pragma once

#include "dialect/dialect.h"

namespace wg::dialect {

class Generic final : public Dialect {
public:
    /// only: the one carrier it is fixed to; nothing = the content type or the scheme chooses.
    Generic(Url url, std::optional<Carrier> only);

    [[nodiscard]] std::string_view name(Carrier carrier) const noexcept override;
    [[nodiscard]] std::string_view resource() const noexcept override { return {}; }
    [[nodiscard]] Traits traits(Carrier carrier) const noexcept override;
    [[nodiscard]] std::vector<Carrier> carriers() const override;
    [[nodiscard]] Request stream(Carrier carrier, const std::optional<sync::Cursor>& from) const override;
    [[nodiscard]] Request snapshot(bool) const override { return {}; }
    void connected(Carrier carrier, std::string_view subprotocol) override;
    void decode(Carrier carrier, const Received& message, DecodeSink& sink) override;
    bool readAnswer(std::string_view body, PollAnswer& out, std::string& why) override;
    void giveEvents(DecodeSink& sink) override;

private:
    void show(std::string_view type, std::string_view id, std::string_view payload, std::string_view raw, DecodeSink& sink);

    Url m_url;
    std::optional<Carrier> m_only;
    bool m_hasMeta = false; ///< frames carry ids (ws+meta.nchan)
    std::string m_lastId;   ///< of the message before, on this connection
    std::string_view m_body;
    sync::EventView m_event;
};

} // namespace wg::dialect
