#include "tools/hugo/config_merge.h"

#include <optional>
#include <string>
#include <string_view>

namespace likes::hugo {
namespace {

enum class Strategy { kNone, kShallow, kDeep };

constexpr std::string_view kMergeKey = "_merge";

/// What the user wrote, if anything.
std::optional<Strategy> written_strategy(const Value& map) {
  const Value* merge = map.find(kMergeKey);
  if (merge == nullptr) {
    return std::nullopt;
  }
  const std::string word = merge->to_text();
  return word == "deep" ? Strategy::kDeep
                        : (word == "shallow" ? Strategy::kShallow : Strategy::kNone);
}

/// Where a map lies, as far as that decides how it is merged.
struct Place {
  bool is_below_root = false;
  bool is_language_menu = false;
};

Strategy strategy_for(std::string_view key, const Value& map, std::optional<Strategy> parent,
                      Place place) {
  if (const std::optional<Strategy> written = written_strategy(map)) {
    return *written;
  }
  if (key == "params") {
    return Strategy::kDeep;
  }
  const bool is_open = key == "outputformats" || key == "mediatypes" || key == "menus";
  if (is_open && (place.is_below_root || (key == "menus" && place.is_language_menu))) {
    return Strategy::kShallow;
  }
  return parent.value_or(Strategy::kNone);
}

/// Adds to `over` what it lacks of `under`. Maps that lie in both are merged in turn; `added` says
/// whether a parent that is merged shallowly lets new members in here.
void merge(Value& over, const Value& under, Strategy strategy, bool parent_is_shallow) {
  const bool takes_new = strategy != Strategy::kNone && !parent_is_shallow;
  for (const auto& [key, value] : *under.members()) {
    if (key == kMergeKey) {
      continue;
    }
    Value* own = over.find(key);
    if (own == nullptr) {
      if (takes_new) {
        over.set(key, value);
      }
    } else if (own->members() != nullptr && value.members() != nullptr) {
      merge(*own, value, strategy_for(key, *own, strategy, {}), strategy == Strategy::kShallow);
    }
  }
}

}  // namespace

void merge_theme(Value& site, const Value& theme) {
  const std::optional<Strategy> root = written_strategy(site);
  if (root == Strategy::kNone || theme.members() == nullptr) {
    return;
  }
  for (const auto& [key, value] : *theme.members()) {
    Value* own = site.find(key);
    if (value.members() != nullptr && (own == nullptr || own->members() != nullptr)) {
      Value merged = own == nullptr ? Value::map() : std::move(*own);
      merge(merged, value, strategy_for(key, merged, root, {true, false}), false);
      if (own != nullptr || !merged.members()->empty()) {
        site.set(key, std::move(merged));
      }
    } else if (own == nullptr && root && key != kMergeKey) {
      site.set(key, value);
    }
  }
}

Value merge_language(const Value& root, const Value& language) {
  Value merged = root;
  if (language.members() == nullptr) {
    return merged;
  }
  for (const auto& [key, value] : *language.members()) {
    const Value* below = root.find(key);
    Value own = value;
    if (value.members() != nullptr && below != nullptr && below->members() != nullptr) {
      merge(own, *below, strategy_for(key, own, std::nullopt, {false, true}), false);
    }
    merged.set(key, std::move(own));
  }
  return merged;
}

}  // namespace likes::hugo
