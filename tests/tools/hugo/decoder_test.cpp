#include "tools/hugo/decoder.h"

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) {
    all += text;
  }
  return all;
}

TEST_CASE("all formats give the same value") {
  struct Case {
    const char* name;
    DataFormat format;
    const char* text;
  };
  const Case cases[] = {
      {"TOML", DataFormat::kToml,
       "Title = \"x\"\nlist = [\"a\", \"b\"]\n[Params.Likes]\nkey = \"k\"\n"},
      {"YAML", DataFormat::kYaml, "Title: x\nlist: [a,\n  b]\nParams:\n  Likes: {key: k}\n"},
      {"JSON", DataFormat::kJson,
       R"({"Title": "x", "list": ["a", "b"], "Params": {"Likes": {"key": "k"}}})"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<Value> value = decode(c.format, c.text, {"f", 1, 0});
      REQUIRE(value.has_value());
      CHECK(value->find("title")->to_text() == "x");
      CHECK(value->find("list")->to_words() == std::vector<std::string>{"a", "b"});
      CHECK(value->find_path({"params", "likes", "key"})->to_text() == "k");
    }
    DYNAMIC_SECTION(c.name << ", empty") {
      const Result<Value> value = decode(c.format, " \n", {"f", 1, 0});
      REQUIRE(value.has_value());
      CHECK(value->members()->empty());
    }
  }
}

TEST_CASE("an unquoted word of YAML is read as in YAML 1.2") {
  struct Case {
    const char* text;
    const char* type;
    const char* value;
  };
  const Case cases[] = {
      {"yes", "a string", "yes"},
      {"on", "a string", "on"},
      {"True", "true", "true"},
      {"1_000", "a number", "1000"},
      {"0x1F", "a number", "31"},
      {"0755", "a number", "493"},
      {"0o17", "a number", "15"},
      {"0b11", "a number", "3"},
      {"08", "a string", "08"},
      {"1e3", "a string", "1e3"},
      {"1.5e3", "a number", "1500"},
      {"-7", "a number", "-7"},
      {"+7", "a number", "7"},
      {"1:30:00", "a string", "1:30:00"},
      {"2020-01-02", "a string", "2020-01-02"},
      {"1.2.3", "a string", "1.2.3"},
      {"\"12\"", "a string", "12"},
      {"~", "nothing", ""},
      {"-", "a string", "-"},
      {"99999999999999999999", "a string", "99999999999999999999"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.text) {
      const Result<Value> value = decode_yaml(std::string("v: ") + c.text + "\n", {"f", 1, 0});
      if (std::string(c.text) == "-") {  // The start of a list: nothing but an error.
        CHECK(!value.has_value());
        return;
      }
      REQUIRE(value.has_value());
      CHECK(value->find("v")->type_name() == c.type);
      CHECK(value->find("v")->to_text() == c.value);
    }
  }
}

TEST_CASE("YAML aliases and merges are put in") {
  const Result<Value> value =
      decode_yaml("base: &base {a: 1, b: 2}\nuse: {<<: *base, b: 3}\nagain: *base\n", {"f", 1, 0});
  REQUIRE(value.has_value());
  CHECK(value->find_path({"use", "a"})->to_integer() == 1);
  CHECK(value->find_path({"use", "b"})->to_integer() == 3);
  CHECK(value->find_path({"again", "b"})->to_integer() == 2);
}

TEST_CASE("of keys that differ in case the later one counts") {
  for (const auto& [format, text] : {std::pair(DataFormat::kToml, "title = 'a'\nTitle = 'b'\n"),
                                     std::pair(DataFormat::kYaml, "title: a\nTitle: b\n")}) {
    const Result<Value> value = decode(format, text, {"f", 1, 0});
    REQUIRE(value.has_value());
    CHECK(value->find("title")->to_text() == "b");
  }
}

TEST_CASE("what is wrong is said with its place in the file") {
  struct Case {
    const char* name;
    DataFormat format;
    std::string text;
    std::string message;  // Its beginning: the end is the library's.
  };
  const Case cases[] = {
      {"TOML value", DataFormat::kToml, "a = 1\nb = bad\n", "f.md:11:5: wrong TOML: "},
      {"TOML twice", DataFormat::kToml, "a = 1\na = 2\n", "f.md:11:"},
      {"YAML colon", DataFormat::kYaml, "title: a: b\n", "f.md:10:9: wrong YAML: "},
      {"YAML tab", DataFormat::kYaml, "a:\n\t- b\n", "f.md:11:2: wrong YAML: "},
      {"YAML twice", DataFormat::kYaml, "a: 1\na: 2\n",
       "f.md:11:1: wrong YAML: found the key 'a' a second time"},
      {"YAML key", DataFormat::kYaml, "1.5: x\n",
       "f.md:10:1: wrong YAML: found the key 1.5, wanted a string: quote it"},
      {"YAML list", DataFormat::kYaml, "- a\n", "f.md:10: found a list, wanted a map"},
      {"YAML scalar", DataFormat::kYaml, "hello\n", "f.md:10: found a string, wanted a map"},
      {"YAML unknown alias", DataFormat::kYaml, "a: *nobody\n", "f.md:10:4: wrong YAML: "},
      {"JSON value", DataFormat::kJson, "{\n  \"a\": bad\n}", "f.md:11:8: wrong JSON: "},
      {"JSON list", DataFormat::kJson, "[1]", "f.md:10: found a list, wanted a map"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<Value> value = decode(c.format, c.text, {"f.md", 10, 0});
      REQUIRE(!value.has_value());
      CHECK(value.error().to_string().substr(0, c.message.size()) == c.message);
    }
  }
}

