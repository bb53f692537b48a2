#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/likes/ledger.h"
#include "tools/support/result.h"

/// The program's own formats for all likes: one line for each post, source and time. `time` is
/// `2026-11-20T08:30:00Z` for likes that this program took (their source is ""), and for those that
/// another one has counted a day, `2026-11-20`, or "".
namespace likes::exchange {

enum class LineFormat {
  kJsonLines,  ///< `{"key":"posts/hello","source":"","time":"2026-11-20T08:30:00Z","likes":3}`
  kCsv,        ///< The same under the line `key,source,time,likes`, quoted as in RFC 4180.
};

[[nodiscard]] std::string write_lines(LineFormat format,
                                      std::span<const domain::CountedLikes> likes);

/// Whether this can name another program's counts: letters, digits, `.`, `_` and `-`, or "".
[[nodiscard]] bool is_source(std::string_view source);

/// `name` is the file's in messages, which have the line's number.
[[nodiscard]] Result<std::vector<domain::CountedLikes>> read_lines(LineFormat format,
                                                                   std::string_view text,
                                                                   const std::string& name);

}  // namespace likes::exchange
