#include "tools/markup/go_address.h"

#include "tests/support/catch.h"

namespace likes::markup {
namespace {

TEST_CASE("an address is put together as Go does it") {
  struct Case {
    const char* name;
    const char* address;
    const char* text;
  };
  const Case cases[] = {
      {"whole", "HTTPS://Example.org:80/a?b=c#d", "https://Example.org:80/a?b=c#d"},
      {"mail", "mailto:me@example.org", "mailto:me@example.org"},
      {"host alone", "//example.org/a", "//example.org/a"},
      {"a blank", "a b/(c)", "a%20b/%28c%29"},
      {"escaped already", "a%20b/(c)", "a%20b/(c)"},
      {"a letter beyond ASCII", "/\xC3\xBC?\xC3\xBC#\xC3\xBC", "/%C3%BC?\xC3\xBC#%C3%BC"},
      {"nothing behind the question mark", "a?", "a?"},
      {"nothing behind the hash", "a#", "a"},
      {"nothing", "", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const std::optional<GoAddress> address = GoAddress::parse(c.address);
      REQUIRE(address);
      CHECK(address->to_text() == c.text);
    }
  }
  for (const char* wrong : {":a", "a:b/c d:e\x01", "1a:b", "/%zz", "/a#%"}) {
    CHECK(!GoAddress::parse(wrong));
  }
  CHECK(GoAddress::parse("/a%20b#c%20d")->path == "/a b");
  CHECK(GoAddress::parse("/a%20b#c%20d")->fragment == "c d");
}

TEST_CASE("templates write an address that can do no harm") {
  struct Case {
    const char* name;
    const char* address;
    const char* html;
  };
  const Case cases[] = {
      {"plus and ampersand", "https://a.org/+?b&c", "https://a.org/&#43;?b&amp;c"},
      {"brackets", "/a(b)'c\"", "/a%28b%29%27c%22"},
      {"a letter beyond ASCII", "/\xC3\xBC", "/%c3%bc"},
      {"a script", "javascript:alert(1)", "#ZgotmplZ"},
      {"an unknown scheme", "tel:1", "#ZgotmplZ"},
      {"a colon in the path", "/a:b", "/a:b"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      std::string html;
      append_template_address(html, c.address);
      CHECK(html == c.html);
    }
  }
  std::string text;
  append_template_text(text, "<a> & 'b' + \"c\"");
  CHECK(text == "&lt;a&gt; &amp; &#39;b&#39; &#43; &#34;c&#34;");
}

}  // namespace
}  // namespace likes::markup
