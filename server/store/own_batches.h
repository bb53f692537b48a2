#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_set>

#include "server/likes/store.h"

namespace likes::store {

/// Those transactions of likes of this process whose senders are answered, each by the id of its
/// first like: to hear of them is no news. Safe to call from many threads.
class OwnBatches {
 public:
  /// When more are noted than this, which is when nothing is heard any more, all are forgotten:
  /// then what they did is read once more.
  static constexpr std::size_t kMost = 4096;

  void note(std::int64_t first_id);

  /// Takes them out of what was heard, each once.
  void leave_out(domain::Changes& changes);

 private:
  std::mutex mutex_;
  std::unordered_set<std::int64_t> noted_;
};

}  // namespace likes::store
