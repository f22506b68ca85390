// SPDX-License-Identifier: GPL-3.0-or-later
// A filter and a payload, divided by the first line end: neither may harm, and a refusal names a place in the text.
#include "filter/filter.h"
#include "pieces.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace wg;
    const std::string_view input = fuzz::asText(data, size);
    const std::size_t end = input.find('\n');
    const std::string_view text = input.substr(0, end);
    const std::string_view payload = end == std::string_view::npos ? std::string_view() : input.substr(end + 1);
    for (const filter::Scope scope : {filter::Scope::Server, filter::Scope::Display}) {
        const filter::FilterResult compiled = filter::Filter::compile(text, scope);
        if (!compiled) {
            fuzz::require(compiled.error.column >= 1 && compiled.error.column <= text.size() + 1, "the column is in the text");
            fuzz::require(!compiled.error.expected.empty(), "an expectation is named");
            continue;
        }
        filter::Record record;
        record.type = "order_updated";
        record.key = text.substr(0, 8);
        record.version = 7;
        record.latencyMs = 1.5;
        record.payload = payload;
        const bool first = compiled.value().matches(record);
        fuzz::require(first == compiled.value().matches(record), "evaluation is repeatable");
        fuzz::require(!compiled.value().explain().empty(), "every filter can be explained");
    }
    return 0;
}
