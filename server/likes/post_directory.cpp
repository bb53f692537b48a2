#include "server/likes/post_directory.h"

#include <algorithm>
#include <span>
#include <utility>

#include "server/likes/limits.h"

namespace likes::domain {
namespace {

std::string_view slug_of(std::string_view key) {
  return key.substr(key.rfind('/') + 1);
}

/// Those of the sorted `places` whose name is this one.
template <class Place, class NameOf>
std::span<const Place> places_of(const std::vector<Place>& places, std::string_view name,
                                 NameOf name_of) {
  const auto first = std::lower_bound(
      places.begin(), places.end(), name,
      [&](const Place& place, std::string_view wanted) { return name_of(place) < wanted; });
  auto last = first;
  while (last != places.end() && name_of(*last) == name) {
    ++last;
  }
  return {first, last};
}

/// Of equal names the first in the list stays first.
template <class Place, class NameOf>
void sort_by_name(std::vector<Place>& places, NameOf name_of) {
  std::stable_sort(places.begin(), places.end(), [&](const Place& left, const Place& right) {
    return name_of(left) < name_of(right);
  });
}

std::string ambiguous(std::string_view name, const std::vector<Post>& posts,
                      std::span<const std::uint32_t> candidates) {
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
  for (std::uint32_t i = 0; i < posts_.size(); ++i) {
    by_key_.push_back(i);
    for (std::uint32_t alias = 0; alias < posts_[i].aliases.size(); ++alias) {
      by_alias_.push_back({i, alias});
    }
  }
  by_slug_ = by_key_;
  sort_by_name(by_key_, [this](std::uint32_t i) { return std::string_view(posts_[i].key); });
  sort_by_name(by_slug_, [this](std::uint32_t i) { return slug_of(posts_[i].key); });
  sort_by_name(by_alias_, [this](const AliasPlace& place) {
    return std::string_view(posts_[place.post].aliases[place.alias]);
  });
}

Result<const Post*> PostDirectory::find(std::string_view name) const {
  const auto keys =
      places_of(by_key_, name, [this](std::uint32_t i) { return std::string_view(posts_[i].key); });
  if (!keys.empty()) {
    return &posts_[keys.front()];
  }
  const auto aliases = places_of(by_alias_, name, [this](const AliasPlace& place) {
    return std::string_view(posts_[place.post].aliases[place.alias]);
  });
  if (!aliases.empty()) {
    return &posts_[aliases.front().post];
  }
  const auto slugs =
      places_of(by_slug_, name, [this](std::uint32_t i) { return slug_of(posts_[i].key); });
  if (slugs.empty()) {
    return fail(ErrorCode::kNotFound,
                "found '" + std::string(name) + "', wanted a post's key or slug");
  }
  if (slugs.size() > 1) {
    return fail(ErrorCode::kAmbiguous, ambiguous(name, posts_, slugs));
  }
  return &posts_[slugs.front()];
}

}  // namespace likes::domain
