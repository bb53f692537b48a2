#include "tools/support/large_pages.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ios>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

namespace likes {
namespace {

/// What the system notes about the memory at an address, as two letters each.
std::string flags_of(const void* address) {
  const std::uintptr_t wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream maps("/proc/self/smaps");
  bool is_there = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    char dash = 0;
    std::istringstream words(line);
    if (words >> std::hex >> begin >> dash >> end && dash == '-') {
      is_there = begin <= wanted && wanted < end;
    } else if (is_there && line.starts_with("VmFlags:")) {
      return line + " ";
    }
  }
  return "";
}

bool system_has_large_pages() {
  return std::filesystem::exists("/sys/kernel/mm/transparent_hugepage/enabled");
}

/// Whether what a thread takes next is in memory that large pages were asked for.
bool gets_them() {
  constexpr std::size_t kBytes = 8 << 20;  // Reaches over the end of a large page.
  want_large_pages();
  const std::vector<char> taken(kBytes, 'x');
  return flags_of(taken.data() + kBytes / 2).find(" hg ") != std::string::npos;
}

TEST_CASE("large pages are asked for in each thread") {
  allow_large_pages();
  CHECK(gets_them() == system_has_large_pages());
  bool other_gets_them = false;
  std::thread([&] { other_gets_them = gets_them(); }).join();
  CHECK(other_gets_them == system_has_large_pages());
}

}  // namespace
}  // namespace likes
