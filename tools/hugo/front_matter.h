#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "tools/hugo/decoder.h"
#include "tools/hugo/hugo_version.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

inline constexpr std::size_t kMaxFrontMatterBytes = std::size_t{1} << 20;

/// The front matter of a content file, as text.
struct FrontMatterBlock {
  DataFormat format = DataFormat::kYaml;
  std::string_view text;
  std::size_t line = 1;  ///< The line of the file on which `text` begins.
  std::size_t end = 0;   ///< Where in the file the page's text begins.
};

/// Finds the front matter of a content file; nothing when it has none. `file` is for messages.
[[nodiscard]] Result<std::optional<FrontMatterBlock>> find_front_matter(std::string_view content,
                                                                        const std::string& file);

/// The front matter as a map, empty when there is none.
[[nodiscard]] Result<Value> read_front_matter(const std::optional<FrontMatterBlock>& block,
                                              const std::string& file,
                                              const VersionRules& rules = {});

}  // namespace likes::hugo
