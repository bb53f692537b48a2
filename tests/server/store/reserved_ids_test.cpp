#include "server/store/reserved_ids.h"

#include <numeric>
#include <string>

#include "tests/support/catch.h"

namespace likes::store {
namespace {

using Ids = std::vector<std::int64_t>;

/// Counts on from 1, as a database's sequence.
struct Sequence {
  ReservedIds::Reserve reserve() {
    return [this](std::size_t count) -> Result<Ids> {
      asked.push_back(count);
      if (is_away) {
        return fail(ErrorCode::kUnavailable, "away");
      }
      Ids ids(count);
      std::iota(ids.begin(), ids.end(), next);
      next += static_cast<std::int64_t>(count);
      return ids;
    };
  }

  bool is_away = false;
  std::int64_t next = 1;
  std::vector<std::size_t> asked;
};

}  // namespace

TEST_CASE("ids are reserved many at a time, and each is given once") {
  Sequence sequence;
  ReservedIds ids(sequence.reserve());
  CHECK(ids.take(2).value() == Ids{1, 2});
  CHECK(ids.take(0).value().empty());
  CHECK(ids.take(3).value() == Ids{3, 4, 5});
  CHECK(sequence.asked == std::vector<std::size_t>{ReservedIds::kAtOnce});
}

TEST_CASE("ids that are taken together are near to each other") {
  Sequence sequence;
  ReservedIds ids(sequence.reserve());
  REQUIRE(ids.take(ReservedIds::kAtOnce - 1).has_value());
  sequence.next = 9000;  // Others have had theirs.
  CHECK(ids.take(2).value() == Ids{9000, 9001});
}

TEST_CASE("more than are reserved at once can be had together") {
  Sequence sequence;
  ReservedIds ids(sequence.reserve());
  CHECK(ids.take(ReservedIds::kAtOnce + 1).value().size() == ReservedIds::kAtOnce + 1);
}

TEST_CASE("ids that were dropped are not given, and those that cannot be had are told") {
  Sequence sequence;
  ReservedIds ids(sequence.reserve());
  REQUIRE(ids.take(1).has_value());
  ids.drop();
  sequence.is_away = true;
  CHECK(ids.take(1).error().message == "away");
  sequence.is_away = false;
  CHECK(ids.take(1).value() == Ids{static_cast<std::int64_t>(ReservedIds::kAtOnce) + 1});
}

}  // namespace likes::store
