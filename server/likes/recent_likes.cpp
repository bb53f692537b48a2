#include "server/likes/recent_likes.h"

#include <functional>

namespace likes::domain {

std::size_t RecentLikes::EntryHash::operator()(const Entry& entry) const noexcept {
  return VisitorHasher{}(entry.visitor) ^ (entry.key * 0x9e3779b97f4a7c15U);
}

RecentLikes::Entry RecentLikes::entry_of(const std::string& key, const Visitor& visitor) {
  return {std::hash<std::string>{}(key), visitor};
}

void RecentLikes::replace(const std::vector<GivenLike>& likes, bool all) {
  windows_.clear();
  size_ = 0;
  all_ = all;
  for (const GivenLike& like : likes) {
    add(like);
  }
}

void RecentLikes::add(const GivenLike& like) {
  if (size_ == capacity_) {
    all_ = false;
    return;
  }
  size_ += windows_[like.window].insert(entry_of(like.key, like.visitor)).second ? 1 : 0;
}

void RecentLikes::remove(const GivenLike& like) {
  if (const auto window = windows_.find(like.window); window != windows_.end()) {
    size_ -= window->second.erase(entry_of(like.key, like.visitor));
  }
}

void RecentLikes::forget(std::int64_t before_window) {
  while (!windows_.empty() && windows_.begin()->first < before_window) {
    size_ -= windows_.begin()->second.size();
    windows_.erase(windows_.begin());
  }
}

std::optional<bool> RecentLikes::liked(const std::string& key, const Visitor& visitor,
                                       std::int64_t window) const {
  const auto likes = windows_.find(window);
  if (likes != windows_.end() && likes->second.contains(entry_of(key, visitor))) {
    return true;
  }
  return all_ ? std::optional(false) : std::nullopt;
}

}  // namespace likes::domain
