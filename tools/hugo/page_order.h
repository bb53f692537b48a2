#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"

namespace likes::hugo {

/// What decides the place of a page among the others of its language.
struct Standing {
  Standing(const Page& page, std::size_t page_number)
      : number(page_number),
        weight(page.weight),
        seconds(page.date.unix_seconds()),
        title(page.link_title),
        file(page.source.file),
        place(page.source.place) {}

  std::size_t number;  ///< Which page it is.
  std::int64_t weight;
  std::int64_t seconds;  ///< Of its date.
  std::string title;
  std::string file;
  std::string place;
};

using Standings = std::vector<std::unique_ptr<Standing>>;

/// Puts them in Hugo's default order: by weight (none comes last), newest first, by title as the
/// language sorts words, by path.
void sort_standings(Standings& standings, const Language& language, const VersionRules& rules = {});

}  // namespace likes::hugo
