#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/cascade.h"
#include "tools/hugo/config_files.h"
#include "tools/hugo/link.h"
#include "tools/hugo/markup_rules.h"
#include "tools/hugo/output_format.h"
#include "tools/hugo/permalink.h"
#include "tools/hugo/time_zone.h"
#include "tools/hugo/title_case.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// Which front matter fields a date is looked for in, in this order; ":filename", ":filemodtime"
/// and ":git" look elsewhere.
struct DateChains {
  std::vector<std::string> date;
  std::vector<std::string> lastmod;
  std::vector<std::string> publish_date;
  std::vector<std::string> expiry_date;
};

/// `tag = "tags"`; known by its plural.
struct Taxonomy {
  std::string singular;
  std::string plural;
};

/// What a site is in one of its languages: Hugo configures nearly everything for each.
struct Language {
  std::string code = "en";
  std::int64_t weight = 0;
  std::string title;      ///< Of the site.
  std::string base_url;   ///< With a slash at its end.
  std::string base_path;  ///< Its path, `/` or `/blog/`.
  Location base_url_place;
  bool has_base_url = true;          ///< False where Hugo sets it for want of one.
  std::string prefix;                ///< Before all of its paths, `pl`; "" for none.
  std::string folder;                ///< Of the files of a host of its own, `/pl`; "" for none.
  bool has_canonical_links = false;  ///< canonifyURLs: links are told without the base path.
  std::set<std::string, std::less<>> disabled_kinds;
  PathRules path_rules;
  bool ugly_urls = false;
  std::map<std::string, bool> ugly_sections;
  std::vector<PermalinkRule> permalinks;  ///< The first that matches counts.
  TimeZone time_zone;
  DateChains dates;
  std::vector<CascadeEntry> cascade;
  std::vector<Taxonomy> taxonomies;  ///< Sorted by plural.
  OutputFormats formats = read_output_formats(Value());
  std::map<std::string, std::vector<std::string>, std::less<>> outputs;  ///< By kind.
  ListTitles list_titles;
  std::int64_t summary_length = 70;
  bool has_cjk = false;  ///< hasCJKLanguage: each page is looked at for it.
  MarkupRules markup;

  /// Whether pages of a section end in `.html`.
  [[nodiscard]] bool is_ugly(std::string_view section) const;
};

/// Reads one language's settings. `root` is the configuration with the language's own over it;
/// places are told by `raw`. What stands on other languages (the prefix) is left to the caller.
[[nodiscard]] Result<Language> read_language(const Value& root, const RawConfig& raw,
                                             const VersionRules& rules);

}  // namespace likes::hugo
