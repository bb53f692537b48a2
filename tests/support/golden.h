#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace likes::testing {

inline std::string file_bytes(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

/// The cases of `tests/golden/KIND`: one folder each, named by the rule it pins.
inline std::vector<std::filesystem::path> golden_cases(const std::string& kind) {
  std::vector<std::filesystem::path> cases;
  const std::filesystem::path folder =
      std::filesystem::path(LIKES_SOURCE_DIR) / "tests" / "golden" / kind;
  for (const std::filesystem::directory_entry& entry :
       std::filesystem::directory_iterator(folder)) {
    if (entry.is_directory()) {
      cases.push_back(entry.path());
    }
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

/// Compares with the expected file. With LIKES_TEST_ACCEPT=1 the file is rewritten instead and the
/// case fails, so that a run that accepts can never pass for one that tests.
inline void check_golden(const std::filesystem::path& expected, const std::string& actual) {
  const char* accept = std::getenv("LIKES_TEST_ACCEPT");
  if (accept != nullptr && std::string(accept) == "1") {
    std::ofstream(expected, std::ios::binary) << actual;
    FAIL_CHECK("accepted " << expected.string() << "; look at the change and run again");
    return;
  }
  INFO(expected.string());
  CHECK(actual == file_bytes(expected));
}

}  // namespace likes::testing
