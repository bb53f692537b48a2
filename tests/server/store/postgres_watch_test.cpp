#include "server/store/postgres_watch.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace likes::store {
namespace {

domain::Changes heard(const std::string& message) {
  domain::Changes changes;
  add_message(message, changes);
  return changes;
}

const std::string kHash = "000102030405060708090a0b0c0d0eff";

}  // namespace

TEST_CASE("what is told is understood") {
  CHECK(heard("everything").everything);
  CHECK(heard("posts 1,22,3").posts == std::vector<std::int64_t>{1, 22, 3});
  CHECK_FALSE(heard("posts 1").everything);

  const domain::Changes given = heard("given 10 20");
  CHECK_FALSE(given.everything);
  REQUIRE(given.given.size() == 1);
  CHECK(given.given[0].first == 10);
  CHECK(given.given[0].last == 20);

  const domain::Changes likes = heard("likes 10 20 7,8");
  CHECK_FALSE(likes.everything);
  CHECK(likes.posts.empty());
  REQUIRE(likes.given.size() == 1);
  CHECK(likes.given[0].last == 20);
  CHECK(likes.given[0].posts == std::vector<std::int64_t>{7, 8});

  const domain::Changes taken = heard("taken 1 " + kHash + " 3600,2 " + kHash + " 7200");
  CHECK_FALSE(taken.everything);
  REQUIRE(taken.taken.size() == 2);
  CHECK(taken.taken[0].post == 1);
  CHECK(taken.taken[1].window == 7200);
  CHECK(taken.taken[1].visitor.hash[1] == 1);
  CHECK(taken.taken[1].visitor.hash[15] == 0xff);
}

TEST_CASE("many posts that change one by one are read with all others") {
  domain::Changes changes;
  for (int id = 1; id <= 500; ++id) {
    add_message("posts " + std::to_string(id), changes);
  }
  CHECK_FALSE(changes.everything);
  CHECK(changes.posts.size() == 500);
  add_message("posts 501", changes);
  CHECK(changes.everything);
}

TEST_CASE("what is not understood may be anything") {
  const std::vector<std::string> messages = {"",
                                             "posts",
                                             "posts x",
                                             "given 1",
                                             "given one two",
                                             "likes 1 2",
                                             "likes 1 x 3",
                                             "taken 1 abc 3",
                                             "retitled 1",
                                             "taken 1 " + std::string(32, 'x') + " 3600"};
  for (const std::string& message : messages) {
    INFO("'" << message << "'");
    CHECK(heard(message).everything);
  }
}

}  // namespace likes::store
