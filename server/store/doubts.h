#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "server/likes/store.h"

namespace likes::store {

/// Likes that were sent to the database in a transaction whose commit was never answered. When one
/// of them is sent again and is there already, this tells whether it is there because of that
/// transaction: then its sender has not been told yet that it counts. Safe to call from many
/// threads.
class Doubts {
 public:
  /// More than this are not remembered: their senders, asking again, are told that they have liked
  /// already, which is true.
  static constexpr std::size_t kMost = 10'000;

  void remember(const std::vector<domain::Like>& likes, const std::string& transaction);

  /// The transaction in which this like may have come in.
  [[nodiscard]] std::optional<std::string> transaction_of(const domain::Like& like) const;

  /// What became of these is known now. Doubts of windows before theirs are forgotten too.
  void settle(std::span<const domain::Like> likes);

 private:
  /// Window first, so that the oldest stand at the front.
  using Name = std::tuple<std::int64_t, std::string, domain::Visitor>;

  mutable std::mutex mutex_;
  std::map<Name, std::string> transactions_;
};

}  // namespace likes::store
