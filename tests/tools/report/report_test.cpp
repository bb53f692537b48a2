#include "tools/report/report.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "tests/support/catch.h"

using likes::formats::LikeCounts;
using likes::formats::Post;
using likes::report::Group;
using likes::report::kMostLiked;
using likes::report::kRising;
using likes::report::make_report;
using likes::report::Report;

namespace {

constexpr std::int64_t kNewest = 1795165200;  // 2026-11-20
constexpr std::int64_t kDay = 86400;

LikeCounts counts() {
  LikeCounts counts;
  counts.newest = kNewest;
  counts.likes["posts/a"] = {100, {{"2026-09-30", 4}, {"2026-11-10", 5}, {"2026-11-20", 2}}};
  counts.likes["posts/b"] = {9, {{"2026-11-19", 3}, {"2026-11-20", 6}}};
  counts.likes["notes/c"] = {0, {}};
  return counts;
}

Post post_of(const std::string& key, const std::string& title) {
  Post post;
  post.key = key;
  post.title = title;
  post.url = "https://example.org/" + key + "/";
  post.section = key.substr(0, key.find('/'));
  return post;
}

std::int64_t sum(const std::vector<std::int64_t>& values) {
  return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

}  // namespace

TEST_CASE("a report tells totals, days, the most liked, what rises, sections and months") {
  const Report report =
      make_report({counts()}, {post_of("posts/a", "A"), post_of("posts/b", "B")}, "");
  CHECK(report.site == "example.org");
  CHECK(report.first_day == "2026-09-30");
  CHECK(report.last_day == "2026-11-20");
  CHECK(report.total == 109);
  CHECK(report.period == 20);
  CHECK(report.posts == 3);
  CHECK(report.liked == 2);
  CHECK(report.days.size() == 52);
  CHECK(report.days.front() == 4);
  CHECK(report.days.back() == 8);
  CHECK(sum(report.days) == 20);
  REQUIRE(report.most_liked.size() == 2);
  CHECK(report.most_liked[0].title == "A");
  CHECK(report.most_liked[0].likes == 11);
  CHECK(report.most_liked[0].total == 100);
  CHECK(report.most_liked[0].url == "https://example.org/posts/a/");
  REQUIRE(report.rising.size() == 1);
  CHECK(report.rising[0].post.key == "posts/b");
  CHECK(report.rising[0].now == 9);
  CHECK(report.rising[0].before == 0);
  CHECK(report.rising[0].trend.size() == 14);
  CHECK(report.sections == std::vector<Group>{{"posts", 20}});
  CHECK(report.months == std::vector<Group>{{"2026-09", 4}, {"2026-10", 0}, {"2026-11", 16}});
}

TEST_CASE("since when is said, or 90 days at most") {
  CHECK(make_report({counts()}, {}, "2026-11-15").period == 11);
  CHECK(make_report({counts()}, {}, "2026-11-15").most_liked[0].key == "posts/b");
  CHECK(make_report({counts()}, {}, "2027-01-01").first_day == "2026-11-20");
  LikeCounts old = counts();
  old.likes["posts/a"].days.insert(old.likes["posts/a"].days.begin(), {"2025-01-01", 50});
  const Report report = make_report({old}, {}, "");
  CHECK(report.first_day == "2026-08-23");
  CHECK(report.days.size() == 90);
}

TEST_CASE("without posts, keys stand for titles and there are no sections") {
  const Report report = make_report({counts()}, {}, "");
  CHECK(report.site.empty());
  CHECK(report.most_liked[0].title == "posts/a");
  CHECK(report.most_liked[0].url.empty());
  CHECK(report.sections.empty());
}

TEST_CASE("snapshots without days tell what was new between them, in any order") {
  const auto at = [](std::int64_t day, std::int64_t a, std::int64_t b) {
    LikeCounts counts;
    counts.newest = kNewest + day * kDay;
    counts.likes["a"].total = a;
    counts.likes["b"].total = b;
    return counts;
  };
  const Report report = make_report({at(2, 9, 3), at(0, 4, 1), at(1, 4, 2)}, {}, "");
  CHECK(report.total == 12);
  CHECK(report.first_day == "2026-11-21");
  CHECK(report.days == std::vector<std::int64_t>{1, 6});
  CHECK(report.most_liked[0].likes == 5);
}

TEST_CASE("one snapshot without days has its totals, and one without likes has nothing") {
  LikeCounts counts;
  counts.newest = kNewest;
  counts.likes["a"].total = 3;
  counts.likes["b"].total = 4;
  const Report report = make_report({counts}, {post_of("a", "A")}, "");
  CHECK(report.period == 0);
  REQUIRE(report.most_liked.size() == 2);
  CHECK(report.most_liked[0].key == "b");
  CHECK(report.rising.empty());

  const Report nothing = make_report({LikeCounts{}}, {}, "");
  CHECK(nothing.total == 0);
  CHECK(nothing.days.size() == 1);
  CHECK(nothing.most_liked.empty());
}

TEST_CASE("lists have a limit") {
  LikeCounts counts;
  counts.newest = kNewest;
  for (char c = 'a'; c <= 'z'; ++c) {
    counts.likes[std::string(1, c)] = {1, {{"2026-11-20", 1}}};
  }
  const Report report = make_report({counts}, {}, "");
  CHECK(report.most_liked.size() == kMostLiked);
  CHECK(report.most_liked[0].key == "a");
  CHECK(report.rising.size() == kRising);
}
