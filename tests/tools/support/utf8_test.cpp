#include "tools/support/utf8.h"

#include <string>

#include "tests/support/catch.h"

TEST_CASE("well-formed UTF-8 is told from other bytes") {
  struct Case {
    const char* name;
    std::string bytes;
    bool valid;
  };
  const Case cases[] = {
      {"nothing", "", true},
      {"ASCII", "posts/hello", true},
      {"two bytes", "\u00e9", true},
      {"three bytes", "\u2013\ud7ff", true},
      {"four bytes", "\U0001F600\U0010FFFF", true},
      {"a lone continuation", "\x80", false},
      {"an overlong slash", "\xC0\xAF", false},
      {"an overlong three-byte form", "\xE0\x80\xAF", false},
      {"a surrogate", "\xED\xA0\x80", false},
      {"above U+10FFFF", "\xF4\x90\x80\x80", false},
      {"cut off", "\xE2\x80", false},
      {"Latin-1", "caf\xE9", false},
      {"a long text", "all is well: \u017c\u00f3\u0142w, and more than that", true},
      {"wrong in the ninth byte", "eight - \xFF", false},
      {"wrong in the eighth byte", "seven -\xFF and more", false},
      {"wrong in a long text", "all is well: \u017c\u00f3\u0142w, and more than \xE9", false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(likes::is_utf8(c.bytes) == c.valid);
    }
  }
}

TEST_CASE("characters are appended as UTF-8, impossible ones as U+FFFD") {
  std::string text;
  for (const char32_t character :
       {U'a', U'\u00e9', U'\u2013', U'\U0001F600', char32_t{0xD800}, char32_t{0x110000}}) {
    likes::append_utf8(text, character);
  }
  CHECK(text == "a\u00e9\u2013\U0001F600\uFFFD\uFFFD");
}

TEST_CASE("ASCII is told from other bytes wherever these are") {
  for (std::size_t size = 0; size < 20; ++size) {
    std::string text(size, 'a');
    CHECK(likes::is_ascii(text));
    for (char& each : text) {
      each = '\x80';
      CHECK(!likes::is_ascii(text));
      each = '\x7F';
    }
  }
}
