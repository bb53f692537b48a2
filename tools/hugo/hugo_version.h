#pragma once

#include <string>
#include <string_view>

#include "tools/support/result.h"

namespace likes::hugo {

/// A release of Hugo, 0.169; the third number changes no rule.
struct HugoVersion {
  int major = 0;
  int minor = 169;

  bool operator==(const HugoVersion&) const = default;
  [[nodiscard]] bool is_before(const HugoVersion& other) const;

  /// `0.131`, `v0.111.3`, `0.169.0+extended`, or what `hugo version` prints.
  [[nodiscard]] static Result<HugoVersion> parse(std::string_view text);
};

inline constexpr HugoVersion kOldestHugo{0, 111};

/// What changed from one Hugo to another, each rule by name. The newest unless made of a version.
struct VersionRules {
  VersionRules() : VersionRules(HugoVersion{}) {}
  explicit VersionRules(HugoVersion version);

  bool sets_publish_date;       ///< 0.123: publishDate falls back on the date that was found.
  bool reads_indexes;           ///< 0.112: `indexes` is the old name of `taxonomies`.
  bool permalinks_by_kind;      ///< 0.115: permalinks.page, permalinks.term …
  bool logical_paths;           ///< 0.123: pages are known by lower-case paths, one page for each.
  bool unfolds_params;          ///< 0.123: what is below `params` counts as a parameter.
  bool titles_terms;            ///< 0.123: a term's title is cased; before, as it is written.
  bool has_target_key;          ///< 0.123: a cascade's `target`; before, only `_target`.
  bool bare_html_is_page;       ///< 0.123: an HTML file without front matter is a page.
  bool sections_hide_no_pages;  ///< 0.123: a section that is not built does not hide its pages.
  bool headless_for_all;        ///< 0.123: `headless` is heeded in any page, not only in index.md.
  bool has_build_key;           ///< 0.123: `build`; before, only `_build`.
  bool unrendered_has_no_term;  ///< 0.123: a page with `build.render: never` is under no term.
  bool lower_format_names;      ///< 0.123: `html`; before, names of output formats such as `HTML`.
  bool matter_names_path;       ///< 0.123 to 0.152: front matter may say `path`.
  bool expands_url;             ///< 0.131: tokens in front matter's url; "/index.html" is cut.
  bool index_beats_branch;      ///< 0.132: of index.md and _index.md in a folder the first counts.
  bool keeps_dots;              ///< 0.132: ".." stays in a slug's address.
  bool has_link_hooks;          ///< 0.123: sites of several languages link by templates.
  bool quotes_link_attributes;  ///< 0.123 to 0.139: these quote addresses and escape no HTML.
  bool html_summaries;          ///< 0.134: a summary is HTML, cut at the end of a paragraph.
  bool has_table_hook;          ///< 0.134: tables are drawn by a template, with indentation.
  bool strict_dates;            ///< 0.136: a date that cannot be read is an error.
  bool escaped_colon;           ///< 0.136: `\:` in a permalink.
  bool ugly_sections;           ///< Not from 0.123 to 0.135: uglyURLs may be a map of sections.
  bool drops_comments;          ///< 0.142: nothing tells of an HTML comment that is left out.
  bool base_name_tokens;        ///< 0.144: :contentbasename.
  bool time_in_file_name;       ///< 0.148: :filename reads a time of day.
  bool ugly_index;              ///< 0.148: /section/index.html rather than /section.html.
  bool section_slug_tokens;     ///< 0.149: :sectionslug.
  bool yaml_1_2;                ///< 0.152: `yes` is a word, a key stands once.
  bool keeps_fractions;         ///< Not in between: fractions of a second outlive a time zone.
  bool lists_spoil_terms;       ///< 0.132: a list among the terms leaves none of them.
  bool counts_hosts;            ///< 0.126: disabled languages are taken off the number of hosts.
  bool has_site_matrix;         ///< 0.153: `sites.matrix` in mounts and targets.
  bool rivals_hide_pages;       ///< 0.153: see ContentFile::rival.
  bool orders_by_path;          ///< 0.145: the last thing that decides the order is the path.
  bool absolute_aliases;        ///< 0.155: aliases are told as the paths that they stand for.
  bool permalinks_by_path;      ///< 0.161: the key of a permalink is a path.
  bool keeps_slashes_in_terms;  ///< 0.167: "//" in a term stands in its address.
  bool section_slugs;           ///< 0.167: a section's slug changes the addresses below it.
  bool closes_summaries;        ///< 0.167: a summary ends with the list or quotation it is cut in.
  bool strips_by_blocks;        ///< 0.167: text without tags has blanks where blocks meet.
  bool slash_in_title_is_hyphen;  ///< 0.167: in :title.
  bool default_base_url;          ///< 0.167: a site without baseURL is at https://example.org/.
};

}  // namespace likes::hugo
