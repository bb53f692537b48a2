#pragma once

#include <cmark-gfm.h>

#include <memory>
#include <string_view>

/// cmark-gfm's tree, read in the way of C++.
namespace likes::markup {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Tree = std::unique_ptr<cmark_node, FreeNode>;

struct FreeIterator {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using TreeIterator = std::unique_ptr<cmark_iter, FreeIterator>;

/// Calls `visit` with `root` and all below it, each before what it holds.
template <class Visit>
void for_each_node(cmark_node* root, const Visit& visit) {
  const TreeIterator each(cmark_iter_new(root));
  for (cmark_event_type event = cmark_iter_next(each.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(each.get())) {
    if (event == CMARK_EVENT_ENTER) {
      visit(cmark_iter_get_node(each.get()));
    }
  }
}

/// The name of what a node is; extensions have no other.
[[nodiscard]] inline std::string_view type_name(cmark_node* node) {
  return cmark_node_get_type_string(node);
}

[[nodiscard]] inline std::string_view literal(cmark_node* node) {
  const char* text = cmark_node_get_literal(node);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

[[nodiscard]] inline std::string_view address(cmark_node* node) {
  const char* text = cmark_node_get_url(node);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

/// Whether a link was made of a bare address, of `<address>` or of a mail address: its text is what
/// it leads to.
[[nodiscard]] bool is_automatic(cmark_node* link);

}  // namespace likes::markup
