#include "tools/hugo/config.h"

#include <algorithm>
#include <array>

#include "tools/hugo/cascade.h"
#include "tools/hugo/config_files.h"
#include "tools/hugo/unicode.h"
#include "tools/support/url.h"

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;

std::string text_of(const Value& root, std::string_view key, const std::string& otherwise) {
  const Value* value = root.find(key);
  return value == nullptr || value->is_null() ? otherwise : value->to_text();
}

bool flag_of(const Value& root, std::string_view key) {
  const Value* value = root.find(key);
  return value != nullptr && value->to_bool();
}

bool is_theme_folder(const std::string& name) {
  return name.find('/') == std::string::npos;
}

Result<void> refuse_config_folder(const ConfigRequest& request) {
  const fs::path folder = request.source / "config";
  std::error_code code;
  for (const std::string& name : {std::string("_default"), request.environment}) {
    if (fs::is_directory(folder / name, code)) {
      return fail(ErrorCode::kInvalid,
                  "found a configuration folder, wanted one configuration file: folders are not "
                  "supported yet",
                  {(folder / name).lexically_normal().string()});
    }
  }
  return {};
}

/// Makes a Config of a RawConfig, one concern at a time; each says no with the place of what it
/// found.
class ConfigReader {
 public:
  ConfigReader(RawConfig raw, const ConfigRequest& request)
      : raw_(std::move(raw)), request_(request) {}

  Result<Config> read() {
    config_.environment = request_.environment;
    using Step = Result<void> (ConfigReader::*)();
    constexpr Step kSteps[] = {&ConfigReader::read_languages,    &ConfigReader::read_base_url,
                               &ConfigReader::read_content_dir,  &ConfigReader::read_flags,
                               &ConfigReader::read_merges,       &ConfigReader::read_themes,
                               &ConfigReader::read_module,       &ConfigReader::read_outputs,
                               &ConfigReader::read_ugly_urls,    &ConfigReader::read_permalinks,
                               &ConfigReader::read_ignore_files, &ConfigReader::read_time_zone,
                               &ConfigReader::read_date_chains,  &ConfigReader::read_cascade,
                               &ConfigReader::read_likes};
    for (const Step step : kSteps) {
      if (Result<void> done = (this->*step)(); !done) {
        return tl::unexpected(done.error());
      }
    }
    return std::move(config_);
  }

 private:
  [[nodiscard]] const Value& root() const { return raw_.root; }

  Result<void> read_languages() {
    const Value* disabled = root().find("disablelanguages");
    for (const std::string& name :
         disabled == nullptr ? std::vector<std::string>() : disabled->to_words()) {
      config_.languages.disabled.insert(to_lower(name));
    }
    const Value* languages = root().find("languages");
    std::string only;
    if (languages != nullptr && languages->members() != nullptr) {
      for (const auto& [name, language] : *languages->members()) {
        if (flag_of(language, "disabled") || config_.languages.disabled.contains(name)) {
          config_.languages.disabled.insert(name);
          continue;
        }
        if (!only.empty()) {
          return raw_.wrong(language, "found a second language '" + name +
                                          "', wanted one: sites in several languages are not "
                                          "supported yet");
        }
        only = name;
      }
    }
    const std::string wanted = to_lower(text_of(root(), "defaultcontentlanguage", ""));
    if (!only.empty() && !wanted.empty() && wanted != only) {
      return raw_.wrong(*root().find("defaultcontentlanguage"),
                        "found defaultContentLanguage '" + wanted +
                            "', which is not among the languages ('" + only + "')");
    }
    config_.language = !only.empty() ? only : (wanted.empty() ? "en" : wanted);
    config_.languages.used.insert(config_.language);
    if (!only.empty()) {
      apply_language(*languages->find(only));
    }
    return {};
  }

  /// What the one language sets counts for the site: its params beside the others, all else
  /// instead.
  void apply_language(const Value& language) {
    const Value::Map members = language.members() != nullptr ? *language.members() : Value::Map();
    for (const auto& [key, value] : members) {
      Value* old = raw_.root.find(key);
      if (key == "params" && old != nullptr) {
        merge_deep(*old, value);
      } else if (key != "weight" && key != "disabled") {
        raw_.root.set(key, value);
      }
    }
  }

