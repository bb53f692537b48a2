#include "server/app/listed_posts.h"

#include <algorithm>
#include <functional>
#include <future>
#include <set>
#include <utility>

#include "tools/formats/posts_index.h"
#include "tools/support/ascii.h"
#include "tools/support/file_io.h"
#include "tools/support/url.h"

namespace likes::app {
namespace {

/// Browsers send host names in lower case.
std::vector<std::string> origins_of(const std::vector<domain::Post>& posts) {
  std::set<std::string> origins;
  for (const domain::Post& post : posts) {
    if (const Result<Url> url = parse_url(post.url); url) {
      std::string origin = url->origin();
      std::transform(origin.begin(), origin.end(), origin.begin(), lower_ascii<char>);
      origins.insert(std::move(origin));
    }
  }
  return {origins.begin(), origins.end()};
}

Result<std::vector<formats::Post>> read_entries(const std::filesystem::path& file,
                                                std::size_t& digest) {
  const Result<std::string> json = read_file(file, formats::kMaxIndexBytes);
  if (!json) {
    return tl::unexpected<Error>(json.error());
  }
  digest = std::hash<std::string>()(*json);
  return formats::read_posts_index(*json, file.string());
}

}  // namespace

Result<ListedPosts> read_listed_posts(const std::filesystem::path& file) {
  std::size_t digest = 0;
  // Reading takes ten times the memory of what is kept of it. In a thread of its own it takes that
  // from a heap of its own, which can be given back whole, without holes where something is kept.
  const Result<std::vector<formats::Post>> entries =
      std::async(std::launch::async, [&] { return read_entries(file, digest); }).get();
  if (!entries) {
    return tl::unexpected<Error>(entries.error());
  }
  ListedPosts listed;
  listed.digest = digest;
  listed.posts.reserve(entries->size());
  for (const formats::Post& entry : *entries) {
    listed.posts.push_back({entry.key, entry.url, entry.aliases});
  }
  listed.origins = origins_of(listed.posts);
  return listed;
}

}  // namespace likes::app
