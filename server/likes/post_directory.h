#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/likes/post.h"
#include "tools/support/result.h"

namespace likes::domain {

/// The posts of one posts index, found by any name the API takes: key, former key, or the last
/// segment of a key (the slug) where only one post has it. Immutable, so that a reload swaps it
/// whole.
class PostDirectory {
 public:
  PostDirectory() = default;
  /// A key or former key that several posts have belongs to the first of them.
  explicit PostDirectory(std::vector<Post> posts);

  /// kNotFound for a name that fits no post; kAmbiguous, with the candidates in the message, for a
  /// slug that several posts share. Exact keys win over former keys, former keys over slugs.
  [[nodiscard]] Result<const Post*> find(std::string_view name) const;

  [[nodiscard]] const std::vector<Post>& posts() const { return posts_; }

 private:
  std::vector<Post> posts_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::unordered_map<std::string, std::size_t> by_alias_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_slug_;
};

}  // namespace likes::domain
