#include "tools/hugo/config_files.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tools/hugo/decoder.h"
#include "tools/hugo/unicode.h"
#include "tools/support/file_io.h"

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 8> kFileNames = {"hugo.toml",  "hugo.yaml",   "hugo.yml",
                                                   "hugo.json",  "config.toml", "config.yaml",
                                                   "config.yml", "config.json"};
constexpr const char* kEnvironmentName = "the environment";

void set_source(Value& value, std::size_t source) {
  value.source = source;
  if (value.array() != nullptr) {
    for (Value& each : *value.array()) {
      set_source(each, source);
    }
  } else if (value.members() != nullptr) {
    for (auto& [key, each] : *value.members()) {
      set_source(each, source);
    }
  }
}

/// What a variable's text stands for in the place of `old`.
Value variable_value(const std::string& text, const Value* old, const std::string& key) {
  const bool is_list = key == "disablekinds" || key == "disablelanguages" || key == "ignorefiles" ||
                       key == "ignorelogs";
  const bool is_structure =
      (old != nullptr && (old->array() != nullptr || old->members() != nullptr)) ||
      text.starts_with('{') || text.starts_with('[');
  if (is_structure) {
    // "[a, b]" and "{a: b}" are YAML, and JSON is YAML.
    const Result<Value> decoded = decode_yaml("v: " + text, {kEnvironmentName, 1, 0});
    if (decoded && decoded->find("v") != nullptr) {
      const Value& found = *decoded->find("v");
      if (found.array() != nullptr || found.members() != nullptr) {
        return found;
      }
    }
  }
  if (!is_list && (old == nullptr || old->array() == nullptr)) {
    return Value(text);
  }
  std::string words = text;
  std::replace(words.begin(), words.end(), ',', ' ');
  Value::Array list;
  for (std::string& word : Value(words).to_words()) {
    list.emplace_back(std::move(word));
  }
  return Value(std::move(list));
}

/// HUGO_PARAMS_LIKES_SECTIONS sets params.likes.sections; the character after HUGO is what parts
/// the keys, so HUGOxPARAMSxA_B sets params.a_b.
void apply_variable(Value& root, const std::string& name, const std::string& text,
                    std::size_t source) {
  const char delimiter = name[4];
  std::vector<std::string> keys;
  for (std::size_t at = 5; at <= name.size();) {
    const std::size_t end = std::min(name.find(delimiter, at), name.size());
    keys.push_back(to_lower(std::string_view(name).substr(at, end - at)));
    at = end + 1;
  }
  Value* parent = &root;
  for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
    Value* next = parent->find(keys[i]);
    if (next == nullptr || next->members() == nullptr) {
      parent->set(keys[i], Value::map());
      next = parent->find(keys[i]);
    }
    parent = next;
  }
  Value value = variable_value(text, parent->find(keys.back()), keys.back());
  set_source(value, source);
  parent->set(keys.back(), std::move(value));
}

bool is_hugo_variable(const std::string& name) {
  const bool has_key = name.starts_with("HUGO") && name.size() > 5;
  // HUGOx…: a letter as the delimiter is a small one, or HUGOISH would count.
  return has_key && !(name[4] >= 'A' && name[4] <= 'Z') && name != "HUGO_ENVIRONMENT" &&
         name != "HUGO_ENV";
}

/// hugo.toml, hugo.yaml …, config.json in `folder`, or nothing.
std::optional<fs::path> find_config_file(const fs::path& folder) {
  for (const char* name : kFileNames) {
    std::error_code code;
    if (fs::is_regular_file(folder / name, code)) {
      return (folder / name).lexically_normal();
    }
  }
  return std::nullopt;
}

/// Reads one file by the format that its extension names.
Result<Value> decode_config_file(const fs::path& file) {
  const Result<std::string> text = read_file(file, kMaxConfigBytes);
  if (!text) {
    return tl::unexpected(text.error());
  }
  const Location start{file.string(), 1, 0};
  const std::string extension = to_lower(file.extension().string());
  if (extension == ".toml") {
    return decode_toml(*text, start);
  }
  if (extension == ".yaml" || extension == ".yml") {
    return decode_yaml(*text, start);
  }
  if (extension == ".json") {
    return decode_json(*text, start);
  }
  return fail(ErrorCode::kInvalid,
              "found a configuration called '" + extension + "', wanted .toml, .yaml or .json",
              {file.string()});
}

