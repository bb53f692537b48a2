#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "tools/support/result.h"

namespace likes::hugo {

inline constexpr std::size_t kMaxContentBytes = std::size_t{64} << 20;

/// A content file from its start to behind its front matter, at least: the text below is only
/// read as far as it comes along.
struct ContentHead {
  std::string text;
  std::int64_t modified = 0;  ///< Nanoseconds since 1970.
};

/// `file` is where it is. Front matter that is not closed makes it the whole file.
[[nodiscard]] Result<ContentHead> read_content_head(const std::string& file);

}  // namespace likes::hugo
