#include "tools/hugo/value.h"

#include "tests/support/catch.h"
#include "tools/hugo/decoder.h"

namespace likes::hugo {
namespace {

Value yaml(const std::string& text) {
  const Result<Value> value = decode_yaml("v: " + text, {"test", 1, 0});
  REQUIRE(value.has_value());
  REQUIRE(value->find("v") != nullptr);
  return *value->find("v");
}

TEST_CASE("a value is read as another type the way Hugo does") {
  struct Case {
    const char* name;
    const char* text;
    std::string as_text;
    std::int64_t as_integer;
    bool as_bool;
  };
  const Case cases[] = {
      {"a string", "hello", "hello", 0, false},
      {"a number as a string", "'3'", "3", 3, false},
      {"zeros before and behind", "'007.00'", "007.00", 7, false},
      {"no whole number", "'2.9'", "2.9", 0, false},
      {"an integer", "2020", "2020", 2020, true},
      {"a fraction", "2.9", "2.9", 2, true},
      {"true", "true", "true", 1, true},
      {"false", "false", "false", 0, false},
      {"true as a string", "'true'", "true", 0, true},
      {"yes is a word", "yes", "yes", 0, false},
      {"nothing", "null", "", 0, false},
      {"a list", "[a]", "", 0, false},
      {"a map", "{a: b}", "", 0, false},
      {"infinity", ".inf", "inf", 0, true},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Value value = yaml(c.text);
      CHECK(value.to_text() == c.as_text);
      CHECK(value.to_integer() == c.as_integer);
      CHECK(value.to_bool() == c.as_bool);
    }
  }
}

TEST_CASE("a value as a list of words and of terms") {
  struct Case {
    const char* name;
    const char* text;
    std::vector<std::string> words;
    std::vector<std::string> terms;
  };
  const Case cases[] = {
      {"a list", "[one, two three, 4]", {"one", "two three", "4"}, {"one", "two three", "4"}},
      {"a string", "one two", {"one", "two"}, {"one two"}},
      {"a number", "4", {"4"}, {"4"}},
      {"empty terms", "['', x]", {"", "x"}, {"x"}},
      {"nothing", "null", {}, {}},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(yaml(c.text).to_words() == c.words);
      CHECK(yaml(c.text).to_terms() == c.terms);
    }
  }
}

TEST_CASE("merge_deep puts maps into each other and replaces the rest") {
  Value under = yaml("{a: {x: 1, y: 2}, b: [1, 2], c: 3}");
  merge_deep(under, yaml("{a: {y: 9, z: 8}, b: [3], d: 4}"));
  CHECK(under.find_path({"a", "x"})->to_integer() == 1);
  CHECK(under.find_path({"a", "y"})->to_integer() == 9);
  CHECK(under.find_path({"a", "z"})->to_integer() == 8);
  CHECK(under.find("b")->to_words() == std::vector<std::string>{"3"});
  CHECK(under.find("c")->to_integer() == 3);
  CHECK(under.find("d")->to_integer() == 4);
  CHECK(under.find_path({"c", "x"}) == nullptr);
}

}  // namespace
}  // namespace likes::hugo
