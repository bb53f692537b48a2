#include "tools/markup/highlighter.h"

#include "tests/support/catch.h"

namespace likes::markup {
namespace {

TEST_CASE("code has classes where the site asks for them") {
  hugo::MarkupRules rules;
  rules.highlights_by_class = true;
  rules.highlight_class = "highlight wide";
  CHECK(highlight("cd '<a'\nb", "text", {}, rules) ==
        "<div class=\"highlight wide\"><pre tabindex=\"0\" class=\"chroma\"><code "
        "class=\"language-text\" data-lang=\"text\"><span class=\"line\"><span class=\"cl\">cd "
        "&#39;&lt;a&#39;\n</span></span><span class=\"line\"><span "
        "class=\"cl\">b</span></span></code></pre></div>");
}

TEST_CASE("code has the colours of a style otherwise") {
  hugo::MarkupRules rules;
  CHECK(
      highlight("a: b\n", "plain", {}, rules) ==
      "<div class=\"highlight\"><pre tabindex=\"0\" style=\"color:#f8f8f2;background-color:#272822;"
      "-moz-tab-size:4;-o-tab-size:4;tab-size:4;-webkit-text-size-adjust:none;\"><code "
      "class=\"language-plain\" data-lang=\"plain\"><span style=\"display:flex;\"><span>a: "
      "b\n</span></span></code></pre></div>");
  rules.tab_width = 8;
  const std::optional<std::string> plain = highlight("", "text", {}, rules);
  REQUIRE(plain);
  CHECK(plain->find("tab-size") == std::string::npos);
}

TEST_CASE("a block keeps its attributes, and is left alone where it has options") {
  hugo::MarkupRules rules;
  rules.highlights_by_class = true;
  const std::optional<std::string> code =
      highlight("a", "text", {{"class", "wide"}, {"file", "a&b.md"}}, rules);
  REQUIRE(code);
  CHECK(code->starts_with("<div class=\"highlight wide\" file=\"a&amp;b.md\"><pre "));
  CHECK(!highlight("a", "text", {{"lineNos", "true"}}, rules));
}

TEST_CASE("what is not known here is left to the caller") {
  hugo::MarkupRules rules;
  CHECK(!highlight("a", "yaml", {}, rules));
  rules.highlight_style = "no-such-style";
  CHECK(!highlight("a", "text", {}, rules));
  rules.highlights_by_class = true;
  CHECK(highlight("a", "text", {}, rules));
  rules.numbers_lines = true;
  CHECK(!highlight("a", "text", {}, rules));
}

}  // namespace
}  // namespace likes::markup
