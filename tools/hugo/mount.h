#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/glob.h"

namespace likes::hugo {

/// A folder, or a single file, that Hugo sees as a part of the content.
struct Mount {
  std::filesystem::path source;
  std::string target;  ///< Where it is seen, below the content: "" or `posts/old`.
  /// Whose it is, by index; none: a file's name says it, or else it is the default language's.
  std::vector<std::size_t> languages;
  std::vector<std::size_t> complements;  ///< Languages that get what they lack themselves.
  std::vector<Glob> included;            ///< None: all.
  std::vector<Glob> excluded;

  /// Whether a file at `path`, relative to `source`, is seen.
  [[nodiscard]] bool takes(std::string_view path) const;
};

}  // namespace likes::hugo