  Result<void> read_base_url() {
    const Value* value = root().find("baseurl");
    if (value != nullptr) {
      config_.base_url_place = raw_.place(*value);
    } else {
      config_.base_url_place = {raw_.files.front()};
    }
    config_.base_url = text_of(root(), "baseurl", "");
    if (!config_.base_url.ends_with('/')) {
      config_.base_url += '/';
    }
    const Result<Url> url = parse_url(config_.base_url);
    config_.base_path = url ? url->path : "/";
    return {};
  }

  Result<void> read_content_dir() {
    const fs::path folder = text_of(root(), "contentdir", "content");
    config_.content_name = (request_.source / folder).lexically_normal().string();
    while (config_.content_name.size() > 1 && config_.content_name.ends_with('/')) {
      config_.content_name.pop_back();
    }
    config_.content_dir = config_.content_name;
    return {};
  }

  Result<void> read_flags() {
    config_.build_drafts = request_.build_drafts || flag_of(root(), "builddrafts");
    config_.build_future = request_.build_future || flag_of(root(), "buildfuture");
    config_.build_expired = request_.build_expired || flag_of(root(), "buildexpired");
    config_.path_rules.to_lower = !flag_of(root(), "disablepathtolower");
    config_.path_rules.remove_accents = flag_of(root(), "removepathaccents");
    if (const Value* kinds = root().find("disablekinds")) {
      const std::vector<std::string> names = kinds->to_words();
      config_.has_pages = std::none_of(names.begin(), names.end(), [](const std::string& name) {
        return to_lower(name) == "page";
      });
    }
    return {};
  }

  /// `_merge` lets in what themes and modules configure; without it only their params, menus,
  /// output formats and media types come in.
  Result<void> read_merges() {
    for (const auto& [key, value] : *root().members()) {
      const Value* merge = key == "_merge" ? &value : value.find("_merge");
      const bool is_usual = key == "params" || key == "menus" || key == "menu" ||
                            key == "outputformats" || key == "mediatypes";
      if (merge != nullptr && !is_usual && merge->to_text() != "none") {
        return raw_.wrong(*merge, "found '_merge', which is not supported yet");
      }
    }
    return {};
  }

  /// A theme's configuration and content come under the site's. Params cannot change where pages
  /// are, and `[params.likes]` is the site's own, so only content and mounts matter here.
  Result<void> read_themes() {
    const Value* themes = root().find("theme");
    if (themes == nullptr) {
      return {};
    }
    const fs::path folder = request_.source / text_of(root(), "themesdir", "themes");
    for (const std::string& name : themes->to_words()) {
      if (Result<void> read = read_theme(*themes, name, folder / name); !read) {
        return read;
      }
    }
    return {};
  }

  Result<void> read_theme(const Value& themes, const std::string& name, const fs::path& folder) {
    std::error_code code;
    if (!is_theme_folder(name) || !fs::is_directory(folder, code)) {
      config_.warnings.push_back({ErrorCode::kInvalid,
                                  "found no folder of the theme '" + name +
                                      "': whether it brings content along is not known",
                                  raw_.place(themes)});
      return {};
    }
    const fs::path content = folder / "content";
    if (fs::is_directory(content, code) && !fs::is_empty(content, code)) {
      return fail(ErrorCode::kInvalid,
                  "found content in a theme, wanted it in the site only: content of themes is not "
                  "supported yet",
                  {content.lexically_normal().string()});
    }
    const std::optional<fs::path> file = find_config_file(folder);
    if (!file) {
      return {};
    }
    const Result<Value> read = read_config_file(*file);
    if (!read) {
      return tl::unexpected(read.error());
    }
    return check_theme_config(*read, file->string());
  }

  static Result<void> check_theme_config(const Value& theme, const std::string& file) {
    const std::array<const Value*, 4> reaching = {
        theme.find("_merge"), theme.find_path({"module", "mounts"}),
        theme.find_path({"module", "imports"}), theme.find("theme")};
    constexpr std::array<const char*, 4> kNames = {"_merge", "module.mounts", "module.imports",
                                                   "theme"};
    for (std::size_t i = 0; i < reaching.size(); ++i) {
      if (reaching.at(i) != nullptr) {
        return fail(ErrorCode::kInvalid,
                    std::string("found '") + kNames.at(i) +
                        "' in a theme's configuration, which is not supported yet",
                    {file, reaching.at(i)->line, reaching.at(i)->column});
      }
    }
    return {};
  }

