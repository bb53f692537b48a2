#include "tools/support/twins.h"

#include <algorithm>

#include "tools/support/parallel.h"

namespace likes {
namespace {

struct Hashed {
  std::size_t hash = 0;
  std::size_t item = 0;
};

}  // namespace

std::vector<Twins> find_twins(std::size_t count,
                              const std::function<std::size_t(std::size_t)>& hash,
                              const std::function<bool(std::size_t, std::size_t)>& is_same) {
  std::vector<Hashed> items(count);
  for_each_in_parallel(count, [&](std::size_t i) { items[i] = {hash(i), i}; });
  std::sort(items.begin(), items.end(), [](const Hashed& left, const Hashed& right) {
    return left.hash != right.hash ? left.hash < right.hash : left.item < right.item;
  });
  std::vector<Twins> twins;
  std::vector<std::size_t> firsts;  // Of one hash: more than one only by chance.
  for (std::size_t i = 0; i < count; ++i) {
    if (i == 0 || items[i].hash != items[i - 1].hash) {
      firsts.clear();
    }
    const auto first = std::find_if(firsts.begin(), firsts.end(), [&](std::size_t other) {
      return is_same(other, items[i].item);
    });
    if (first == firsts.end()) {
      firsts.push_back(items[i].item);
    } else {
      twins.push_back({*first, items[i].item});
    }
  }
  std::sort(twins.begin(), twins.end(),
            [](const Twins& left, const Twins& right) { return left.later < right.later; });
  return twins;
}

}  // namespace likes
