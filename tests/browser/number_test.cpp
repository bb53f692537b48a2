#include "tools/bake/number.h"

#include <cstdint>
#include <string>

#include "tests/support/browser.h"
#include "tests/support/catch.h"

// The third place where numbers are written, after Hugo's templates and bake (tests/parity).
TEST_CASE("the browser writes numbers as bake does in every language") {
  likes::testing::Browser browser({});
  for (const std::string locale :
       {"ar", "de", "en", "es", "fr", "hi", "ja", "pl", "pt", "ru", "zh"}) {
    for (const std::int64_t number : {0, 7, 999, 1000, 9999, 10000, 99999, 100000, 98765432}) {
      const std::string script =
          "return (" + std::to_string(number) + ").toLocaleString('" + locale + "')";
      INFO(locale << " " << number);
      CHECK(browser.run(script) == likes::bake::write_number(number, locale));
    }
  }
}
