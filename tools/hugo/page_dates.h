#pragma once

#include <string>

#include "tools/hugo/config.h"
#include "tools/hugo/content_walk.h"
#include "tools/hugo/date.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

struct PageDates {
  Date date;
  Date lastmod;
  Date publish_date;
  Date expiry_date;
  std::string slug_of_file_name;  ///< "" unless :filename gave a date.
};

/// Finds a page's dates by the configured chains: the first field that holds one counts.
[[nodiscard]] Result<PageDates> find_page_dates(const ContentFile& source,
                                                const Value& front_matter, const Config& config);

}  // namespace likes::hugo
