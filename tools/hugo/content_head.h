#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "tools/hugo/front_matter.h"
#include "tools/support/result.h"

namespace likes::hugo {

inline constexpr std::size_t kMaxContentBytes = std::size_t{64} << 20;

/// Reads a content file into `text` from its start to behind its front matter, at least, and gives
/// that front matter, which is a part of `text`; nothing where it has none. The text below is only
/// read as far as it comes along. `file` is where the regular file is.
[[nodiscard]] Result<std::optional<FrontMatterBlock>> read_content_head(const std::string& file,
                                                                        std::string& text);

}  // namespace likes::hugo
