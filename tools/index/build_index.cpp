#include "tools/index/build_index.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "tools/hugo/link.h"
#include "tools/support/parallel.h"
#include "tools/support/twins.h"
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

enum class Form { kPosts, kLines };

/// Makes entries of pages as they come, and an index of the entries.
class IndexBuilder : public hugo::PageTaker {
 public:
  IndexBuilder(const hugo::Config& config, const Sections& sections, Form form)
      : config_(config), sections_(sections ? sections : config.likes.sections), form_(form) {}

  void expect(std::size_t count) override { made_.resize(count); }

  void take(std::size_t number, const Page& page) override {
    Made& made = made_[number];
    Result<std::unique_ptr<Entry>> entry = make_entry(page);
    if (!entry) {
      made.error = std::make_unique<Error>(std::move(entry.error()));
    } else if (*entry != nullptr && (**entry).key.empty()) {
      made.is_warning = true;
      made.error = std::make_unique<Error>(
          Error{ErrorCode::kInvalid,
                "found a page at the site's root, which has no key of its own: left out "
                "(likes.key can give it one)",
                page.place()});
    } else if (*entry != nullptr) {
      made.entry = std::move(*entry);
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
    refuse_twins(order);
    Index index;
    index.errors = site.errors;
    index.warnings = site.warnings;
    for (const std::size_t number : order) {
      Made& made = made_[number];
      if (made.error != nullptr) {
        (made.is_warning ? index.warnings : index.errors).push_back(std::move(*made.error));
      } else if (made.entry != nullptr) {
        index.entries.push_back(std::move(made.entry));
      }
    }
    return index;
  }

 private:
  struct Made {
    std::unique_ptr<Entry> entry;  ///< None where the page takes no likes.
    std::unique_ptr<Error> error;  ///< Why there is none, or why it is left out.
    bool is_warning = false;
  };

  [[nodiscard]] Result<std::unique_ptr<Entry>> make_entry(const Page& page) const {
    if (!is_in(page, sections_) || page.link.empty() || !page.has_html()) {
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
    formats::Post post = make_post(page, key, config_.languages[page.source.language]);
    std::unique_ptr<Entry> entry = std::make_unique<Entry>();
    entry->key = std::move(key);
    entry->place = page.source.place;
    if (form_ == Form::kLines) {
      entry->line = formats::write_post(post);
    } else {
      entry->post = std::make_unique<formats::Post>(std::move(post));
    }
    return entry;
  }

  /// Of several posts of one key the first has it.
  void refuse_twins(const std::vector<std::size_t>& order) {
    std::vector<Made*> good;
    for (const std::size_t number : order) {
      if (made_[number].entry != nullptr) {
        good.push_back(&made_[number]);
      }
    }
    for (const Twins& twins : find_twins(
             good.size(),
             [&](std::size_t i) { return std::hash<std::string>()(good[i]->entry->key); },
             [&](std::size_t i, std::size_t j) {
               return good[i]->entry->key == good[j]->entry->key;
             })) {
      Made& later = *good[twins.later];
      later.error = std::make_unique<Error>(Error{
          ErrorCode::kInvalid,
          "found the key '" + later.entry->key + "' a second time, " +
              good[twins.first]->entry->place + " has it already (likes.key can tell them apart)",
          {later.entry->place}});
    }
  }

  const hugo::Config& config_;
  Sections sections_;
  Form form_;
  std::vector<Made> made_;
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

/// Reads a site for a builder, without keeping its pages.
Result<Index> read(const hugo::Config& config, const hugo::Date& now, hugo::Wanted wanted,
                   IndexBuilder builder) {
  if (Result<void> checked = check_base_url(config); !checked) {
    return tl::unexpected(checked.error());
  }
  wanted.taker = &builder;
  const Result<hugo::Site> site = hugo::load_site(config, now, wanted);
  if (!site) {
    return tl::unexpected(site.error());
  }
  return builder.finish(site->order, *site);
}

}  // namespace

std::string key_of_link(std::string_view link) {
  const std::string_view path = link.substr(0, link.find('?'));
  if (path.find('%') == std::string_view::npos) {
    return trim_slashes(path);
  }
  const Result<std::string> decoded = percent_decode(path);
  return trim_slashes(decoded ? std::string_view(*decoded) : path);
}

bool is_in(const Page& page, const Sections& sections) {
  return !sections ||
         std::find(sections->begin(), sections->end(), page.section) != sections->end();
}

hugo::Wanted what_posts_need() {
  hugo::Wanted wanted;
  wanted.relations = false;
  wanted.lastmod = false;
  wanted.params = {"featuredimage", "likes", "tags"};
  return wanted;
}

Result<Index> read_index(const hugo::Config& config, const hugo::Date& now) {
  return read(config, now, what_posts_need(), IndexBuilder(config, std::nullopt, Form::kPosts));
}

Result<Index> read_index_lines(const hugo::Config& config, const hugo::Date& now,
                               const Sections& sections, hugo::Wanted wanted) {
  return read(config, now, std::move(wanted), IndexBuilder(config, sections, Form::kLines));
}

Result<Index> build_index(const hugo::Config& config, const hugo::Site& site,
                          const Sections& sections) {
  if (Result<void> checked = check_base_url(config); !checked) {
    return tl::unexpected(checked.error());
  }
  IndexBuilder builder(config, sections, Form::kPosts);
  builder.take_all(site.pages);
  std::vector<std::size_t> order(site.pages.size());
  std::iota(order.begin(), order.end(), 0);
  return builder.finish(order, site);
}

std::vector<formats::Post> take_posts(Index&& index) {
  std::vector<formats::Post> posts;
  posts.reserve(index.entries.size());
  for (const std::unique_ptr<Entry>& entry : index.entries) {
    posts.push_back(std::move(*entry->post));
  }
  return posts;
}

}  // namespace likes::index
