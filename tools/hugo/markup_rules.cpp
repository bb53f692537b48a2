#include "tools/hugo/markup_rules.h"

#include <initializer_list>
#include <string_view>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

/// Reads settings that all have a value of their own where nothing is configured.
class MarkupReader {
 public:
  explicit MarkupReader(const Value& root) : root_(root) {}

  void flag(bool& target, std::initializer_list<std::string_view> path) const {
    if (const Value* value = find(path)) {
      target = value->to_bool();
    }
  }

  void negated_flag(bool& target, std::initializer_list<std::string_view> path) const {
    bool negated = !target;
    flag(negated, path);
    target = !negated;
  }

  void text(std::string& target, std::initializer_list<std::string_view> path) const {
    if (const Value* value = find(path)) {
      target = value->to_text();
    }
  }

 private:
  [[nodiscard]] const Value* find(std::initializer_list<std::string_view> path) const {
    const Value* value = root_.find_path(path);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  const Value& root_;
};

void read_typographer(const Value& root, const MarkupReader& reader, MarkupRules& rules) {
  struct Sign {
    std::string_view key;
    std::string* target;
  };
  Punctuation& signs = rules.punctuation;
  const Sign all[] = {{"leftsinglequote", &signs.left_single_quote},
                      {"rightsinglequote", &signs.right_single_quote},
                      {"leftdoublequote", &signs.left_double_quote},
                      {"rightdoublequote", &signs.right_double_quote},
                      {"endash", &signs.en_dash},
                      {"emdash", &signs.em_dash},
                      {"ellipsis", &signs.ellipsis},
                      {"leftanglequote", &signs.left_angle_quote},
                      {"rightanglequote", &signs.right_angle_quote},
                      {"apostrophe", &signs.apostrophe}};
  for (const Sign& sign : all) {
    reader.text(*sign.target, {"markup", "goldmark", "extensions", "typographer", sign.key});
  }
  // The whole of it may be true or false.
  const Value* all_of_it = root.find_path({"markup", "goldmark", "extensions", "typographer"});
  if (all_of_it != nullptr && std::holds_alternative<bool>(all_of_it->data())) {
    rules.has_typographer = all_of_it->to_bool();
  }
  reader.negated_flag(rules.has_typographer,
                      {"markup", "goldmark", "extensions", "typographer", "disable"});
}

/// Settings of old, at the top, count where those below `markup.highlight` are not there.
void read_highlighting(const Value& root, const MarkupReader& reader, MarkupRules& rules) {
  reader.flag(rules.highlights_fences, {"pygmentscodefences"});
  reader.flag(rules.highlights_by_class, {"pygmentsuseclasses"});
  reader.text(rules.highlight_style, {"pygmentsstyle"});
  reader.flag(rules.highlights_fences, {"markup", "highlight", "codefences"});
  reader.negated_flag(rules.highlights_by_class, {"markup", "highlight", "noclasses"});
  reader.text(rules.highlight_style, {"markup", "highlight", "style"});
  reader.text(rules.highlight_class, {"markup", "highlight", "wrapperclass"});
  if (const Value* width = root.find_path({"markup", "highlight", "tabwidth"})) {
    rules.tab_width = width->to_integer();
  }
  const Value* numbers = root.find_path({"markup", "highlight", "linenos"});
  rules.numbers_lines = numbers != nullptr && numbers->to_text() != "false";
  reader.flag(rules.has_definition_ids, {"markup", "goldmark", "parser", "autodefinitiontermid"});
}

/// Nothing for `auto`, and where nothing is set.
std::optional<bool> read_hook(const Value& root, std::string_view kind) {
  const Value* hook = root.find_path({"markup", "goldmark", "renderhooks", kind});
  const Value* use = hook == nullptr ? nullptr : hook->find("useembedded");
  const Value* flag = hook == nullptr ? nullptr : hook->find("enabledefault");
  if (flag != nullptr && !flag->is_null()) {
    return flag->to_bool();
  }
  const std::string word = use == nullptr ? "auto" : use->to_text();
  return word == "auto" ? std::nullopt : std::optional(word != "never");
}

void read_hooks(const Value& root, const VersionRules& version, MarkupRules& rules) {
  rules.quotes_link_attributes = version.quotes_link_attributes;
  if (!version.has_link_hooks) {
    rules.settle_hooks(false);
    return;
  }
  rules.has_link_hook = read_hook(root, "link");
  rules.has_image_hook = read_hook(root, "image");
  const Value* copies = root.find_path({"markup", "goldmark", "duplicateresourcefiles"});
  if (copies != nullptr && copies->to_bool()) {
    rules.settle_hooks(false);
  }
}

}  // namespace

