// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/websocket_handshake.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace wg::codec
{

namespace
{

std::string base64(const unsigned char* bytes, std::size_t size)
{
    std::string text((size + 2) / 3 * 4 + 1, '\0'); // EVP_EncodeBlock ends with NUL
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, static_cast<int>(size));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

bool anyFieldListContains(const HttpHead& head, std::string_view name, std::string_view token)
{
    return std::any_of(head.fields.begin(), head.fields.end(), [&](const HttpField& field) {
        return equalsIgnoringCase(field.name, name) && listContains(field.value, token);
    });
}

} // namespace

std::string makeWebSocketKey(Prng& prng)
{
    std::array<unsigned char, 16> bytes{};
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        std::uint64_t word = prng.next();
        for (std::size_t j = 0; j < 8; ++j, word >>= 8)
            bytes[i + j] = static_cast<unsigned char>(word);
    }
    return base64(bytes.data(), bytes.size());
}

std::string webSocketAccept(std::string_view key)
{
    std::string text(key);
    text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
        return {};
    return base64(digest.data(), size);
}

std::string checkWebSocketAnswer(const HttpHead& head, std::string_view key, const std::vector<std::string>& offered)
{
    if (!anyFieldListContains(head, "Upgrade", "websocket"))
        return "The upgrade answer does not name websocket.";
    if (!anyFieldListContains(head, "Connection", "upgrade"))
        return "The upgrade answer does not say Connection: Upgrade.";
    const std::string accept = webSocketAccept(key);
    if (accept.empty() || trimmed(head.field("Sec-WebSocket-Accept")) != accept)
        return "The upgrade answer carries a wrong Sec-WebSocket-Accept.";
    if (!head.field("Sec-WebSocket-Extensions").empty())
        return "The upgrade answer uses an extension that was not offered.";
    const std::string_view chosen = head.field("Sec-WebSocket-Protocol");
    if (!chosen.empty() && std::find(offered.begin(), offered.end(), chosen) == offered.end())
        return "The upgrade answer chooses a sub-protocol that was not offered.";
    return {};
}

} // namespace wg::codec
