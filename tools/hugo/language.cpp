#include "tools/hugo/language.h"

#include <algorithm>

#include "tools/hugo/link.h"
#include "tools/hugo/unicode.h"
#include "tools/support/url.h"

namespace likes::hugo {
namespace {

/// Reads one concern after the other; each says no with the place of what it found.
class LanguageReader {
 public:
  LanguageReader(const Value& root, const RawConfig& raw, const VersionRules& rules)
      : root_(root), raw_(raw), rules_(rules) {}

  Result<Language> read() {
    read_base_url();
    read_flags();
    read_ugly_urls();
    read_taxonomies();
    language_.markup = read_markup_rules(root_, rules_);
    using Step = Result<void> (LanguageReader::*)();
    constexpr Step kSteps[] = {&LanguageReader::read_permalinks, &LanguageReader::read_time_zone,
                               &LanguageReader::read_date_chains, &LanguageReader::read_cascade,
                               &LanguageReader::read_outputs};
    for (const Step step : kSteps) {
      if (Result<void> done = (this->*step)(); !done) {
        return tl::unexpected(done.error());
      }
    }
    return std::move(language_);
  }

 private:
  [[nodiscard]] std::string text(std::string_view key) const {
    const Value* value = root_.find(key);
    return value == nullptr ? "" : value->to_text();
  }

  [[nodiscard]] bool flag(std::string_view key, bool otherwise = false) const {
    const Value* value = root_.find(key);
    return value == nullptr || value->is_null() ? otherwise : value->to_bool();
  }

  void read_base_url() {
    const Value* value = root_.find("baseurl");
    language_.base_url_place = value == nullptr ? Location{raw_.files.front()} : raw_.place(*value);
    language_.base_url = text("baseurl");
    language_.has_base_url = !language_.base_url.empty();
    if (language_.base_url.empty() && rules_.default_base_url) {
      language_.base_url = "https://example.org/";
    }
    if (const std::size_t scheme = language_.base_url.find("://"); scheme != std::string::npos) {
      language_.base_url =
          to_lower(language_.base_url.substr(0, scheme)) + language_.base_url.substr(scheme);
    }
    if (!language_.base_url.ends_with('/')) {
      language_.base_url += '/';
    }
    const Result<Url> url = parse_url(language_.base_url);
    language_.base_path = url ? url->path : "/";
    language_.base_url = escape_link(language_.base_url);
  }

  void read_flags() {
    language_.title = text("title");
    language_.has_canonical_links = flag("canonifyurls");
    language_.path_rules.to_lower = !flag("disablepathtolower");
    language_.path_rules.remove_accents = flag("removepathaccents");
    language_.list_titles.style = title_style(text("titlecasestyle"));
    language_.list_titles.is_capitalized = flag("capitalizelisttitles", true);
    language_.list_titles.is_plural = flag("pluralizelisttitles", true);
    language_.has_cjk = flag("hascjklanguage");
    if (const Value* length = root_.find("summarylength")) {
      language_.summary_length = length->to_integer();
    }
    if (const Value* kinds = root_.find("disablekinds")) {
      for (const std::string& word : kinds->to_words()) {
        const std::string kind = to_lower(word);
        // The old name of the list of terms.
        const bool is_old_name = kind == "taxonomyterm" && rules_.logical_paths;
        language_.disabled_kinds.insert(is_old_name ? "taxonomy" : kind);
      }
    }
  }

  void read_ugly_urls() {
    const Value* ugly = root_.find("uglyurls");
    if (ugly == nullptr) {
      return;
    }
    language_.ugly_urls = ugly->to_bool();
    if (ugly->members() != nullptr && rules_.ugly_sections) {
      for (const auto& [section, value] : *ugly->members()) {
        language_.ugly_sections[section] = value.to_bool();
      }
    }
  }

