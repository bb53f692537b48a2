#include "server/store/doubts.h"

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace likes::store {
namespace {

using Ids = std::vector<std::int64_t>;

domain::Like like(int from, std::int64_t window = 3600) {
  domain::Like made{"posts/a", {}, window, window};
  made.visitor.hash[0] = static_cast<unsigned char>(from);
  made.visitor.hash[1] = static_cast<unsigned char>(from >> 8);
  return made;
}

}  // namespace

TEST_CASE("a doubt is remembered until it is settled or its window is over") {
  Doubts doubts;
  CHECK(doubts.ids_of(like(1)).empty());
  doubts.remember(std::vector{like(1), like(2)}, Ids{700, 701});
  doubts.remember(std::vector{like(1)}, Ids{900});
  CHECK(doubts.ids_of(like(1)) == Ids{700, 900});
  CHECK(doubts.ids_of(like(2)) == Ids{701});
  CHECK(doubts.ids_of(like(1, 7200)).empty());

  doubts.settle(std::vector{like(1)});
  CHECK(doubts.ids_of(like(1)).empty());
  CHECK(doubts.ids_of(like(2)) == Ids{701});
  doubts.settle(std::vector{like(9, 7200)});
  CHECK(doubts.ids_of(like(2)).empty());
}

TEST_CASE("no more doubts than may be are remembered, until some are settled") {
  Doubts doubts;
  std::vector<domain::Like> likes;
  for (std::size_t i = 0; i <= Doubts::kMost; ++i) {
    likes.push_back(like(static_cast<int>(i)));
  }
  Ids ids(likes.size());
  std::iota(ids.begin(), ids.end(), 1);
  doubts.remember(likes, ids);
  CHECK(doubts.ids_of(likes[Doubts::kMost - 1]) == Ids{Doubts::kMost});
  CHECK(doubts.ids_of(likes[Doubts::kMost]).empty());

  doubts.settle(std::vector{likes[0]});
  doubts.remember(std::vector{likes[Doubts::kMost], likes[0]}, Ids{1, 2});
  CHECK(doubts.ids_of(likes[Doubts::kMost]) == Ids{1});
  CHECK(doubts.ids_of(likes[0]).empty());
}

}  // namespace likes::store
