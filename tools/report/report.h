#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/formats/like_counts.h"
#include "tools/formats/posts_index.h"

namespace likes::report {

/// How many entries a list of the report has at most.
inline constexpr std::size_t kMostLiked = 10;
inline constexpr std::size_t kRising = 5;
/// What "rising" compares: so many days with as many before them.
inline constexpr std::size_t kRisingDays = 7;
/// The days that a report goes back where neither it was said nor fewer are known.
inline constexpr std::int64_t kUsualDays = 90;

struct PostLine {
  std::string key;
  std::string title;       ///< The key where the posts do not say.
  std::string url;         ///< "" where it is not known.
  std::int64_t likes = 0;  ///< In the period.
  std::int64_t total = 0;
};

struct RisingPost {
  PostLine post;
  std::int64_t now = 0;             ///< Likes in the last days.
  std::int64_t before = 0;          ///< In as many days before.
  std::vector<std::int64_t> trend;  ///< A day each, both together.
};

/// Likes under a name: a section, a month ("2026-11").
struct Group {
  std::string name;
  std::int64_t likes = 0;

  bool operator==(const Group&) const = default;
};

/// What a report tells, worked out; every list is in the order in which it is shown.
struct Report {
  std::string site;  ///< "example.org", or "" where the posts do not say.
  std::string first_day;
  std::string last_day;
  std::int64_t total = 0;            ///< Of all times.
  std::int64_t period = 0;           ///< From first_day on.
  std::size_t posts = 0;             ///< How many are known.
  std::size_t liked = 0;             ///< How many of them have likes.
  std::vector<std::int64_t> days;    ///< Likes a day from first_day to last_day.
  std::vector<PostLine> most_liked;  ///< In the period.
  std::vector<RisingPost> rising;
  std::vector<Group> sections;  ///< Empty where the posts do not say.
  std::vector<Group> months;    ///< Of the period, without gaps.
};

/// `snapshots` are of one site at different times, one at least. The newest tells; where it has no
/// days, those before tell what was new between them. `since` is a day or "".
[[nodiscard]] Report make_report(std::vector<formats::LikeCounts> snapshots,
                                 const std::vector<formats::Post>& posts, const std::string& since);

}  // namespace likes::report
