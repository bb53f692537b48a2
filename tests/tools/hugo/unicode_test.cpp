#include "tools/hugo/unicode.h"

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

TEST_CASE("to_lower changes letters one by one") {
  struct Case {
    const char* name;
    const char* text;
    const char* lowered;
  };
  const Case cases[] = {
      {"ASCII", "Hello 42", "hello 42"},
      {"Polish", "ZAŻÓŁĆ", "zażółć"},
      {"Greek without a final sigma", "ΟΔΟΣ", "οδοσ"},
      {"Cyrillic", "ЖУК", "жук"},
      {"dotted I loses its dot", "İ", "i"},
      {"capital sharp s", "ẞ", "ß"},
      {"beyond the basic plane", "𐐀", "𐐨"},
      {"no UTF-8", "A\xFF", "a\xEF\xBF\xBD"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(to_lower(c.text) == c.lowered);
    }
  }
}

TEST_CASE("remove_accents keeps letters that are letters of their own") {
  struct Case {
    const char* name;
    const char* text;
    const char* plain;
  };
  const Case cases[] = {
      {"none", "abc", "abc"},
      {"Polish", "zażółć", "zazołc"},
      {"sharp s and o with stroke stay", "ßø", "ßø"},
      {"Cyrillic short i", "йё", "ие"},
      {"combining", "e\xCC\x81", "e"},
      {"Devanagari vowel signs go", "कु", "क"},
      {"Hangul stays", "한글", "한글"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(remove_accents(c.text) == c.plain);
    }
  }
}

TEST_CASE("next_character reads what append_utf8 wrote") {
  const char32_t character =
      GENERATE(U'a', U'\x80', U'\u07FF', U'\u0800', U'\uFFFF', U'\U00010000', U'\U0010FFFF');
  std::string text;
  append_utf8(text, character);
  std::size_t at = 0;
  CHECK(next_character(text, at) == character);
  CHECK(at == text.size());
}

TEST_CASE("next_character answers wrong bytes one by one") {
  struct Case {
    const char* name;
    const char* bytes;
  };
  const Case cases[] = {
      {"tail without a head", "\x80"},
      {"head without a tail", "\xC3"},
      {"overlong slash", "\xC0\xAF"},
      {"overlong in three bytes", "\xE0\x80\xAF"},
      {"half of a surrogate pair", "\xED\xA0\x80"},
      {"beyond Unicode", "\xF4\x90\x80\x80"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      std::size_t at = 0;
      CHECK(next_character(c.bytes, at) == 0xFFFD);
      CHECK(at == 1);
    }
  }
}

}  // namespace
}  // namespace likes::hugo
