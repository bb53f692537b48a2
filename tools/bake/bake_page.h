#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tools/formats/like_counts.h"
#include "tools/html/marker.h"
#include "tools/support/error.h"

namespace likes::bake {

/// What a page shows for a post that the snapshot does not know: an en dash. Unknown is not 0. The
/// theme overlay prints the same (theme-overlay/layouts/partials/likes/count.html).
inline constexpr std::string_view kUnknownCount = "\u2013";

/// What a page shows for a post: its total as `locale` writes it (number.h), or kUnknownCount.
[[nodiscard]] std::string shown_count(const formats::LikeCounts& counts, const std::string& key,
                                      std::string_view locale = "");

struct BakedPage {
  std::string html;
  std::vector<std::string> keys;  ///< The posts whose counts it shows, in the page's order.
  std::vector<html::Drawing> drawings;
  std::vector<Error> problems;  ///< Markers left alone, and why.
};

/// The page, or feed, with every marked count as `counts` has it, and every other byte as it was:
/// what Hugo would have printed with these counts. A page that is not UTF-8 is left alone and told.
/// `name` is the page's name in problems.
[[nodiscard]] BakedPage bake_page(std::string_view page, const formats::LikeCounts& counts,
                                  const std::string& name,
                                  html::Syntax syntax = html::Syntax::kHtml);

}  // namespace likes::bake
