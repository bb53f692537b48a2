#include "tools/bake/bake_page.h"

#include <algorithm>
#include <utility>

#include "tools/bake/number.h"
#include "tools/support/utf8.h"

namespace likes::bake {
namespace {

/// UTF-16 has a zero byte beside each ASCII character; without them the marker can be looked for.
bool is_utf16_with_markers(std::string_view page) {
  if (!page.starts_with("\xFF\xFE") && !page.starts_with("\xFE\xFF")) {
    return false;
  }
  std::string without_zeros;
  std::copy_if(page.begin(), page.end(), std::back_inserter(without_zeros),
               [](char c) { return c != '\0'; });
  return html::may_have_markers(without_zeros);
}

}  // namespace

std::string shown_count(const formats::LikeCounts& counts, const std::string& key,
                        std::string_view locale) {
  const auto known = counts.likes.find(key);
  return known == counts.likes.end() ? std::string(kUnknownCount)
                                     : write_number(known->second.total, locale);
}

BakedPage bake_page(std::string_view page, const formats::LikeCounts& counts,
                    const std::string& name, html::Syntax syntax) {
  html::Markers markers = html::find_markers(page, name, syntax);
  BakedPage baked;
  // In another encoding a marker may look like one and be none, and our dash would be no dash.
  const bool in_utf8 = markers.found.empty() ? !is_utf16_with_markers(page) : is_utf8(page);
  if (!in_utf8) {
    baked.html = page;
    baked.problems.push_back(
        {ErrorCode::kInvalid, "is not UTF-8; its counts are left as they are", {name}});
    return baked;
  }
  baked.problems = std::move(markers.problems);
  baked.drawings = std::move(markers.drawings);
  std::size_t copied = 0;
  for (html::Marker& marker : markers.found) {
    baked.html += page.substr(copied, marker.text.begin - copied);
    baked.html += shown_count(counts, marker.key, marker.locale);
    copied = marker.text.end;
    baked.keys.push_back(std::move(marker.key));
  }
  baked.html += page.substr(copied);
  return baked;
}

}  // namespace likes::bake
