#pragma once

#include "tools/hugo/page.h"
#include "tools/hugo/value.h"
#include "tools/support/cache_file.h"

namespace likes::hugo {

/// A value with the places of its parts in their file.
void pack(CacheWriter& out, const Value& value);
[[nodiscard]] Value unpack_value(CacheReader& in);

/// A page but for its `source`, its `kind` and what it has to do with others: section, terms,
/// translations, order.
void pack(CacheWriter& out, const Page& page);
[[nodiscard]] std::unique_ptr<Page> unpack_page(CacheReader& in);

}  // namespace likes::hugo
