#pragma once

#include <map>
#include <string>

#include "tools/support/result.h"

namespace likes::inject {

/// What theme-overlay/ has, as this program carries it: script, style sheet, and by language the
/// TOML of i18n/.
extern const char* const kLikeJS;
extern const char* const kLikeCSS;
extern const std::map<std::string, std::string> kTexts;

struct Button {
  std::string key;
  std::string api;       ///< Without a slash at its end.
  std::string language;  ///< The page's; English where there are no words in it.
  long fresh_seconds = 60;
};

/// The form that theme-overlay/layouts/partials/likes/button.html prints; its number is unknown.
[[nodiscard]] Result<std::string> button_html(const Button& button);

}  // namespace likes::inject
