#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace likes::hugo {

/// A pattern for logical paths: `*` stays within an element, `**` does not, `?` is one character,
/// `[a-z]` one of a set, `{a,b}` either. Letter case does not count.
class Glob {
 public:
  explicit Glob(std::string_view pattern);
  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  std::vector<std::string> alternatives_;
};

}  // namespace likes::hugo
