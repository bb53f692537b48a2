#pragma once

#include <cmark-gfm.h>

#include <string>
#include <vector>

#include "tools/markup/nodes.h"

/// Definition lists, which cmark-gfm does not know: a paragraph of which a line begins with `: `.
namespace likes::markup {

/// Puts `dl`, `dt` and `dd` into the tree where Goldmark would. Only what cmark-gfm reads as
/// paragraphs becomes part of a definition. Gives the paragraphs that it has emptied: text in the
/// tree still stands on their memory.
[[nodiscard]] std::vector<Tree> find_definition_lists(cmark_node* document);

/// `dl`, `dt` or `dd`.
[[nodiscard]] std::string definition_tag(cmark_node* node);

/// Whether paragraphs in a term or a definition are written without tags.
[[nodiscard]] bool is_tight(cmark_node* node);

}  // namespace likes::markup
