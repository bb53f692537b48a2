#pragma once

#include <cstddef>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/date.h"
#include "tools/hugo/page.h"
#include "tools/support/result.h"

namespace likes::hugo {

inline constexpr std::size_t kMaxContentBytes = std::size_t{64} << 20;

struct Site {
  /// What templates see as site.RegularPages, language after language, each in Hugo's default
  /// order.
  std::vector<Page> pages;
  std::vector<Error> errors;  ///< One for each file that Hugo would stop at; it is left out.
  std::vector<Error> warnings;
};

/// Reads all content of a site as Hugo would at the moment `now`.
[[nodiscard]] Result<Site> load_site(const Config& config, const Date& now);

}  // namespace likes::hugo
