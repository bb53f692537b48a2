#include "tools/markup/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <memory>
#include <mutex>
#include <vector>

#include "tools/markup/bare_link.h"
#include "tools/markup/definition_list.h"
#include "tools/markup/marks.h"
#include "tools/markup/nodes.h"

namespace likes::markup {
namespace {

struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
using Parser = std::unique_ptr<cmark_parser, FreeParser>;

void attach(cmark_parser* parser, const char* name, bool is_wanted) {
  cmark_syntax_extension* extension = is_wanted ? cmark_find_syntax_extension(name) : nullptr;
  if (extension != nullptr) {
    cmark_parser_attach_syntax_extension(parser, extension);
  }
}

/// Makes the tree. While it reads inlines, cmark-gfm notes in one table for the whole process which
/// characters its extensions look for, so that one text has its turn after the other.
cmark_node* finish(cmark_parser* parser) {
  static std::mutex turn;
  const std::lock_guard<std::mutex> guard(turn);
  return cmark_parser_finish(parser);
}

}  // namespace

std::string markdown_to_html(std::string_view markdown, const hugo::MarkupRules& rules,
                             const PageContext& page) {
  static std::once_flag registered;
  std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
  Marks marks;
  const std::string text = marks.protect(markdown);
  const Parser parser(
      cmark_parser_new(rules.has_footnotes ? CMARK_OPT_FOOTNOTES : CMARK_OPT_DEFAULT));
  attach(parser.get(), "table", rules.has_tables);
  attach(parser.get(), "strikethrough", rules.has_strikethrough);
  attach(parser.get(), "tasklist", rules.has_task_lists);
  cmark_parser_feed(parser.get(), text.data(), text.size());
  const Tree document(finish(parser.get()));
  cmark_consolidate_text_nodes(document.get());
  if (rules.links_addresses) {
    link_addresses(document.get(), marks);
  }
  std::vector<Tree> emptied;
  if (rules.has_definition_lists) {
    emptied = find_definition_lists(document.get());
  }
  return write_html(document.get(), rules, page, marks);
}

}  // namespace likes::markup
