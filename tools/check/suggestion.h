#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tools/formats/posts_index.h"

namespace likes::check {

/// How many keys are compared in all. A suggestion is a kindness: it must not take minutes where
/// every key of a large site is wrong.
inline constexpr std::size_t kMaxComparisons = 100'000;

/// Knows the post that somebody may have meant by a key that no post has.
class Suggester {
 public:
  explicit Suggester(const std::vector<formats::Post>& posts);

  /// The post of the same slug in another folder, or of a similar slug in the same; "" for none.
  [[nodiscard]] std::string suggest(const std::string& key);

 private:
  std::map<std::string, std::vector<std::string>> keys_of_slug_;
  std::map<std::string, std::vector<std::string>> slugs_of_folder_;
  std::size_t comparisons_ = 0;
};

/// The last segment of a key.
[[nodiscard]] std::string slug_of(const std::string& key);

}  // namespace likes::check
