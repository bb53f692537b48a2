#include "server/likes/page_names.h"

#include "tools/support/result.h"
#include "tools/support/url.h"

namespace likes::domain {
namespace {

/// `posts/hello` for `https://example.org/posts/hello/index.html?x#y`, `/posts/hello/` and the
/// like.
std::string path_of(std::string_view page) {
  if (const std::size_t scheme = page.find("://"); scheme != std::string_view::npos) {
    const std::size_t slash = page.find('/', scheme + 3);
    page = slash == std::string_view::npos ? "" : page.substr(slash);
  }
  page = page.substr(0, page.find_first_of("?#"));
  const Result<std::string> decoded = percent_decode(page);
  std::string path = decoded ? *decoded : std::string(page);
  if (path.ends_with("/index.html") || path == "index.html") {
    path.resize(path.size() - std::string_view("index.html").size());
  }
  const std::size_t first = path.find_first_not_of('/');
  const std::size_t last = path.find_last_not_of('/');
  return first == std::string::npos ? "" : path.substr(first, last - first + 1);
}

}  // namespace

PageNames::PageNames(const std::vector<Post>& posts) : posts_(posts) {
  for (const Post& post : posts) {
    if (std::string path = path_of(post.url); !path.empty()) {
      by_path_.emplace(std::move(path), post.key);
    }
  }
}

std::string PageNames::key_of(std::string_view page) const {
  std::string path = path_of(page);
  if (const auto post = by_path_.find(path); post != by_path_.end()) {
    return post->second;
  }
  const Result<const Post*> post = posts_.find(path);
  return post ? (*post)->key : path;
}

}  // namespace likes::domain
