#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/date.h"
#include "tools/hugo/page_path.h"
#include "tools/support/result.h"

namespace likes::hugo {

inline constexpr std::size_t kMaxContentFiles = 2'000'000;
inline constexpr std::size_t kMaxFolderDepth = 100;

struct ContentFile {
  std::string file;   ///< Below the content, mounts applied, in the file system's spelling.
  std::string place;  ///< Where it is, for opening it and for messages.
  PagePath path;
  std::size_t language = 0;  ///< By index.
  std::size_t mount = 0;
  std::int64_t modified = 0;  ///< Nanoseconds since 1970; 0 where no date asks for it.
  Date committed;             ///< Zero where Git was not asked or does not know it.
  /// Of a bundle and a single file for one page the other one, `a.md` beside `a/index.md`: where
  /// that is not built, this one is not there either. Since Hugo 0.153, which also takes what an
  /// earlier mount has; before, the bundle.
  std::shared_ptr<const ContentFile> rival;
};

/// Large ones, which are let go one by one as pages are made of them.
using ContentFiles = std::vector<std::unique_ptr<ContentFile>>;

struct Content {
  ContentFiles pages;     ///< Single pages and leaf bundles, one for each path, by depth.
  ContentFiles branches;  ///< _index files, in each language outermost first.
  std::vector<Error> warnings;
};

/// Finds the files that Hugo makes pages of. A missing content folder is an empty site.
[[nodiscard]] Result<Content> walk_content(const Config& config);

}  // namespace likes::hugo
