#pragma once

#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// Two readers of the same texts: the first takes on few, and must read those as the second does.
struct TwoReaders {
  std::function<std::optional<Value>(const std::string& text)> first;
  std::function<Result<Value>(const std::string& text)> second;
  /// All that matters of a value.
  std::function<std::string(const Value& value)> told;
};

/// Makes `count` texts at random, each of one of `begins` and some `pieces`, and holds the readers
/// to it; gives how many texts the first one read.
inline std::size_t hold_on_random_texts(const TwoReaders& readers, std::size_t count,
                                        const std::vector<std::string>& begins,
                                        const std::vector<std::string>& pieces) {
  std::mt19937 random(7);
  std::size_t read = 0;
  for (std::size_t made = 0; made < count; ++made) {
    std::string text = begins[random() % begins.size()];
    for (std::size_t left = 1 + random() % 8; left > 0; --left) {
      text += pieces[random() % pieces.size()];
    }
    const std::optional<Value> value = readers.first(text);
    if (!value) {
      continue;
    }
    ++read;
    INFO(text);
    const Result<Value> whole = readers.second(text);
    REQUIRE(whole.has_value());
    REQUIRE(readers.told(*value) == readers.told(*whole));
  }
  return read;
}

}  // namespace likes::hugo
