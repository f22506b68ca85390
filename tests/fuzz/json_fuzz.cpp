// SPDX-License-Identifier: GPL-3.0-or-later
// The strict check against simdjson's, and what the readers and the escapes make of a good text.
#include "codec/json.h"
#include "codec/utf8.h"
#include "pieces.h"

#include <simdjson.h>

namespace
{

using namespace wg;

void walk(const codec::JsonValue& value, int depth)
{
    std::string text;
    if (value.kind == codec::JsonKind::Object) {
        codec::JsonObjectReader reader(value.bytes);
        codec::JsonMember member;
        while (reader.next(member)) {
            codec::appendJsonText(member.key, text);
            if (depth < 20)
                walk(member.value, depth + 1);
        }
        fuzz::require(reader.isWhole(), "a checked object is read to its end");
    } else if (value.kind == codec::JsonKind::Array) {
        codec::JsonArrayReader reader(value.bytes);
        codec::JsonValue each;
        while (reader.next(each))
            if (depth < 20)
                walk(each, depth + 1);
        fuzz::require(reader.isWhole(), "a checked array is read to its end");
    } else if (value.kind == codec::JsonKind::String) {
        codec::appendJsonText(value.bytes, text);
        std::string again;
        codec::appendJsonString(text, again);
        std::string back;
        codec::appendJsonText(again, back);
        fuzz::require(!codec::checkJson(again) && back == text, "writing and reading a string gives the same text");
    }
    fuzz::require(codec::isValidUtf8(text), "resolved texts are UTF-8");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzz::asText(data, size);
    fuzz::feedCopy(text, [](std::string_view copy) {
        const bool isTaken = !codec::checkJson(copy);
        simdjson::dom::parser parser;
        const auto theirs = parser.parse(simdjson::padded_string(copy)).error();
        // It refuses numbers that no double holds and lone surrogates; both are JSON.
        const bool isPickier =
            theirs == simdjson::NUMBER_ERROR || theirs == simdjson::STRING_ERROR || theirs == simdjson::DEPTH_ERROR;
        fuzz::require(isTaken || theirs != simdjson::SUCCESS || copy.find(std::string(400, '[')) != copy.npos,
                      "what simdjson takes is taken");
        fuzz::require(!isTaken || theirs == simdjson::SUCCESS || isPickier, "what is not JSON is refused");
        const auto value = codec::readJson(copy);
        if (isTaken) {
            fuzz::require(value.has_value(), "a checked text is read");
            walk(*value, 0);
        }
        (void)codec::findJson(copy, "/a/0/b");
    });
    return 0;
}
