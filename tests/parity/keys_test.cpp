#include <set>
#include <string>
#include <vector>

#include "tests/parity/site_build.h"
#include "tests/support/catch.h"
#include "tools/formats/posts_index.h"
#include "tools/html/marker.h"

using likes::testing::DemoBuild;

// The key is computed twice, by the overlay's template and by likes index. If they differ, likes go
// nowhere.
TEST_CASE("the keys that the overlay prints are the keys of the index") {
  DemoBuild demo;
  const likes::Result<std::vector<likes::formats::Post>> posts =
      likes::formats::read_posts_index(demo.posts_index(), "posts.json");
  REQUIRE(posts);
  std::set<std::string> indexed;
  for (const likes::formats::Post& post : *posts) {
    indexed.insert(post.key);
  }
  std::set<std::string> printed;
  for (const auto& [name, bytes] : likes::testing::files_below(demo.build({}))) {
    if (name.ends_with(".html")) {
      for (const likes::html::Marker& marker : likes::html::find_markers(bytes, name).found) {
        printed.insert(marker.key);
        CHECK(marker.text.in(bytes) == "\u2013");  // nothing is known yet
      }
    }
  }
  CHECK(printed == indexed);
  CHECK(printed.size() >= 9);
}
