#include "tools/bake/redraws.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/bake/site_support.h"
#include "tools/bake/bake_site.h"

using likes::bake::bake_site;
using likes::bake::BakedSite;
using likes::bake::BakeOptions;
using likes::bake::Redraws;
using likes::formats::LikeCounts;
using likes::formats::Post;
using likes::html::Drawing;
using likes::testing::TempDir;

namespace {

/// The newest like is of 2026-11-20; in the last two days, b is ahead of a.
LikeCounts counts() {
  LikeCounts counts;
  counts.newest = 1795165200;
  counts.likes["a"] = {9, {{"2026-10-01", 8}, {"2026-11-19", 1}}};
  counts.likes["b"] = {3, {{"2026-11-19", 1}, {"2026-11-20", 2}}};
  counts.likes["c c"] = {3, {{"2026-11-18", 3}}};
  counts.likes["d"] = {0, {}};
  return counts;
}

Drawing list_of(std::size_t limit, std::size_t days, const std::string& drawn) {
  return {Drawing::Kind::kList, "", limit, days, "", "", drawn};
}

Drawing trend_of(const std::string& key, std::size_t days, const std::string& drawn) {
  return {Drawing::Kind::kTrend, key, 0, days, "", "", drawn};
}

Post post_of(const std::string& key, const std::string& section, const std::string& lang) {
  Post post;
  post.key = key;
  post.section = section;
  post.lang = lang;
  return post;
}

}  // namespace

TEST_CASE("a drawing is due when Hugo would draw it differently") {
  const LikeCounts now = counts();
  Redraws redraws(now, nullptr);
  struct Case {
    const char* name;
    Drawing drawing;
    bool is_due;
  };
  const Case cases[] = {
      {"likes, then keys", list_of(5, 0, "a b c%20c"), false},
      {"blanks do not count", list_of(5, 0, " a\n b  c%20c "), false},
      {"another order", list_of(5, 0, "a c%20c b"), true},
      {"one more would be there", list_of(5, 0, "a b"), true},
      {"no more than the limit", list_of(2, 0, "a b"), false},
      {"one without likes", list_of(5, 0, "a b c%20c d"), true},
      {"an empty list", list_of(5, 0, ""), true},
      {"the last two days", list_of(5, 2, "b a"), false},
      {"the last three days", list_of(5, 3, "b c%20c a"), false},
      {"a post's trend", trend_of("b", 3, "0 1 2"), false},
      {"of another number of days", trend_of("b", 2, "0 1 2"), true},
      {"that has moved on", trend_of("b", 3, "1 2 0"), true},
      {"of a post that is not known", trend_of("x", 2, "0 0"), false},
      {"of the whole site", trend_of("", 3, "3 2 2"), false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(redraws.is_due(c.drawing) == c.is_due);
    }
  }
  CHECK(redraws.judged_by_halves() == 0);
}

TEST_CASE("keys that are encoded and keys that are not are the same") {
  LikeCounts now;
  now.likes["100%"].total = 2;
  now.likes["50%25"].total = 1;
  Redraws redraws(now, nullptr);
  CHECK_FALSE(redraws.is_due(list_of(5, 0, "100% 50%25")));
  CHECK_FALSE(redraws.is_due(list_of(5, 0, "100%25 50%2525")));
}

TEST_CASE("lists of a section or a language are narrowed by the posts") {
  const LikeCounts now = counts();
  const std::vector<Post> posts = {post_of("a", "posts", "de"), post_of("b", "posts", "en"),
                                   post_of("d", "posts", "en")};
  Drawing of_section = list_of(5, 0, "a b");
  of_section.section = "posts";
  Drawing of_lang = list_of(5, 0, "b");
  of_lang.lang = "en";
  SECTION("where there are posts") {
    Redraws redraws(now, &posts);
    CHECK_FALSE(redraws.is_due(of_section));
    CHECK_FALSE(redraws.is_due(of_lang));
    CHECK_FALSE(redraws.is_due(list_of(5, 0, "a b")));  // c is no post any more
    of_lang.drawn = "a b";
    CHECK(redraws.is_due(of_lang));
    CHECK(redraws.judged_by_halves() == 0);
  }
  SECTION("and judged by what they show where there are none") {
    Redraws redraws(now, nullptr);
    CHECK_FALSE(redraws.is_due(of_section));
    CHECK_FALSE(redraws.is_due(of_lang));
    of_section.drawn = "b a";
    CHECK(redraws.is_due(of_section));
    of_lang.drawn = "d";
    CHECK(redraws.is_due(of_lang));
    CHECK(redraws.judged_by_halves() == 4);
  }
}

TEST_CASE("a bake names the pages that only Hugo can draw anew, from the cache as well") {
  const TempDir dir;
  const std::filesystem::path site = dir.path() / "site";
  dir.write("site/index.html",
            "<ol data-likes-list=2 data-likes-drawn=\"a b\"><li><i data-likes-count=a>9</i></ol>");
  dir.write("site/b/index.html",
            "<svg data-likes-trend=b data-likes-days=2 data-likes-drawn='1 2'>");
  likes::testing::settle(site);
  const BakeOptions options = {{}, true, dir.path() / "cache"};

  likes::Result<BakedSite> baked = bake_site(site, counts(), options);
  REQUIRE(baked);
  CHECK(baked->redraws.empty());
  baked = bake_site(site, counts(), options);
  REQUIRE(baked);
  CHECK(baked->read == 0);
  CHECK(baked->redraws.empty());

  LikeCounts later = counts();
  later.likes["b"].total = 10;
  baked = bake_site(site, later, options);
  REQUIRE(baked);
  CHECK(baked->read == 0);
  CHECK(baked->redraws == std::vector<std::string>{"index.html"});

  later.newest += 86400;
  baked = bake_site(site, later, options);
  REQUIRE(baked);
  CHECK(baked->read == 0);
  CHECK(baked->redraws == std::vector<std::string>{"index.html", "b/index.html"});
}
