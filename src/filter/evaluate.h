// SPDX-License-Identifier: GPL-3.0-or-later
// Evaluation: tests against one record. The payload is parsed at most once, when the first test asks for it.
// Limits: payload depth base limits::kJsonDepth; what cannot be parsed has no fields.
// Thread: on the stack of one call; borrows the calling thread's parser.
#pragma once

#include "filter/filter.h"
#include "filter/syntax.h"

#include <simdjson.h>

namespace wg::filter {

class Evaluation {
public:
    explicit Evaluation(const Record& record) : m_record(record) {}
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;
    ~Evaluation();

    [[nodiscard]] bool holds(const Test& test);

private:
    [[nodiscard]] bool holdsEnvelope(const Test& test) const;
    [[nodiscard]] bool find(const std::vector<PathStep>& path, simdjson::dom::element& out);
    [[nodiscard]] bool parse();

    const Record& m_record;
    enum class Payload : std::uint8_t { Unread, Parsed, Unusable } m_payload = Payload::Unread;
    simdjson::dom::element m_root;
};

} // namespace wg::filter
