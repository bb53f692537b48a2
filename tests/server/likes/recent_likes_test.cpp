#include "server/likes/recent_likes.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace likes::domain {
namespace {

Visitor visitor(int number) {
  Visitor made;
  made.hash[0] = static_cast<unsigned char>(number);
  return made;
}

}  // namespace

TEST_CASE("who likes what is known until the window is over") {
  RecentLikes likes;
  CHECK(likes.liked("a", visitor(1), 3600) == std::nullopt);
  likes.replace({{"a", visitor(1), 3600}, {"a", visitor(1), 7200}}, true);
  CHECK(likes.has_all());
  CHECK(likes.liked("a", visitor(1), 3600) == true);
  CHECK(likes.liked("b", visitor(1), 3600) == false);
  CHECK(likes.liked("a", visitor(2), 3600) == false);
  likes.add({"b", visitor(1), 7200});
  likes.remove({"a", visitor(1), 7200});
  likes.remove({"a", visitor(9), 10800});
  CHECK(likes.liked("b", visitor(1), 7200) == true);
  CHECK(likes.liked("a", visitor(1), 7200) == false);
  likes.forget(7200);
  CHECK(likes.liked("a", visitor(1), 3600) == false);
  CHECK(likes.liked("b", visitor(1), 7200) == true);
}

TEST_CASE("with too many likes it knows some, and says nothing of the others") {
  RecentLikes likes(2);
  likes.replace({{"a", visitor(1), 3600}, {"a", visitor(2), 3600}}, true);
  CHECK(likes.has_all());
  likes.add({"a", visitor(3), 3600});
  CHECK_FALSE(likes.has_all());
  CHECK(likes.liked("a", visitor(1), 3600) == true);
  CHECK(likes.liked("a", visitor(3), 3600) == std::nullopt);
  // A new start makes it whole again.
  likes.forget(7200);
  likes.replace({}, true);
  likes.add({"a", visitor(3), 7200});
  CHECK(likes.liked("a", visitor(4), 7200) == false);
}

}  // namespace likes::domain
