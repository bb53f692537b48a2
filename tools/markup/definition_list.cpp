#include "tools/markup/definition_list.h"

#include <string_view>

namespace likes::markup {
namespace {

/// Where a definition's text begins behind its colon; 0 where `node` begins none.
std::size_t definition_begin(cmark_node* node) {
  if (node == nullptr || cmark_node_get_type(node) != CMARK_NODE_TEXT) {
    return 0;
  }
  const std::string_view text = literal(node);
  if (text.size() < 2 || text[0] != ':' || (text[1] != ' ' && text[1] != '\t')) {
    return 0;
  }
  const std::size_t begin = text.find_first_not_of(" \t", 1);
  return begin == std::string_view::npos ? text.size() : begin;
}

bool begins_later_line(cmark_node* node) {
  cmark_node* previous = cmark_node_previous(node);
  return previous != nullptr && cmark_node_get_type(previous) == CMARK_NODE_SOFTBREAK &&
         definition_begin(node) > 0;
}

bool has_definition(cmark_node* paragraph) {
  for (cmark_node* child = cmark_node_first_child(paragraph); child != nullptr;
       child = cmark_node_next(child)) {
    if (begins_later_line(child)) {
      return true;
    }
  }
  return false;
}

class DefinitionLists {
 public:
  /// Whether the paragraph became part of a list.
  bool take(cmark_node* paragraph) {
    cmark_node* previous = cmark_node_previous(paragraph);
    const bool continues = previous != nullptr && is_list(previous);
    if (continues && definition_begin(cmark_node_first_child(paragraph)) > 0) {
      list_ = previous;
      move_lines(paragraph, false);
    } else if (has_definition(paragraph)) {
      list_ = continues ? previous : make("dl", nullptr);
      if (!continues) {
        cmark_node_insert_before(paragraph, list_);
      }
      move_lines(paragraph, true);
    } else {
      return false;
    }
    cmark_node_unlink(paragraph);
    return true;
  }

 private:
  static bool is_list(cmark_node* node) {
    return cmark_node_get_type(node) == CMARK_NODE_CUSTOM_BLOCK && definition_tag(node) == "dl";
  }

  static cmark_node* make(const char* tag, const char* manner) {
    cmark_node* node = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_set_on_enter(node, tag);
    if (manner != nullptr) {
      cmark_node_set_on_exit(node, manner);
    }
    return node;
  }

  void open(const char* tag, bool tight) {
    cmark_node* block = make(tag, tight ? "tight" : nullptr);
    cmark_node_append_child(list_, block);
    line_ = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node_append_child(block, line_);
  }

  /// Each line before the first colon is a term, each with a colon begins a definition.
  void move_lines(cmark_node* paragraph, bool tight) {
    bool is_term = definition_begin(cmark_node_first_child(paragraph)) == 0;
    line_ = nullptr;
    for (cmark_node* child = cmark_node_first_child(paragraph); child != nullptr;) {
      cmark_node* next = cmark_node_next(child);
      const bool is_first = cmark_node_previous(child) == nullptr && line_ == nullptr;
      const bool is_break = cmark_node_get_type(child) == CMARK_NODE_SOFTBREAK;
      const std::size_t behind_break = is_break ? definition_begin(next) : 0;
      if (is_break && (is_term || behind_break > 0)) {
        is_term = is_term && behind_break == 0;
        cmark_node_unlink(child);
        cmark_node_free(child);
        begin_line(next, is_term, tight);
      } else {
        if (is_first) {
          begin_line(child, is_term, tight);
        }
        cmark_node_unlink(child);
        cmark_node_append_child(line_, child);
      }
      child = next;
    }
  }

  void begin_line(cmark_node* first, bool is_term, bool tight) {
    open(is_term ? "dt" : "dd", is_term || tight);
    if (!is_term && first != nullptr) {
      const std::string text(literal(first).substr(definition_begin(first)));
      cmark_node_set_literal(first, text.c_str());
    }
  }

  cmark_node* list_ = nullptr;
  cmark_node* line_ = nullptr;
};

}  // namespace

std::vector<Tree> find_definition_lists(cmark_node* document) {
  std::vector<cmark_node*> paragraphs;
  for_each_node(document, [&paragraphs](cmark_node* node) {
    if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH) {
      paragraphs.push_back(node);
    }
  });
  DefinitionLists lists;
  std::vector<Tree> emptied;
  for (cmark_node* paragraph : paragraphs) {
    if (lists.take(paragraph)) {
      emptied.emplace_back(paragraph);
    }
  }
  return emptied;
}

std::string definition_tag(cmark_node* node) {
  const char* tag = cmark_node_get_on_enter(node);
  return tag == nullptr ? "" : tag;
}

bool is_tight(cmark_node* node) {
  const char* manner = cmark_node_get_on_exit(node);
  return manner != nullptr && std::string_view(manner) == "tight";
}

}  // namespace likes::markup
