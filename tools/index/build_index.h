#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/formats/posts_index.h"
#include "tools/hugo/config.h"
#include "tools/hugo/site.h"
#include "tools/support/result.h"

namespace likes::index {

struct Index {
  std::vector<formats::Post> posts;      ///< In Hugo's default order, language after language.
  std::vector<const hugo::Page*> pages;  ///< Those that the posts are made of, in the same order.
  std::vector<Error> errors;             ///< One for each page that is wrong; it is left out.
  std::vector<Error> warnings;
};

/// What build_index() asks of the pages of a site.
[[nodiscard]] hugo::Wanted what_posts_need();

/// The posts that take likes: the regular pages of the chosen sections, without those that say
/// `likes: false` and those that have no address. `sections` wins over `[params.likes] sections`.
[[nodiscard]] Result<Index> build_index(const hugo::Config& config, const hugo::Site& site,
                                        const std::optional<std::vector<std::string>>& sections);

/// All regular pages, or those of the sections, whether or not they take likes.
[[nodiscard]] Index list_pages(const hugo::Site& site,
                               const std::optional<std::vector<std::string>>& sections);

/// A post's key out of the address of its page below the site's base: `/posts/hello/` becomes
/// `posts/hello`, percent-decoded.
[[nodiscard]] std::string key_of_link(std::string_view link);

}  // namespace likes::index
