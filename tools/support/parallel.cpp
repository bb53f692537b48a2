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
constexpr std::size_t kMaxThreads = 16;        // More would only wait for the same disk.

}  // namespace

void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex failure_guard;
  const auto run = [&] {
    try {
      for (std::size_t begin = next.fetch_add(kChunk), round = 0; begin < count;
           begin = next.fetch_add(kChunk), ++round) {
        if (round % kRoundsOfOneHeap == 0) {
          want_large_pages();
        }
        for (std::size_t i = begin; i < std::min(begin + kChunk, count); ++i) {
          work(i);
        }
      }
    } catch (...) {
      const std::lock_guard<std::mutex> guard(failure_guard);
      failure = std::current_exception();
      next = count;
    }
  };
  const std::size_t wanted = std::min((count + kChunk - 1) / kChunk, kMaxThreads);
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < std::min(wanted, processors); ++i) {
    threads.emplace_back(run);
  }
  run();
  for (std::thread& thread : threads) {
    thread.join();
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

}  // namespace likes
