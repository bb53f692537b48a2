#include "tools/markup/plain_text.h"

#include "tests/support/catch.h"

namespace likes::markup {
namespace {

TEST_CASE("tags go and blocks stay apart") {
  struct Case {
    const char* html;
    const char* plain;
    const char* of_old;
  };
  const Case cases[] = {{"<p>a <b>b</b>\n c</p>\n<p>d</p>", " a b c\nd\n", "a b c\nd\n"},
                        {"<td>a</td><td>b</td>c<br>d", " a b c\nd", "abc\nd"},
                        {"I <3 &amp; ponies<br>", "I <3 &amp; ponies\n", "I <3 &amp; ponies\n"},
                        {"a<!-- <b>c --><i title=\"d>e\">f", "af", "af"},
                        {"a<script>\"<b>\"</script><style>b{}</style>c", "ac", "ac"},
                        {"<!doctype html>a</>b", "ab", "<!doctype html>a</>b"},
                        {"a<b \"c\">d", "ad", "a"},
                        {"a<b", "a", "a"},
                        {"a < b", "a < b", "a < b"},
                        {"a \n b", "a \n b", "a \n b"}};
  for (const Case& each : cases) {
    INFO(each.html);
    CHECK(strip_html(each.html) == each.plain);
    CHECK(strip_html(each.html, Stripping::kOfOld) == each.of_old);
  }
}

TEST_CASE("words are runs of what is no space, of Chinese the characters") {
  CHECK(count_words(" a b\n\xC2\xA0 c ", false) == 3);
  CHECK(count_words("\xE4\xBD\xA0\xE5\xA5\xBD abc", false) == 2);
  CHECK(count_words("\xE4\xBD\xA0\xE5\xA5\xBD abc \xE4\xBD\xA0x", true) == 5);
  CHECK(count_words("", true) == 0);
}

TEST_CASE("space is taken off both ends") {
  CHECK(trim_space(" \n a b\xC2\xA0") == "a b");
  CHECK(trim_space(" \n").empty());
}

}  // namespace
}  // namespace likes::markup
