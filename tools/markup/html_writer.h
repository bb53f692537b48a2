#pragma once

#include <cmark-gfm.h>

#include <string>
#include <string_view>

#include "tools/hugo/markup_rules.h"
#include "tools/markup/link_targets.h"
#include "tools/markup/marks.h"

namespace likes::markup {

/// What of a page bears on the HTML of its text.
struct PageContext {
  /// Its links in the words of Hugo's own templates; nullptr where there are none.
  PageLinks* links = nullptr;
};

/// Writes a tree of Markdown as the HTML that Goldmark and Hugo's templates for tables, code, links
/// and images make of it.
[[nodiscard]] std::string write_html(cmark_node* document, const hugo::MarkupRules& rules,
                                     const PageContext& page, Marks& marks);

}  // namespace likes::markup
