#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/parity/site_build.h"
#include "tests/support/catch.h"
#include "tools/bake/bake_site.h"
#include "tools/formats/posts_index.h"

using likes::bake::bake_site;
using likes::bake::BakedSite;
using likes::formats::LikeCounts;
using likes::testing::DemoBuild;
using likes::testing::files_below;

namespace {

/// Counts for the demo's posts: `base` for the first, ten times as many for each further one, and
/// every `left_out`-th is unknown.
LikeCounts counts_for(const std::string& index, std::int64_t base, std::size_t left_out) {
  const likes::Result<std::vector<likes::formats::Post>> posts =
      likes::formats::read_posts_index(index, "posts.json");
  REQUIRE(posts);
  LikeCounts counts;
  std::int64_t total = base;
  for (std::size_t i = 0; i < posts->size(); ++i) {
    if (i % left_out != 0) {
      counts.likes[posts->at(i).key] = {total, {}};
    }
    total = total > 100'000'000 ? 0 : total * 10;
  }
  return counts;
}

}  // namespace

// The promise of design and README: a full build and a bake give the same bytes, on every page.
TEST_CASE("hugo with snapshot B is hugo with snapshot A and then likes bake with B") {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{}, {"--minify"}}) {
    DYNAMIC_SECTION((words.empty() ? "plain" : "minified")) {
      DemoBuild demo;
      const std::string index = demo.posts_index();
      const LikeCounts a = counts_for(index, 1, 3);
      const LikeCounts b = counts_for(index, 7, 4);
      const std::filesystem::path with_a = demo.build(a, words);
      const std::map<std::string, std::string> built_b = files_below(demo.build(b, words));
      REQUIRE(files_below(with_a) != built_b);

      const likes::Result<BakedSite> baked = bake_site(with_a, b);
      REQUIRE(baked);
      CHECK(baked->problems.empty());
      CHECK(baked->changed > 10);
      CHECK(baked->redraws.size() <= 2);
      const std::map<std::string, std::string> baked_b = files_below(with_a);
      REQUIRE(baked_b.size() == built_b.size());
      for (const auto& [name, bytes] : built_b) {
        INFO(name);
        if (std::count(baked->redraws.begin(), baked->redraws.end(), name) == 1) {
          continue;  // What only Hugo can draw is on it, and bake says so.
        }
        CHECK((baked_b.count(name) == 1 && baked_b.at(name) == bytes));
      }
    }
  }
}
