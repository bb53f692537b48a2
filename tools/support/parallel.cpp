#include "tools/support/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "tools/support/large_pages.h"

namespace likes {
namespace {

/// Items that a thread takes at once: enough to make the taking cheap, few enough that the last
/// ones keep all threads busy.
constexpr std::size_t kChunk = 4;
constexpr std::size_t kRoundsOfOneHeap = 256;  // About, with some kilobytes for each item.
constexpr std::size_t kRoundsWithout = 16;     // Of small pages: a short call needs no more.
constexpr std::size_t kMaxThreads = 16;        // More would only wait for the same disk.

constexpr std::size_t kCacheLine = 64;  // What one thread writes there, others wait for.

/// The items that one thread begins with.
struct alignas(kCacheLine) Stretch {
  std::atomic<std::size_t> next = 0;
  std::size_t end = 0;
};

/// The items of all threads. Each takes those of its own stretch, then what is left of the others'.
/// So what one call makes of an item is most often used up by the same thread in the next: memory
/// that another thread gives back makes both wait for each other.
class Stretches {
 public:
  Stretches(std::size_t count, std::size_t threads) : stretches_(threads) {
    for (std::size_t i = 0; i < threads; ++i) {
      stretches_[i].next = count * i / threads;
      stretches_[i].end = count * (i + 1) / threads;
    }
  }

  /// Calls `work` for items until none is left.
  void run(std::size_t thread, const std::function<void(std::size_t)>& work) {
    std::size_t round = 0;
    for (std::size_t i = 0; i < stretches_.size(); ++i) {
      Stretch& stretch = stretches_[(thread + i) % stretches_.size()];
      for (std::size_t begin = stretch.next.fetch_add(kChunk); begin < stretch.end;
           begin = stretch.next.fetch_add(kChunk)) {
        if (round++ % kRoundsOfOneHeap == kRoundsWithout) {
          want_large_pages();
        }
        for (std::size_t item = begin; item < std::min(begin + kChunk, stretch.end); ++item) {
          work(item);
        }
      }
    }
  }

  /// Leaves the items that nobody has begun.
  void stop() {
    for (Stretch& stretch : stretches_) {
      stretch.next = stretch.end;
    }
  }

 private:
  std::vector<Stretch> stretches_;
};

}  // namespace

void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  const std::size_t useful = std::clamp<std::size_t>((count + kChunk - 1) / kChunk, 1, kMaxThreads);
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t at_once = std::min(useful, processors);
  Stretches stretches(count, at_once);
  std::exception_ptr failure;
  std::mutex failure_guard;
  const auto run = [&](std::size_t thread) {
    try {
      stretches.run(thread, work);
    } catch (...) {
      const std::lock_guard<std::mutex> guard(failure_guard);
      failure = std::current_exception();
      stretches.stop();
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < at_once; ++i) {
    threads.emplace_back(run, i);
  }
  run(0);
  for (std::thread& thread : threads) {
    thread.join();
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

}  // namespace likes
