#include "tools/markup/typographer.h"

#include "tests/support/catch.h"
#include "tools/markup/markdown.h"

namespace likes::markup {
namespace {

std::string set(const std::string& text, const hugo::MarkupRules& rules = {}) {
  const std::string html = markdown_to_html(text, rules);
  return html.substr(3, html.size() - 8);  // Without <p> and </p>.
}

TEST_CASE("signs become what Goldmark's typographer writes") {
  struct Case {
    const char* text;
    const char* html;
  };
  const Case cases[] = {
      {"\"a\" (\"b\") *\"c\"*",
       "&ldquo;a&rdquo; (&ldquo;b&rdquo;) "
       "<em>&ldquo;c&rdquo;</em>"},
      {"it's 'ok' '90s rock'n'roll I'm you're",
       "it&rsquo;s &lsquo;ok&rsquo; &rsquo;90s rock&rsquo;n&rsquo;roll I&rsquo;m "
       "you&rsquo;re"},
      {"'twas Smiths' and", "&rsquo;twas Smiths&rsquo; and"},
      {"a -- b --- c ... << d >>", "a &ndash; b &mdash; c &hellip; &laquo; d &raquo;"},
      {"[a](/b)'s `\"c\"`",
       "<a href=\"/b\">a</a>&rsquo;s <code>&quot;c&quot;"
       "</code>"},
      {"\\\"a\\\" a\\-\\-b &quot;c&quot;", "&quot;a&quot; a--b &quot;c&quot;"},
      {"5'10\" high", "5'10&quot; high"}};
  for (const Case& each : cases) {
    INFO(each.text);
    CHECK(set(each.text) == each.html);
  }
}

TEST_CASE("a quotation that is left open may be closed in another paragraph") {
  CHECK(set("\"a\n\nb\" c") == "&ldquo;a</p>\n<p>b&rdquo; c");
  CHECK(set("a\n\nb\" c") == "a</p>\n<p>b&quot; c");
}

TEST_CASE("a site may have other signs, or none") {
  hugo::MarkupRules rules;
  rules.punctuation.left_double_quote = "&bdquo;";
  rules.punctuation.en_dash = "";
  CHECK(set("\"a\" -- b", rules) == "&bdquo;a&rdquo; -- b");
  rules.has_typographer = false;
  CHECK(set("\"a\" it's", rules) == "&quot;a&quot; it's");
}

}  // namespace
}  // namespace likes::markup
