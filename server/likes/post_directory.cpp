#include "server/likes/post_directory.h"

#include <algorithm>
#include <utility>

#include "server/likes/limits.h"

namespace likes::domain {
namespace {

std::string slug_of(const std::string& key) {
  const std::size_t slash = key.rfind('/');
  return slash == std::string::npos ? key : key.substr(slash + 1);
}

std::string ambiguous(std::string_view name, const std::vector<Post>& posts,
                      const std::vector<std::size_t>& candidates) {
  std::string message = "'" + std::string(name) + "' fits several posts: ";
  const std::size_t listed = std::min(candidates.size(), kMaxCandidates);
  for (std::size_t i = 0; i < listed; ++i) {
    message += (i == 0 ? "" : ", ") + posts[candidates[i]].key;
  }
  if (candidates.size() > listed) {
    message += " and " + std::to_string(candidates.size() - listed) + " more";
  }
  return message;
}

}  // namespace

PostDirectory::PostDirectory(std::vector<Post> posts) : posts_(std::move(posts)) {
  for (std::size_t i = 0; i < posts_.size(); ++i) {
    by_key_.emplace(posts_[i].key, i);
    by_slug_[slug_of(posts_[i].key)].push_back(i);
    for (const std::string& alias : posts_[i].aliases) {
      by_alias_.emplace(alias, i);
    }
  }
}

Result<const Post*> PostDirectory::find(std::string_view name) const {
  const std::string wanted(name);
  if (const auto key = by_key_.find(wanted); key != by_key_.end()) {
    return &posts_[key->second];
  }
  if (const auto alias = by_alias_.find(wanted); alias != by_alias_.end()) {
    return &posts_[alias->second];
  }
  const auto slug = by_slug_.find(wanted);
  if (slug == by_slug_.end()) {
    return fail(ErrorCode::kNotFound, "found '" + wanted + "', wanted a post's key or slug");
  }
  if (slug->second.size() > 1) {
    return fail(ErrorCode::kAmbiguous, ambiguous(name, posts_, slug->second));
  }
  return &posts_[slug->second.front()];
}

}  // namespace likes::domain
