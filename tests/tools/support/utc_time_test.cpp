#include "tools/support/utc_time.h"

#include <cstdint>

#include "tests/support/catch.h"

TEST_CASE("times are written as RFC 3339 in UTC and read back") {
  struct Case {
    const char* name;
    std::int64_t seconds;
    const char* text;
  };
  const Case cases[] = {
      {"the epoch", 0, "1970-01-01T00:00:00Z"},
      {"the second before it", -1, "1969-12-31T23:59:59Z"},
      {"a leap day", 1709164800, "2024-02-29T00:00:00Z"},
      {"the last second of a day", 1763683199, "2025-11-20T23:59:59Z"},
      {"no leap day in 2100", 4107542400, "2100-03-01T00:00:00Z"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(likes::utc_timestamp(c.seconds) == c.text);
      CHECK(likes::parse_utc_timestamp(c.text) == c.seconds);
      CHECK(likes::utc_day(c.seconds) == std::string(c.text).substr(0, 10));
    }
  }
}

TEST_CASE("what is no UTC time is refused") {
  for (const char* text : {"", "2026-11-20", "2026-11-20T08:30:00", "2026-11-20T08:30:00+01:00",
                           "2026-11-20 08:30:00Z", "2026-02-30T08:30:00Z", "2026-11-20T24:00:00Z",
                           "2026-11-20T08:60:00Z", "2026-11-20T08:30:60Z", "2026-1-20T08:30:000Z",
                           "2026-11-20T0a:30:00Z"}) {
    DYNAMIC_SECTION(text) {
      CHECK_FALSE(likes::parse_utc_timestamp(text));
    }
  }
}

TEST_CASE("a day is four, two and two digits of a real date") {
  CHECK(likes::is_utc_day("2024-02-29"));
  for (const char* text :
       {"", "2023-02-29", "2026-13-01", "2026-00-01", "2026-11-2", "2026-11-200", "2026/11/20"}) {
    DYNAMIC_SECTION(text) {
      CHECK_FALSE(likes::is_utc_day(text));
    }
  }
}
