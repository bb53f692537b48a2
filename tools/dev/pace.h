#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace likes::dev {

using TimePoint = std::chrono::steady_clock::time_point;

/// A program that dies sooner after its start dies quickly.
inline constexpr std::chrono::milliseconds kQuickDeath{10'000};
/// So many quick deaths in a row are enough.
inline constexpr int kMaxQuickDeaths = 5;
inline constexpr std::chrono::milliseconds kFirstPause{250};

/// How long to wait before a program that has died is started again.
class RestartPause {
 public:
  /// Told how long it has lived this time; nothing when it is not worth another start. The pause
  /// doubles with each quick death and is short again after a long life.
  [[nodiscard]] std::optional<std::chrono::milliseconds> after(std::chrono::milliseconds lived) {
    if (lived >= kQuickDeath) {
      quick_deaths_ = 0;
      return kFirstPause;
    }
    if (++quick_deaths_ >= kMaxQuickDeaths) {
      return std::nullopt;
    }
    return kFirstPause * (1 << (quick_deaths_ - 1));
  }

 private:
  int quick_deaths_ = 0;
};

/// An editor that saves makes several changes: one answer comes after the last of them...
inline constexpr std::chrono::milliseconds kQuiet{100};
/// ...or this long after the first, while they go on.
inline constexpr std::chrono::milliseconds kMaxUnrest{400};

/// When to answer changes that come in bursts.
class Debounce {
 public:
  void note(TimePoint now) {
    first_ = is_noted_ ? first_ : now;
    last_ = now;
    is_noted_ = true;
  }
  void clear() { is_noted_ = false; }

  /// Nothing while there is no change to answer.
  [[nodiscard]] std::optional<TimePoint> due() const {
    return is_noted_ ? std::optional(std::min(last_ + kQuiet, first_ + kMaxUnrest)) : std::nullopt;
  }

 private:
  bool is_noted_ = false;
  TimePoint first_;
  TimePoint last_;
};

}  // namespace likes::dev