  Result<void> read_module() {
    const Value* mounts = root().find_path({"module", "mounts"});
    if (mounts != nullptr && mounts->array() != nullptr) {
      for (const Value& mount : *mounts->array()) {
        const std::string target = text_of(mount, "target", "");
        if (target == "content" || target.starts_with("content/")) {
          return raw_.wrong(mount, "found a mount of '" + target +
                                       "', wanted contentDir: mounts of content are not "
                                       "supported yet");
        }
      }
    }
    const Value* imports = root().find_path({"module", "imports"});
    if (imports != nullptr && imports->array() != nullptr) {
      for (const Value& import : *imports->array()) {
        config_.warnings.push_back({ErrorCode::kInvalid,
                                    "found the module '" + text_of(import, "path", "") +
                                        "': whether it brings content along is not known",
                                    raw_.place(import)});
      }
    }
    return {};
  }

  Result<void> read_outputs() {
    const Value* page = root().find_path({"outputs", "page"});
    if (page != nullptr) {
      std::vector<std::string> formats = page->to_words();
      std::transform(formats.begin(), formats.end(), formats.begin(),
                     [](const std::string& name) { return to_lower(name); });
      if (std::find(formats.begin(), formats.end(), "html") == formats.end()) {
        return raw_.wrong(*page, "found outputs of pages without html, wanted html among them");
      }
    }
    for (const std::string_view key : {"path", "basename", "ugly", "nougly", "permalinkable"}) {
      const Value* found = root().find_path({"outputformats", "html", key});
      if (found != nullptr) {
        return raw_.wrong(*found, "found outputFormats.html." + std::string(key) +
                                      ", which is not supported yet");
      }
    }
    for (const Value* found :
         {root().find_path({"mediatypes", "text/html"}), root().find("contenttypes"),
          root().find("roles"), root().find("versions")}) {
      if (found != nullptr) {
        return raw_.wrong(*found,
                          "found a setting that changes which files are pages, which is "
                          "not supported yet");
      }
    }
    return {};
  }

  Result<void> read_ugly_urls() {
    const Value* ugly = root().find("uglyurls");
    if (ugly == nullptr) {
      return {};
    }
    config_.ugly_urls = ugly->to_bool();
    if (ugly->members() != nullptr) {
      for (const auto& [section, value] : *ugly->members()) {
        config_.ugly_sections[section] = value.to_bool();
      }
    }
    return {};
  }

  Result<void> add_permalink(const std::string& section, const Value& pattern) {
    if (pattern.text() == nullptr) {
      return raw_.wrong(pattern, "found " + pattern.type_name() + " as the permalink of '" +
                                     section + "', wanted a string");
    }
    Result<PermalinkPattern> compiled = PermalinkPattern::compile(*pattern.text());
    if (!compiled) {
      return raw_.wrong(pattern, compiled.error().message);
    }
    config_.permalinks.push_back({section, section_paths(section), std::move(*compiled)});
    return {};
  }

  Result<void> read_permalinks() {
    const Value* permalinks = root().find("permalinks");
    if (permalinks == nullptr || permalinks->is_null()) {
      return {};
    }
    if (permalinks->members() == nullptr) {
      return raw_.wrong(*permalinks, "found " + permalinks->type_name() +
                                         " as permalinks, wanted a map of sections: other forms "
                                         "are not supported yet");
    }
    for (const auto& [key, value] : *permalinks->members()) {
      if (key == "_merge") {
        continue;
      }
      if (value.members() == nullptr) {
        if (Result<void> added = add_permalink(key, value); !added) {
          return added;
        }
      } else if (key == "page") {
        for (const auto& [section, pattern] : *value.members()) {
          if (Result<void> added = add_permalink(section, pattern); !added) {
            return added;
          }
        }
      }
    }
    // Where several keys match a page, Hugo takes any of them; here it is the longest.
    std::stable_sort(config_.permalinks.begin(), config_.permalinks.end(),
                     [](const PermalinkRule& left, const PermalinkRule& right) {
                       return left.section.size() > right.section.size();
                     });
    return {};
  }

