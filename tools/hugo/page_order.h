#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"

namespace likes::hugo {

/// What decides the place of a page among the others of its language.
class Standing {
 public:
  /// `number` tells which page it is.
  Standing(const Page& page, std::size_t number);

  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] std::int64_t weight() const { return weight_; }
  [[nodiscard]] std::int64_t seconds() const { return seconds_; }  ///< Of its date.
  [[nodiscard]] std::string_view title() const { return text(0, title_end_); }
  [[nodiscard]] std::string_view file() const { return text(title_end_, file_end_); }
  [[nodiscard]] std::string_view place() const { return text(file_end_, texts_.size()); }

 private:
  [[nodiscard]] std::string_view text(std::size_t begin, std::size_t end) const {
    return std::string_view(texts_).substr(begin, end - begin);
  }

  std::size_t number_;
  std::int64_t weight_;
  std::int64_t seconds_;
  std::size_t title_end_;
  std::size_t file_end_;
  std::string texts_;  // One behind the other, as there are many standings.
};

/// Puts them in Hugo's default order: by weight (none comes last), newest first, by title as the
/// language sorts words, by path.
void sort_standings(std::vector<const Standing*>& standings, const Language& language,
                    const VersionRules& rules = {});

}  // namespace likes::hugo
