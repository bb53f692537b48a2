#include "tools/hugo/plain_yaml.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/tools/hugo/random_texts.h"

namespace likes::hugo {
namespace {

/// A value with the types of all its parts, and where it stands; nothing stands nowhere.
std::string told(const Value& value) {
  std::string text =
      value.type_name() + (value.is_null() ? "" : "@" + std::to_string(value.line)) + "(";
  if (value.members() != nullptr) {
    for (const auto& [key, each] : *value.members()) {
      text += key + "=" + told(each) + " ";
    }
  } else if (value.array() != nullptr) {
    for (const Value& each : *value.array()) {
      text += each.type_name() + each.to_text() + " ";
    }
  } else {
    text += value.to_text();
  }
  return text + ")";
}

/// The same, with a member behind it that only the library reads; it is taken out again.
Result<Value> by_the_library(const std::string& text) {
  Result<Value> value = decode_yaml(text + "\nzzz: {}\n", {"f", 1, 0});
  if (value) {
    value->erase("zzz");
  }
  return value;
}

TEST_CASE("what is read is what the library reads") {
  const std::vector<std::string> pieces = {"title",
                                           "a",
                                           "draft",
                                           ":",
                                           ": ",
                                           " ",
                                           "\n",
                                           "\n",
                                           "- ",
                                           "-",
                                           "[",
                                           "]",
                                           ", ",
                                           "\"",
                                           "'",
                                           "true",
                                           "3",
                                           "1_000",
                                           "0x1F",
                                           "2020-01-02",
                                           "# x",
                                           " #",
                                           "żółw",
                                           "~",
                                           "null",
                                           "x: y",
                                           "tags:\n- a\n- b\n",
                                           "tags: [a, \"b c\"]\n",
                                           "title: \"x\"\n",
                                           "weight: 3\n",
                                           "\\",
                                           "\\\"",
                                           "t: \"x \\\"y\\\" \\\\\"\n",
                                           "l: [\"a\\\"b, c\", d]\n",
                                           "{",
                                           "|"};
  const TwoReaders readers{[](const std::string& text) { return read_plain_yaml(text, 1); },
                           by_the_library,
                           [](const Value& value) { return told(Value(*value.members())); }};
  CHECK(hold_on_random_texts(readers, 20000, {"\n"}, pieces) > 1000);
}

TEST_CASE("ordinary front matter is read, all else is left to the library") {
  const char* ordinary =
      "\ntitle: \"Hello: \\\"world\\\"\"\ndate: 2020-01-02T10:00:00Z\ndraft: false\ntags: [a, 'b "
      "c']\n"
      "categories:\n  - One\n  - Two words\nempty:\nweight: 3\n";
  const std::optional<Value> value = read_plain_yaml(ordinary, 1);
  REQUIRE(value.has_value());
  CHECK(value->find("title")->to_text() == "Hello: \"world\"");
  CHECK(value->find("title")->line == 2);
  CHECK(value->find("tags")->to_terms() == std::vector<std::string>{"a", "b c"});
  CHECK(value->find("categories")->array()->size() == 2);
  CHECK(value->find("empty")->is_null());
  for (const char* other : {"\na: b: c\n", "\na: |\n  b\n", "\na:\n  b: c\n", "\na: &x b\n",
                            "\na: b\n  c\n", "\na: [b,\n  c]\n", "\na: 1\nA: 2\n", "\na: \"\\n\"\n",
                            "\n- a\n", "\ntrue: x\n", "\na:\tb\n", "x\n"}) {
    INFO(other);
    CHECK(!read_plain_yaml(other, 1).has_value());
  }
}

}  // namespace
}  // namespace likes::hugo
