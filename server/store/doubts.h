#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "server/likes/store.h"

namespace likes::store {

/// Likes that were sent to the database and never answered, with the ids that they were sent with.
/// When one of them is sent again and is there already, the id of what is there tells whether it is
/// that one: then its sender has not been told yet that it counts. Safe to call from many threads.
class Doubts {
 public:
  /// More ids than these are not remembered: their senders, asking again, are told that they have
  /// liked already, which is true.
  static constexpr std::size_t kMost = 20'000;

  /// `ids` are those of the likes, in their order.
  void remember(std::span<const domain::Like> likes, std::span<const std::int64_t> ids);

  /// Every id under which this like may have come in.
  [[nodiscard]] std::vector<std::int64_t> ids_of(const domain::Like& like) const;

  /// What became of these is known now. Doubts of windows before theirs are forgotten too.
  void settle(std::span<const domain::Like> likes);

 private:
  /// Window first, so that the oldest stand at the front.
  using Name = std::tuple<std::int64_t, std::string, domain::Visitor>;
  using Ids = std::map<Name, std::vector<std::int64_t>>;

  void forget(Ids::const_iterator doubt);

  mutable std::mutex mutex_;
  Ids ids_;
  std::size_t count_ = 0;  ///< Of all ids.
};

}  // namespace likes::store
