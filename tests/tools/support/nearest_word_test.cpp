#include "tools/support/nearest_word.h"

#include "tests/support/catch.h"

TEST_CASE("a word that differs too much is no suggestion") {
  CHECK(likes::nearest_word("bake", {"bake"}) == "bake");
  CHECK(likes::nearest_word("bkae", {"bake", "index"}) == "bake");
  CHECK(likes::nearest_word("x", {"bake", "index"}).empty());
  CHECK(likes::nearest_word("xyz", {}).empty());
}
