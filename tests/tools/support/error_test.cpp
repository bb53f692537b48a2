#include "tools/support/error.h"

#include "tests/support/catch.h"

using likes::Error;
using likes::ErrorCode;

TEST_CASE("an error names as much of its place as is known") {
  struct Case {
    const char* name;
    likes::Location where;
    const char* text;
  };
  const Case cases[] = {
      {"nowhere", {}, "wrong"},
      {"a file", {"a.toml"}, "a.toml: wrong"},
      {"a line", {"a.toml", 3}, "a.toml:3: wrong"},
      {"a column", {"a.toml", 3, 9}, "a.toml:3:9: wrong"},
      {"a column without a line is not printed", {"a.toml", 0, 9}, "a.toml: wrong"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Error error{ErrorCode::kInvalid, "wrong", c.where};
      CHECK(error.to_string() == c.text);
    }
  }
}
