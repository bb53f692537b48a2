#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/glob.h"
#include "tools/hugo/hugo_version.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// Whom a cascade is being asked for.
struct CascadeTarget {
  std::string_view path;  ///< `/posts/hello`
  std::string_view kind;  ///< `page`, `section`, `home`
  std::string_view language;
  std::string_view environment;
};

/// Front matter that a section, or the configuration, hands down to the pages below it.
struct CascadeEntry {
  std::optional<Glob> path;
  std::optional<Glob> kind;
  std::optional<Glob> language;
  std::optional<Glob> environment;
  std::vector<Glob> languages;  ///< Of `sites.matrix`: one of them must fit; none: all do.
  Value fields;                 ///< A map.

  [[nodiscard]] bool is_for(const CascadeTarget& target) const;
};

/// Reads the value of a `cascade` key, one map or a list of them. `file` is for messages.
[[nodiscard]] Result<std::vector<CascadeEntry>> read_cascade_entries(
    const Value& value, const std::string& file, const VersionRules& rules = {});

/// An entry's target alone: whom a map with `target` in it is for.
[[nodiscard]] Result<CascadeEntry> read_target(const Value& value, const std::string& file,
                                               const VersionRules& rules);

/// Gives a page's front matter the fields that it lacks: an earlier entry wins over a later one.
void apply_cascade(Value& front_matter, const std::vector<CascadeEntry>& entries,
                   const CascadeTarget& target);

}  // namespace likes::hugo
