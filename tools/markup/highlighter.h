#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/hugo/markup_rules.h"
#include "tools/markup/attributes.h"

namespace likes::markup {

/// Plain text as Hugo writes code that it colours: with classes, or with colours of the site's
/// style. Nothing for other languages, where the style is not known here, or where lines are
/// numbered or the block has options of its own. `attributes` are those behind the name of the
/// language.
[[nodiscard]] std::optional<std::string> highlight(std::string_view code, std::string_view language,
                                                   const Attributes& attributes,
                                                   const hugo::MarkupRules& rules);

}  // namespace likes::markup
