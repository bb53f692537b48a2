#include "tools/hugo/plain_text.h"

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

TEST_CASE("a text in quotes is taken off the front") {
  struct Case {
    const char* text;
    const char* taken;
    const char* rest;
  };
  const Case cases[] = {
      {R"("a")", "a", ""},
      {R"('a' b)", "a", " b"},
      {R"("")", "", ""},
      {R"("a, 'b'", c)", "a, 'b'", ", c"},
      {R"("\"a\" \\")", R"("a" \)", ""},
      {R"('\n')", R"(\n)", ""},
      {"\"żółw\"", "żółw", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.text) {
      std::string_view rest = c.text;
      CHECK(take_quoted(rest) == std::string(c.taken));
      CHECK(rest == c.rest);
    }
  }
}

TEST_CASE("a text that TOML and YAML read in two ways, or not at all, is left") {
  const char* text = GENERATE("", "a", "\"", "'a", "\"a\n\"", "'a''b'", "\"a\"\"", "\"\"\"a\"\"\"",
                              "\"\\n\"", "\"\\");
  INFO(text);
  std::string_view rest = text;
  CHECK(!take_quoted(rest).has_value());
  CHECK(rest == text);
}

}  // namespace
}  // namespace likes::hugo
