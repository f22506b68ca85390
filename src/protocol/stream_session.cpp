// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/stream_session.h"

#include "protocol/http_stream_session.h"
#include "protocol/websocket_session.h"

namespace wg::protocol
{

std::string_view ResponseHead::header(std::string_view name) const
{
    for (const HeaderField& field : headers)
        if (codec::equalsIgnoringCase(field.name, name))
            return field.value;
    return {};
}

std::unique_ptr<StreamSession> makeSession(const SessionRequest& request)
{
    if (request.framing == Framing::WebSocket)
        return std::make_unique<WebSocketSession>(request);
    return std::make_unique<HttpStreamSession>(request);
}

} // namespace wg::protocol
