#include "tools/support/character_set.h"

#include "tests/support/catch.h"

using likes::CharacterSet;

TEST_CASE("a set of characters tells its own") {
  constexpr CharacterSet kSet = CharacterSet("-\xFF").and_range('a', 'c').and_range('\x7E', '\x80');
  CHECK(kSet.has_all_of("a-b\xFF"));
  CHECK(kSet.has_all_of("\x7E\x7F\x80"));
  CHECK(!kSet.has_all_of("abcd"));
  CHECK(kSet.has_all_of(""));
  CHECK(kSet.first_in("xyz") == 3);
  CHECK(kSet.first_in("x-z") == 1);
  CHECK(kSet.first_other("ab x") == 2);
}
