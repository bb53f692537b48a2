#include "tools/index/full_record.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/link.h"
#include "tools/support/url.h"

namespace likes::index {
namespace {

using hugo::Page;
using hugo::Value;
using nlohmann::ordered_json;

struct ToJson {
  ordered_json operator()(std::monostate /*nothing*/) const { return nullptr; }
  ordered_json operator()(bool truth) const { return truth; }
  ordered_json operator()(std::int64_t number) const { return number; }
  ordered_json operator()(double number) const { return number; }
  ordered_json operator()(const std::string& text) const { return text; }
  ordered_json operator()(const hugo::DateTime& date) const {
    return hugo::Date::of(date, hugo::TimeZone()).to_rfc3339();
  }
  ordered_json operator()(const Value::Array& array) const {
    ordered_json list = ordered_json::array();
    for (const Value& each : array) {
      list.push_back(std::visit(*this, each.data()));
    }
    return list;
  }
  ordered_json operator()(const Value::Map& map) const {
    ordered_json members = ordered_json::object();
    for (const auto& [key, value] : map) {
      members[key] = std::visit(*this, value.data());
    }
    return members;
  }
};

std::string bundle_type(const Page& page) {
  return page.source.path.kind == hugo::PagePath::Kind::kLeaf ? "leaf" : "";
}

ordered_json terms_of(const Page& page) {
  ordered_json taxonomies = ordered_json::object();
  for (const auto& [plural, terms] : page.terms) {
    ordered_json list = ordered_json::array();
    for (const hugo::PageTerm& term : terms) {
      list.push_back({{"title", term.title}, {"rel", term.rel_permalink}});
    }
    taxonomies[plural] = std::move(list);
  }
  return taxonomies;
}

ordered_json translations_of(const Page& page, const hugo::Config& config) {
  ordered_json list = ordered_json::array();
  for (const hugo::Translation& each : page.translations) {
    list.push_back({{"lang", config.languages[each.language].code}, {"rel", each.rel_permalink}});
  }
  return list;
}

/// Front matter with what Hugo sets in it.
ordered_json params_of(const Page& page) {
  ordered_json params = std::visit(ToJson(), page.params.data());
  if (!params.is_object()) {
    params = ordered_json::object();
  }
  const auto set_date = [&params](const char* key, const hugo::Date& date) {
    if (!date.is_zero()) {
      params[key] = date.to_rfc3339();
    }
  };
  set_date("date", page.date);
  set_date("lastmod", page.lastmod);
  set_date("publishdate", page.publish_date);
  set_date("expirydate", page.expiry_date);
  params["draft"] = page.is_draft;
  return params;
}

/// Where what stands beside a page is: in the folder that its own folder lies in.
std::string folder_beside(const std::string& link) {
  std::string own = hugo::clean_path(percent_decode(link).value_or(link));
  // A form that is not HTML is told by its file.
  if (own.compare(own.rfind('/') + 1, 6, "index.") == 0 && !link.ends_with('/')) {
    own.erase(own.rfind('/'));
  }
  return own.substr(0, own.rfind('/'));
}

/// What Hugo called its own formats before their names were in lower case.
std::string former_name_of(const std::string& format) {
  static const std::map<std::string_view, std::string_view> kNames = {
      {"amp", "AMP"},
      {"calendar", "Calendar"},
      {"css", "CSS"},
      {"csv", "CSV"},
      {"html", "HTML"},
      {"json", "JSON"},
      {"markdown", "MARKDOWN"},
      {"robots", "ROBOTS"},
      {"rss", "RSS"},
      {"sitemap", "Sitemap"},
      {"webappmanifest", "WebAppManifest"},
  };
  const auto found = kNames.find(format);
  return found == kNames.end() ? format : std::string(found->second);
}

std::vector<std::string> told_formats(const Page& page, const hugo::Config& config) {
  if (page.link.empty()) {
    return {};
  }
  std::vector<std::string> told = page.formats;
  if (!config.rules.lower_format_names) {
    std::transform(told.begin(), told.end(), told.begin(), former_name_of);
  }
  return told;
}

}  // namespace

std::vector<std::string> told_aliases(const Page& page, const hugo::Config& config) {
  if (!config.rules.absolute_aliases) {
    return page.aliases;
  }
  const hugo::Language& language = config.languages[page.source.language];
  const std::string& link = page.link.empty() ? page.target : page.link;
  std::string prefix;
  // A page of no form has no place in a language either.
  if (!link.empty()) {
    prefix = language.folder + (language.prefix.empty() ? "" : "/" + language.prefix);
  }
  std::vector<std::string> told;
  for (const std::string& alias : page.aliases) {
    std::string path = prefix + alias;
    if (!alias.starts_with('/') && link.empty()) {
      path = "../" + alias;
    } else if (!alias.starts_with('/')) {
      path = language.folder + folder_beside(link) + "/" + alias;
    }
    path = hugo::clean_path(path);
    const bool is_file = path.find('.', path.rfind('/') + 1) != std::string::npos;
    told.push_back(path + (language.is_ugly(page.section) && !is_file ? ".html" : ""));
  }
  return told;
}

std::string full_record(const Page& page, const hugo::Config& config,
                        const markup::RenderedPage* rendered) {
  ordered_json record;
  record["file"] = page.source.file;
  record["lang"] = config.languages[page.source.language].code;
  record["relPermalink"] = page.rel_permalink;
  record["permalink"] = page.permalink;
  record["kind"] = page.kind;
  record["type"] = page.type;
  record["path"] = config.rules.logical_paths ? page.source.path.logical : page.source.file;
  record["section"] = page.section;
  record["currentSection"] = page.current_section;
  record["bundleType"] = bundle_type(page);
  record["layout"] = page.layout;
  record["title"] = page.title;
  record["linkTitle"] = page.link_title;
  record["slug"] = page.slug;
  record["date"] = page.date.to_rfc3339();
  record["lastmod"] = page.lastmod.to_rfc3339();
  record["publishDate"] = page.publish_date.to_rfc3339();
  record["expiryDate"] = page.expiry_date.to_rfc3339();
  record["draft"] = page.is_draft;
  record["weight"] = page.weight;
  record["description"] = page.description;
  record["keywords"] = page.keywords;
  record["aliases"] = told_aliases(page, config);
  record["translationKey"] = page.translation_key;
  record["translations"] = translations_of(page, config);
  record["terms"] = terms_of(page);
  record["outputFormats"] = told_formats(page, config);
  record["params"] = params_of(page);
  record["order"] = page.order;
  if (rendered != nullptr) {
    record["summary"] = rendered->summary;
    record["wordCount"] = rendered->word_count;
    record["readingTime"] = rendered->reading_time;
  }
  return record.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace likes::index
