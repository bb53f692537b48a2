#pragma once

#include <string>
#include <string_view>

#include "tools/hugo/markup_rules.h"
#include "tools/markup/html_writer.h"

namespace likes::markup {

/// Markdown as the HTML that Hugo makes of it; see write_html().
[[nodiscard]] std::string markdown_to_html(std::string_view markdown,
                                           const hugo::MarkupRules& rules,
                                           const PageContext& page = {});

}  // namespace likes::markup
