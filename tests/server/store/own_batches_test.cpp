#include "server/store/own_batches.h"

#include <cstdint>

#include "tests/support/catch.h"

namespace likes::store {
namespace {

using domain::Changes;

Changes given(std::int64_t first, std::int64_t last) {
  Changes changes;
  changes.given.push_back({first, last, {1}});
  return changes;
}

}  // namespace

TEST_CASE("what was noted is no news, once; what others did is") {
  OwnBatches own;
  own.note(10);
  Changes heard = given(10, 20);
  heard.given.push_back({21, 22, {7}});
  own.leave_out(heard);
  REQUIRE(heard.given.size() == 1);
  CHECK(heard.given[0].first == 21);

  Changes again = given(10, 20);
  own.leave_out(again);
  CHECK_FALSE(again.empty());
}

TEST_CASE("other kinds of changes are left as they are") {
  OwnBatches own;
  own.note(1);
  Changes heard;
  heard.posts = {1};
  heard.taken.push_back({1, {}, 3600});
  own.leave_out(heard);
  CHECK(heard.posts.size() == 1);
  CHECK(heard.taken.size() == 1);
}

TEST_CASE("where everything is read, what was noted before is settled") {
  OwnBatches own;
  own.note(10);
  Changes everything;
  everything.everything = true;
  own.leave_out(everything);
  CHECK(everything.everything);
  Changes later = given(10, 20);
  own.leave_out(later);
  CHECK_FALSE(later.empty());
}

TEST_CASE("no more are noted than a fixed number") {
  OwnBatches own;
  for (std::int64_t id = 0; id < static_cast<std::int64_t>(OwnBatches::kMost); ++id) {
    own.note(id);
  }
  Changes first = given(0, 0);
  own.leave_out(first);
  CHECK(first.empty());

  own.note(-1);  // There is room again.
  own.note(-2);
  Changes forgotten = given(1, 1);
  own.leave_out(forgotten);
  CHECK_FALSE(forgotten.empty());
  Changes last = given(-2, -2);
  own.leave_out(last);
  CHECK(last.empty());
}

}  // namespace likes::store
