#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "tools/support/result.h"

namespace likes::store {

/// Ids that a database has given out and nobody uses yet. Who knows a row's id before it is sent
/// can tell afterwards, whatever became of the answer, whether the row that is there is that one.
/// Safe to call from many threads.
class ReservedIds {
 public:
  /// Asked for so many at a time, or for more where more are needed.
  static constexpr std::size_t kAtOnce = 1024;

  /// Gives as many as are asked for, in ascending order.
  using Reserve = std::function<Result<std::vector<std::int64_t>>(std::size_t count)>;

  explicit ReservedIds(Reserve reserve) : reserve_(std::move(reserve)) {}

  /// In ascending order, and near to each other.
  [[nodiscard]] Result<std::vector<std::int64_t>> take(std::size_t count);

  /// For when the database may be another one: after a failover the same ids may be given out anew.
  void drop();

 private:
  const Reserve reserve_;
  std::mutex mutex_;
  std::deque<std::int64_t> ids_;
};

}  // namespace likes::store
