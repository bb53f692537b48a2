#include "server/store/doubts.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace likes::store {
namespace {

domain::Like like(int from, std::int64_t window = 3600) {
  domain::Like made{"posts/a", {}, window, window};
  made.visitor.hash[0] = static_cast<unsigned char>(from);
  made.visitor.hash[1] = static_cast<unsigned char>(from >> 8);
  return made;
}

}  // namespace

TEST_CASE("a doubt is remembered until it is settled or its window is over") {
  Doubts doubts;
  CHECK_FALSE(doubts.transaction_of(like(1)));
  doubts.remember({like(1), like(2)}, "700");
  doubts.remember({like(1)}, "701");
  CHECK(doubts.transaction_of(like(1)) == "701");
  CHECK(doubts.transaction_of(like(2)) == "700");
  CHECK_FALSE(doubts.transaction_of(like(1, 7200)));

  doubts.settle(std::vector{like(1)});
  CHECK_FALSE(doubts.transaction_of(like(1)));
  CHECK(doubts.transaction_of(like(2)) == "700");
  doubts.settle(std::vector{like(9, 7200)});
  CHECK_FALSE(doubts.transaction_of(like(2)));
}

TEST_CASE("no more doubts than may be are remembered") {
  Doubts doubts;
  std::vector<domain::Like> likes;
  for (std::size_t i = 0; i <= Doubts::kMost; ++i) {
    likes.push_back(like(static_cast<int>(i)));
  }
  doubts.remember(likes, "700");
  CHECK(doubts.transaction_of(likes[Doubts::kMost - 1]) == "700");
  CHECK_FALSE(doubts.transaction_of(likes[Doubts::kMost]));
  doubts.remember({likes[0]}, "701");
  CHECK(doubts.transaction_of(likes[0]) == "701");
}

}  // namespace likes::store
