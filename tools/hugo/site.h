#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/date.h"
#include "tools/hugo/page.h"
#include "tools/support/progress.h"
#include "tools/support/result.h"
#include "tools/support/stamped_cache.h"

namespace likes::hugo {

/// A home page, a section or another page that lists some, as far as links lead to it.
struct Branch {
  std::size_t language = 0;
  std::string path;  ///< Its logical path; `/` for the home page.
  std::string rel_permalink;
};

struct Site {
  /// What templates see as site.RegularPages, language after language, each in Hugo's default
  /// order.
  Pages pages;
  std::vector<std::size_t> order;  ///< The same of pages that a taker was given, by their numbers.
  std::vector<Branch> branches;    ///< Those that have a file, or are a folder at the top.
  std::vector<Error> errors;       ///< One for each file that Hugo would stop at; it is left out.
  std::vector<Error> warnings;
};

/// Of the caches of pages; to be raised whenever their layout changes.
inline constexpr std::string_view kPagesMagic = "likes pages 1\n";

/// Is given the pages of a site as they are read, each with a number of its own: a large site needs
/// not be held in memory by one who asks little of it.
class PageTaker {
 public:
  virtual ~PageTaker() = default;
  /// Before all others: their numbers are below `count`.
  virtual void expect(std::size_t count) = 0;
  /// Called by many threads at a time. The page has no order and no relations yet.
  virtual void take(std::size_t number, const Page& page) = 0;
};

/// What is found out of pages and kept; to leave out what nobody asks for spares a large site half
/// of its memory.
struct Wanted {
  bool relations = true;  ///< Terms and translations, of pages that are kept.
  bool lastmod = true;    ///< By Git as well, where the site asks for that.
  bool branches = false;
  /// The names of parameters; not set: all.
  std::optional<std::set<std::string, std::less<>>> params;
  Progress* progress = nullptr;   ///< Is told of each page that has been read.
  StampedCache* cache = nullptr;  ///< Of pages: spares reading the files that are as they were.
  PageTaker* taker = nullptr;     ///< Of the pages, which the site then does not keep.
};

/// Reads all content of a site as Hugo would at the moment `now`.
[[nodiscard]] Result<Site> load_site(const Config& config, const Date& now,
                                     const Wanted& wanted = {});

}  // namespace likes::hugo
