#include "tools/hugo/modules.h"

#include <set>
#include <string>

#include "tools/hugo/config_merge.h"

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;

class ModuleLoader {
 public:
  ModuleLoader(RawConfig& raw, const ConfigRequest& request) : raw_(raw), request_(request) {
    const Value* folder = raw.root.find("themesdir");
    themes_ = request.source / (folder == nullptr ? "themes" : folder->to_text());
  }

  Result<Modules> load() {
    const Value root = raw_.root;
    if (Result<void> loaded = load_imports_of(root); !loaded) {
      return tl::unexpected(loaded.error());
    }
    return std::move(modules_);
  }

 private:
  struct Import {
    std::string path;
    const Value* place = nullptr;
    const Value* mounts = nullptr;
    bool takes_config = true;
    bool takes_imports = true;
    bool takes_mounts = true;
  };

  static std::vector<Import> imports_of(const Value& config) {
    const auto is_set = [](const Value& map, const char* key) {
      const Value* value = map.find(key);
      return value != nullptr && value->to_bool();
    };
    std::vector<Import> imports;
    const Value* written = config.find_path({"module", "imports"});
    const Value::Array none;
    // A reference to the list itself: what points into it outlives this function.
    const Value::Array& list =
        written != nullptr && written->array() != nullptr ? *written->array() : none;
    for (const Value& each : list) {
      const Value* path = each.find("path");
      if (path != nullptr && !is_set(each, "disable")) {
        imports.push_back({path->to_text(), nullptr, each.find("mounts"),
                           !is_set(each, "ignoreconfig"), !is_set(each, "ignoreimports"),
                           !is_set(each, "nomounts")});
      }
    }
    if (const Value* themes = config.find("theme")) {
      for (const std::string& name : themes->to_words()) {
        imports.push_back({name, themes, nullptr, true, true, true});
      }
    }
    return imports;
  }

  [[nodiscard]] fs::path folder_of(const std::string& path) const {
    std::error_code code;
    const bool is_inside = !path.empty() && path.find("..") == std::string::npos;
    for (const fs::path& folder : {request_.source / "_vendor" / path, themes_ / path}) {
      if (is_inside && fs::is_directory(folder, code)) {
        return folder.lexically_normal();
      }
    }
    return {};
  }

  Result<void> load_imports_of(const Value& config) {
    const Value* written = config.find_path({"module", "imports"});
    for (const Import& import : imports_of(config)) {
      if (!seen_.insert(import.path).second || seen_.size() > kMaxModules) {
        continue;
      }
      const fs::path folder = folder_of(import.path);
      if (folder.empty()) {
        const bool is_theme = import.place != nullptr;
        modules_.warnings.push_back({ErrorCode::kInvalid,
                                     std::string("found no folder of the ") +
                                         (is_theme ? "theme '" : "module '") + import.path +
                                         "': whether it brings content along is not known",
                                     raw_.place(is_theme ? *import.place : *written)});
        continue;
      }
      if (Result<void> loaded = load_module(import, folder); !loaded) {
        return loaded;
      }
    }
    return {};
  }

  Result<void> load_module(const Import& import, const fs::path& folder) {
    const Result<Value> config = read_module_config(raw_, folder, request_.environment);
    if (!config) {
      return tl::unexpected(config.error());
    }
    if (import.takes_config) {
      merge_theme(raw_.root, *config);
    }
    if (import.takes_mounts) {
      const Value* own = config->find_path({"module", "mounts"});
      const Value* mounts = import.mounts != nullptr ? import.mounts : own;
      modules_.found.push_back({folder, mounts == nullptr ? Value() : *mounts});
    }
    return import.takes_imports ? load_imports_of(*config) : Result<void>();
  }

  RawConfig& raw_;
  const ConfigRequest& request_;
  fs::path themes_;
  std::set<std::string> seen_;
  Modules modules_;
};

}  // namespace

Result<Modules> load_modules(RawConfig& raw, const ConfigRequest& request) {
  return ModuleLoader(raw, request).load();
}

}  // namespace likes::hugo
