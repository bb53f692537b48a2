#pragma once

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"

namespace likes::hugo {

/// Puts the pages of one language in Hugo's default order: by weight (none comes last), newest
/// first, by title as the language sorts words, by path.
void sort_pages(Pages& pages, const Language& language, const VersionRules& rules = {});

}  // namespace likes::hugo
