#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace likes::bake {

/// Calls `work(i)` for each i below `count`, on as many threads as there are cores; back when all
/// are done. `chunk` is how many one thread takes at a time.
template <class Work>
void for_each_index(std::size_t count, std::size_t chunk, const Work& work) {
  constexpr unsigned kMaxThreads = 16;  // More would only wait for the same disk.
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t begin = next.fetch_add(chunk); begin < count; begin = next.fetch_add(chunk)) {
      for (std::size_t i = begin; i < std::min(begin + chunk, count); ++i) {
        work(i);
      }
    }
  };
  const std::size_t wanted =
      std::min<std::size_t>(std::clamp(std::thread::hardware_concurrency(), 1U, kMaxThreads),
                            (count + chunk - 1) / chunk);
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < wanted; ++i) {
    threads.emplace_back(run);
  }
  run();
  for (std::thread& thread : threads) {
    thread.join();
  }
}

}  // namespace likes::bake
