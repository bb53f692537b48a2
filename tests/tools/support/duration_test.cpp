#include "tools/support/duration.h"

#include "tests/support/catch.h"

namespace likes {

TEST_CASE("times are read and written") {
  struct Case {
    const char* text;
    std::optional<std::int64_t> seconds;
  };
  for (const Case& c :
       {Case{"90s", 90}, Case{"5m", 300}, Case{"1h", 3600}, Case{"7d", 604800}, Case{"0s", 0},
        Case{"1000000000s", 1'000'000'000}, Case{"1000000001s", std::nullopt},
        Case{"99999999999999999999s", std::nullopt}, Case{"", std::nullopt},
        Case{"s", std::nullopt}, Case{"5", std::nullopt}, Case{"-5s", std::nullopt},
        Case{"+5s", std::nullopt}, Case{"5 s", std::nullopt}, Case{"1.5h", std::nullopt},
        Case{"1w", std::nullopt}}) {
    DYNAMIC_SECTION("'" << c.text << "'") {
      CHECK(parse_duration(c.text) == c.seconds);
    }
  }
  CHECK(duration_to_string(0) == "0s");
  CHECK(duration_to_string(90) == "90s");
  CHECK(duration_to_string(3600) == "1h");
  CHECK(duration_to_string(366 * 86400) == "366d");
}

}  // namespace likes