  Result<void> read_ignore_files() {
    const Value* patterns = root().find("ignorefiles");
    if (patterns == nullptr) {
      return {};
    }
    for (const std::string& pattern : patterns->to_words()) {
      try {
        config_.ignore_files.emplace_back(pattern);
      } catch (const std::regex_error& error) {
        return raw_.wrong(*patterns, "found the regular expression '" + pattern +
                                         "' in ignoreFiles, which cannot be read: " + error.what());
      }
    }
    return {};
  }

  Result<void> read_time_zone() {
    const Value* zone = root().find("timezone");
    if (zone == nullptr) {
      return {};
    }
    const Result<TimeZone> named = TimeZone::named(zone->to_text());
    if (!named) {
      return raw_.wrong(*zone, named.error().message);
    }
    config_.time_zone = *named;
    return {};
  }

  Result<void> read_date_chains() {
    const bool has_git = flag_of(root(), "enablegitinfo");
    struct Chain {
      const char* key;
      std::vector<std::string>* target;
      std::vector<std::string> standard;
    };
    const Chain chains[] = {
        {"date", &config_.dates.date, {"date", "publishdate", "lastmod"}},
        {"lastmod", &config_.dates.lastmod, {":git", "lastmod", "date", "publishdate"}},
        {"publishdate", &config_.dates.publish_date, {"publishdate", "date"}},
        {"expirydate", &config_.dates.expiry_date, {"expirydate"}}};
    for (const Chain& chain : chains) {
      const Value* configured = root().find_path({"frontmatter", chain.key});
      for (const std::string& name :
           configured == nullptr ? chain.standard : configured->to_words()) {
        const std::string handler = to_lower(name);
        const bool decides = chain.target != &config_.dates.lastmod;
        if (handler == ":git" && has_git && decides) {
          return raw_.wrong(*configured, std::string("found :git in frontmatter.") + chain.key +
                                             ", which is not supported yet");
        }
        add_handler(*chain.target, handler, chain.standard);
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
    const Value* cascade = root().find("cascade");
    if (cascade == nullptr) {
      return {};
    }
    Result<std::vector<CascadeEntry>> read = read_cascade_entries(*cascade, "");
    if (!read) {
      return raw_.wrong(*cascade, read.error().message);
    }
    config_.cascade = std::move(*read);
    return {};
  }

  Result<void> read_likes() {
    const Value* likes = root().find_path({"params", "likes"});
    if (likes == nullptr) {
      return {};
    }
    if (likes->members() == nullptr) {
      return raw_.wrong(*likes, "found " + likes->type_name() + " as params.likes, wanted a map");
    }
    // With one language there is nothing to share; the word must be right all the same.
    if (const Value* share = likes->find("sharetranslations");
        share != nullptr && !std::holds_alternative<bool>(share->data())) {
      return raw_.wrong(*share, "found " + share->type_name() +
                                    " as params.likes.shareTranslations, wanted true or false");
    }
    if (const Value* api = likes->find("api")) {
      config_.likes.api = api->to_text();
    }
    if (const Value* inject = likes->find("inject")) {
      config_.likes.inject = inject->to_bool();
    }
    if (const Value* after = likes->find("injectafter")) {
      config_.likes.inject_after = after->to_text();
    }
    if (const Value* sections = likes->find("sections")) {
      if (sections->array() == nullptr && sections->text() == nullptr) {
        return raw_.wrong(*sections, "found " + sections->type_name() +
                                         " as params.likes.sections, wanted a list of sections");
      }
      config_.likes.sections = std::vector<std::string>();
      for (const std::string& name : sections->to_words()) {
        config_.likes.sections->push_back(normalize_path(name));
      }
    }
    return {};
  }

  RawConfig raw_;
  const ConfigRequest& request_;
  Config config_;
};

}  // namespace

Result<Config> load_config(const ConfigRequest& request) {
  if (Result<void> checked = refuse_config_folder(request); !checked) {
    return tl::unexpected(checked.error());
  }
  Result<RawConfig> raw = read_config_files(request);
  if (!raw) {
    return tl::unexpected(raw.error());
  }
  return ConfigReader(std::move(*raw), request).read();
}

}  // namespace likes::hugo
