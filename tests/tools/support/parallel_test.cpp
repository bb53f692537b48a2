#include "tools/support/parallel.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include "tests/support/catch.h"

namespace likes {
namespace {

TEST_CASE("each item is worked on once") {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{31}, std::size_t{32},
                                  std::size_t{33}, std::size_t{1000}}) {
    std::vector<std::atomic<int>> calls(count);
    for_each_in_parallel(count, [&calls](std::size_t i) { ++calls[i]; });
    for (const std::atomic<int>& each : calls) {
      CHECK(each == 1);
    }
  }
}

TEST_CASE("an exception comes out in the end") {
  const auto work = [](std::size_t i) {
    if (i == 500) {
      throw std::runtime_error("item 500");
    }
  };
  CHECK_THROWS_WITH(for_each_in_parallel(1000, work), "item 500");
}

}  // namespace
}  // namespace likes
