#include "tools/bake/number.h"

#include <cstdint>

#include "tests/support/catch.h"

using likes::bake::write_number;

TEST_CASE("a number is written as its language writes it") {
  struct Case {
    const char* locale;
    std::int64_t number;
    const char* written;
  };
  constexpr Case kCases[] = {
      {"", 1234567, "1234567"},
      {"tlh", 1234567, "1234567"},
      {"de-AT", 1234567, "1234567"},  // The overlay prints the first subtag only.
      {"en", 0, "0"},
      {"en", 999, "999"},
      {"en", 1000, "1,000"},
      {"en", 12345, "12,345"},
      {"en", 123456, "123,456"},
      {"en", 9223372036854775807, "9,223,372,036,854,775,807"},
      {"de", 1234567, "1.234.567"},
      {"es", 1234, "1234"},
      {"es", 12345, "12.345"},
      {"pl", 9999, "9999"},
      {"pl", 10000, "10\u00a0000"},
      {"fr", 1234, "1\u202f234"},
      {"ru", 1234, "1\u00a0234"},
      {"hi", 99999, "99,999"},
      {"hi", 100000, "1,00,000"},
      {"hi", 12345678, "1,23,45,678"},
  };
  for (const Case& c : kCases) {
    INFO(c.locale << " " << c.number);
    CHECK(write_number(c.number, c.locale) == c.written);
  }
}
