#include "tools/markup/attributes.h"

#include "tests/support/catch.h"

namespace likes::markup {
namespace {

TEST_CASE("attributes are read in their order, classes as one") {
  CHECK(*read_attributes("{#a .b .c d=e, f=\"g h\"}") ==
        Attributes{{"id", "a"}, {"class", "b c"}, {"d", "e"}, {"f", "g h"}});
  CHECK(read_attributes("{}")->empty());
  for (const char* wrong : {"", "{", "{a}", "{=b}", "{a=}", "{a=\"b}", "{.a} b", "{{.a}}"}) {
    INFO(wrong);
    CHECK(!read_attributes(wrong));
  }
}

TEST_CASE("attributes are taken off the end of a heading") {
  std::string text = "a b  {.c} ";
  CHECK(take_attributes(text) == Attributes{{"class", "c"}});
  CHECK(text == "a b");
  for (const char* plain : {"a {b} c", "a {b c}", "}", "a"}) {
    std::string kept = plain;
    CHECK(take_attributes(kept).empty());
    CHECK(kept == plain);
  }
}

}  // namespace
}  // namespace likes::markup
