#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.h"
#include "tools/support/error.h"

namespace likes::http {

/// The HTTP status of an error: the one place where the two meet.
[[nodiscard]] int status_of(ErrorCode code);

[[nodiscard]] Response json_response(int status, std::string body);

/// What every route that deals with one post answers. Members without a value are left out: an
/// unknown count is not 0.
struct LikeBody {
  bool success = false;
  std::string message;
  std::optional<std::int64_t> total = {};
  std::optional<bool> liked = {};
  std::optional<std::int64_t> retry_after = {};  ///< Seconds.
  std::string key = {};
  bool stale = false;     ///< Whether the count may be old; left out where it is not.
  std::string undo = {};  ///< See undo_token.h.
  std::string hint = {};  ///< For the site's author, with --dev.
};
[[nodiscard]] Response like_response(int status, const LikeBody& body);

/// `{"success": false, "message": ...}`
[[nodiscard]] Response failure(int status, std::string_view message);

/// The answer to an error. What went wrong inside is for the log, not for the client.
[[nodiscard]] Response failure(const Error& error);

/// `hour`, `5 minutes`: how often one may like, for "once per ...".
[[nodiscard]] std::string window_in_words(std::int64_t seconds);

/// Whether an If-None-Match header holds this entity tag; `*` holds any.
[[nodiscard]] bool holds_tag(std::string_view if_none_match, std::string_view entity_tag);

}  // namespace likes::http