TEST_CASE("what Hugo's YAML stops at in double quotes is refused") {
  struct Case {
    const char* text;
    const char* complaint;
  };
  const Case cases[] = {
      {"a: \"it\\'s\"\n", "found the escape '\\'' in double quotes, wanted one of YAML's"},
      {"a: \"x\ty\"\nb: c\n", "found a tab in double quotes, which Hugo stops at, wanted \\t"},
      {"a: [\"x\ty\", b]\n", "found a tab in double quotes, which Hugo stops at, wanted \\t"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.text) {
      const Result<Value> value = decode_yaml(c.text, {"f", 1, 0});
      REQUIRE(!value.has_value());
      CHECK(value.error().message == std::string("wrong YAML: ") + c.complaint);
      CHECK(decode_yaml(c.text, {"f", 1, 0}, YamlDialect::kOld).has_value());
    }
  }
  // Where the text ends its line's part, or the tab, nothing is lost.
  for (const char* text :
       {"a: \"x\ty\"\n", "a: \"x\ty\"\n\nb: c\n", "a: \"x\t\"\nb: c\n", "a: \"x\\ty\"\nb: c\n",
        "a: \"x\n \ty\"\nb: c\n", "a: 'x\ty'\nb: c\n", "a: \"\\e\\x41\\u0041\"\n"}) {
    INFO(text);
    CHECK(decode_yaml(text, {"f", 1, 0}).has_value());
  }
}

TEST_CASE("nesting has a limit") {
  struct Case {
    const char* name;
    DataFormat format;
    std::string head;
    std::string open;
    std::string close;
    std::string tail;
    std::size_t own;  // What the head opens itself.
  };
  const Case cases[] = {
      {"TOML", DataFormat::kToml, "a = ", "[", "]", "", 0},
      {"YAML", DataFormat::kYaml, "a: ", "[", "]", "", 1},
      {"JSON", DataFormat::kJson, "{\"a\": ", "[", "]", "}", 1},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const auto nested = [&c](std::size_t depth) {
        return c.head + repeated(c.open, depth) + repeated(c.close, depth) + c.tail;
      };
      const std::size_t most = kMaxNesting - c.own;
      CHECK(decode(c.format, nested(most), {"f", 1, 0}).has_value());
      const Result<Value> deeper = decode(c.format, nested(most + 1), {"f", 1, 0});
      REQUIRE(!deeper.has_value());
      CHECK(deeper.error().message.find("nested deeper than the limit of 100") !=
            std::string::npos);
    }
  }
}

TEST_CASE("nesting far beyond the limit is refused as well") {
  const std::string brackets = repeated("[", 200'000);
  CHECK(!decode_toml("a = " + brackets, {"f", 1, 0}).has_value());
  CHECK(!decode_yaml("a: " + brackets, {"f", 1, 0}).has_value());
  CHECK(!decode_json("{\"a\": " + brackets, {"f", 1, 0}).has_value());
  const Result<Value> dotted = decode_toml("a" + repeated(".a", 200'000) + " = 1", {"f", 1, 0});
  REQUIRE(!dotted.has_value());
  CHECK(dotted.error().to_string() == "f:1: found a key of more than 1000 dots");
}

TEST_CASE("what YAML aliases multiply to has a limit") {
  // One value for the root, one for each key and item: the limit exactly, and one more.
  const auto list = [](std::size_t items) { return "a: [" + repeated("x,", items) + "]\n"; };
  CHECK(decode_yaml(list(kMaxYamlValues - 3), {"f", 1, 0}).has_value());
  CHECK(!decode_yaml(list(kMaxYamlValues - 2), {"f", 1, 0}).has_value());

  std::string laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" +
              repeated(below + ", ", 9) + below + "]\n";
  }
  const Result<Value> billion = decode_yaml(laughs, {"f.md", 2, 0});
  REQUIRE(!billion.has_value());
  CHECK(billion.error().to_string() ==
        "f.md:6:45: wrong YAML: found more than the limit of 100000 values, aliases put in");
}

}  // namespace
}  // namespace likes::hugo
