#include "tools/check/suggestion.h"

#include "tests/support/catch.h"

namespace likes::check {
namespace {

std::vector<formats::Post> posts_with(const std::vector<std::string>& keys) {
  std::vector<formats::Post> posts;
  for (const std::string& key : keys) {
    posts.emplace_back();
    posts.back().key = key;
  }
  return posts;
}

TEST_CASE("the post that may have been meant") {
  struct Case {
    const char* name;
    const char* key;
    const char* suggestion;
  };
  const Case cases[] = {
      {"two letters swapped", "posts/quick-strat", "posts/quick-start"},
      {"another word", "posts/slow-end", ""},
      {"the same slug in another folder", "notes/privacy", "posts/privacy"},
      {"the slug alone", "privacy", "posts/privacy"},
      {"a similar slug in another folder", "notes/quick-strat", ""},
      {"at the top", "abuot", "about"},
      {"nothing", "", ""},
  };
  Suggester suggester(posts_with({"posts/quick-start", "posts/privacy", "about"}));
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(suggester.suggest(c.key) == c.suggestion);
    }
  }
}

TEST_CASE("suggestions end before they take long") {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < kMaxComparisons; ++i) {
    keys.push_back("p/" + std::to_string(i));
  }
  Suggester at_limit(posts_with(keys));
  CHECK(at_limit.suggest("p/123x4") == "p/1234");
  CHECK(at_limit.suggest("p/123x4").empty());
  CHECK(at_limit.suggest("q/1234") == "p/1234");  // The same slug takes no comparison.

  keys.emplace_back("p/one-more");
  CHECK(Suggester(posts_with(keys)).suggest("p/123x4").empty());
}

}  // namespace
}  // namespace likes::check
