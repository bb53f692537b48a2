#include "tools/hugo/config.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "tools/hugo/config_files.h"
#include "tools/hugo/config_merge.h"
#include "tools/hugo/modules.h"
#include "tools/hugo/packed_page.h"
#include "tools/hugo/unicode.h"

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

std::vector<std::string> words_of(const Value* value) {
  return value == nullptr ? std::vector<std::string>() : value->to_words();
}

fs::path below(const fs::path& folder, const std::string& name) {
  const fs::path path = fs::path(name).is_absolute() ? fs::path(name) : folder / name;
  std::string text = path.lexically_normal().string();
  while (text.size() > 1 && text.ends_with('/')) {
    text.pop_back();
  }
  return text;
}

/// Whether a mount's target is content, and where below it.
std::optional<std::string> content_target(std::string target) {
  while (target.ends_with('/')) {
    target.pop_back();
  }
  constexpr std::string_view kContent = "content";
  if (target == kContent) {
    return "";
  }
  if (target.starts_with("content/")) {
    return target.substr(kContent.size() + 1);
  }
  return std::nullopt;
}

/// Makes a Config of a RawConfig, one concern at a time; each says no with the place of what it
/// found.
class ConfigReader {
 public:
  ConfigReader(RawConfig raw, Modules modules, const ConfigRequest& request)
      : raw_(std::move(raw)), modules_(std::move(modules)), request_(request) {}

  Result<Config> read() {
    config_.source = request_.source;
    config_.environment = request_.environment;
    config_.warnings = std::move(modules_.warnings);
    using Step = Result<void> (ConfigReader::*)();
    constexpr Step kSteps[] = {&ConfigReader::read_version,      &ConfigReader::read_languages,
                               &ConfigReader::read_prefixes,     &ConfigReader::read_flags,
                               &ConfigReader::read_mounts,       &ConfigReader::read_unsupported,
                               &ConfigReader::read_ignore_files, &ConfigReader::read_likes};
    for (const Step step : kSteps) {
      if (Result<void> done = (this->*step)(); !done) {
        return tl::unexpected(done.error());
      }
    }
    config_.identity = identity();
    return std::move(config_);
  }

 private:
  /// All that has been read, and what was found on disk by it.
  [[nodiscard]] std::string identity() const {
    CacheWriter all;
    all.text(fs::absolute(request_.source).string());
    all.text(request_.environment);
    all.number(version_);
    for (const Value& root : roots_) {
      pack(all, root);
    }
    for (const Module& module : modules_.found) {
      all.text(module.folder.string());
      pack(all, module.mounts);
    }
    for (const Mount& mount : config_.mounts) {
      all.text(mount.source.string());
      all.text(mount.target);
    }
    return all.bytes();
  }

  struct Named {
    std::string code;
    const Value* settings = nullptr;
    std::int64_t weight = 0;
  };

  [[nodiscard]] const Value& root() const { return raw_.root; }

  Result<void> read_version() {
    const Value* written = root().find_path({"params", "likes", "hugoversion"});
    HugoVersion version = request_.hugo_version.value_or(HugoVersion{});
    if (!request_.hugo_version && written != nullptr) {
      const Result<HugoVersion> parsed = HugoVersion::parse(written->to_text());
      if (!parsed) {
        return raw_.wrong(*written, parsed.error().message);
      }
      version = *parsed;
    }
    version_ = version;
    if (VersionRules(version).reads_indexes) {
      rename_key(raw_.root, "indexes", "taxonomies");
    }
    config_.rules = VersionRules(version);
    config_.syntax.keeps_spelling = !config_.rules.logical_paths;
    return {};
  }

  /// The languages that are not disabled, by weight, those without one last.
  std::vector<Named> enabled_languages() {
    std::set<std::string, std::less<>>& disabled = config_.syntax.disabled;
    for (const std::string& name : words_of(root().find("disablelanguages"))) {
      disabled.insert(to_lower(name));
    }
    std::vector<Named> enabled;
    const Value* languages = root().find("languages");
    if (languages != nullptr && languages->members() != nullptr) {
      for (const auto& [name, language] : *languages->members()) {
        if (language.members() == nullptr) {
          continue;
        }
        if (flag_of(language, "disabled") || disabled.contains(name)) {
          disabled.insert(name);
          continue;
        }
        const Value* weight = language.find("weight");
        enabled.push_back({name, &language, weight == nullptr ? 0 : weight->to_integer()});
      }
    }
    std::stable_sort(enabled.begin(), enabled.end(), [](const Named& left, const Named& right) {
      return left.weight != right.weight &&
             (right.weight == 0 || (left.weight != 0 && left.weight < right.weight));
    });
    return enabled;
  }

