#include "tools/index/build_index.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

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

/// The former keys of a page.
std::vector<std::string> keys_of_aliases(const Page& page, const std::string& key,
                                         const hugo::Language& language) {
  std::vector<std::string> keys;
  if (page.aliases.empty()) {
    return keys;
  }
  const std::string path = key_of_link(page.link);
  const std::string prefix = language.prefix.empty() ? "" : "/" + language.prefix;
  for (const std::string& alias : page.aliases) {
    const std::string former = key_of_alias(alias, path, language.is_ugly(page.section), prefix);
    const bool is_known = std::find(keys.begin(), keys.end(), former) != keys.end();
    if (!former.empty() && former != key && !is_known) {
      keys.push_back(former);
    }
  }
  return keys;
}

formats::Post make_post(const Page& page, std::string key, const hugo::Language& language) {
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
  post.aliases = keys_of_aliases(page, key, language);
  post.key = std::move(key);
  post.lang = language.code;
  post.section = page.section;
  return post;
}

/// Makes entries of pages as they come, and an index of the entries.
class IndexBuilder : public hugo::PageTaker {
 public:
  IndexBuilder(const hugo::Config& config, const Sections& sections)
      : config_(config), sections_(sections ? sections : config.likes.sections) {}

  void expect(std::size_t count) override { made_.resize(count); }

  void take(std::size_t number, const Page& page) override {
    Result<std::unique_ptr<Entry>> entry = make_entry(page);
    if (entry) {
      made_[number].entry = std::move(*entry);
    } else {
      made_[number].error = std::make_unique<Error>(std::move(entry.error()));
    }
  }

  /// The pages stay where they are.
  void take_all(const hugo::Pages& pages) {
    expect(pages.size());
    for_each_in_parallel(pages.size(), [&](std::size_t i) {
      take(i, *pages[i]);
      if (made_[i].entry != nullptr) {
        made_[i].entry->page = pages[i].get();
      }
    });
  }

  /// The index of the pages with these numbers, which are of the site.
  Index finish(const std::vector<std::size_t>& order, const hugo::Site& site) {
    index_.errors = site.errors;
    index_.warnings = site.warnings;
    index_.entries.reserve(order.size());
    firsts_.reserve(order.size());
    for (const std::size_t number : order) {
      Made& made = made_[number];
      if (made.error != nullptr) {
        index_.errors.push_back(std::move(*made.error));
      } else if (made.entry != nullptr) {
        add(std::move(made.entry));
      }
    }
    return std::move(index_);
  }

 private:
  struct Made {
    std::unique_ptr<Entry> entry;  ///< None where the page takes no likes.
    std::unique_ptr<Error> error;
  };

  [[nodiscard]] bool is_chosen(const Page& page) const {
    return !sections_ ||
           std::find(sections_->begin(), sections_->end(), page.section) != sections_->end();
  }

  [[nodiscard]] Result<std::unique_ptr<Entry>> make_entry(const Page& page) const {
    if (!is_chosen(page) || page.link.empty() || !page.has_html()) {
      return nullptr;
    }
    const Result<LikesOfPage> likes = read_likes(page);
    if (!likes) {
      return tl::unexpected(likes.error());
    }
    if (!likes->takes_likes) {
      return nullptr;
    }
    std::string key = likes->key.empty() ? key_of_link(page.link) : likes->key;
    if (key.size() > formats::kMaxKeyBytes) {
      return fail(ErrorCode::kInvalid,
                  "found a key of " + std::to_string(key.size()) + " bytes, wanted at most " +
                      std::to_string(formats::kMaxKeyBytes),
                  page.place());
    }
    return std::make_unique<Entry>(
        Entry{make_post(page, std::move(key), config_.languages[page.source.language]),
              page.source.place});
  }

  /// Takes an entry in, unless something is wrong with its key.
  void add(std::unique_ptr<Entry> entry) {
    const std::string& key = entry->post.key;
    if (key.empty()) {
      index_.warnings.push_back({ErrorCode::kInvalid,
                                 "found a page at the site's root, which has no key of its own: "
                                 "left out (likes.key can give it one)",
                                 {entry->place}});
      return;
    }
    const auto [first, is_first] = firsts_.try_emplace(key, entry.get());
    if (is_first) {
      index_.entries.push_back(std::move(entry));
      return;
    }
    index_.errors.push_back({ErrorCode::kInvalid,
                             "found the key '" + key + "' a second time, " + first->second->place +
                                 " has it already (likes.key can tell them apart)",
                             {entry->place}});
  }

  const hugo::Config& config_;
  Sections sections_;
  std::vector<Made> made_;
  std::unordered_map<std::string_view, const Entry*> firsts_;  // By the keys of the posts.
  Index index_;
};

/// The addresses of posts begin with it.
Result<void> check_base_url(const hugo::Config& config) {
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
  return {};
}

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

Result<Index> read_index(const hugo::Config& config, const hugo::Date& now,
                         const Sections& sections, hugo::Wanted wanted) {
  if (Result<void> checked = check_base_url(config); !checked) {
    return tl::unexpected(checked.error());
  }
  IndexBuilder builder(config, sections);
  wanted.taker = &builder;
  Result<hugo::Site> site = hugo::load_site(config, now, wanted);
  if (!site) {
    return tl::unexpected(site.error());
  }
  return builder.finish(site->order, *site);
}

Result<Index> build_index(const hugo::Config& config, const hugo::Site& site,
                          const Sections& sections) {
  if (Result<void> checked = check_base_url(config); !checked) {
    return tl::unexpected(checked.error());
  }
  IndexBuilder builder(config, sections);
  builder.take_all(site.pages);
  std::vector<std::size_t> order(site.pages.size());
  std::iota(order.begin(), order.end(), 0);
  return builder.finish(order, site);
}

std::vector<formats::Post> take_posts(Index index) {
  std::vector<formats::Post> posts;
  posts.reserve(index.entries.size());
  for (const std::unique_ptr<Entry>& entry : index.entries) {
    posts.push_back(std::move(entry->post));
  }
  return posts;
}

}  // namespace likes::index
