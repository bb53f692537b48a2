#include "server/http/worker_pool.h"

#include <utility>

namespace likes::http {

WorkerPool::WorkerPool(std::size_t max_threads, std::size_t max_waiting)
    : max_threads_(max_threads), max_waiting_(max_waiting) {}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    thread.join();
  }
}

bool WorkerPool::run(std::function<void()> task) {
  const std::lock_guard lock(mutex_);
  if (free_ <= waiting_.size()) {
    if (threads_.size() < max_threads_) {
      threads_.emplace_back([this] { work(); });
    } else if (waiting_.size() >= max_waiting_) {
      return false;
    }
  }
  waiting_.push_back(std::move(task));
  changed_.notify_one();
  return true;
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++free_;
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    --free_;
    if (stopping_) {
      return;
    }
    const std::function<void()> task = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    task();
    lock.lock();
  }
}

}  // namespace likes::http
