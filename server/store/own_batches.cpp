#include "server/store/own_batches.h"

#include <vector>

namespace likes::store {

void OwnBatches::note(std::int64_t first_id) {
  const std::lock_guard lock(mutex_);
  if (noted_.size() == kMost) {
    noted_.clear();
  }
  noted_.insert(first_id);
}

void OwnBatches::leave_out(domain::Changes& changes) {
  const std::lock_guard lock(mutex_);
  if (changes.everything) {
    // All is read anew, perhaps of another server of a cluster, where ids begin anew as well.
    noted_.clear();
    return;
  }
  std::erase_if(changes.given, [this](const domain::Changes::Given& given) {
    return noted_.erase(given.first) > 0;
  });
}

}  // namespace likes::store
