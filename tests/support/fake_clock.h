#pragma once

#include <atomic>
#include <cstdint>

#include "server/likes/clock.h"

namespace likes::testing {

/// A clock that stands still until a test moves it.
class FakeClock : public domain::Clock {
 public:
  explicit FakeClock(std::int64_t now) : now_(now) {}

  [[nodiscard]] std::int64_t now() const override { return now_; }
  void set(std::int64_t now) { now_ = now; }
  void advance(std::int64_t seconds) { now_ += seconds; }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace likes::testing
