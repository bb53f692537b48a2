#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

namespace likes::testing {

/// Random choices, all from one number, so that what they led to can be had again.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }

  template <class Things>
  const auto& one_of(const Things& things) {
    return things[below(things.size())];
  }

  /// Takes bytes away, puts one in, or repeats some.
  void damage(std::string& bytes) {
    const std::size_t at = below(bytes.size() + 1);
    switch (below(3)) {
      case 0:
        bytes.erase(at, below(20));
        break;
      case 1:
        bytes.insert(at, 1, static_cast<char>(below(256)));
        break;
      default:
        bytes.insert(at, bytes.substr(below(bytes.size() + 1), below(100)));
    }
  }

 private:
  std::mt19937_64 random_;
};

/// What a fuzz target is told: COUNT [SEED].
struct FuzzRun {
  FuzzRun(int argc, char** argv)
      : count(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000),
        seed(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device()()) {
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);  // A crash must not take it along.
  }

  const std::uint64_t count;
  const std::uint64_t seed;
};

}  // namespace likes::testing