Result<Value> read_config_file(RawConfig& raw, const fs::path& file) {
  Result<Value> value = decode_config_file(file);
  if (value) {
    set_source(*value, raw.files.size());
    raw.files.push_back(file.string());
    rename_key(*value, "menu", "menus");
  }
  return value;
}

/// The file params.fr.toml is about languages.fr.params, module.toml about module, hugo.toml about
/// all.
Value placed_by_name(const std::string& stem, Value value) {
  if (stem == "hugo" || stem == "config") {
    return value;
  }
  const std::size_t dot = stem.rfind('.');
  const std::string name = to_lower(std::string_view(stem).substr(0, dot));
  std::vector<std::string> keys = {name};
  if (dot != std::string::npos) {
    keys = {"languages", to_lower(std::string_view(stem).substr(dot + 1))};
    if (name == "params") {
      keys.emplace_back("params");
    } else if (name == "menu" || name == "menus") {
      keys.emplace_back("menus");
    }
  }
  for (std::size_t i = keys.size(); i-- > 0;) {
    Value outer = Value::map();
    outer.set(keys[i], std::move(value));
    value = std::move(outer);
  }
  rename_key(value, "menu", "menus");
  return value;
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code code;
  for (fs::recursive_directory_iterator each(folder, code), end; !code && each != end;
       each.increment(code)) {
    const std::string extension = to_lower(each->path().extension().string());
    const bool is_config =
        extension == ".toml" || extension == ".yaml" || extension == ".yml" || extension == ".json";
    if (is_config && each->is_regular_file(code)) {
      files.push_back(each->path().lexically_normal());
    }
    if (files.size() > kMaxConfigFiles) {
      break;
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// What `config/_default` and `config/ENVIRONMENT` hold, over what is there.
Result<void> add_config_folder(RawConfig& raw, Value& root, const fs::path& folder,
                               const std::string& environment) {
  for (const std::string& name : {std::string("_default"), environment}) {
    const std::vector<fs::path> files = files_below(folder / name);
    if (files.size() > kMaxConfigFiles) {
      return fail(
          ErrorCode::kInvalid,
          "found more configuration files than the limit of " + std::to_string(kMaxConfigFiles),
          {(folder / name).string()});
    }
    for (const fs::path& file : files) {
      Result<Value> value = read_config_file(raw, file);
      if (!value) {
        return tl::unexpected(value.error());
      }
      merge_deep(root, placed_by_name(file.stem().string(), std::move(*value)));
    }
  }
  return {};
}

std::vector<fs::path> root_files(const ConfigRequest& request) {
  std::vector<fs::path> files;
  for (const fs::path& file : request.files) {
    files.push_back(file.is_absolute() ? file : request.source / file);
  }
  if (files.empty()) {
    if (std::optional<fs::path> found = find_config_file(request.source)) {
      files.push_back(std::move(*found));
    }
  }
  return files;
}

}  // namespace

Location RawConfig::place(const Value& value) const {
  return {value.source < files.size() ? files[value.source] : "", value.line, value.column};
}

tl::unexpected<Error> RawConfig::wrong(const Value& value, const std::string& message) const {
  return fail(ErrorCode::kInvalid, message, place(value));
}

Result<RawConfig> read_config_files(const ConfigRequest& request) {
  RawConfig raw;
  raw.root = Value::map();
  for (const fs::path& file : root_files(request)) {
    Result<Value> value = read_config_file(raw, file);
    if (!value) {
      return tl::unexpected(value.error());
    }
    merge_deep(raw.root, *value);
  }
  if (Result<void> added =
          add_config_folder(raw, raw.root, request.source / "config", request.environment);
      !added) {
    return tl::unexpected(added.error());
  }
  if (raw.files.empty()) {
    return fail(ErrorCode::kNotFound,
                "found no configuration, wanted hugo.toml, config.toml or their like here "
                "(or --config FILE)",
                {request.source.string()});
  }
  for (const auto& [name, text] : request.variables) {
    if (is_hugo_variable(name)) {
      apply_variable(raw.root, name, text, raw.files.size());
    }
  }
  raw.files.emplace_back(kEnvironmentName);
  return raw;
}

Result<Value> read_module_config(RawConfig& raw, const fs::path& folder,
                                 const std::string& environment) {
  Value root = Value::map();
  if (const std::optional<fs::path> file = find_config_file(folder)) {
    Result<Value> value = read_config_file(raw, *file);
    if (!value) {
      return value;
    }
    root = std::move(*value);
  }
  if (Result<void> added = add_config_folder(raw, root, folder / "config", environment); !added) {
    return tl::unexpected(added.error());
  }
  return root;
}

}  // namespace likes::hugo
