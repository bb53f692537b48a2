#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tools/support/result.h"

namespace likes::bake {

/// How a web server finds a page that is compressed already: `index.html.gz` beside `index.html`.
enum class Coding { kGzip, kBrotli, kZstd };

/// ".gz", ".br", ".zst".
[[nodiscard]] std::string_view suffix_of(Coding coding);

/// Whether this program can write it: gzip always, Brotli where its library is, Zstandard never.
[[nodiscard]] bool can_compress(Coding coding);

/// The same bytes give the same bytes: no name and no time are in them.
[[nodiscard]] Result<std::string> compress(Coding coding, std::string_view bytes);

/// Whether `compressed` is `bytes`, whoever compressed it and how well.
[[nodiscard]] bool decompresses_to(Coding coding, std::string_view compressed,
                                   std::string_view bytes);

}  // namespace likes::bake
