#include "tools/markup/nodes.h"

namespace likes::markup {

bool is_automatic(cmark_node* link) {
  cmark_node* child = cmark_node_first_child(link);
  const char* title = cmark_node_get_title(link);
  if (child == nullptr || cmark_node_next(child) != nullptr ||
      cmark_node_get_type(child) != CMARK_NODE_TEXT || (title != nullptr && *title != '\0')) {
    return false;
  }
  std::string_view to = address(link);
  const std::string_view prefix = literal(child).starts_with("www.") ? "http://" : "mailto:";
  if (to.starts_with(prefix) && !literal(child).starts_with(prefix)) {
    to.remove_prefix(prefix.size());
  }
  return to == literal(child);
}

}  // namespace likes::markup
