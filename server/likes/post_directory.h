#pragma once

#include <cstdint>
#include <string>
#include <string_view>
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
  /// The place of a name: a post, and of its former keys the one meant.
  struct AliasPlace {
    std::uint32_t post = 0;
    std::uint32_t alias = 0;
  };

  std::vector<Post> posts_;
  // Sorted places rather than maps of names: with 100,000 posts that is megabytes less.
  std::vector<std::uint32_t> by_key_;
  std::vector<std::uint32_t> by_slug_;
  std::vector<AliasPlace> by_alias_;
};

}  // namespace likes::domain
