#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/likes/post.h"
#include "server/likes/post_directory.h"

namespace likes::domain {

/// Likes that another program has counted for a page, under the name that it has for it.
struct PageLikes {
  std::string page;  ///< An address, a path or a slug.
  std::string day;   ///< The UTC day where it is known, `2026-11-20`; otherwise "".
  std::int64_t likes = 0;

  bool operator==(const PageLikes&) const = default;
};

/// Which post another program's page is: by the path of the post's own address, its key, a former
/// key, or its slug where only one post has it.
class PageNames {
 public:
  explicit PageNames(const std::vector<Post>& posts);

  /// The post's key; for a page that is no post, the page's path as a key would be written.
  [[nodiscard]] std::string key_of(std::string_view page) const;

 private:
  std::unordered_map<std::string, std::string> by_path_;
  PostDirectory posts_;
};

}  // namespace likes::domain
