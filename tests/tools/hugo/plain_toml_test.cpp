#include "tools/hugo/plain_toml.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/tools/hugo/random_texts.h"
#include "tools/hugo/decoder.h"

namespace likes::hugo {
namespace {

/// A value with the types of all its parts, and where each stands.
std::string told(const Value& value) {
  std::string text = value.type_name() + "@" + std::to_string(value.line) + ":" +
                     std::to_string(value.column) + "(" + value.to_text();
  if (const DateTime* date = std::get_if<DateTime>(&value.data())) {
    text += date->offset_seconds ? std::to_string(*date->offset_seconds) : "local";
  }
  if (value.members() != nullptr) {
    for (const auto& [key, each] : *value.members()) {
      text += key + "=" + told(each) + " ";
    }
  }
  if (value.array() != nullptr) {
    for (const Value& each : *value.array()) {
      text += told(each) + " ";
    }
  }
  return text + ")";
}

/// The same, with a member behind it that only the library reads; it is taken out again.
Result<Value> by_the_library(const std::string& text) {
  Result<Value> value = decode_toml(text + "\nzzz = {}\n", {"f", 3, 0});
  if (value) {
    value->erase("zzz");
  }
  return value;
}

TEST_CASE("what is read is what the TOML library reads") {
  const std::vector<std::string> pieces = {"title",
                                           "A",
                                           "1",
                                           "=",
                                           " = ",
                                           " ",
                                           "\n",
                                           "\n",
                                           "[",
                                           "]",
                                           ", ",
                                           ".",
                                           "\"",
                                           "\"\"",
                                           "'",
                                           "true",
                                           "30",
                                           "-1",
                                           "007",
                                           "1_000",
                                           "1.5",
                                           "2020-02-29",
                                           "2021-02-29",
                                           "2020-01-02T10:00:00",
                                           "T24:00:00",
                                           "Z",
                                           "-00:30",
                                           ".5",
                                           "# x",
                                           "\"żółw \"",
                                           "\"\u0085\u2028\"",
                                           "\"\x7F\"",
                                           "'\xC5'",
                                           "\t",
                                           "\r\n",
                                           "\\\"",
                                           "\\n",
                                           "\\",
                                           "t = \"x \\\"y\\\" \\\\ z\"\n",
                                           "u = '''x'''\n",
                                           "tags = ['ż', \"b c\", 3]\n",
                                           "list = [ # these\n  'a',\n\n  2020-01-02,\n]\n",
                                           "weight = 3 # heavy\n",
                                           "date = 2020-01-02T10:00:00-02:30\n",
                                           "day = 1950-06-07\n",
                                           "draft = false\n",
                                           "[params]\n",
                                           "{a = 1}"};
  const TwoReaders readers{[](const std::string& text) { return read_plain_toml(text, 3); },
                           by_the_library, told};
  CHECK(hold_on_random_texts(readers, 50000, {"\n", "\n", "\n", ""}, pieces) > 2000);
}

TEST_CASE("ordinary TOML is read, all else is left to the library") {
  const char* ordinary =
      "\ntitle = \"Hello: \\\"world\\\"\"\ndate = 2020-01-02T10:00:00+02:00\n\n# Not yet.\n"
      "draft = true\ntags = [\"a\", 'b c']\ncategories = [\n  \"One\",\n  \"Two words\",\n]\n"
      "weight = 3 # heavy\n";
  const std::optional<Value> value = read_plain_toml(ordinary, 1);
  REQUIRE(value.has_value());
  CHECK(value->find("title")->to_text() == "Hello: \"world\"");
  CHECK(value->find("title")->line == 2);
  CHECK(std::get<DateTime>(value->find("date")->data()).offset_seconds == 7200);
  CHECK(value->find("draft")->to_bool());
  CHECK(value->find("tags")->to_terms() == std::vector<std::string>{"a", "b c"});
  CHECK(value->find("categories")->array()->back().line == 10);
  CHECK(value->find("weight")->to_integer() == 3);
  for (const char* other : {"\n[params]\na = 1\n",
                            "\na.b = 1\n",
                            "\n\"a\" = 1\n",
                            "\na = \"\"\"b\"\"\"\n",
                            "\na = {}\n",
                            "\na = [[1]]\n",
                            "\na = 1\nA = 2\n",
                            "\na = \"\\n\"\n",
                            "\na = 1.5\n",
                            "\na = 010\n",
                            "\na = 2020-02-30\n",
                            "\na = 2020-01-02 10:00:00\n",
                            "\na = [1 2]\n",
                            "\na = [1\n",
                            "\na = \"b\n",
                            "\na =\n",
                            "\na\n",
                            "\na = 1 b = 2\n",
                            "\na = 'b\tc'\n",
                            "\na = '\xFF'\n",
                            "a = 9223372036854775807\n",
                            "\na = 1\r\n"}) {
    INFO(other);
    CHECK(!read_plain_toml(other, 1).has_value());
  }
}

}  // namespace
}  // namespace likes::hugo
