#pragma once

#include <string_view>

#include "tools/hugo/page.h"

namespace likes::hugo {

/// Hugo's default order: by weight (none comes last), newest first, by title, by path. Titles are
/// compared by letter without case and accents first; of the rules of single languages none is
/// followed.
[[nodiscard]] bool is_before(const Page& left, const Page& right);

/// Below 0, 0 or above 0.
[[nodiscard]] int compare_titles(std::string_view left, std::string_view right);

}  // namespace likes::hugo
