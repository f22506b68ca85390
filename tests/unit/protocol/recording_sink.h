// SPDX-License-Identifier: GPL-3.0-or-later
// RecordingSink: everything a session says, as values.
#pragma once

#include "protocol/stream_session.h"

#include <functional>
#include <string>
#include <vector>

namespace wg::test
{

class RecordingSink : public protocol::SessionSink
{
public:
    struct Seen {
        std::string text, type, id;
        bool isBinary = false;
        bool isValid = true;
    };
    struct Refusal {
        protocol::ResponseHead head;
        std::string body;
        Error error;
    };

    void write(std::string_view bytes) override { written += bytes; }
    void opened(const protocol::ResponseHead& head) override { heads.push_back(head); }
    void refused(const protocol::ResponseHead& head, std::string_view body, const Error& error) override
    {
        refusals.push_back({head, std::string(body), error});
    }
    void message(const protocol::Message& message) override
    {
        messages.push_back({std::string(message.text), std::string(message.eventType), std::string(message.lastEventId),
                            message.isBinary, message.hasValidUtf8});
        if (onMessage)
            onMessage();
    }
    void retryHint(double ms) override
    {
        retries.push_back(ms);
        if (onRetryHint)
            onRetryHint();
    }
    void ended(const protocol::StreamEnd& end) override { ends.push_back(end); }

    [[nodiscard]] std::vector<std::string> texts() const
    {
        std::vector<std::string> all;
        for (const Seen& seen : messages)
            all.push_back(seen.text);
        return all;
    }

    std::string written;
    std::vector<protocol::ResponseHead> heads;
    std::vector<Refusal> refusals;
    std::vector<Seen> messages;
    std::vector<double> retries;
    std::vector<protocol::StreamEnd> ends;
    std::function<void()> onMessage;
    std::function<void()> onRetryHint;
};

} // namespace wg::test
