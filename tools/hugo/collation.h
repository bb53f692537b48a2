#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace likes::hugo {

/// The order of words in a language, by Unicode's rules and the language's own; a language without
/// rules has Unicode's.
class Collation {
 public:
  explicit Collation(const std::string& language);
  ~Collation();
  Collation(const Collation&) = delete;
  Collation& operator=(const Collation&) = delete;

  /// Bytes that compare as the texts do. Several threads may ask at once.
  [[nodiscard]] std::string key(std::string_view text) const;

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

}  // namespace likes::hugo
