#include "tools/markup/html_writer.h"

#include <cmark-gfm-core-extensions.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tools/hugo/unicode.h"
#include "tools/markup/attributes.h"
#include "tools/markup/definition_list.h"
#include "tools/markup/go_address.h"
#include "tools/markup/heading_ids.h"
#include "tools/markup/highlighter.h"
#include "tools/markup/nodes.h"
#include "tools/markup/typographer.h"
#include "tools/support/html_text.h"

namespace likes::markup {
namespace {

constexpr std::string_view kOmitted = "<!-- raw HTML omitted -->";

bool has_prefix(std::string_view text, std::string_view lower_prefix) {
  return text.size() >= lower_prefix.size() &&
         std::equal(lower_prefix.begin(), lower_prefix.end(), text.begin(),
                    [](char wanted, char c) {
                      return std::tolower(static_cast<unsigned char>(c)) == wanted;
                    });
}

bool is_dangerous(std::string_view url) {
  if (has_prefix(url, "data:image/")) {
    const std::string_view type = url.substr(11);
    return !has_prefix(type, "png;") && !has_prefix(type, "gif;") && !has_prefix(type, "jpeg;") &&
           !has_prefix(type, "webp;");
  }
  return has_prefix(url, "javascript:") || has_prefix(url, "vbscript:") ||
         has_prefix(url, "file:") || has_prefix(url, "data:");
}

/// An address as Goldmark writes it: UTF-8 and what no address may hold as %XX.
std::string escape_url(std::string_view url) {
  constexpr std::string_view kPlain = "!#$&'()*+,-./:;=?@_~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string escaped;
  for (std::size_t at = 0; at < url.size(); ++at) {
    const char c = url[at];
    const auto code = static_cast<unsigned char>(c);
    const bool is_escape = c == '%' && at + 2 < url.size() &&
                           std::isxdigit(static_cast<unsigned char>(url[at + 1])) != 0;
    if (std::isalnum(code) != 0 || is_escape || kPlain.find(c) != std::string_view::npos) {
      escaped += c;
    } else {
      escaped += {'%', kHex[code >> 4U], kHex[code & 0x0FU]};
    }
  }
  return escaped;
}

/// The text of code as Go's templates escape it.
void append_code(std::string& html, std::string_view code) {
  append_escaped(html, code, Quotes::kNumbered);
}

/// Whether the block of HTML ends with a line that closes it, other than its first.
bool closes_later(std::string_view html) {
  struct Kind {
    std::string_view begin;
    std::string_view end;
  };
  constexpr std::array kKinds{Kind{"<script", "</script>"}, Kind{"<pre", "</pre>"},
                              Kind{"<style", "</style>"},   Kind{"<textarea", "</textarea>"},
                              Kind{"<!--", "-->"},          Kind{"<?", "?>"},
                              Kind{"<![cdata[", "]]>"},     Kind{"<!", ">"}};
  html.remove_prefix(std::min(html.find_first_not_of(' '), html.size()));
  const auto* kind = std::find_if(kKinds.begin(), kKinds.end(), [html](const Kind& each) {
    return has_prefix(html, each.begin);
  });
  if (kind == kKinds.end()) {
    return false;
  }
  const std::string_view first = html.substr(0, html.find('\n'));
  const auto holds = [kind](std::string_view text) {
    return std::search(text.begin(), text.end(), kind->end.begin(), kind->end.end(),
                       [](char c, char wanted) {
                         return std::tolower(static_cast<unsigned char>(c)) == wanted;
                       }) != text.end();
  };
  return !holds(first) && holds(html);
}

class HtmlWriter {
 public:
  HtmlWriter(const hugo::MarkupRules& rules, const PageContext& page, Marks& marks)
      : rules_(rules),
        page_(page),
        marks_(marks),
        typographer_(rules.punctuation, marks),
        ids_(rules.heading_ids) {}

