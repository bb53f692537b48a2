#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "tools/hugo/markup_rules.h"

namespace likes::markup {

/// The ids of one page's headings, each given once.
class HeadingIds {
 public:
  explicit HeadingIds(hugo::HeadingIds style) : style_(style) {}

  /// An id for a heading with this text: `What's new` is `whats-new`, a second one `whats-new-1`.
  [[nodiscard]] std::string make(std::string_view text);

  /// Notes an id that was written with the heading.
  void take(const std::string& id) { taken_.insert(id); }

 private:
  hugo::HeadingIds style_;
  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, std::size_t> last_;  // The number that was given last.
};

}  // namespace likes::markup