  Result<void> read_languages() {
    const std::vector<Named> enabled = enabled_languages();
    const Value* written = root().find("defaultcontentlanguage");
    std::string wanted = written == nullptr ? "" : to_lower(written->to_text());
    config_.languages.clear();
    if (enabled.empty()) {
      return add_language({wanted.empty() ? "en" : wanted, nullptr, 0});
    }
    for (const Named& each : enabled) {
      if (Result<void> added = add_language(each); !added) {
        return added;
      }
    }
    const auto index_of = [this](std::string_view code) {
      return std::find_if(config_.languages.begin(), config_.languages.end(),
                          [code](const Language& each) { return each.code == code; }) -
             config_.languages.begin();
    };
    const auto count = static_cast<std::ptrdiff_t>(config_.languages.size());
    std::ptrdiff_t found = index_of(wanted.empty() ? "en" : wanted);
    if (found == count && written != nullptr && !wanted.empty()) {
      return raw_.wrong(*written, "found defaultContentLanguage '" + wanted +
                                      "', which is not among the languages (" + language_list() +
                                      ")");
    }
    found = found == count ? 0 : found;
    config_.default_language = static_cast<std::size_t>(found);
    return {};
  }

  [[nodiscard]] std::string language_list() const {
    std::string list;
    for (const Language& language : config_.languages) {
      list += (list.empty() ? "'" : ", '") + language.code + "'";
    }
    return list;
  }

  Result<void> add_language(const Named& named) {
    roots_.push_back(named.settings == nullptr ? root() : merge_language(root(), *named.settings));
    Result<Language> language = read_language(roots_.back(), raw_, config_.rules);
    if (!language) {
      return tl::unexpected(language.error());
    }
    language->code = named.code;
    language->weight = named.weight;
    const bool has_host = named.settings != nullptr && named.settings->find("baseurl") != nullptr;
    is_multihost_ = is_multihost_ || has_host;
    has_languages_ = has_languages_ || named.settings != nullptr;
    config_.languages.push_back(std::move(*language));
    config_.syntax.used.insert(named.code);
    return {};
  }

  Result<void> read_prefixes() {
    // Hugo takes the disabled languages, which are not there, off once more.
    if (config_.rules.counts_hosts &&
        config_.languages.size() <= config_.syntax.disabled.size() + 1) {
      is_multihost_ = false;
    }
    const bool in_subdir = flag_of(root(), "defaultcontentlanguageinsubdir");
    for (std::size_t i = 0; i < config_.languages.size(); ++i) {
      const bool has_prefix = i != config_.default_language || in_subdir;
      if (has_prefix && !is_multihost_) {
        config_.languages[i].prefix = config_.languages[i].code;
      }
      config_.languages[i].folder = is_multihost_ ? "/" + config_.languages[i].code : "";
      // To Hugo a site with one language in its configuration has several.
      config_.languages[i].markup.settle_hooks(has_languages_ && !is_multihost_);
    }
    return {};
  }

  Result<void> read_flags() {
    config_.build_drafts = request_.build_drafts || flag_of(root(), "builddrafts");
    config_.build_future = request_.build_future || flag_of(root(), "buildfuture");
    config_.build_expired = request_.build_expired || flag_of(root(), "buildexpired");
    if (flag_of(root(), "enablegitinfo")) {
      config_.git_info = raw_.place(*root().find("enablegitinfo"));
    }
    return {};
  }

  Result<void> read_mounts() {
    const Value* mounts = root().find_path({"module", "mounts"});
    if (Result<void> added = add_mounts(mounts, request_.source); !added) {
      return added;
    }
    if (config_.mounts.empty()) {
      add_content_folders();
    }
    for (const Module& module : modules_.found) {
      if (module.mounts.array() == nullptr) {
        config_.mounts.push_back({module.folder / "content", "", {}, {}, {}, {}});
      } else if (Result<void> added = add_mounts(&module.mounts, module.folder); !added) {
        return added;
      }
    }
    return {};
  }