  std::string write(cmark_node* document) {
    note_footnotes(document);
    const TreeIterator each(cmark_iter_new(document));
    for (cmark_event_type event = cmark_iter_next(each.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(each.get())) {
      cmark_node* node = cmark_iter_get_node(each.get());
      if (write_node(node, event == CMARK_EVENT_ENTER) == Children::kWritten) {
        cmark_iter_reset(each.get(), node, CMARK_EVENT_EXIT);
      }
    }
    if (has_footnotes_) {
      html_ += "</ol>\n</div>\n";
    }
    return std::move(html_);
  }

 private:
  enum class Children { kToWrite, kWritten };

  Children write_node(cmark_node* node, bool is_begin) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_BLOCK_QUOTE:
        html_ += is_begin ? "<blockquote>\n" : "</blockquote>\n";
        break;
      case CMARK_NODE_LIST:
        write_list(node, is_begin);
        break;
      case CMARK_NODE_ITEM:
        write_item(node, is_begin);
        break;
      case CMARK_NODE_CODE_BLOCK:
        write_code_block(node);
        break;
      case CMARK_NODE_HTML_BLOCK:
        write_html_block(marks_.to_source(literal(node)));
        break;
      case CMARK_NODE_CUSTOM_BLOCK:
        write_definition(node, is_begin);
        break;
      case CMARK_NODE_PARAGRAPH:
        write_paragraph(node, is_begin);
        break;
      case CMARK_NODE_HEADING:
        write_heading(node, is_begin);
        break;
      case CMARK_NODE_THEMATIC_BREAK:
        html_ += rules_.is_xhtml ? "<hr />\n" : "<hr>\n";
        break;
      case CMARK_NODE_FOOTNOTE_DEFINITION:
        write_footnote(is_begin);
        break;
      default:
        return write_inline(node, is_begin);
    }
    return Children::kToWrite;
  }

