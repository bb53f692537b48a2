#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/formats/posts_index.h"
#include "tools/hugo/config.h"
#include "tools/hugo/site.h"
#include "tools/support/result.h"

namespace likes::index {

/// A page that takes likes.
struct Entry {
  std::string key;
  std::string place;                    ///< The page's file.
  std::string line;                     ///< The post as it is written, or else
  std::unique_ptr<formats::Post> post;  ///< the post itself.
  const hugo::Page* page = nullptr;     ///< Where the site keeps its pages.
};

struct Index {
  /// In Hugo's default order, language after language.
  std::vector<std::unique_ptr<Entry>> entries;
  std::vector<Error> errors;  ///< The site's, and one for each page that is wrong: it is left out.
  std::vector<Error> warnings;
};

/// The sections whose pages take likes; without them those of `[params.likes] sections`, else all.
using Sections = std::optional<std::vector<std::string>>;

[[nodiscard]] bool is_in(const hugo::Page& page, const Sections& sections);

/// What an index asks of the pages of a site.
[[nodiscard]] hugo::Wanted what_posts_need();

/// The posts of a site that take likes: the regular pages of the chosen sections, without those
/// that say `likes: false` and those that have no address.
[[nodiscard]] Result<Index> read_index(const hugo::Config& config, const hugo::Date& now);

/// The same of posts as they are written, which takes half of the memory. `wanted` is
/// what_posts_need(), or more.
[[nodiscard]] Result<Index> read_index_lines(const hugo::Config& config, const hugo::Date& now,
                                             const Sections& sections = std::nullopt,
                                             hugo::Wanted wanted = what_posts_need());

/// The posts of a site that has been read, and keeps its pages.
[[nodiscard]] Result<Index> build_index(const hugo::Config& config, const hugo::Site& site,
                                        const Sections& sections = std::nullopt);

/// Takes the posts out of an index.
[[nodiscard]] std::vector<formats::Post> take_posts(Index&& index);

/// A post's key out of the address of its page below the site's base: `/posts/hello/` becomes
/// `posts/hello`, percent-decoded.
[[nodiscard]] std::string key_of_link(std::string_view link);

}  // namespace likes::index
