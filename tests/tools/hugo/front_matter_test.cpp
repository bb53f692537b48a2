#include "tools/hugo/front_matter.h"

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

Result<Value> read(const std::string& content, const std::string& file) {
  const Result<std::optional<FrontMatterBlock>> block = find_front_matter(content, file);
  return block ? read_front_matter(*block, file) : tl::unexpected(block.error());
}

TEST_CASE("front matter is found in every dress") {
  struct Case {
    const char* name;
    std::string content;
    std::string title;
  };
  const Case cases[] = {
      {"YAML", "---\ntitle: a\n---\nbody\n", "a"},
      {"TOML", "+++\ntitle = \"a\"\n+++\nbody\n", "a"},
      {"JSON", "{\"title\": \"a\"}\nbody\n", "a"},
      {"JSON with braces in a string", "{\"title\": \"}\\\"{\"} body", "}\"{"},
      {"blanks behind the delimiters", "---  \t\ntitle: a\n---  \nbody\n", "a"},
      {"text behind the closing delimiter", "---\ntitle: a\n--- body\n", "a"},
      {"byte order mark", "\xEF\xBB\xBF---\ntitle: a\n---\n", "a"},
      {"CRLF", "---\r\ntitle: a\r\n---\r\nbody\r\n", "a"},
      {"TOML with CRLF", "+++\r\ntitle = 'a'\r\n+++\r\n", "a"},
      {"blank lines before", "\n \n---\ntitle: a\n---\n", "a"},
      {"no newline at the end", "---\ntitle: a\n---", "a"},
      {"folded scalar", "---\ntitle: >-\n  a\n  b\n---\n", "a b"},
      {"multi-line TOML string", "+++\ntitle = \"\"\"\na\nb\"\"\"\n+++\n", "a\nb"},
      {"nothing in it", "---\n---\nbody\n", ""},
      {"none", "title: a\n", ""},
      {"an HTML comment before", "<!-- x -->\n---\ntitle: a\n---\n", ""},
      {"empty file", "", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<Value> value = read(c.content, "f.md");
      REQUIRE(value.has_value());
      const Value* title = value->find("title");
      CHECK((title == nullptr ? "" : title->to_text()) == c.title);
    }
  }
}

TEST_CASE("keywords of Org are front matter") {
  const Result<Value> value = read(
      "#+TITLE: A b\n#+tags[]: x y\n#+filetags: :p:q:\n#+date: <2020-01-02 Thu>\n"
      "#+author: one\n#+author: two\n* Heading\n#+title: no more\n",
      "f.org");
  REQUIRE(value.has_value());
  CHECK(value->find("title")->to_text() == "A b");
  CHECK(value->find("tags")->to_terms() == std::vector<std::string>{"x", "y"});
  CHECK(value->find("filetags")->to_terms() == std::vector<std::string>{"p", "q"});
  CHECK(value->find("date")->to_text() == "2020-01-02");
  CHECK(value->find("date")->line == 4);
  CHECK(value->find("author")->to_terms() == std::vector<std::string>{"one", "two"});
}

TEST_CASE("wrong front matter is said with the line of the file") {
  struct Case {
    const char* name;
    std::string content;
    std::string message;
  };
  const Case cases[] = {
      {"not closed", "\n---\ntitle: a\n",
       "f.md:2: found front matter that is not closed, wanted a line that starts with ---"},
      {"closed by another", "+++\ntitle = 1\n---\n",
       "f.md:1: found front matter that is not closed, wanted a line that starts with +++"},
      {"dots do not close", "---\ntitle: a\n...\n",
       "f.md:1: found front matter that is not closed, wanted a line that starts with ---"},
      {"open brace", "{\"a\": {}\n", "f.md:1: found front matter that is not closed, wanted a '}'"},
      {"four hyphens", "----\ntitle: a\n----\n", "f.md:1: found a list, wanted a map"},
      {"a key twice", "---\na: 1\nb: 2\na: 3\n---\n",
       "f.md:4:1: wrong YAML: found the key 'a' a second time"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<Value> value = read(c.content, "f.md");
      REQUIRE(!value.has_value());
      CHECK(value.error().to_string() == c.message);
    }
  }
}

TEST_CASE("values know their lines in the file") {
  const Result<Value> yaml = read("---\na: 1\nlikes:\n  key: 5\n---\n", "f.md");
  REQUIRE(yaml.has_value());
  CHECK(yaml->find_path({"likes", "key"})->line == 4);
  CHECK(yaml->find_path({"likes", "key"})->column == 8);
  const Result<Value> toml = read("+++\na = 1\nb = 2\n+++\n", "f.md");
  REQUIRE(toml.has_value());
  CHECK(toml->find("b")->line == 3);
}

TEST_CASE("front matter has a limit") {
  const auto content = [](std::size_t bytes) {
    // The first newline belongs to the front matter.
    return "---\n#" + std::string(bytes - 3, 'x') + "\n---\n";
  };
  CHECK(read(content(kMaxFrontMatterBytes), "f.md").has_value());
  const Result<Value> larger = read(content(kMaxFrontMatterBytes + 1), "f.md");
  REQUIRE(!larger.has_value());
  CHECK(larger.error().to_string() ==
        "f.md:1: found front matter of 1048577 bytes, wanted at most 1048576");
}

}  // namespace
}  // namespace likes::hugo
