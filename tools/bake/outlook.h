#pragma once

#include <string>
#include <vector>

#include "tools/bake/redraws.h"
#include "tools/bake/site_files.h"
#include "tools/formats/like_counts.h"

namespace likes::bake {

/// What counts would change on a site that shows others. Paths are below the site, in its order.
struct Outlook {
  std::vector<std::string> pages;    ///< They show a number that differs.
  std::vector<std::string> redraws;  ///< They have a list or a trend that only Hugo can draw anew.
};

/// Told from the record alone: no file is looked at.
[[nodiscard]] Outlook look_ahead(const SiteRecord& record, const formats::LikeCounts& counts,
                                 Redraws& redraws);

}  // namespace likes::bake
