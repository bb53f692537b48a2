#include "tools/markup/definition_list.h"

#include "tests/support/catch.h"
#include "tools/markup/markdown.h"

namespace likes::markup {
namespace {

TEST_CASE("lines behind a colon define the lines before them") {
  struct Case {
    const char* markdown;
    const char* html;
  };
  const Case cases[] = {
      {"a\n: b\n", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n"},
      {"*a*\nb\n: c\n  d\n: e\n",
       "<dl>\n<dt><em>a</em></dt>\n<dt>b</dt>\n<dd>c\nd</dd>\n<dd>e</dd>\n</dl>\n"},
      {"a\n: b\n\nc\n: d\n", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dt>c</dt>\n<dd>d</dd>\n</dl>\n"},
      {"[a]\n: b\n\n[a]: /c\n", "<dl>\n<dt><a href=\"/c\">a</a></dt>\n<dd>b</dd>\n</dl>\n"},
      {"a\n:b\n", "<p>a\n:b</p>\n"},
      {": a\n", "<p>: a</p>\n"}};
  for (const Case& each : cases) {
    INFO(each.markdown);
    CHECK(markdown_to_html(each.markdown, {}) == each.html);
  }
}

}  // namespace
}  // namespace likes::markup
