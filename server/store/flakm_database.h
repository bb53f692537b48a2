#pragma once

#include <string>
#include <vector>

#include "server/likes/page_names.h"
#include "tools/support/result.h"

namespace likes::store {

/// The likes of the original blog, by post and day, read from its own PostgreSQL database, which
/// stays as it is. The newer blog counts likes from the fediverse as well; so they are here too.
[[nodiscard]] Result<std::vector<domain::PageLikes>> read_flakm_database(
    const std::string& database_url);

}  // namespace likes::store
