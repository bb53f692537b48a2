#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/formats/like_counts.h"
#include "tools/formats/posts_index.h"
#include "tools/html/drawing.h"

namespace likes::bake {

/// Knows whether Hugo, with these counts, would draw what is drawn. Lists are ranked by likes, then
/// by key, and posts without a like are in none.
class Redraws {
 public:
  /// `posts`, where there are any, says which posts there are and which section and language they
  /// have; both arguments must outlive this object.
  Redraws(const formats::LikeCounts& counts, const std::vector<formats::Post>* posts);

  [[nodiscard]] bool is_due(const html::Drawing& drawing);

  /// Lists of a section or a language that were judged without posts: by the order of the posts
  /// that they show, since nobody said which others might be among them.
  [[nodiscard]] std::size_t judged_by_halves() const { return judged_by_halves_; }

 private:
  using Ranking = std::vector<std::pair<std::int64_t, std::string>>;

  [[nodiscard]] bool is_in(const std::string& key, const html::Drawing& list) const;
  [[nodiscard]] Ranking ranking_of(const html::Drawing& list, bool only_drawn) const;
  [[nodiscard]] std::string first_day(std::size_t days) const;
  [[nodiscard]] bool is_list_due(const html::Drawing& list);
  [[nodiscard]] bool is_trend_due(const html::Drawing& trend) const;

  const formats::LikeCounts& counts_;
  bool has_posts_;
  std::unordered_map<std::string, const formats::Post*> posts_;
  std::map<html::Drawing, bool> known_;
  std::size_t judged_by_halves_ = 0;
};

}  // namespace likes::bake
