#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace likes::html {

/// Bytes [begin, end) of a page.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::string_view in(std::string_view page) const {
    return page.substr(begin, end - begin);
  }
};

struct Attribute {
  Range name;
  Range value;  ///< Without its quotes; character references are as written.
};

/// A start tag or an end tag.
struct Tag {
  Range bytes;  ///< From "<" to behind ">".
  Range name;
  bool is_end_tag = false;
  bool is_self_closing = false;  ///< Ends in "/>", which counts outside of HTML's own elements.
  std::vector<Attribute> attributes;
};

/// Whether two names are the same in HTML, where ASCII case does not count.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

/// Whether `names` has `name`, in any case.
template <class Names>
[[nodiscard]] bool has_name(const Names& names, std::string_view name) {
  for (const std::string_view known : names) {
    if (same_name(known, name)) {
      return true;
    }
  }
  return false;
}

}  // namespace likes::html
