#pragma once

#include <string_view>

#include "server/http/client_address.h"
#include "server/likes/visitor.h"
#include "tools/support/result.h"

namespace likes::http {

/// Must have succeeded once before anything here, or a request's id, is made.
[[nodiscard]] Result<void> prepare_hashing();

/// The keyed hash by which one address's likes are told from another's. An IPv6 client has a whole
/// /64 to choose from, so all of one /64 are one visitor.
[[nodiscard]] domain::Visitor visitor_hash(const domain::VisitorKey& key, const Address& address);

/// The content of a VISITOR_KEY_FILE: 32 bytes, or 64 hex digits on a line.
[[nodiscard]] Result<domain::VisitorKey> parse_visitor_key(std::string_view bytes);

}  // namespace likes::http
