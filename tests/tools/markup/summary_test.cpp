#include "tools/markup/summary.h"

#include "tests/support/catch.h"

namespace likes::markup {
namespace {

TEST_CASE("a summary is as many paragraphs as it takes") {
  const std::string html = "<p>one two three</p>\n<p>four five</p>\n<p>six</p>\n";
  CHECK(first_paragraphs(html, 2, false, true) == "<p>one two three</p>");
  CHECK(first_paragraphs(html, 4, false, true) == "<p>one two three</p>\n<p>four five</p>");
  CHECK(first_paragraphs(html, 100, false, true) + "\n" == html);
  CHECK(first_paragraphs(html, 0, false, true).empty());
  CHECK(first_paragraphs("", 70, false, true).empty());
}

TEST_CASE("tags and attributes are no words") {
  CHECK(first_paragraphs("<p>a <b> c=\"d\" e f</p>\n<p>g</p>", 2, false, true) ==
        "<p>a <b> c=\"d\" e f</p>");
  CHECK(first_paragraphs("<p>a <b> c=\"d\" ef</p>\n<p>g</p>", 4, false, true) ==
        "<p>a <b> c=\"d\" ef</p>\n<p>g</p>");
}

TEST_CASE("of Chinese the characters are counted") {
  CHECK(first_paragraphs("<p>\xE4\xBD\xA0\xE5\xA5\xBD\xE5\xA5\xBD </p>\n<p>b</p>", 2, true, true) ==
        "<p>\xE4\xBD\xA0\xE5\xA5\xBD\xE5\xA5\xBD </p>");
}

TEST_CASE("a list or quotation that a summary would be cut in stays whole") {
  const std::string quoted = "<blockquote>\n<p>a b c</p>\n<ul>\n<li>d</li>\n</ul>\n</blockquote>";
  CHECK(first_paragraphs(quoted + "\n<p>e</p>\n", 2, false, true) == quoted);
  CHECK(first_paragraphs(quoted + "\n<p>e</p>\n", 2, false, false) == "<blockquote>\n<p>a b c</p>");
  // What is not closed, or needs no end, holds nothing.
  CHECK(first_paragraphs("<div>\n<p>a b c</p>\n<p>d</p>", 2, false, true) == "<div>\n<p>a b c</p>");
  CHECK(first_paragraphs("<hr><br>\n<p>a b c</p>\n<p>d</p>", 2, false, true) ==
        "<hr><br>\n<p>a b c</p>");
}

TEST_CASE("a divider cuts where the author put it") {
  struct Case {
    const char* html;
    const char* summary;
    const char* content;
  };
  const Case cases[] = {
      {"<p>a</p>\n<p>HUGOMORE42</p>\n<p>b</p>\n", "<p>a</p>", "<p>a</p>\n<p>b</p>"},
      {"<p>a\nHUGOMORE42 b</p>\n<p>c</p>\n", "<p>a\n b</p>", "<p>a\n b</p>\n<p>c</p>"},
      {"<p>HUGOMORE42</p>\n<p>b</p>", "", "<p>b</p>"},
      {"<p>a</p>", "", "<p>a</p>"}};
  for (const Case& each : cases) {
    INFO(each.html);
    const DividedHtml parts = divide(each.html, false);
    CHECK(parts.summary == each.summary);
    CHECK(parts.content == each.content);
  }
  CHECK(divide("<b>a HUGOMORE42 c</b>", true).summary == "<b>a");
}

TEST_CASE("of old a summary was text, cut behind a sentence") {
  CHECK(first_sentences("one two. three four. five", 2, false) == "one two. three four.");
  CHECK(first_sentences("one two three", 1, false) == "one two three");
  CHECK(first_sentences("\xE4\xBD\xA0\xE5\xA5\xBD\xE5\xA5\xBD a", 2, true) ==
        "\xE4\xBD\xA0\xE5\xA5\xBD");
  CHECK(divide_of_old("<p>a</p>\n<p>HUGOMORE42</p>\n\n<p>b</p>\n").content == "<p>a</p>\n<p>b</p>");
}

TEST_CASE("one paragraph is unwrapped, several are not") {
  CHECK(unwrap_paragraph("<p>a</p>\n") == "a");
  CHECK(unwrap_paragraph("<p>a</p>\n<p>b</p>\n") == "<p>a</p>\n<p>b</p>\n");
}

}  // namespace
}  // namespace likes::markup
