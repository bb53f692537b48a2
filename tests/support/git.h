#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tools/support/child.h"

namespace likes::testing {

/// Runs Git in a folder, as an author who has no settings.
inline void git(const TempDir& folder, std::vector<std::string> words,
                const std::string& date = "") {
  words.insert(words.begin(), {"-C", folder.path().string(), "-c", "user.name=A", "-c",
                               "user.email=a@example.org", "-c", "init.defaultBranch=main"});
  const std::map<std::string, std::string> environment = {
      {"GIT_AUTHOR_DATE", date},
      {"GIT_COMMITTER_DATE", "2030-01-01T00:00:00Z"},
      {"GIT_CONFIG_GLOBAL", "/dev/null"}};
  INFO("wanted Git; it is in the Debian package git");
  REQUIRE(!find_in_path("git").empty());
  std::string said;
  const Result<std::string> end =
      run_to_end({"git", find_in_path("git"), std::move(words), environment},
                 [&said](std::string_view text) { said += text; });
  INFO(said);
  REQUIRE(end.has_value());
  REQUIRE(*end == "exit code 0");
}

/// Commits all that there is.
inline void commit(const TempDir& folder, const std::string& date) {
  git(folder, {"add", "."});
  git(folder, {"commit", "-q", "-m", "x"}, date);
}

}  // namespace likes::testing
