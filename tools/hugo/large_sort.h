#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace likes::hugo {

/// Pointers to all items of one vector, in another order than theirs.
template <class Item>
using Order = std::vector<Item*>;

/// Moves each item to where it stands in `order`. Items are large: this takes one move of each and
/// no second set of them.
template <class Item>
void rearrange(std::vector<Item>& items, Order<Item> order) {
  for (Item& first : items) {
    const Item* const begin = &first;
    Item* place = &first;
    if (order[static_cast<std::size_t>(place - items.data())] == place) {
      continue;
    }
    Item waiting = std::move(first);
    while (true) {
      Item*& source = order[static_cast<std::size_t>(place - items.data())];
      Item* const from = std::exchange(source, place);
      if (from == begin) {
        *place = std::move(waiting);
        break;
      }
      *place = std::move(*from);
      place = from;
    }
  }
}

template <class Item>
[[nodiscard]] Order<Item> order_of(std::vector<Item>& items) {
  Order<Item> order;
  order.reserve(items.size());
  for (Item& item : items) {
    order.push_back(&item);
  }
  return order;
}

template <class Item, class Before>
void sort_large(std::vector<Item>& items, const Before& is_before) {
  Order<Item> order = order_of(items);
  std::sort(order.begin(), order.end(),
            [&is_before](const Item* left, const Item* right) { return is_before(*left, *right); });
  rearrange(items, std::move(order));
}

}  // namespace likes::hugo
