// SPDX-License-Identifier: GPL-3.0-or-later
// Payload: the bytes of one message or object with their outline, shared by the tree, the raw lines and the clipboard.
// Thread: immutable once made; shared by pointer.
#pragma once

#include "ui/json/json_outline.h"

#include <memory>
#include <string>
#include <string_view>

namespace wg::ui {

struct Payload {
    std::string bytes;
    std::size_t totalBytes = 0; ///< of the whole message, of which bytes may be the beginning
    JsonOutline outline;

    [[nodiscard]] bool isCut() const { return bytes.size() < totalBytes; }
    [[nodiscard]] std::string_view text(std::uint32_t begin, std::uint32_t end) const
    {
        return std::string_view(bytes).substr(begin, end - begin);
    }
    [[nodiscard]] std::string_view key(const JsonNode& node) const { return text(node.keyBegin, node.keyEnd); }
    [[nodiscard]] std::string_view value(const JsonNode& node) const { return text(node.begin, node.end); }

    [[nodiscard]] static std::shared_ptr<const Payload> of(std::string bytes, std::size_t totalBytes)
    {
        auto payload = std::make_shared<Payload>();
        payload->bytes = std::move(bytes);
        payload->totalBytes = totalBytes;
        payload->outline = JsonOutline::of(payload->bytes, payload->isCut());
        return payload;
    }
};

using PayloadPtr = std::shared_ptr<const Payload>;

} // namespace wg::ui
