#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tools/hugo/hugo_version.h"
#include "tools/hugo/value.h"

namespace likes::hugo {

/// What the typographer writes, as HTML; "" where it is to leave a sign alone.
struct Punctuation {
  std::string left_single_quote = "&lsquo;";
  std::string right_single_quote = "&rsquo;";
  std::string left_double_quote = "&ldquo;";
  std::string right_double_quote = "&rdquo;";
  std::string en_dash = "&ndash;";
  std::string em_dash = "&mdash;";
  std::string ellipsis = "&hellip;";
  std::string left_angle_quote = "&laquo;";
  std::string right_angle_quote = "&raquo;";
  std::string apostrophe = "&rsquo;";
};

/// Of what signs the id of a heading is made: `autoIDType`.
enum class HeadingIds { kNone, kGitHub, kGitHubAscii, kBlackfriday };

/// A site's settings of Goldmark and of code highlighting, below `markup`, and what a version of
/// Hugo makes of Markdown.
struct MarkupRules {
  bool keeps_raw_html = false;  ///< renderer.unsafe
  bool hard_wraps = false;
  bool is_xhtml = false;
  bool has_typographer = true;
  Punctuation punctuation;
  bool links_addresses = true;  ///< extensions.linkify
  std::string link_protocol = "https";
  bool has_tables = true;
  bool has_strikethrough = true;
  bool has_task_lists = true;
  bool has_footnotes = true;
  bool has_definition_lists = true;
  std::string footnote_backlink = "&#x21a9;&#xfe0e;";
  HeadingIds heading_ids = HeadingIds::kGitHub;
  bool has_heading_attributes = true;  ///< parser.attribute.title
  bool has_block_attributes = false;   ///< parser.attribute.block
  bool highlights_fences = true;       ///< highlight.codeFences
  bool highlights_by_class = false;    ///< highlight.noClasses turned off
  std::string highlight_style = "monokai";
  std::string highlight_class = "highlight";  ///< highlight.wrapperClass
  std::int64_t tab_width = 4;
  bool numbers_lines = false;       ///< highlight.lineNos
  bool has_definition_ids = false;  ///< parser.autoDefinitionTermID

  bool wraps_lone_images = true;  ///< parser.wrapStandAloneImageWithinParagraph
  /// Whether Hugo's own templates write links and images: renderHooks.link and .image. Where
  /// nothing is set, it stands on the whole site; see settle_hooks().
  std::optional<bool> has_link_hook;
  std::optional<bool> has_image_hook;

  bool quotes_link_attributes = false;  ///< By version.
  bool indents_tables = true;           ///< By version.
  bool drops_comments = true;           ///< By version.
  bool html_summaries = true;           ///< By version.
  bool closes_summaries = true;         ///< By version.

  /// Decides on the hooks that nothing is set for: Hugo takes them where a file is shared by pages
  /// in several languages.
  void settle_hooks(bool shares_files);
};

/// `root` is the configuration of one language.
[[nodiscard]] MarkupRules read_markup_rules(const Value& root, const VersionRules& rules);

}  // namespace likes::hugo
