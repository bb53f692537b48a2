#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace likes {

/// Two of a row of items that are the same.
struct Twins {
  std::size_t first = 0;  ///< Of all that are.
  std::size_t later = 0;
};

/// Finds the items that are the same as an earlier one, in their order: most often none, which
/// shows without a table of them all. Those that are the same have the same hash; `hash` is called
/// by many threads at a time, `is_same` of few.
[[nodiscard]] std::vector<Twins> find_twins(
    std::size_t count, const std::function<std::size_t(std::size_t)>& hash,
    const std::function<bool(std::size_t, std::size_t)>& is_same);

}  // namespace likes
