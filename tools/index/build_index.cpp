#include "tools/index/build_index.h"

#include <algorithm>
#include <unordered_map>

#include "tools/hugo/link.h"
#include "tools/support/parallel.h"
#include "tools/support/url.h"

namespace likes::index {
namespace {

using hugo::Page;
using hugo::Value;

std::string trim_slashes(std::string_view path) {
  const std::size_t begin = path.find_first_not_of('/');
  if (begin == std::string_view::npos) {
    return "";
  }
  return std::string(path.substr(begin, path.find_last_not_of('/') + 1 - begin));
}

tl::unexpected<Error> wrong(const Page& page, const Value& value, const std::string& message) {
  return fail(ErrorCode::kInvalid, message, {page.source.place, value.line, value.column});
}

/// What front matter's `likes` says about a page.
struct LikesOfPage {
  bool takes_likes = true;
  std::string key;  ///< "" for the page's own.
};

Result<LikesOfPage> read_likes(const Page& page) {
  const Value* likes = page.params.find("likes");
  if (likes == nullptr) {
    return LikesOfPage{};
  }
  if (const bool* takes = std::get_if<bool>(&likes->data())) {
    return LikesOfPage{*takes, ""};
  }
  if (likes->members() == nullptr) {
    return wrong(page, *likes,
                 "found likes with " + likes->type_name() + ", wanted false or a map with a key");
  }
  const Value* key = likes->find("key");
  if (key == nullptr) {
    return LikesOfPage{};
  }
  const std::string trimmed = key->text() == nullptr ? "" : trim_slashes(*key->text());
  if (trimmed.empty()) {
    return wrong(
        page, *key,
        "found likes.key with " + key->type_name() + ", wanted a path such as posts/hello");
  }
  return LikesOfPage{true, trimmed};
}

/// Hugo takes an alias without a leading slash as standing beside the page.
std::string key_of_alias(const std::string& alias, const std::string& page_key, bool is_ugly,
                         const std::string& prefix) {
  std::string path = prefix + alias;
  if (!alias.starts_with('/')) {
    const std::size_t slash = page_key.rfind('/');
    path = (slash == std::string::npos ? "" : page_key.substr(0, slash)) + "/" + alias;
  }
  constexpr std::string_view kIndex = "/index.html";
  std::string key = hugo::clean_path("/" + path);
  if (key.ends_with(kIndex)) {
    key.erase(key.size() - kIndex.size());
  } else if (is_ugly && !alias.ends_with('/') && !key.ends_with(".html")) {
    key += ".html";
  }
  return trim_slashes(key);
}

class IndexBuilder {
 public:
  IndexBuilder(const hugo::Config& config, const std::optional<std::vector<std::string>>& sections)
      : config_(config), sections_(sections ? sections : config.likes.sections) {}

  Index build(const hugo::Site& site) {
    std::vector<formats::Post>& posts = index_.posts;
    posts.resize(site.pages.size());
    std::vector<Result<bool>> made(posts.size());
    for_each_in_parallel(posts.size(),
                         [&](std::size_t i) { made[i] = make_post(*site.pages[i], posts[i]); });
    firsts_.reserve(posts.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < posts.size(); ++i) {
      if (!made[i]) {
        index_.errors.push_back(std::move(made[i].error()));
      } else if (*made[i] && has_own_key(*site.pages[i], posts[i])) {
        if (count != i) {
          posts[count] = std::move(posts[i]);
        }
        index_.pages.push_back(site.pages[i].get());
        firsts_.emplace(posts[count].key, site.pages[i].get());
        ++count;
      }
    }
    posts.resize(count);
    return std::move(index_);
  }

 private:
  [[nodiscard]] bool is_chosen(const Page& page) const {
    return !sections_ ||
           std::find(sections_->begin(), sections_->end(), page.section) != sections_->end();
  }

