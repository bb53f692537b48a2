#pragma once

#include <string>
#include <vector>

namespace likes::domain {

/// A post that can be liked, as far as the server needs to know it.
struct Post {
  std::string key;                   ///< Its identity, `posts/hello-world`.
  std::string url;                   ///< Where a plain form's answer sends the reader back to.
  std::vector<std::string> aliases;  ///< Former keys.
  bool is_unlisted = false;          ///< Not in the posts index; see LikeService::adopt_post().
};

}  // namespace likes::domain
