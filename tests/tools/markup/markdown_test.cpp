#include "tools/markup/markdown.h"

#include "tests/support/catch.h"

namespace likes::markup {
namespace {

struct Case {
  const char* markdown;
  const char* html;
};

void hold(const Case& each, const hugo::MarkupRules& rules = {}) {
  INFO(each.markdown);
  CHECK(markdown_to_html(each.markdown, rules) == each.html);
}

TEST_CASE("Markdown becomes what Goldmark makes of it") {
  const Case cases[] = {
      {"a *b* **c** ~~d~~ `e \"f\"`\n",
       "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e &quot;f&quot;</code></p>\n"},
      {"a  \nb\\\nc\nd", "<p>a<br>\nb<br>\nc\nd</p>\n"},
      {"- a\n- b\n  - c\n", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n"},
      {"3) a\n\n4) b\n", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n"},
      {"- [x] a\n- [ ] b\n",
       "<ul>\n<li><input checked=\"\" disabled=\"\" type=\"checkbox\"> a</li>\n"
       "<li><input disabled=\"\" type=\"checkbox\"> b</li>\n</ul>\n"},
      {"> a\n\n***\n", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n"},
      {"[a](/b_c \"d\\\"e\") ![f *g*](h&amp;i 'j')\n",
       "<p><a href=\"/b_c\" title=\"d&quot;e\">a</a> <img src=\"h&amp;i\" alt=\"f g\" "
       "title=\"j\"></p>\n"},
      {"[a](javascript:b)\n", "<p><a href=\"\">a</a></p>\n"},
      {"[\xC5\xBC](/\xC5\xBC%20a)\n", "<p><a href=\"/%C5%BC%20a\">\xC5\xBC</a></p>\n"},
      {"&copy; &quot;&nbsp;&lt;\n", "<p>\xC2\xA9 &quot;\xC2\xA0&lt;</p>\n"},
      {"\xEE\x80\x80 \\\" \xEE\x80\x80\n", "<p>\xEE\x80\x80 &quot; \xEE\x80\x80</p>\n"},
      {"", ""}};
  for (const Case& each : cases) {
    hold(each);
  }
}

TEST_CASE("raw HTML is left out unless the site keeps it") {
  const Case omitted[] = {
      {"a <b>c</b>\n", "<p>a <!-- raw HTML omitted -->c<!-- raw HTML omitted --></p>\n"},
      {"<div>\na\n</div>\n", "<!-- raw HTML omitted -->\n"},
      {"<script>\na\n</script>\n", "<!-- raw HTML omitted -->\n<!-- raw HTML omitted -->\n"},
      {"<!-- a -->\n", ""}};
  for (const Case& each : omitted) {
    hold(each);
  }
  hugo::MarkupRules rules;
  rules.keeps_raw_html = true;
  hold({"<div title=\"a\\\"\">\n\n*a* <b>\"c\"</b>\n",
        "<div title=\"a\\\"\">\n<p><em>a</em> "
        "<b>&ldquo;c&rdquo;</b></p>\n"},
       rules);
}

TEST_CASE("code keeps its text, whatever stands in it") {
  const Case cases[] = {
      {"```\na \"b\" \\\" &quot; --\n\n```\n",
       "<pre tabindex=\"0\"><code>a &#34;b&#34; \\&#34; &amp;quot; --\n</code></pre>"},
      {"``` x {a=1}\nb\n```\n",
       "<pre tabindex=\"0\"><code class=\"language-x\" data-lang=\"x\">b\n</code></pre>"},
      {"    a \\\"\n", "<pre><code>a \\&quot;\n</code></pre>\n"}};
  for (const Case& each : cases) {
    hold(each);
  }
}

TEST_CASE("headings have ids and attributes") {
  const Case cases[] = {{"# What's new?\n", "<h1 id=\"whats-new\">What&rsquo;s new?</h1>\n"},
                        {"## a {.b #c d=\"e\"}\n", "<h2 class=\"b\" id=\"c\" d=\"e\">a</h2>\n"},
                        {"a\n=\n\n# a\n", "<h1 id=\"a\">a</h1>\n<h1 id=\"a-1\">a</h1>\n"},
                        {"# *\n", "<h1 id=\"heading\">*</h1>\n"}};
  for (const Case& each : cases) {
    hold(each);
  }
  hugo::MarkupRules rules;
  rules.heading_ids = hugo::HeadingIds::kBlackfriday;
  hold({"# A & b \xF0\x9F\x8E\x89\n", "<h1 id=\"a-b\">A &amp; b \xF0\x9F\x8E\x89</h1>\n"}, rules);
}

TEST_CASE("tables are indented by Hugo's template, and were not before it") {
  const char* table = "|a|b|\n|-|:-:|\n|c|`d\\|e`|\n";
  hold({table,
        "<table>\n\t<thead>\n\t\t\t<tr>\n\t\t\t\t\t<th>a</th>\n"
        "\t\t\t\t\t<th style=\"text-align: center\">b</th>\n\t\t\t</tr>\n\t</thead>\n"
        "\t<tbody>\n\t\t\t<tr>\n\t\t\t\t\t<td>c</td>\n"
        "\t\t\t\t\t<td style=\"text-align: center\"><code>d|e</code></td>\n\t\t\t</tr>\n"
        "\t</tbody>\n</table>\n"});
  hugo::MarkupRules rules;
  rules.indents_tables = false;
  hold({table,
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th style=\"text-align: center\">b</th>\n</tr>\n"
        "</thead>\n<tbody>\n<tr>\n<td>c</td>\n<td style=\"text-align: center\"><code>d|e</code>"
        "</td>\n</tr>\n</tbody>\n</table>\n"},
       rules);
}

TEST_CASE("footnotes are counted in the order of their first mention") {
  hold({"a[^x] b[^y] c[^x]\n\n[^y]: second\n[^x]: first\n",
        "<p>a<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1"
        "</a></sup> b<sup id=\"fnref:2\"><a href=\"#fn:2\" class=\"footnote-ref\" "
        "role=\"doc-noteref\">2</a></sup> c<sup id=\"fnref1:1\"><a href=\"#fn:1\" "
        "class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup></p>\n"
        "<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n<li id=\"fn:1\">\n<p>first"
        "&#160;<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;"
        "&#xfe0e;</a>&#160;<a href=\"#fnref1:1\" class=\"footnote-backref\" "
        "role=\"doc-backlink\">&#x21a9;&#xfe0e;</a></p>\n</li>\n<li id=\"fn:2\">\n<p>second&#160;"
        "<a href=\"#fnref:2\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;"
        "</a></p>\n</li>\n</ol>\n</div>\n"});
}

TEST_CASE("deep nesting costs no stack and little time") {
  const std::string quotes = std::string(20'000, '>') + " a\n";
  CHECK(markdown_to_html(quotes, {}).size() > 20'000);
  std::string emphasis;
  for (int i = 0; i < 5'000; ++i) {
    emphasis += "*a **b ";
  }
  CHECK(!markdown_to_html(emphasis, {}).empty());
  CHECK(!markdown_to_html(std::string(100'000, '['), {}).empty());
  CHECK(!markdown_to_html(std::string(100'000, '\''), {}).empty());
}

}  // namespace
}  // namespace likes::markup