  /// Makes the post of a page; false where it takes no likes.
  [[nodiscard]] Result<bool> make_post(const Page& page, formats::Post& post) const {
    if (!is_chosen(page) || page.link.empty() || !page.has_html()) {
      return false;
    }
    const Result<LikesOfPage> likes = read_likes(page);
    if (!likes) {
      return tl::unexpected(likes.error());
    }
    if (!likes->takes_likes) {
      return false;
    }
    const std::string path = key_of_link(page.link);
    const std::string key = likes->key.empty() ? path : likes->key;
    if (key.size() > formats::kMaxKeyBytes) {
      return fail(ErrorCode::kInvalid,
                  "found a key of " + std::to_string(key.size()) + " bytes, wanted at most " +
                      std::to_string(formats::kMaxKeyBytes),
                  page.place());
    }
    post = fill_post(page, path, key);
    return true;
  }

  /// Says what is wrong with the key of a post, if anything is.
  bool has_own_key(const Page& page, const formats::Post& post) {
    if (post.key.empty()) {
      index_.warnings.push_back({ErrorCode::kInvalid,
                                 "found a page at the site's root, which has no key of its own: "
                                 "left out (likes.key can give it one)",
                                 page.place()});
      return false;
    }
    const auto first = firsts_.find(post.key);
    if (first == firsts_.end()) {
      return true;
    }
    index_.errors.push_back({ErrorCode::kInvalid,
                             "found the key '" + post.key + "' a second time, " +
                                 first->second->source.place +
                                 " has it already (likes.key can tell them apart)",
                             page.place()});
    return false;
  }

  [[nodiscard]] formats::Post fill_post(const Page& page, const std::string& path,
                                        const std::string& key) const {
    formats::Post post;
    post.title = page.title;
    post.slug = key.substr(key.rfind('/') + 1);
    post.description = page.description;
    post.date = page.date.to_rfc3339();
    if (const Value* image = page.params.find("featuredimage");
        image != nullptr && !image->to_text().empty()) {
      post.featured_image = image->to_text();
    }
    if (const Value* tags = page.params.find("tags")) {
      post.tags = tags->to_terms();
    }
    post.url = page.permalink;
    post.key = key;
    const hugo::Language& language = config_.languages[page.source.language];
    const std::string prefix = language.prefix.empty() ? "" : "/" + language.prefix;
    for (const std::string& alias : page.aliases) {
      const std::string former = key_of_alias(alias, path, language.is_ugly(page.section), prefix);
      const bool is_known =
          std::find(post.aliases.begin(), post.aliases.end(), former) != post.aliases.end();
      if (!former.empty() && former != key && !is_known) {
        post.aliases.push_back(former);
      }
    }
    post.lang = language.code;
    post.section = page.section;
    return post;
  }

  const hugo::Config& config_;
  std::optional<std::vector<std::string>> sections_;
  std::unordered_map<std::string_view, const Page*> firsts_;  // By the keys of the posts.
  Index index_;
};

}  // namespace

std::string key_of_link(std::string_view link) {
  const std::string_view path = link.substr(0, link.find('?'));
  const Result<std::string> decoded = percent_decode(path);
  return trim_slashes(decoded ? *decoded : std::string(path));
}

hugo::Wanted what_posts_need() {
  hugo::Wanted wanted;
  wanted.relations = false;
  wanted.lastmod = false;
  wanted.params = {"featuredimage", "likes", "tags"};
  return wanted;
}

Index list_pages(const hugo::Site& site, const std::optional<std::vector<std::string>>& sections) {
  Index index;
  for (const std::unique_ptr<Page>& page : site.pages) {
    if (!sections ||
        std::find(sections->begin(), sections->end(), page->section) != sections->end()) {
      index.pages.push_back(page.get());
    }
  }
  return index;
}

Result<Index> build_index(const hugo::Config& config, const hugo::Site& site,
                          const std::optional<std::vector<std::string>>& sections) {
  const hugo::Language& language = config.main_language();
  if (language.base_url == "/" || !language.has_base_url) {
    return fail(ErrorCode::kInvalid,
                "found a baseURL without a host, wanted the site's whole address such as "
                "https://example.org/ (HUGO_BASEURL can give it)",
                language.base_url_place);
  }
  if (Result<Url> base = parse_url(language.base_url); !base) {
    return fail(ErrorCode::kInvalid, "found baseURL " + base.error().message,
                language.base_url_place);
  }
  return IndexBuilder(config, sections).build(site);
}

}  // namespace likes::index
