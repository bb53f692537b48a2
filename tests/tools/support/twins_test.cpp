#include "tools/support/twins.h"

#include <string>

#include "tests/support/catch.h"

using likes::find_twins;
using likes::Twins;

namespace {

/// "0=2 1=3": which letter is the same as which.
std::string twins_in(const std::string& letters, const std::function<std::size_t(char)>& hash) {
  std::string told;
  for (const Twins& twins : find_twins(
           letters.size(), [&](std::size_t i) { return hash(letters[i]); },
           [&](std::size_t i, std::size_t j) { return letters[i] == letters[j]; })) {
    told += std::to_string(twins.first) + "=" + std::to_string(twins.later) + " ";
  }
  return told;
}

}  // namespace

TEST_CASE("those that are the same as an earlier one are found in their order") {
  struct Case {
    const char* letters;
    const char* twins;
  };
  const Case cases[] = {
      {"", ""},
      {"a", ""},
      {"abc", ""},
      {"abcab", "0=3 1=4 "},
      {"baaba", "1=2 0=3 1=4 "},
      {"zzzz", "0=1 0=2 0=3 "},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.letters) {
      CHECK(twins_in(c.letters, [](char letter) { return static_cast<std::size_t>(letter); }) ==
            c.twins);
      // Others may have the same hash.
      CHECK(twins_in(c.letters, [](char) { return std::size_t{7}; }) == c.twins);
      CHECK(twins_in(c.letters, [](char letter) { return std::size_t{letter == 'a'}; }) == c.twins);
    }
  }
}
