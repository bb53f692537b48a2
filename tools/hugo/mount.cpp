#include "tools/hugo/mount.h"

#include <algorithm>

namespace likes::hugo {

bool Mount::takes(std::string_view path) const {
  const auto fits = [path](const Glob& glob) { return glob.matches(path); };
  return std::none_of(excluded.begin(), excluded.end(), fits) &&
         (included.empty() || std::any_of(included.begin(), included.end(), fits));
}

}  // namespace likes::hugo