void MarkupRules::settle_hooks(bool shares_files) {
  has_link_hook = has_link_hook.value_or(shares_files);
  has_image_hook = has_image_hook.value_or(shares_files);
}

MarkupRules read_markup_rules(const Value& root, const VersionRules& version) {
  const MarkupReader reader(root);
  MarkupRules rules;
  reader.flag(rules.keeps_raw_html, {"markup", "goldmark", "renderer", "unsafe"});
  reader.flag(rules.hard_wraps, {"markup", "goldmark", "renderer", "hardwraps"});
  reader.flag(rules.is_xhtml, {"markup", "goldmark", "renderer", "xhtml"});
  read_typographer(root, reader, rules);
  reader.flag(rules.links_addresses, {"markup", "goldmark", "extensions", "linkify"});
  reader.text(rules.link_protocol, {"markup", "goldmark", "extensions", "linkifyprotocol"});
  reader.flag(rules.has_tables, {"markup", "goldmark", "extensions", "table"});
  reader.flag(rules.has_strikethrough, {"markup", "goldmark", "extensions", "strikethrough"});
  reader.flag(rules.has_task_lists, {"markup", "goldmark", "extensions", "tasklist"});
  reader.flag(rules.has_definition_lists, {"markup", "goldmark", "extensions", "definitionlist"});
  const Value* footnote = root.find_path({"markup", "goldmark", "extensions", "footnote"});
  if (footnote != nullptr && std::holds_alternative<bool>(footnote->data())) {
    rules.has_footnotes = footnote->to_bool();
  }
  reader.flag(rules.has_footnotes, {"markup", "goldmark", "extensions", "footnote", "enable"});
  reader.text(rules.footnote_backlink,
              {"markup", "goldmark", "extensions", "footnote", "backlinkhtml"});
  bool has_ids = true;
  reader.flag(has_ids, {"markup", "goldmark", "parser", "autoheadingid"});
  std::string style = "github";
  reader.text(style, {"markup", "goldmark", "parser", "autoheadingidtype"});
  reader.text(style, {"markup", "goldmark", "parser", "autoidtype"});
  rules.heading_ids = !has_ids                            ? HeadingIds::kNone
                      : to_lower(style) == "github-ascii" ? HeadingIds::kGitHubAscii
                      : to_lower(style) == "blackfriday"  ? HeadingIds::kBlackfriday
                                                          : HeadingIds::kGitHub;
  reader.flag(rules.has_heading_attributes, {"markup", "goldmark", "parser", "attribute", "title"});
  reader.flag(rules.has_block_attributes, {"markup", "goldmark", "parser", "attribute", "block"});
  read_highlighting(root, reader, rules);
  reader.flag(rules.wraps_lone_images,
              {"markup", "goldmark", "parser", "wrapstandaloneimagewithinparagraph"});
  read_hooks(root, version, rules);
  rules.indents_tables = version.has_table_hook;
  rules.drops_comments = version.drops_comments;
  rules.html_summaries = version.html_summaries;
  rules.closes_summaries = version.closes_summaries;
  return rules;
}

}  // namespace likes::hugo
