#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "tools/hugo/content_walk.h"
#include "tools/hugo/page.h"
#include "tools/support/stamp.h"

namespace likes::hugo {

/// The pages that earlier runs have made, kept in a file of the user's cache folder: a file that is
/// as it was then is not read. Whatever else goes into a page, the configuration and the sections
/// above it, is the cache's world; in another one, or for another program, it knows nothing.
class PageCache {
 public:
  /// Takes up what `file` holds of the site.
  PageCache(std::filesystem::path file, std::filesystem::path site);
  ~PageCache();
  PageCache(const PageCache&) = delete;
  PageCache& operator=(const PageCache&) = delete;

  /// To be called before all below.
  void enter(std::string_view world);

  /// The state of a content file, to be taken before it is read.
  [[nodiscard]] static Stamp stamp(const ContentFile& file);

  /// The page that was made of the file in this state, or nothing. By many threads at a time.
  [[nodiscard]] std::unique_ptr<Page> find(const ContentFile& file, const Stamp& stamp);

  /// Keeps a page that is ready but for its terms, translations and order. By many threads
  /// likewise.
  void keep(const Page& page, const Stamp& stamp);

  /// Writes the file anew where this run has met other pages than it holds.
  void save() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace likes::hugo
