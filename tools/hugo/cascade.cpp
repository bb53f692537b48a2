#include "tools/hugo/cascade.h"

#include <algorithm>

namespace likes::hugo {
namespace {

std::optional<Glob> glob_of(const Value* value) {
  if (value == nullptr || value->to_text().empty()) {
    return std::nullopt;
  }
  return Glob(value->to_text());
}

Result<CascadeEntry> read_entry(const Value& value, const std::string& file,
                                const VersionRules& rules) {
  if (value.members() == nullptr) {
    return fail(ErrorCode::kInvalid,
                "found " + value.type_name() + " as a cascade, wanted a map or a list of maps",
                {file, value.line, value.column});
  }
  Result<CascadeEntry> entry = read_target(value, file, rules);
  if (!entry) {
    return entry;
  }
  entry->fields = value;
  for (const char* key : {"target", "_target", "kind", "path", "lang", "cascade"}) {
    entry->fields.erase(key);
  }
  return entry;
}

bool fits(const std::optional<Glob>& glob, std::string_view text) {
  return !glob || glob->matches(text);
}

}  // namespace

bool CascadeEntry::is_for(const CascadeTarget& target) const {
  return fits(path, target.path) && fits(kind, target.kind) && fits(language, target.language) &&
         fits(environment, target.environment) &&
         (languages.empty() ||
          std::any_of(languages.begin(), languages.end(),
                      [&](const Glob& glob) { return glob.matches(target.language); }));
}

Result<CascadeEntry> read_target(const Value& value, const std::string& file,
                                 const VersionRules& rules) {
  CascadeEntry entry;
  for (const char* key : {"target", "_target"}) {
    const Value* target = value.find(key);
    if (target == nullptr || (key[0] == 't' && !rules.has_target_key)) {
      continue;
    }
    entry.path = glob_of(target->find("path"));
    entry.kind = glob_of(target->find("kind"));
    entry.language = glob_of(target->find("lang"));
    entry.environment = glob_of(target->find("environment"));
    const Value* matrix = rules.has_site_matrix ? target->find_path({"sites", "matrix"}) : nullptr;
    if (matrix == nullptr || matrix->members() == nullptr) {
      continue;
    }
    for (const auto& [dimension, names] : *matrix->members()) {
      if (dimension != "languages") {
        return fail(ErrorCode::kInvalid,
                    "found target.sites.matrix." + dimension +
                        ", wanted languages only: "
                        "others are not supported yet",
                    {file, names.line, names.column});
      }
      for (const std::string& name : names.to_words()) {
        entry.languages.emplace_back(name);
      }
    }
  }
  return entry;
}

Result<std::vector<CascadeEntry>> read_cascade_entries(const Value& value, const std::string& file,
                                                       const VersionRules& rules) {
  const Value::Array single = {value};
  const Value::Array& list = value.array() != nullptr ? *value.array() : single;
  std::vector<CascadeEntry> entries;
  for (const Value& each : list) {
    Result<CascadeEntry> entry = read_entry(each, file, rules);
    if (!entry) {
      return tl::unexpected(entry.error());
    }
    entries.push_back(std::move(*entry));
  }
  return entries;
}

void apply_cascade(Value& front_matter, const std::vector<CascadeEntry>& entries,
                   const CascadeTarget& target) {
  for (const CascadeEntry& entry : entries) {
    if (!entry.is_for(target)) {
      continue;
    }
    for (const auto& [key, value] : *entry.fields.members()) {
      // What lies below `params` is a parameter of the page like any other.
      const Value::Map* params = key == "params" ? value.members() : nullptr;
      const Value::Map single = {{key, value}};
      for (const auto& [name, field] : params != nullptr ? *params : single) {
        const bool has_param = front_matter.find_path({"params", name}) != nullptr;
        if (front_matter.find(name) == nullptr && !has_param) {
          front_matter.set(name, field);
        }
      }
    }
  }
}

}  // namespace likes::hugo
