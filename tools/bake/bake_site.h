#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/formats/like_counts.h"
#include "tools/formats/posts_index.h"
#include "tools/support/result.h"

namespace likes::bake {

struct BakeOptions {
  /// Where the baked site is to appear, whole and at once; it must not exist or be an empty folder.
  /// Without one the site is baked in place.
  std::filesystem::path out = {};
  /// With `out`: whether unchanged files are hard links to those of the site, and not copies.
  bool link = true;
  /// A folder for what a run can tell the next (site_cache.h); without one every page is read.
  std::filesystem::path cache = {};
  /// The posts that there are, for most-liked lists of one section or language.
  const std::vector<formats::Post>* posts = nullptr;
};

struct BakedSite {
  std::size_t pages = 0;    ///< HTML files and feeds seen.
  std::size_t read = 0;     ///< Of these, how many had to be read; of the others the cache knew.
  std::size_t changed = 0;  ///< Of these, how many were written anew.
  std::size_t counts = 0;
  std::size_t unknown = 0;
  std::vector<std::string> redraws;  ///< Pages with a list or a trend that Hugo would draw anew.
  std::size_t judged_by_halves = 0;  ///< Lists for which `posts` is missing (redraws.h).
  std::vector<Error> problems;  ///< What was left alone, and why; in the order of the files' names.
};

/// Bakes `counts` into every page (.html, .htm) and feed (.xml, .rss, .atom, .json) below `site`;
/// their compressed forms (.gz, .br) are made anew with them, or removed where this program cannot
/// (.zst). Links are not followed.
///
/// All new pages are written to disk before the first takes its place, each by a rename. So a run
/// that is killed leaves old and new pages but no half ones, a full disk leaves the site as it was,
/// and the next run ends as if nothing had happened.
[[nodiscard]] Result<BakedSite> bake_site(const std::filesystem::path& site,
                                          const formats::LikeCounts& counts,
                                          const BakeOptions& options = {});

}  // namespace likes::bake
