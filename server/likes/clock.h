#pragma once

#include <cstdint>

namespace likes::domain {

/// The time, so that tests can say what it is.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Seconds since 1970.
  [[nodiscard]] virtual std::int64_t now() const = 0;
};

class SystemClock : public Clock {
 public:
  [[nodiscard]] std::int64_t now() const override;
};

}  // namespace likes::domain
