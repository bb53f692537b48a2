#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "server/likes/post.h"
#include "tools/support/result.h"

namespace likes::app {

/// What one reading of posts.json says.
struct ListedPosts {
  std::vector<domain::Post> posts;
  std::vector<std::string> origins;  ///< Of the posts' pages, as browsers write them.
  std::size_t digest = 0;            ///< Of the file's bytes, to tell whether it has changed.
};

/// Reads the whole file, or says file, line and column of what is wrong with it.
[[nodiscard]] Result<ListedPosts> read_listed_posts(const std::filesystem::path& file);

}  // namespace likes::app
