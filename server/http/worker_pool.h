#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace likes::http {

/// Threads for what has to wait. There are as many as were ever needed at once, up to a bound.
class WorkerPool {
 public:
  WorkerPool(std::size_t max_threads, std::size_t max_waiting);
  /// Finishes what runs; what still waits is dropped.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Runs it soon; false when all threads are busy and as many as may wait do so already.
  [[nodiscard]] bool run(std::function<void()> task);

 private:
  void work();

  std::size_t max_threads_;
  std::size_t max_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::size_t free_ = 0;
  std::deque<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
};

}  // namespace likes::http