  void read_taxonomies() {
    const Value* configured = root_.find("taxonomies");
    if (configured == nullptr || configured->members() == nullptr) {
      language_.taxonomies = {{"category", "categories"}, {"tag", "tags"}};
      return;
    }
    for (const auto& [singular, plural] : *configured->members()) {
      if (singular != "_merge" && !plural.to_text().empty()) {
        language_.taxonomies.push_back({singular, to_lower(plural.to_text())});
      }
    }
    std::sort(
        language_.taxonomies.begin(), language_.taxonomies.end(),
        [](const Taxonomy& left, const Taxonomy& right) { return left.plural < right.plural; });
  }

  Result<void> add_permalink(const std::string& kind, const std::string& key,
                             const Value& pattern) {
    if (pattern.text() == nullptr) {
      return raw_.wrong(pattern, "found " + pattern.type_name() + " as the permalink of '" + key +
                                     "', wanted a string");
    }
    Result<PermalinkPattern> compiled = PermalinkPattern::compile(*pattern.text(), rules_);
    if (!compiled) {
      return raw_.wrong(pattern, compiled.error().message);
    }
    PermalinkRule rule{section_key(key), kind, std::nullopt, std::nullopt, std::move(*compiled)};
    if (rules_.permalinks_by_path) {
      rule.paths = section_paths(rule.section);
    }
    language_.permalinks.push_back(std::move(rule));
    return {};
  }

  /// `posts = "/:slug/"` counts for pages and terms.
  Result<void> add_permalink_of_section(const std::string& section, const Value& pattern) {
    Result<void> added = add_permalink("page", section, pattern);
    return added ? add_permalink("term", section, pattern) : added;
  }

  Result<void> read_permalinks() {
    const Value* permalinks = root_.find("permalinks");
    if (permalinks == nullptr || permalinks->is_null()) {
      return {};
    }
    if (permalinks->array() != nullptr) {
      return read_permalink_list(*permalinks->array());
    }
    if (permalinks->members() == nullptr) {
      return raw_.wrong(*permalinks, "found " + permalinks->type_name() +
                                         " as permalinks, wanted a map of sections");
    }
    for (const auto& [key, value] : *permalinks->members()) {
      if (key == "_merge") {
        continue;
      }
      if (value.members() == nullptr) {
        if (Result<void> added = add_permalink_of_section(key, value); !added) {
          return added;
        }
        continue;
      }
      if (!rules_.permalinks_by_kind) {
        return raw_.wrong(value, "found permalinks by kind, which Hugo before 0.115 does not know");
      }
      for (const auto& [section, pattern] : *value.members()) {
        if (section == "_merge") {
          continue;
        }
        if (Result<void> added = add_permalink(key, section, pattern); !added) {
          return added;
        }
      }
    }
    // Where several keys match a page, Hugo takes any of them; here it is the longest.
    std::stable_sort(language_.permalinks.begin(), language_.permalinks.end(),
                     [](const PermalinkRule& left, const PermalinkRule& right) {
                       return left.section.size() > right.section.size();
                     });
    return {};
  }

  /// [{target: {kind: page, path: /posts/**}, pattern: /:slug/}]
  Result<void> read_permalink_list(const Value::Array& list) {
    if (!rules_.permalinks_by_path) {
      return {};  // Such a Hugo reads a map or nothing.
    }
    for (const Value& each : list) {
      const Value* pattern = each.find("pattern");
      if (pattern == nullptr) {
        return raw_.wrong(each, "found " + each.type_name() +
                                    " in the list of permalinks, wanted a map with a pattern");
      }
      if (Result<void> added = add_permalink("", "", *pattern); !added) {
        return added;
      }
      PermalinkRule& rule = language_.permalinks.back();
      Result<CascadeEntry> target = read_target(each, raw_.place(each).file, rules_);
      if (!target) {
        return raw_.wrong(each, target.error().message);
      }
      rule.paths = std::nullopt;
      rule.target = std::move(*target);
    }
    return {};
  }

