#include "tools/hugo/config_merge.h"

#include "tests/support/catch.h"
#include "tools/hugo/decoder.h"

namespace likes::hugo {
namespace {

Value yaml(const char* text) {
  const Result<Value> value = decode_yaml(text, {"f.yaml", 1, 0});
  REQUIRE(value.has_value());
  return *value;
}

/// Keys and texts of a map, in order: `a=1 b.c=2`.
std::string flat(const Value& value, const std::string& prefix = "") {
  std::string text;
  for (const auto& [key, member] : *value.members()) {
    const std::string name = prefix + key;
    text += member.members() != nullptr ? flat(member, name + ".")
                                        : name + "=" + member.to_text() + " ";
  }
  return text;
}

TEST_CASE("what a theme configures comes under what the site does") {
  struct Case {
    const char* name;
    const char* site;
    const char* theme;
    const char* merged;
  };
  const Case cases[] = {
      {"params are merged deeply", "params: {a: 1, m: {x: 1}}", "params: {a: 2, m: {y: 2}, z: 3}",
       "params.a=1 params.m.x=1 params.m.y=2 params.z=3 "},
      {"params alone", "title: t", "params: {a: 2}", "params.a=2 title=t "},
      {"other settings stay out", "title: t", "title: u\nuglyURLs: true\npermalinks: {p: /x/}",
       "title=t "},
      {"output formats shallowly", "outputFormats: {a: {path: x}}",
       "outputFormats: {a: {ugly: true}, b: {path: y}}",
       "outputformats.a.path=x outputformats.b.path=y "},
      {"a map asks for it", "permalinks: {_merge: deep, p: /site/}", "permalinks: {p: /x/, q: /y/}",
       "permalinks._merge=deep permalinks.p=/site/ permalinks.q=/y/ "},
      {"all ask for it", "_merge: deep", "title: u\npermalinks: {p: /x/}",
       "_merge=deep permalinks.p=/x/ title=u "},
      {"none wants it", "_merge: none", "params: {a: 1}", "_merge=none "},
      {"params do not want it", "params: {_merge: none, a: 1}", "params: {b: 1}",
       "params._merge=none params.a=1 "},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Value site = yaml(c.site);
      merge_theme(site, yaml(c.theme));
      CHECK(flat(site) == c.merged);
    }
  }
}

TEST_CASE("a language's map takes the place of the site's, its params come beside them") {
  const Value root = yaml("title: t\ntaxonomies: {tag: tags}\nparams: {a: 1, b: 1}\n");
  const Value language = yaml("title: u\ntaxonomies: {topic: topics}\nparams: {b: 2, c: 3}\n");
  CHECK(flat(merge_language(root, language)) ==
        "params.a=1 params.b=2 params.c=3 taxonomies.topic=topics title=u ");
  CHECK(flat(merge_language(root, Value())) == flat(root));
}

}  // namespace
}  // namespace likes::hugo
