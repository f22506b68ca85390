// SPDX-License-Identifier: GPL-3.0-or-later
// WatchV1: the native dialect `watch.v1`, over every carrier, and over the shared socket /v1/stream.
// Source: PROTOCOL 1 to 4 of this project.
#pragma once

#include "dialect/dialect.h"
#include "dialect/json_reader.h"
#include "dialect/route_address.h"

#include <array>

namespace wg::dialect {

class WatchV1 final : public Dialect {
public:
    WatchV1(RouteAddress address, std::string filter);

    [[nodiscard]] std::string_view name(Carrier) const noexcept override { return "watch.v1"; }
    [[nodiscard]] std::string_view resource() const noexcept override { return m_address.resource; }
    [[nodiscard]] Traits traits(Carrier) const noexcept override;
    [[nodiscard]] std::vector<Carrier> carriers() const override;
    [[nodiscard]] Request stream(Carrier carrier, const std::optional<sync::Cursor>& from) const override;
    [[nodiscard]] Request snapshot(bool bustCaches) const override;
    void connected(Carrier, std::string_view) override {}
    void decode(Carrier carrier, const Received& message, DecodeSink& sink) override;
    bool readAnswer(std::string_view body, PollAnswer& out, std::string& why) override;
    void giveEvents(DecodeSink& sink) override;
    [[nodiscard]] bool sharesSocket() const noexcept override { return m_address.isShared; }
    [[nodiscard]] std::string subscribeMessage(std::string_view sid, const std::optional<sync::Cursor>& from) const override;
    [[nodiscard]] std::string unsubscribeMessage(std::string_view sid) const override;
    [[nodiscard]] bool skipsVersions() const noexcept override;

private:
    enum Field : std::uint8_t {
        kOp, kSid, kEvent, kResource, kId, kEpoch, kVersion, kPrev, kTs, kObject, kChanges, kCode, kDetail, kRetryAfter,
        kFields, ///< how many; as a place: any other name
        kAbsent, ///< never written: what a field that is not there looks like
    };
    /// The fields of one message, as they stand in it.
    struct Fields {
        std::array<JsonValue, kAbsent + 1> values;
        std::uint32_t present = 0;
        [[nodiscard]] const JsonValue& operator[](Field field) const noexcept
        {
            return values[(present >> field & 1) != 0 ? field : kAbsent];
        }
    };
    [[nodiscard]] static Field fieldOf(std::string_view name) noexcept;
    bool readFields(std::string_view text, Fields& out, DecodeSink& sink);
    void giveEvent(const Fields& fields, std::string_view raw, DecodeSink& sink);
    void giveOperation(std::string_view op, const Fields& fields, std::string_view raw, DecodeSink& sink);
    void giveProblem(const Fields& fields, DecodeSink& sink);
    [[nodiscard]] const char* fillEvent(const Fields& fields, std::string_view raw);
    void addSelection(Url& url) const;
    std::string_view textOf(const JsonValue& value, std::string& scratch) const;

    RouteAddress m_address;
    std::string m_filter;
    JsonReader m_reader;
    Fields m_fields;
    std::array<Field, 16> m_order{}; ///< of the fields of the message before: the next one mostly has the same
    sync::EventView m_event;
    sync::Version m_version;
    std::vector<std::string_view> m_elements; ///< events of the last answer
    std::string m_type, m_key, m_epoch, m_sid, m_code, m_detail;
};

} // namespace wg::dialect
