// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of input: a target and patches. Folding them gives what applying them one by one gives, and it is JSON.
#include "codec/json_patch.h"
#include "codec/merge_patch.h"
#include "pieces.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace wg;
    std::string_view text = fuzz::asText(data, size);
    std::vector<std::string_view> lines;
    while (lines.size() < 6) {
        const std::size_t stop = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, stop));
        if (stop == text.size())
            break;
        text.remove_prefix(stop + 1);
    }
    for (const std::string_view line : lines)
        if (codec::checkJson(line)) {
            std::string out;
            (void)codec::applyMergePatch(lines.front(), lines.back(), out);
            (void)codec::applyJsonPatch(lines.front(), lines.back(), out);
            return 0;
        }
    codec::MergePatch fold;
    std::string single(lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) {
        std::string next;
        fuzz::require(fold.add(lines[i]) && codec::applyMergePatch(single, lines[i], next), "a JSON patch applies");
        single = next;
    }
    std::string folded;
    fuzz::require(fold.applyTo(lines.front(), folded), "a fold of JSON patches applies");
    fuzz::require(!codec::checkJson(folded), "the result is JSON");
    fuzz::require(codec::sameJsonValue(single, folded), "folding is applying one by one");
    std::string out;
    if (codec::applyJsonPatch(lines.front(), lines.back(), out))
        fuzz::require(!codec::checkJson(out), "the result of a JSON patch is JSON");
    return 0;
}
