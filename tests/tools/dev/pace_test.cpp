#include "tools/dev/pace.h"

#include <vector>

#include "tests/support/catch.h"

namespace likes::dev {
namespace {

using std::chrono::milliseconds;

TEST_CASE("the pause grows with quick deaths, and enough are enough") {
  constexpr int kLong = 10'000;
  struct Case {
    const char* name;
    std::vector<int> lives_ms;
    std::vector<int> pauses_ms;  ///< -1: no more.
  };
  const Case cases[] = {
      {"five quick ones", {0, 0, 0, 0, 0}, {250, 500, 1000, 2000, -1}},
      {"almost long", {9999, 9999, 9999, 9999, 9999}, {250, 500, 1000, 2000, -1}},
      {"always long", {kLong, kLong, kLong, kLong, kLong, kLong}, {250, 250, 250, 250, 250, 250}},
      {"a long life forgives",
       {0, 0, 0, 0, kLong, 0, 0, 0, 0, 0},
       {250, 500, 1000, 2000, 250, 250, 500, 1000, 2000, -1}},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      RestartPause pause;
      std::vector<int> pauses;
      for (const int life : c.lives_ms) {
        pauses.push_back(
            static_cast<int>(pause.after(milliseconds(life)).value_or(milliseconds(-1)).count()));
      }
      CHECK(pauses == c.pauses_ms);
    }
  }
}

TEST_CASE("a burst of changes is answered once, and soon even when it goes on") {
  struct Case {
    const char* name;
    std::vector<int> changes_ms;
    int due_ms;
  };
  const Case cases[] = {
      {"one", {0}, 100},
      {"another in time", {0, 99}, 199},
      {"unrest", {0, 90, 180, 270}, 370},
      {"long unrest", {0, 90, 180, 270, 360}, 400},
      {"very long unrest", {0, 90, 180, 270, 360, 399}, 400},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TimePoint start;
      Debounce changes;
      CHECK_FALSE(changes.due());
      for (const int at : c.changes_ms) {
        changes.note(start + milliseconds(at));
      }
      CHECK((changes.due() == start + milliseconds(c.due_ms)));
      changes.clear();
      CHECK_FALSE(changes.due());
      changes.note(start + milliseconds(5000));
      CHECK((changes.due() == start + milliseconds(5100)));
    }
  }
}

}  // namespace
}  // namespace likes::dev
