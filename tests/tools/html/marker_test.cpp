#include "tools/html/marker.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tools/html/character_reference.h"

using likes::html::decode_attribute;
using likes::html::find_markers;
using likes::html::Marker;
using likes::html::Markers;
using likes::html::Syntax;

TEST_CASE("markers are found with their key and their text") {
  struct Case {
    const char* name;
    std::string page;
    std::vector<std::string> found;  // "key|text"
  };
  const Case cases[] = {
      {"none", "<p>data-likes-count</p>", {}},
      {"the usual", R"(<span data-likes-count="posts/a">42</span>)", {"posts/a|42"}},
      {"empty", "<span data-likes-count=posts/a></span>", {"posts/a|"}},
      {"unquoted, other case", "<B DATA-Likes-Count=posts/a>\u2013</b>", {"posts/a|\u2013"}},
      {"several", "<i data-likes-count=a>1</i><i data-likes-count=b>2</i>", {"a|1", "b|2"}},
      {"references in the key", "<i data-likes-count='a&amp;b&#39;c&#x2F;d'>1</i>", {"a&b'c/d|1"}},
      {"not in a comment", "<!-- <i data-likes-count=a>1</i> -->", {}},
      {"not in a script", "<script>'<i data-likes-count=a>1</i>'</script>", {}},
      {"in a noscript", "<noscript><i data-likes-count=a>1</i></noscript>", {"a|1"}},
      {"in a template", "<template><i data-likes-count=a>1</i></template>", {"a|1"}},
      {"the first of two counts", "<i data-likes-count=a data-likes-count=b>1</i>", {"a|1"}},
      {"in its attribute's value only", "<i title='data-likes-count=a'>1</i>", {}},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Markers markers = find_markers(c.page, "page");
      std::vector<std::string> found;
      for (const Marker& marker : markers.found) {
        found.push_back(marker.key + "|" + std::string(marker.text.in(c.page)));
      }
      CHECK(found == c.found);
      CHECK(markers.problems.empty());
    }
  }
}

TEST_CASE("a marker that holds markup is told and left alone") {
  struct Case {
    const char* name;
    const char* page;
    const char* problem;
  };
  const Case cases[] = {
      {"an element inside", "<p>\n<i data-likes-count=a><b>1</b></i>",
       "p.html:2: the element marked data-likes-count=\"a\" holds more than text, wanted only the "
       "count"},
      {"a comment inside", "<i data-likes-count=a>1<!-- --></i>",
       "p.html:1: the element marked data-likes-count=\"a\" holds more than text, wanted only the "
       "count"},
      {"an end tag left out", "<li data-likes-count=a>1<li>2",
       "p.html:1: the element marked data-likes-count=\"a\" holds more than text, wanted only the "
       "count"},
      {"an element without text", "<table><tr data-likes-count=a> </tr>",
       "p.html:1: the element marked data-likes-count=\"a\" is a <tr>, which cannot hold a count"},
      {"the page's end", "<i data-likes-count=a>1",
       "p.html:1: the element marked data-likes-count=\"a\" has no end tag"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Markers markers = find_markers(c.page, "p.html");
      CHECK(markers.found.empty());
      REQUIRE(markers.problems.size() == 1);
      CHECK(markers.problems.front().to_string() == c.problem);
    }
  }
}

TEST_CASE("a marker inside a malformed one is still found") {
  const std::string page = "<i data-likes-count=a><b data-likes-count=b>1</b></i>";
  const Markers markers = find_markers(page, "p.html");
  REQUIRE(markers.found.size() == 1);
  CHECK(markers.found.front().key == "b");
  CHECK(markers.problems.size() == 1);
}

TEST_CASE("character references are replaced, what only looks like one stays") {
  struct Case {
    const char* value;
    const char* decoded;
  };
  const Case cases[] = {
      {"", ""},
      {"plain", "plain"},
      {"a&amp;b", "a&b"},
      {"&lt;&gt;&quot;&apos;", "<>\"'"},
      {"&#322;&#x142;&#X142;", "\u0142\u0142\u0142"},
      {"&amp;amp;", "&amp;"},
      {"&#xD800;", "\uFFFD"},
      {"&unknown; & &; &#; &#x; &#12a; &#x110000;", "&unknown; & &; &#; &#x; &#12a; &#x110000;"},
      {"&amp", "&amp"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.value) {
      CHECK(decode_attribute(c.value) == c.decoded);
    }
  }
}