  /// Where nothing else is configured, the content is in contentDir, and in those of the languages
  /// that have one of their own.
  void add_content_folders() {
    const std::string common = text_of(root(), "contentdir", "content");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < config_.languages.size(); ++i) {
      const std::string folder = text_of(roots_[i], "contentdir", common);
      const Value* languages = root().find("languages");
      const Value* own = languages == nullptr
                             ? nullptr
                             : languages->find_path({config_.languages[i].code, "contentdir"});
      // A language that names the folder of all does not own it, since Hugo 0.123.
      const bool is_own = folder != common || (own != nullptr && !config_.rules.logical_paths);
      Mount mount{below(request_.source, folder), "", {}, {}, {}, {}};
      if (is_own) {
        mount.languages = {i};
      }
      if (seen.insert(folder + (is_own ? ":" + config_.languages[i].code : "")).second) {
        config_.mounts.push_back(std::move(mount));
      }
    }
  }

  Result<void> add_mounts(const Value* mounts, const fs::path& folder) {
    if (mounts == nullptr || mounts->array() == nullptr) {
      return {};
    }
    for (const Value& each : *mounts->array()) {
      const std::optional<std::string> target = content_target(text_of(each, "target", ""));
      if (!target) {
        continue;
      }
      Result<Mount> mount = read_mount(each, folder);
      if (!mount) {
        return tl::unexpected(mount.error());
      }
      mount->target = *target;
      config_.mounts.push_back(std::move(*mount));
    }
    return {};
  }

  Result<Mount> read_mount(const Value& value, const fs::path& folder) {
    Mount mount;
    mount.source = below(folder, text_of(value, "source", ""));
    std::vector<std::string> languages = words_of(value.find("lang"));
    const Value* sites = config_.rules.has_site_matrix ? value.find("sites") : nullptr;
    if (const Value* matrix = sites == nullptr ? nullptr : sites->find("matrix")) {
      if (const Result<void> checked = refuse_other_dimensions(*matrix); !checked) {
        return tl::unexpected(checked.error());
      }
      const std::vector<std::string> more = words_of(matrix->find("languages"));
      languages.insert(languages.end(), more.begin(), more.end());
    }
    mount.languages = indices_of(languages);
    mount.complements = indices_of(
        words_of(sites == nullptr ? nullptr : sites->find_path({"complements", "languages"})));
    if (!languages.empty() && mount.languages.empty()) {
      // Of languages that the site does not have: of none.
      mount.excluded.emplace_back("**");
    }
    for (const std::string& pattern : words_of(value.find("files"))) {
      const bool is_negated = pattern.starts_with('!');
      const std::size_t begin = is_negated ? pattern.find_first_not_of("! ") : 0;
      (is_negated ? mount.excluded : mount.included)
          .emplace_back(pattern.substr(std::min(begin, pattern.size())));
    }
    for (const auto& [key, globs] :
         {std::pair<const char*, std::vector<Glob>*>("includefiles", &mount.included),
          {"excludefiles", &mount.excluded}}) {
      for (const std::string& pattern : words_of(value.find(key))) {
        globs->emplace_back(pattern);
      }
    }
    return mount;
  }

  Result<void> refuse_other_dimensions(const Value& matrix) const {
    for (const std::string_view key : {"versions", "roles"}) {
      if (const Value* found = matrix.find(key)) {
        return raw_.wrong(*found, "found sites.matrix." + std::string(key) +
                                      ", wanted languages only: others are not supported yet");
      }
    }
    return {};
  }

  [[nodiscard]] std::vector<std::size_t> indices_of(
      const std::vector<std::string>& patterns) const {
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < config_.languages.size(); ++i) {
      if (std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
            return Glob(pattern).matches(config_.languages[i].code);
          })) {
        indices.push_back(i);
      }
    }
    return indices;
  }

  Result<void> read_unsupported() {
    for (const Value* found :
         {root().find("contenttypes"), root().find("roles"), root().find("versions")}) {
      if (found != nullptr) {
        return raw_.wrong(*found,
                          "found a setting that changes which files are pages, which is "
                          "not supported yet");
      }
    }
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

  Result<void> read_likes() {
    // Those of the default language count for all.
    const Value* likes = roots_[config_.default_language].find_path({"params", "likes"});
    if (likes == nullptr) {
      return {};
    }
    if (likes->members() == nullptr) {
      return raw_.wrong(*likes, "found " + likes->type_name() + " as params.likes, wanted a map");
    }
    if (const Value* share = likes->find("sharetranslations")) {
      if (!std::holds_alternative<bool>(share->data())) {
        return raw_.wrong(*share, "found " + share->type_name() +
                                      " as params.likes.shareTranslations, wanted true or false");
      }
      config_.likes.share_translations = share->to_bool();
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
  Modules modules_;
  const ConfigRequest& request_;
  HugoVersion version_;
  std::vector<Value> roots_;  ///< By language: the configuration with its own over it.
  bool is_multihost_ = false;
  bool has_languages_ = false;  ///< Whether any is configured.
  Config config_;
};

}  // namespace

Result<Config> load_config(const ConfigRequest& request) {
  Result<RawConfig> raw = read_config_files(request);
  if (!raw) {
    return tl::unexpected(raw.error());
  }
  Result<Modules> modules = load_modules(*raw, request);
  if (!modules) {
    return tl::unexpected(modules.error());
  }
  return ConfigReader(std::move(*raw), std::move(*modules), request).read();
}

}  // namespace likes::hugo
