#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tools/html/marker.h"
#include "tools/support/error.h"

namespace likes::check {

/// The attribute of the form that likes a post; its value is the post's key.
inline constexpr std::string_view kFormAttribute = "data-likes";

/// The attribute of the button that says which version of the theme component has drawn it.
inline constexpr std::string_view kOverlayAttribute = "data-likes-overlay";

/// A place where a page names a post's key.
struct Mention {
  std::string key;
  std::string_view attribute;  ///< html::kMarkerAttribute or kFormAttribute.
  std::size_t line;
};

/// Where a form of likes sends a reader's like.
struct LikeForm {
  std::string action;
  std::string api;  ///< `data-likes-api`: what the script asks for counts.
};

/// The theme component's version, where a page tells it.
struct OverlayVersion {
  std::string version;
  std::size_t line;
};

/// A Content-Security-Policy in the page itself.
struct Policy {
  std::string text;
  std::size_t line;
};

/// What a page says about likes.
struct PageFacts {
  std::vector<Mention> mentions;  ///< In the page's order, the markers first.
  std::vector<LikeForm> forms;
  std::vector<Policy> policies;
  std::vector<OverlayVersion> overlays;
  std::vector<Error> problems;  ///< Markers that `likes bake` would leave alone.
};

/// `name` is the file's name in problems. In feeds only markers are looked for.
[[nodiscard]] PageFacts read_page(std::string_view file, const std::string& name,
                                  html::Syntax syntax);

}  // namespace likes::check
