#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "server/likes/limits.h"
#include "server/likes/store.h"

namespace likes::domain {

/// Who likes what in the windows that are not over, so that a visitor's own state need not be asked
/// of the store. Bounded: when there are too many likes, it knows some and says so.
class RecentLikes {
 public:
  explicit RecentLikes(std::size_t capacity = kMaxRemembered) : capacity_(capacity) {}

  /// Starts anew with these; `all` says whether there are no others.
  void replace(const std::vector<GivenLike>& likes, bool all);

  void add(const GivenLike& like);
  void remove(const GivenLike& like);

  /// Forgets the windows that began before this one.
  void forget(std::int64_t before_window);

  /// Whether it has every like, so that it never says nothing.
  [[nodiscard]] bool has_all() const { return all_; }

  /// Nothing where it cannot know.
  [[nodiscard]] std::optional<bool> liked(const std::string& key, const Visitor& visitor,
                                          std::int64_t window) const;

 private:
  /// A post's key by its hash: two posts would have to share 64 bits to be taken for each other.
  struct Entry {
    std::uint64_t key = 0;
    Visitor visitor;
    bool operator==(const Entry&) const = default;
  };
  struct EntryHash {
    std::size_t operator()(const Entry& entry) const noexcept;
  };
  static Entry entry_of(const std::string& key, const Visitor& visitor);

  std::size_t capacity_;
  std::size_t size_ = 0;
  bool all_ = false;
  std::map<std::int64_t, std::unordered_set<Entry, EntryHash>> windows_;
};

}  // namespace likes::domain
