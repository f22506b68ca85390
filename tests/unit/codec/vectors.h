// SPDX-License-Identifier: GPL-3.0-or-later
// Loading the conformance sets.
#pragma once

#include <gtest/gtest.h>
#include <simdjson.h>

#include <functional>
#include <string>

namespace wg::test
{

/// Calls `run` for each case of a set in `folder`; fails if there is none.
inline void forEachCase(const std::string& folder, const std::string& set,
                        const std::function<void(simdjson::dom::object)>& run)
{
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    ASSERT_EQ(parser.load(folder + "/" + set + ".json").get(document), simdjson::SUCCESS) << set;
    int count = 0;
    for (const simdjson::dom::object each : document["cases"].get_array()) {
        run(each);
        ++count;
    }
    EXPECT_GT(count, 0) << set;
}

inline std::string textOf(simdjson::dom::object object, std::string_view key, std::string fallback = {})
{
    std::string_view text;
    return object[key].get(text) == simdjson::SUCCESS ? std::string(text) : fallback;
}

inline std::string fromBase64(std::string_view text)
{
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto at = std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").find(c);
        if (at == std::string_view::npos)
            continue;
        bits = bits << 6 | static_cast<unsigned>(at);
        if ((count += 6) >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xFF);
        }
    }
    return bytes;
}

} // namespace wg::test
