#pragma once

#include <cmark-gfm.h>

#include <string>

#include "tools/hugo/markup_rules.h"
#include "tools/markup/marks.h"

namespace likes::markup {

/// Writes a tree of Markdown as the HTML that Goldmark and Hugo's templates for tables and code
/// make of it. Code is not coloured: its text is the same, its markup is not.
[[nodiscard]] std::string write_html(cmark_node* document, const hugo::MarkupRules& rules,
                                     Marks& marks);

}  // namespace likes::markup
