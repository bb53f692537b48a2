#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace likes {

/// One line on a terminal that says how far a long run is: `likes bake: 1200 of 10000 pages`.
/// On a pipe, or when the run is over at once, nothing is printed. Threads may step side by side.
class Progress {
 public:
  Progress(std::string label, std::string unit, std::size_t total = 0);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Tells the total where it was not known yet, before the first step().
  void expect(std::size_t total) { total_ = total; }
  void step();

 private:
  std::string label_;
  std::string unit_;
  std::size_t total_;
  std::atomic<std::size_t> done_ = 0;
  bool on_terminal_;
  std::mutex mutex_;  ///< What is below belongs to who holds it.
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace likes
