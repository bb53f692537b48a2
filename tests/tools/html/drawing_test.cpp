#include "tools/html/drawing.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tools/html/marker.h"

using likes::html::Drawing;
using likes::html::find_markers;
using likes::html::Markers;
using likes::html::Syntax;

TEST_CASE("a list and a trend say what they show") {
  const Markers markers = find_markers(
      "<ol class=x data-likes-list=\"5\" data-likes-days=30 data-likes-section=posts "
      "DATA-LIKES-LANG='de' data-likes-drawn=\"posts/b posts/a&amp;c\"><li>b</ol>\n"
      "<svg data-likes-trend=\"posts/a\" data-likes-days=\"3\" data-likes-drawn=\"0 2 1\"></svg>"
      "<svg data-likes-trend data-likes-days=1 data-likes-drawn=7></svg>",
      "page");
  CHECK(markers.problems.empty());
  CHECK(markers.found.empty());
  REQUIRE(markers.drawings.size() == 3);
  CHECK(markers.drawings[0] ==
        Drawing{Drawing::Kind::kList, "", 5, 30, "posts", "de", "posts/b posts/a&c"});
  CHECK(markers.drawings[1] == Drawing{Drawing::Kind::kTrend, "posts/a", 0, 3, "", "", "0 2 1"});
  CHECK(markers.drawings[2] == Drawing{Drawing::Kind::kTrend, "", 0, 1, "", "", "7"});
}

TEST_CASE("attributes without a value may be missing, as minifiers leave them out") {
  const Markers markers = find_markers("<ol data-likes-list=5></ol>", "page");
  REQUIRE(markers.drawings.size() == 1);
  CHECK(markers.drawings[0] == Drawing{Drawing::Kind::kList, "", 5, 0, "", "", ""});
  const Markers trend = find_markers("<svg data-likes-days=2 data-likes-drawn='1 2'/>", "page");
  REQUIRE(trend.drawings.size() == 1);
  CHECK(trend.drawings[0] == Drawing{Drawing::Kind::kTrend, "", 0, 2, "", "", "1 2"});
}

TEST_CASE("drawings in feeds are seen as well") {
  CHECK(find_markers("<description>&lt;ol data-likes-list=\"5\" data-likes-drawn=\"a\"></ol>"
                     "</description>",
                     "feed", Syntax::kXml)
            .drawings.size() == 1);
  CHECK(find_markers(R"({"html":"\u003col data-likes-list=\"5\" data-likes-drawn=\"a\"\u003e"})",
                     "feed", Syntax::kJson)
            .drawings.size() == 1);
}

TEST_CASE("what draws nothing is passed over") {
  for (const char* page : {"<ol data-likes-drawn=a>", "<ol data-likes-days=5>",
                           "<!-- <ol data-likes-list=5 data-likes-drawn=a> -->",
                           "<script>'<ol data-likes-list=5 data-likes-drawn=a>'</script>"}) {
    CAPTURE(page);
    const Markers markers = find_markers(page, "page");
    CHECK(markers.drawings.empty());
    CHECK(markers.problems.empty());
  }
}

TEST_CASE("attributes that make no sense are told") {
  struct Case {
    std::string attributes;
    std::string problem;  // "" for none
  };
  const std::string list = "data-likes-list=\"";
  const Case cases[] = {
      {list + "0\"", "found data-likes-list=\"0\", wanted a number from 1 to 10000"},
      {list + "10000\"", ""},
      {list + "10001\"", "found data-likes-list=\"10001\", wanted a number from 1 to 10000"},
      {list + "five\"", "found data-likes-list=\"five\", wanted a number from 1 to 10000"},
      {list + "5\" data-likes-days=\"-1\"",
       "found data-likes-days=\"-1\", wanted a number from 1 to 36600"},
      {"data-likes-trend=\"\" data-likes-days=\"36600\"", ""},
      {"data-likes-trend=\"\" data-likes-days=\"36601\"",
       "found data-likes-days=\"36601\", wanted a number from 1 to 36600"},
      {"data-likes-trend=\"\"", "found data-likes-days=\"\", wanted a number from 1 to 36600"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.attributes) {
      const Markers markers =
          find_markers("\n<ol " + c.attributes + " data-likes-drawn=\"a\"></ol>", "page");
      CHECK(markers.drawings.size() == (c.problem.empty() ? 1 : 0));
      REQUIRE(markers.problems.size() == (c.problem.empty() ? 0 : 1));
      if (!c.problem.empty()) {
        CHECK(markers.problems[0].to_string() == "page:2: " + c.problem);
      }
    }
  }
}
