#pragma once

#include <cstddef>
#include <string_view>

#include "server/http/message.h"

namespace likes::http {

inline constexpr std::size_t kMaxTargetBytes = 8192;
/// Request line and headers together.
inline constexpr std::size_t kMaxHeadBytes = 16384;
inline constexpr std::size_t kMaxHeaders = 100;

/// The part of a request before its body.
struct RequestHead {
  enum class State { kIncomplete, kRefused, kComplete };

  State state = State::kIncomplete;
  int status = 0;         ///< kRefused: what is wrong with it, as an HTTP status.
  std::size_t bytes = 0;  ///< kComplete: its length; what follows is the body or the next request.
  Request request;        ///< kComplete: all but the peer.
  bool keep_alive = true;
  /// Whether it is beyond doubt where the body ends and the next request begins.
  bool is_clear = true;
};

/// Reads the head at the beginning of `input`, strictly: what two programs could understand in two
/// ways is refused. The first `known` bytes were there the last time, when it was incomplete.
[[nodiscard]] RequestHead read_request_head(std::string_view input, std::size_t known = 0);

}  // namespace likes::http