  Result<void> read_time_zone() {
    const Value* zone = root_.find("timezone");
    if (zone == nullptr) {
      return {};
    }
    const Result<TimeZone> named = TimeZone::named(zone->to_text());
    if (!named) {
      return raw_.wrong(*zone, named.error().message);
    }
    language_.time_zone = *named;
    return {};
  }

  Result<void> read_date_chains() {
    struct Chain {
      const char* key;
      std::vector<std::string>* target;
      std::vector<std::string> standard;
    };
    DateChains& dates = language_.dates;
    const Chain chains[] = {{"date", &dates.date, {"date", "publishdate", "lastmod"}},
                            {"lastmod", &dates.lastmod, {":git", "lastmod", "date", "publishdate"}},
                            {"publishdate", &dates.publish_date, {"publishdate", "date"}},
                            {"expirydate", &dates.expiry_date, {"expirydate"}}};
    for (const Chain& chain : chains) {
      const Value* configured = root_.find_path({"frontmatter", chain.key});
      for (const std::string& name :
           configured == nullptr ? chain.standard : configured->to_words()) {
        add_handler(*chain.target, to_lower(name), chain.standard);
      }
    }
    return {};
  }

  /// A field is followed by its other names; ":default" stands for the standard chain.
  static void add_handler(std::vector<std::string>& chain, const std::string& handler,
                          const std::vector<std::string>& standard) {
    if (handler == ":default") {
      for (const std::string& each : standard) {
        add_handler(chain, each, {});
      }
      return;
    }
    chain.push_back(handler);
    if (handler == "lastmod") {
      chain.emplace_back("modified");
    } else if (handler == "publishdate") {
      chain.insert(chain.end(), {"pubdate", "published"});
    } else if (handler == "expirydate") {
      chain.emplace_back("unpublishdate");
    }
  }

  Result<void> read_cascade() {
    const Value* cascade = root_.find("cascade");
    if (cascade == nullptr || cascade->is_null()) {
      return {};
    }
    Result<std::vector<CascadeEntry>> read = read_cascade_entries(*cascade, "", rules_);
    if (!read) {
      return raw_.wrong(*cascade, read.error().message);
    }
    language_.cascade = std::move(*read);
    return {};
  }

  Result<void> read_outputs() {
    language_.formats = read_output_formats(root_);
    language_.outputs = {{"page", {"html"}},
                         {"home", {"html", "rss"}},
                         {"section", {"html", "rss"}},
                         {"taxonomy", {"html", "rss"}},
                         {"term", {"html", "rss"}}};
    const Value* configured = root_.find("outputs");
    if (configured == nullptr || configured->members() == nullptr) {
      return {};
    }
    for (const auto& [kind, value] : *configured->members()) {
      std::vector<std::string> names;
      for (const std::string& word : value.to_words()) {
        names.push_back(to_lower(word));
      }
      if (!names.empty()) {
        language_.outputs[kind] = std::move(names);
      }
    }
    if (language_.disabled_kinds.contains("rss")) {
      leave_out_rss();
    }
    return {};
  }

  /// What nothing is left of has no address; of old it was HTML, and pages could not ask for RSS.
  void leave_out_rss() {
    for (auto& [kind, names] : language_.outputs) {
      std::erase(names, "rss");
      if (names.empty() && !rules_.logical_paths) {
        names = {"html"};
      }
    }
    if (!rules_.logical_paths) {
      language_.formats.erase("rss");
    }
  }

  const Value& root_;
  const RawConfig& raw_;
  const VersionRules& rules_;
  Language language_;
};

}  // namespace

bool Language::is_ugly(std::string_view section) const {
  const auto found = ugly_sections.find(std::string(section));
  return ugly_urls || (found != ugly_sections.end() && found->second);
}

Result<Language> read_language(const Value& root, const RawConfig& raw, const VersionRules& rules) {
  return LanguageReader(root, raw, rules).read();
}

}  // namespace likes::hugo