  Children write_inline(cmark_node* node, bool is_begin) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT:
        html_ += marks_.to_html(literal(node));
        break;
      case CMARK_NODE_SOFTBREAK:
        html_ += rules_.hard_wraps ? line_break() : "\n";
        break;
      case CMARK_NODE_LINEBREAK:
        html_ += line_break();
        break;
      case CMARK_NODE_CODE:
        html_ += "<code>";
        append_escaped(html_, marks_.to_source(literal(node)));
        html_ += "</code>";
        break;
      case CMARK_NODE_HTML_INLINE:
        write_html_inline(marks_.to_source(literal(node)));
        break;
      case CMARK_NODE_EMPH:
        html_ += is_begin ? "<em>" : "</em>";
        break;
      case CMARK_NODE_STRONG:
        html_ += is_begin ? "<strong>" : "</strong>";
        break;
      case CMARK_NODE_LINK:
        return write_link(node, is_begin);
      case CMARK_NODE_IMAGE:
        if (is_begin) {
          write_image(node);
        }
        return Children::kWritten;
      case CMARK_NODE_FOOTNOTE_REFERENCE:
        if (is_begin) {
          write_footnote_reference(node);
        }
        break;
      default:
        write_extension(node, is_begin);
    }
    return Children::kToWrite;
  }

  [[nodiscard]] const char* line_break() const { return rules_.is_xhtml ? "<br />\n" : "<br>\n"; }

  // --- blocks ---

  void write_list(cmark_node* node, bool is_begin) {
    const bool is_ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    html_ += is_begin ? "<" : "</";
    html_ += is_ordered ? "ol" : "ul";
    if (is_begin && is_ordered && cmark_node_get_list_start(node) != 1) {
      html_ += " start=\"" + std::to_string(cmark_node_get_list_start(node)) + "\"";
    }
    html_ += ">\n";
  }

  /// Whether a paragraph is written without its tags.
  static bool is_bare(cmark_node* paragraph) {
    cmark_node* parent = cmark_node_parent(paragraph);
    if (parent == nullptr) {
      return false;
    }
    if (cmark_node_get_type(parent) == CMARK_NODE_CUSTOM_BLOCK) {
      return is_tight(parent);
    }
    cmark_node* list = cmark_node_parent(parent);
    return list != nullptr && cmark_node_get_type(list) == CMARK_NODE_LIST &&
           cmark_node_get_list_tight(list) != 0;
  }

  void write_item(cmark_node* node, bool is_begin) {
    if (!is_begin) {
      html_ += "</li>\n";
      return;
    }
    html_ += "<li>";
    cmark_node* first = cmark_node_first_child(node);
    const bool begins_bare =
        first != nullptr && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH && is_bare(first);
    if (first != nullptr && !begins_bare) {
      html_ += '\n';
    }
  }

  /// Whether a paragraph is but an image, and the site wants that without its tags.
  [[nodiscard]] bool is_lone_image(cmark_node* paragraph) const {
    cmark_node* child = cmark_node_first_child(paragraph);
    return !rules_.wraps_lone_images && child != nullptr && cmark_node_next(child) == nullptr &&
           cmark_node_get_type(child) == CMARK_NODE_IMAGE;
  }

  void write_paragraph(cmark_node* node, bool is_begin) {
    if (is_lone_image(node)) {
      return;
    }
    const bool bare = is_bare(node);
    if (!is_begin) {
      write_backlinks(node);
      html_ += !bare                                                              ? "</p>\n"
               : cmark_node_next(node) != nullptr && cmark_node_first_child(node) ? "\n"
                                                                                  : "";
      return;
    }
    if (!bare) {
      html_ += "<p>";
    }
    cmark_node* parent = cmark_node_parent(node);
    if (rules_.has_task_lists && parent != nullptr && type_name(parent) == "tasklist" &&
        cmark_node_previous(node) == nullptr) {
      html_ += cmark_gfm_extensions_get_tasklist_item_checked(parent)
                   ? "<input checked=\"\" disabled=\"\" type=\"checkbox\""
                   : "<input disabled=\"\" type=\"checkbox\"";
      html_ += rules_.is_xhtml ? " /> " : "> ";
    }
    begin_text(node);
  }

  void begin_text(cmark_node* block) {
    if (rules_.has_typographer) {
      typographer_.set(block);
    }
  }

  void write_heading(cmark_node* node, bool is_begin) {
    const std::string tag = "h" + std::to_string(cmark_node_get_heading_level(node));
    if (!is_begin) {
      html_ += "</" + tag + ">\n";
      return;
    }
    Attributes attributes;
    cmark_node* last = cmark_node_last_child(node);
    if (rules_.has_heading_attributes && last != nullptr &&
        cmark_node_get_type(last) == CMARK_NODE_TEXT) {
      std::string text = marks_.to_source(literal(last));
      attributes = take_attributes(text);
      if (!attributes.empty()) {
        cmark_node_set_literal(last, text.c_str());
      }
    }
    begin_text(node);
    const auto id = std::find_if(attributes.begin(), attributes.end(),
                                 [](const auto& each) { return each.first == "id"; });
    if (id != attributes.end()) {
      ids_.take(id->second);
    } else if (rules_.heading_ids != hugo::HeadingIds::kNone) {
      std::string text = plain_text(node);
      text.erase(0, text.rfind('\n') + 1);
      if (!text.empty()) {
        attributes.emplace_back("id", ids_.make(text));
      }
    }
    html_ += "<" + tag;
    for (const auto& [name, value] : attributes) {
      html_ += " " + name + "=\"";
      append_escaped(html_, value);
      html_ += '"';
    }
    html_ += '>';
  }

  /// A heading's text as Hugo reads it for the id: of what lies within emphasis or a link only the
  /// first piece counts.
  [[nodiscard]] std::string plain_text(cmark_node* heading) const {
    std::string text;
    for (cmark_node* child = cmark_node_first_child(heading); child != nullptr;
         child = cmark_node_next(child)) {
      cmark_node* piece = child;
      while (piece != nullptr && cmark_node_first_child(piece) != nullptr) {
        piece = cmark_node_get_type(piece) == CMARK_NODE_LINK && is_automatic(piece)
                    ? nullptr
                    : cmark_node_first_child(piece);
      }
      if (piece == nullptr) {
        continue;
      }
      const cmark_node_type type = cmark_node_get_type(piece);
      if (type == CMARK_NODE_TEXT) {
        text += text_for_id(literal(piece));
      } else if (type == CMARK_NODE_CODE) {
        text += marks_.to_source(literal(piece));
      } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
        text += '\n';
      }
    }
    return text;
  }

  [[nodiscard]] std::string text_for_id(std::string_view text) const {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
      // What the typographer has written and what was escaped are no letters.
      if (!marks_.source_at(text, at).empty()) {
        kept += '\'';
        at += Marks::kBytes;
      } else {
        kept += text[at++];
      }
    }
    return kept;
  }

  void write_code_block(cmark_node* node) {
    const std::string code = marks_.to_source(literal(node));
    int length = 0;
    int offset = 0;
    char character = '\0';
    if (cmark_node_get_fenced(node, &length, &offset, &character) == 0) {
      html_ += "<pre><code>";
      append_escaped(html_, code);
      html_ += "</code></pre>\n";
      return;
    }
    const std::string info = marks_.to_plain(cmark_node_get_fence_info(node));
    const std::string language = info.substr(0, info.find_first_of(" \t"));
    if (!rules_.highlights_fences) {
      html_ += "<pre><code" + std::string(language.empty() ? "" : " class=\"language-");
      append_escaped(html_, language);
      html_ += language.empty() ? ">" : "\">";
      append_escaped(html_, code);
      html_ += "</code></pre>\n";
      return;
    }
    const std::size_t brace = std::min(info.find('{'), info.size());
    const std::optional<Attributes> attributes =
        read_attributes(std::string_view(info).substr(brace));
    write_highlighted(language.substr(0, language.find('{')), code,
                      attributes.value_or(Attributes()));
  }

  void write_highlighted(const std::string& language, std::string code,
                         const Attributes& attributes) {
    code.erase(code.find_last_not_of("\r\n") + 1);
    code += code.empty() ? "" : "\n";
    if (const std::optional<std::string> coloured = highlight(code, language, attributes, rules_)) {
      html_ += *coloured;
      return;
    }
    html_ += "<pre tabindex=\"0\"><code";
    if (!language.empty()) {
      std::string name;
      append_code(name, language);
      html_ += " class=\"language-" + name + "\" data-lang=\"" + name + "\"";
    }
    html_ += '>';
    append_code(html_, code);
    html_ += "</code></pre>";
  }

  void write_html_block(const std::string& html) {
    if (rules_.keeps_raw_html) {
      html_ += html;
      return;
    }
    const std::size_t begin = std::min(html.find_first_not_of(' '), html.size());
    if (rules_.drops_comments && html.compare(begin, 4, "<!--") == 0) {
      return;
    }
    html_ += kOmitted;
    html_ += '\n';
    if (closes_later(html)) {
      html_ += kOmitted;
      html_ += '\n';
    }
  }

  /// The id that a term has on sites that ask for it.
  [[nodiscard]] std::string id_of_term(cmark_node* node, std::string_view tag) {
    if (tag != "dt" || !rules_.has_definition_ids) {
      return "";
    }
    return " id=\"" + ids_.make(plain_text(node)) + "\"";
  }

  void write_definition(cmark_node* node, bool is_begin) {
    const std::string tag = definition_tag(node);
    html_ += is_begin ? "<" + tag + id_of_term(node, tag) + ">" : "</" + tag + ">\n";
    const bool is_open = tag == "dl" || (tag == "dd" && !is_tight(node));
    if (is_begin && is_open) {
      html_ += '\n';
    }
  }

  // --- inlines ---

  void write_html_inline(std::string_view html) {
    if (rules_.keeps_raw_html) {
      html_ += html;
    } else if (!rules_.drops_comments || !html.starts_with("<!--")) {
      html_ += kOmitted;
    }
  }

  void write_address(std::string_view url) {
    const std::string escaped = escape_url(url);
    if (rules_.keeps_raw_html || !is_dangerous(escaped)) {
      append_escaped(html_, escaped);
    }
  }

  void write_title(cmark_node* node) {
    const char* title = cmark_node_get_title(node);
    if (title != nullptr && *title != '\0') {
      html_ += " title=\"" + marks_.to_html(title) + "\"";
    }
  }

  [[nodiscard]] bool has_link_hook() const {
    return page_.links != nullptr && rules_.has_link_hook.value_or(false);
  }

  [[nodiscard]] bool has_image_hook() const {
    return page_.links != nullptr && rules_.has_image_hook.value_or(false);
  }

  /// An address in an attribute, as Hugo's templates write it.
  void write_template_address(std::string_view name, std::string_view url) {
    html_.append(" ").append(name).append("=\"");
    if (rules_.quotes_link_attributes) {
      html_ += url;
    } else {
      append_template_address(html_, url);
    }
    html_ += '"';
  }

  /// A title in the words of Markdown: templates get it as it was written.
  void write_template_title(cmark_node* node) {
    const char* title = cmark_node_get_title(node);
    if (title != nullptr && *title != '\0') {
      html_ += " title=\"";
      append_template_text(html_, marks_.to_source(title));
      html_ += '"';
    }
  }

  Children write_template_link(cmark_node* node) {
    html_ += "<a";
    if (!is_automatic(node)) {
      write_template_address("href", page_.links->link(marks_.to_source(address(node))));
      write_template_title(node);
      html_ += '>';
      return Children::kToWrite;
    }
    const std::string text = marks_.to_source(literal(cmark_node_first_child(node)));
    write_template_address("href", page_.links->link(automatic_address(node, text)));
    html_ += ">" + text + "</a>";
    return Children::kWritten;
  }

  [[nodiscard]] std::string automatic_address(cmark_node* link, const std::string& text) const {
    const std::string url = marks_.to_source(address(link));
    return url == "http://" + text ? rules_.link_protocol + "://" + text : url;
  }

  Children write_link(cmark_node* node, bool is_begin) {
    if (!is_begin) {
      html_ += "</a>";
      return Children::kToWrite;
    }
    if (has_link_hook()) {
      return write_template_link(node);
    }
    html_ += "<a href=\"";
    if (!is_automatic(node)) {
      write_address(marks_.to_plain(address(node)));
      html_ += '"';
      write_title(node);
      html_ += '>';
      return Children::kToWrite;
    }
    const std::string text = marks_.to_source(literal(cmark_node_first_child(node)));
    write_address(automatic_address(node, text));
    html_ += "\">";
    append_escaped(html_, text);
    html_ += "</a>";
    return Children::kWritten;
  }

  /// The text of what is below an image, with line breaks.
  [[nodiscard]] std::string plain_alternative(cmark_node* image) const {
    std::string text;
    for_each_node(image, [&](cmark_node* child) {
      const cmark_node_type type = cmark_node_get_type(child);
      if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
        text += marks_.to_plain(literal(child));
      } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
        text += '\n';
      }
    });
    return text;
  }

  void write_template_image(cmark_node* node) {
    html_ += "<img";
    write_template_address("src", page_.links->image(marks_.to_source(address(node))));
    html_ += " alt=\"";
    append_template_text(html_, plain_alternative(node));
    html_ += '"';
    write_template_title(node);
    html_ += ">";
  }

  void write_image(cmark_node* node) {
    if (has_image_hook()) {
      write_template_image(node);
      return;
    }
    html_ += "<img src=\"";
    write_address(marks_.to_plain(address(node)));
    html_ += "\" alt=\"";
    for_each_node(node, [this](cmark_node* child) {
      const cmark_node_type type = cmark_node_get_type(child);
      if (type == CMARK_NODE_TEXT) {
        html_ += marks_.to_html(literal(child));
      } else if (type == CMARK_NODE_CODE) {
        append_escaped(html_, marks_.to_source(literal(child)));
      } else if (type == CMARK_NODE_SOFTBREAK) {
        html_ += '\n';
      }
    });
    html_ += '"';
    write_title(node);
    html_ += rules_.is_xhtml ? " />" : ">";
  }

  // --- extensions of GitHub's Markdown ---

  void write_extension(cmark_node* node, bool is_begin) {
    const std::string_view name = type_name(node);
    if (name == "strikethrough") {
      html_ += is_begin ? "<del>" : "</del>";
    } else if (name == "tasklist") {
      write_item(node, is_begin);
    } else if (name == "table") {
      write_table(node, is_begin);
    } else if (name == "table_header" || name == "table_row") {
      write_row(node, name == "table_header", is_begin);
    } else if (name == "table_cell") {
      write_cell(node, is_begin);
    }
  }

  /// Hugo's own template for tables indents; Goldmark does not.
  void indent(std::size_t depth) {
    if (rules_.indents_tables) {
      html_.append(depth, '\t');
    }
  }

  void write_table(cmark_node* node, bool is_begin) {
    if (is_begin) {
      html_ += "<table>\n";
      return;
    }
    cmark_node* header = cmark_node_first_child(node);
    const bool has_body = header != nullptr && cmark_node_next(header) != nullptr;
    if (!has_body && rules_.indents_tables) {
      html_ += "\t<tbody>\n";
    }
    if (has_body || rules_.indents_tables) {
      indent(1);
      html_ += "</tbody>\n";
    }
    html_ += "</table>\n";
  }

  void write_row(cmark_node* node, bool is_header, bool is_begin) {
    if (is_begin) {
      alignments_ = cmark_gfm_extensions_get_table_alignments(cmark_node_parent(node));
      column_ = 0;
      cmark_node* previous = cmark_node_previous(node);
      const bool begins_body =
          !is_header && previous != nullptr && type_name(previous) == "table_header";
      if (is_header || begins_body) {
        indent(1);
        html_ += is_header ? "<thead>\n" : "<tbody>\n";
      }
      indent(3);
      html_ += "<tr>\n";
      return;
    }
    indent(3);
    html_ += "</tr>\n";
    if (is_header) {
      indent(1);
      html_ += "</thead>\n";
    }
  }

  void write_cell(cmark_node* node, bool is_begin) {
    const bool is_header = type_name(cmark_node_parent(node)) == "table_header";
    if (!is_begin) {
      html_ += is_header ? "</th>\n" : "</td>\n";
      ++column_;
      return;
    }
    indent(5);
    html_ += is_header ? "<th" : "<td";
    switch (alignments_ == nullptr ? '\0' : static_cast<char>(alignments_[column_])) {
      case 'l':
        html_ += R"( style="text-align: left">)";
        break;
      case 'c':
        html_ += R"( style="text-align: center">)";
        break;
      case 'r':
        html_ += R"( style="text-align: right">)";
        break;
      default:
        html_ += '>';
    }
    begin_text(node);
  }

  // --- footnotes ---

  void note_footnotes(cmark_node* document) {
    for_each_node(document, [this](cmark_node* node) {
      if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_REFERENCE) {
        ++references_[std::string(literal(node))];
      }
    });
  }

  static std::string reference_id(const std::string& number, std::size_t reference) {
    return "fnref" + (reference == 0 ? "" : std::to_string(reference)) + ":" + number;
  }

  void write_footnote_reference(cmark_node* node) {
    const std::string number(literal(node));
    html_ += "<sup id=\"" + reference_id(number, written_[number]++) +
             "\"><a href=\"#fn:" + number + R"(" class="footnote-ref" role="doc-noteref">)" +
             number + "</a></sup>";
  }

  void write_footnote(bool is_begin) {
    if (!is_begin) {
      html_ += "</li>\n";
      return;
    }
    if (!has_footnotes_) {
      html_ += "<div class=\"footnotes\" role=\"doc-endnotes\">\n";
      html_ += rules_.is_xhtml ? "<hr />\n<ol>\n" : "<hr>\n<ol>\n";
      has_footnotes_ = true;
    }
    html_ += "<li id=\"fn:" + std::to_string(++footnote_) + "\">\n";
  }

  /// The arrows back to the text, at the end of a footnote's last paragraph.
  void write_backlinks(cmark_node* paragraph) {
    cmark_node* parent = cmark_node_parent(paragraph);
    if (parent == nullptr || cmark_node_get_type(parent) != CMARK_NODE_FOOTNOTE_DEFINITION ||
        cmark_node_next(paragraph) != nullptr) {
      return;
    }
    const std::string number = std::to_string(footnote_);
    for (std::size_t reference = 0; reference < references_[number]; ++reference) {
      html_ += "&#160;<a href=\"#" + reference_id(number, reference) +
               R"(" class="footnote-backref" role="doc-backlink">)" + rules_.footnote_backlink +
               "</a>";
    }
  }

  const hugo::MarkupRules& rules_;
  const PageContext& page_;
  Marks& marks_;
  Typographer typographer_;
  HeadingIds ids_;
  std::string html_;
  const std::uint8_t* alignments_ = nullptr;  // Of the table that is being written.
  std::size_t column_ = 0;
  std::unordered_map<std::string, std::size_t> references_;  // By number: how often in the text.
  std::unordered_map<std::string, std::size_t> written_;
  std::size_t footnote_ = 0;
  bool has_footnotes_ = false;
};

}  // namespace

std::string write_html(cmark_node* document, const hugo::MarkupRules& rules,
                       const PageContext& page, Marks& marks) {
  return HtmlWriter(rules, page, marks).write(document);
}

}  // namespace likes::markup
