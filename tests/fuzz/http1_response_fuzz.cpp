// SPDX-License-Identifier: GPL-3.0-or-later
// Any chunking gives the same head and body; what is read is within its limits.
#include "codec/http1_response.h"
#include "pieces.h"

namespace
{

using namespace wg;

std::string read(std::string_view bytes, unsigned seed)
{
    codec::Http1Response response;
    std::string text;
    std::size_t behind = 0;
    fuzz::feedInPieces(bytes, seed, [&](std::string_view in) {
        for (;;) {
            std::string_view body;
            const codec::HttpStep step = response.next(in, body);
            if (step == codec::HttpStep::NeedMore || step == codec::HttpStep::Failed)
                break;
            if (step == codec::HttpStep::Body)
                text.append(body);
            else
                text += step == codec::HttpStep::Head ? "<head>" : "<end>";
        }
        behind += response.isUpgraded() ? in.size() : 0;
    });
    const codec::HttpHead& head = response.head();
    fuzz::require(head.fields.size() <= limits::kHttpHeaderLines, "header lines are bounded");
    for (const codec::HttpField& field : head.fields) {
        fuzz::require(codec::isHttpToken(field.name), "names are tokens");
        fuzz::require(codec::isHttpFieldValue(field.value), "values hold no control characters");
        text += field.name + ":" + field.value + ";";
    }
    return text + std::to_string(head.status) + head.reason + response.fault() + std::to_string(behind) +
           std::to_string(static_cast<int>(response.finish()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view bytes = fuzz::asText(data, size);
    const unsigned seed = fuzz::takeByte(bytes);
    fuzz::require(read(bytes, seed) == read(bytes, 0), "HTTP does not depend on the chunking");
    return 0;
}
