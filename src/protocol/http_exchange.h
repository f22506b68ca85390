// SPDX-License-Identifier: GPL-3.0-or-later
// What both stream machines share about HTTP: the request head they write and the sentences about an answer.
// Errors: sentences are short and printable; no header value of ours appears in one.
#pragma once

#include "codec/http1_response.h"
#include "protocol/decision.h"
#include "protocol/stream_session.h"

#include <string>
#include <string_view>
#include <vector>

namespace wg::protocol
{

/// Printable ASCII of outside text, at most `limit` bytes; everything else becomes '?'.
[[nodiscard]] std::string plainText(std::string_view text, std::size_t limit = 120);

/// GET with Host, `fields`, the request's own fields and ours (an own Accept or User-Agent wins).
/// Errors: BadArgument where a field cannot be sent.
[[nodiscard]] Result<std::string> writeRequest(const SessionRequest& request, const std::vector<HeaderField>& fields);

[[nodiscard]] ResponseHead toResponseHead(const codec::HttpHead& head);

/// An answer that is not the stream: the code of the decision table, and a sentence with status and address.
[[nodiscard]] Error describeRefusal(Where where, const ResponseHead& head, std::string_view body, const Url& url);

} // namespace wg::protocol