TEST_CASE("markers are found in the text of feeds") {
  struct Case {
    const char* name;
    Syntax syntax;
    std::string file;
    std::vector<std::string> found;  // "key|text as the file has it"
    std::vector<std::string> problems;
  };
  const std::string in_pieces =
      "p:1: the text of the element marked data-likes-count=\"a\" is in several pieces";
  const Case cases[] = {
      {"escaped",
       Syntax::kXml,
       "<d>&lt;i data-likes-count=&quot;a&quot;&gt;1&lt;/i&gt;</d>",
       {"a|1"},
       {}},
      {"an escaped dash",
       Syntax::kXml,
       "<d>&lt;i data-likes-count=a&gt;&#8211;&lt;/i&gt;</d>",
       {"a|&#8211;"},
       {}},
      {"empty", Syntax::kXml, "<d>&lt;i data-likes-count=a&gt;&lt;/i&gt;</d>", {"a|"}, {}},
      {"escaped twice", Syntax::kXml, "<d>&amp;lt;i data-likes-count=a&amp;gt;1</d>", {}, {}},
      {"not from one text into the next",
       Syntax::kXml,
       "<d>&lt;i data-likes-count=a&gt;</d><d>1&lt;/i&gt;</d>",
       {},
       {"p:1: the element marked data-likes-count=\"a\" has no end tag"}},
      {"CDATA", Syntax::kXml, "<d><![CDATA[<i data-likes-count=a>1</i>]]></d>", {"a|1"}, {}},
      {"CDATA and text",
       Syntax::kXml,
       "<d>&lt;i data-likes-count=a&gt;<![CDATA[1</i>]]></d>",
       {"a|1"},
       {}},
      {"a text in pieces",
       Syntax::kXml,
       "<d><![CDATA[<i data-likes-count=a>1]]>2&lt;/i></d>",
       {},
       {in_pieces}},
      {"an element", Syntax::kXml, "<x:i data-likes-count='a'>1</x:i>", {"a|1"}, {}},
      {"an element that looks like text with a marker",
       Syntax::kXml,
       "<i data-likes-count='a'>&lt;i data-likes-count=b&gt;1&lt;/i&gt;</i>",
       {"a|&lt;i data-likes-count=b&gt;1&lt;/i&gt;"},
       {}},
      {"an empty element",
       Syntax::kXml,
       "\n<d><i data-likes-count='a'/></d>",
       {},
       {"p:2: the element marked data-likes-count=\"a\" holds more than text, wanted only the "
        "count"}},
      {"not in a comment or instruction",
       Syntax::kXml,
       "<!-- <i data-likes-count='a'>1</i> --><? <i data-likes-count='a'>1</i> ?>"
       "<!DOCTYPE d [<!-- > --> <!ENTITY e '<i data-likes-count=a>1</i>'>]>",
       {},
       {}},
      {"a JSON string",
       Syntax::kJson,
       R"({"a": "\u003ci data-likes-count=\"a\"\u003E1</i>"})",
       {"a|1"},
       {}},
      {"an escaped dash in JSON",
       Syntax::kJson,
       R"(["<i data-likes-count=a>\u2013<\/i>"])",
       {R"(a|\u2013)"},
       {}},
      {"a quote in JSON", Syntax::kJson, R"(["\"", "<i data-likes-count=a>1</i>\\"])", {"a|1"}, {}},
      {"a name in JSON, by itself", Syntax::kJson, R"({"data-likes-count": 1})", {}, {}},
      {"a bad escape in JSON",
       Syntax::kJson,
       "[\n\"<i data-likes-count=a>1</i>\\q\"]",
       {},
       {"p:2: the string mentions data-likes-count but is no JSON"}},
      {"no end in JSON", Syntax::kJson, R"(["<i data-likes-count=a>1</i>)", {"a|1"}, {}},
      {"two in JSON",
       Syntax::kJson,
       R"(["<i data-likes-count=a>1</i>","<i data-likes-count=b>2</i>"])",
       {"a|1", "b|2"},
       {}},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Markers markers = find_markers(c.file, "p", c.syntax);
      std::vector<std::string> found;
      for (const Marker& marker : markers.found) {
        found.push_back(marker.key + "|" + std::string(marker.text.in(c.file)));
      }
      std::vector<std::string> problems;
      for (const likes::Error& problem : markers.problems) {
        problems.push_back(problem.to_string());
      }
      CHECK(found == c.found);
      CHECK(problems == c.problems);
    }
  }
}
