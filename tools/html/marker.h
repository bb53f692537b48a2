#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/html/drawing.h"
#include "tools/html/tag.h"
#include "tools/support/error.h"

namespace likes::html {

/// The attribute that marks the one thing `likes bake` rewrites; its value is a post's key.
inline constexpr std::string_view kMarkerAttribute = "data-likes-count";

/// Names the language as which the marker's number is written; without it, as plain digits.
inline constexpr std::string_view kLocaleAttribute = "data-likes-locale";

/// An element that shows a count: `<span data-likes-count="posts/hello">42</span>`.
struct Marker {
  std::string key;
  std::string locale;
  Range text;  ///< The element's whole content, here "42".
};

struct Markers {
  std::vector<Marker> found;  ///< In the file's order.
  /// Elements that carry the attribute but hold more than text, have no end tag or, like <tr>, can
  /// hold no text. To replace their content would be to replace somebody's markup; they are told,
  /// not touched. And drawings of which it cannot be told what they show.
  std::vector<Error> problems;
  std::vector<Drawing> drawings;  ///< In the file's order.
};

/// What a file is. In feeds, markers stand in text that is HTML once its escapes are undone.
enum class Syntax {
  kHtml,
  kXml,   ///< RSS, Atom: elements, `&lt;span data-likes-count=…` and CDATA.
  kJson,  ///< JSON Feed: `"\u003cspan data-likes-count=…"`.
};

/// Whether the name of this attribute, or of one that every drawing has, occurs anywhere, marker or
/// not. Most files end here, fast.
[[nodiscard]] bool may_have_markers(std::string_view file);

/// `name` is the file's name in problems.
[[nodiscard]] Markers find_markers(std::string_view file, const std::string& name,
                                   Syntax syntax = Syntax::kHtml);

}  // namespace likes::html
