#include "tools/hugo/cascade.h"

#include "tests/support/catch.h"
#include "tools/hugo/decoder.h"

namespace likes::hugo {
namespace {

Value yaml(const std::string& text) {
  const Result<Value> value = decode_yaml(text, {"f.md", 1, 0});
  REQUIRE(value.has_value());
  return *value;
}

std::vector<CascadeEntry> entries(const std::string& text) {
  const Value value = yaml(text);
  const Result<std::vector<CascadeEntry>> read =
      read_cascade_entries(*value.find("cascade"), "f.md");
  REQUIRE(read.has_value());
  return *read;
}

constexpr CascadeTarget kPost{"/posts/hello", "page", "en", "production"};

TEST_CASE("a cascade fills in what a page lacks") {
  Value page = yaml("title: own\nparams: {color: own}");
  apply_cascade(page,
                entries("cascade: {title: handed, weight: 3, color: handed, "
                        "params: {size: big, title: handed}}"),
                kPost);
  CHECK(page.find("title")->to_text() == "own");
  CHECK(page.find("weight")->to_integer() == 3);
  CHECK(page.find("color") == nullptr);
  CHECK(page.find_path({"params", "color"})->to_text() == "own");
  CHECK(page.find("size")->to_text() == "big");
}

TEST_CASE("the first of several that fit wins, key by key") {
  Value page = yaml("{}");
  apply_cascade(page, entries("cascade:\n- {a: 1}\n- {a: 2, b: 2}\n"), kPost);
  CHECK(page.find("a")->to_integer() == 1);
  CHECK(page.find("b")->to_integer() == 2);
}

TEST_CASE("a target says whom a cascade is for") {
  struct Case {
    const char* name;
    const char* target;
    bool fits;
  };
  const Case cases[] = {
      {"path", "path: /posts/**", true},
      {"another path", "path: /notes/**", false},
      {"braces", "path: '{/notes,/posts/**}'", true},
      {"kind", "kind: page", true},
      {"another kind", "kind: section", false},
      {"two kinds", "kind: '{home,page}'", true},
      {"language", "lang: en", true},
      {"another language", "lang: fr", false},
      {"environment", "environment: production", true},
      {"another environment", "environment: staging", false},
      {"language of a matrix", "sites: {matrix: {languages: ['{pl,en}']}}", true},
      {"another one of a matrix", "sites: {matrix: {languages: [pl, de]}}", false},
      {"both must fit", "path: /posts/**, kind: section", false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      for (const char* key : {"target", "_target"}) {
        Value page = yaml("{}");
        const std::string target = std::string(key) + ": {" + c.target + "}";
        apply_cascade(page, entries("cascade: {x: 1, " + target + "}"), kPost);
        CHECK((page.find("x") != nullptr) == c.fits);
      }
    }
  }
}

TEST_CASE("what a cascade cannot be is refused with its place") {
  const Value wrong = yaml("cascade: [{a: 1}, 5]");
  const Result<std::vector<CascadeEntry>> read =
      read_cascade_entries(*wrong.find("cascade"), "f.md");
  REQUIRE(!read.has_value());
  CHECK(read.error().to_string() ==
        "f.md:1:19: found a number as a cascade, wanted a map or a list of maps");
  const Value sites = yaml("cascade: {target: {sites: {matrix: {roles: [guest]}}}}");
  CHECK(read_cascade_entries(*sites.find("cascade"), "f.md").error().message ==
        "found target.sites.matrix.roles, wanted languages only: others are not supported yet");
}

}  // namespace
}  // namespace likes::hugo
