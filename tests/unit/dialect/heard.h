// SPDX-License-Identifier: GPL-3.0-or-later
// A decode sink that keeps what it hears, and padded messages for it.
#pragma once

#include "dialect/dialect.h"

#include <functional>

#include <string>
#include <vector>

namespace wg::test {

struct HeardEvent { std::string sid, type, key, epoch, payload, raw; sync::Op op; sync::Version version, prev; double serverMs; };
struct HeardProblem { std::string sid, code, detail; std::optional<double> retryAfterS; };

class Hearing final : public dialect::DecodeSink {
public:
    void event(std::string_view sid, const sync::EventView& e) override
    {
        events.push_back({std::string(sid), std::string(e.type), std::string(e.key), std::string(e.epoch), std::string(e.payload),
                          std::string(e.raw), e.op, e.version, e.prev, e.serverMs});
    }
    void subscribed(std::string_view sid, std::string_view epoch, const sync::Version& version) override
    {
        subscriptions.push_back(std::string(sid) + " " + std::string(epoch) + ":" + version.toString());
    }
    void unsubscribed(std::string_view sid) override { subscriptions.push_back("-" + std::string(sid)); }
    void problem(std::string_view sid, const dialect::Problem& p) override
    {
        problems.push_back({std::string(sid), std::string(p.code), std::string(p.detail), p.retryAfterS});
    }
    void unreadable(std::string_view, std::string_view why, std::string_view) override { refusals.emplace_back(why); }

    std::vector<HeardEvent> events;
    std::vector<std::string> subscriptions, refusals;
    std::vector<HeardProblem> problems;
};

/// Text with the padding a message has; what stands there must not matter.
class Padded {
public:
    explicit Padded(std::string text) : m_size(text.size()), m_text(std::move(text))
    {
        for (int i = 0; i < 64; ++i)
            m_text += "}\"],0"[i % 5];
    }
    [[nodiscard]] std::string_view view() const { return {m_text.data(), m_size}; }

private:
    std::size_t m_size;
    std::string m_text;
};

inline Hearing decode(dialect::Dialect& dialect, dialect::Carrier carrier, const std::string& text, const std::string& type = {},
                      const std::string& lastEventId = {})
{
    Hearing out;
    const Padded padded(text);
    dialect::Received message;
    message.text = padded.view();
    message.eventType = type;
    message.lastEventId = lastEventId;
    dialect.decode(carrier, message, out);
    return out;
}

inline std::unique_ptr<dialect::Dialect> make(const std::string& name, const std::string& url,
                                              const std::function<void(dialect::Subscription&)>& change = {})
{
    dialect::Subscription subscription;
    subscription.url = Url::parse(url).value();
    if (change)
        change(subscription);
    return std::move(dialect::makeDialect(name, subscription)).value();
}

} // namespace wg::test
