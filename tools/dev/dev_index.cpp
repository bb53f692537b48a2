#include "tools/dev/dev_index.h"

#include <optional>

#include "tools/formats/posts_index.h"
#include "tools/index/build_index.h"

namespace likes::dev {
namespace {

void append(std::vector<Error>& to, const std::vector<Error>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

Result<hugo::Config> load_dev_config(const index::SiteOptions& options, int port) {
  Result<hugo::Config> config = hugo::load_config(index::make_request(options));
  if (config) {
    // As `hugo server` does it; a like without JavaScript is answered with this address.
    for (hugo::Language& language : config->languages) {
      language.base_url = "http://localhost:" + std::to_string(port) + language.base_path;
    }
  }
  return config;
}

std::vector<std::filesystem::path> config_files(const index::SiteOptions& options) {
  const std::filesystem::path source = options.source;
  std::vector<std::filesystem::path> files;
  for (const std::string& name : index::split_commas(options.configs)) {
    files.push_back(source / name);
  }
  if (files.empty()) {
    for (const char* stem : {"hugo", "config"}) {
      for (const char* extension : {".toml", ".yaml", ".yml", ".json"}) {
        files.push_back(source / (std::string(stem) + extension));
      }
    }
  }
  return files;
}

DevIndex make_dev_index(const index::SiteOptions& options, const hugo::Config& config) {
  DevIndex made;
  append(made.warnings, config.warnings);
  const std::optional<hugo::Date> now = index::read_clock(options);
  if (!now) {
    made.errors.push_back({ErrorCode::kInvalid, index::clock_complaint(options)});
    return made;
  }
  const Result<index::Index> index = index::read_index_lines(config, *now);
  if (!index) {
    made.errors.push_back(index.error());
    return made;
  }
  append(made.errors, index->errors);
  append(made.warnings, index->warnings);
  made.posts = index->entries.size();
  const auto append = [&index](std::string& text, std::size_t i) {
    text += index->entries[i]->line;
  };
  const auto add = [&made](std::string_view text) {
    made.json += text;
    return Result<void>();
  };
  static_cast<void>(formats::write_lines(made.posts, true, append, add));
  return made;
}

}  // namespace likes::dev
