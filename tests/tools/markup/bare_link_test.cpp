#include "tools/markup/bare_link.h"

#include "tests/support/catch.h"
#include "tools/markup/markdown.h"

namespace likes::markup {
namespace {

TEST_CASE("addresses end where Goldmark ends them") {
  struct Case {
    const char* text;
    const char* address;
  };
  const Case cases[] = {{"https://a.org/b_c_d", "https://a.org/b_c_d"},
                        {"https://a.org/?b=1&c=2. d", "https://a.org/?b=1&c=2"},
                        {"https://a.org/b)", "https://a.org/b"},
                        {"https://a.org/b(c)", "https://a.org/b(c)"},
                        {"https://a.org/b),", "https://a.org/b)"},
                        {"http://a.org:8080/b c", "http://a.org:8080/b"},
                        {"www.a.org/b", "www.a.org/b"},
                        {"ftp://a.org", "ftp://a.org"},
                        {"http://localhost/", ""},
                        {"http://1.2.3.4/", ""},
                        {"HTTP://a.org", ""},
                        {"https://", ""},
                        {"", ""}};
  for (const Case& each : cases) {
    INFO(each.text);
    CHECK(std::string_view(each.text).substr(0, bare_address_length(each.text)) == each.address);
  }
}

TEST_CASE("mail addresses end with their domain") {
  CHECK(bare_mail_length("a_b@c.org, d") == 9);
  CHECK(bare_mail_length("a@b") == 0);
  CHECK(bare_mail_length("a@b.c_d") == 0);
  CHECK(bare_mail_length("@b.c") == 0);
}

TEST_CASE("links are made behind blanks and signs, not in links or behind letters") {
  struct Case {
    const char* text;
    const char* html;
  };
  const Case cases[] = {
      {"(https://a.org/b_c) d", "<p>(<a href=\"https://a.org/b_c\">https://a.org/b_c</a>) d</p>\n"},
      {"www.a.org it's", "<p><a href=\"https://www.a.org\">www.a.org</a> it&rsquo;s</p>\n"},
      {"\"https://a.org\"", "<p>&ldquo;https://a.org&rdquo;</p>\n"},
      {"[https://a.org/b_c](d)", "<p><a href=\"d\">https://a.org/b_c</a></p>\n"},
      {"a@b.org", "<p><a href=\"mailto:a@b.org\">a@b.org</a></p>\n"},
      {"*https://a.org*", "<p><em><a href=\"https://a.org\">https://a.org</a></em></p>\n"},
      {"[![a](https://b.org/c)](https://d.org)",
       "<p><a href=\"https://d.org\"><img src=\"https://b.org/c\" alt=\"a\"></a></p>\n"}};
  for (const Case& each : cases) {
    INFO(each.text);
    CHECK(markdown_to_html(each.text, {}) == each.html);
  }
}

}  // namespace
}  // namespace likes::markup
