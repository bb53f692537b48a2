#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/tools/index/run_index.h"

namespace likes::testing {
namespace {

namespace fs = std::filesystem;

/// Messages name files relative to the site, so the site is the current folder.
class CurrentFolder {
 public:
  explicit CurrentFolder(const fs::path& folder) : before_(fs::current_path()) {
    fs::current_path(folder);
  }
  ~CurrentFolder() {
    std::error_code ignored;
    fs::current_path(before_, ignored);
  }
  CurrentFolder(const CurrentFolder&) = delete;
  CurrentFolder& operator=(const CurrentFolder&) = delete;

 private:
  fs::path before_;
};

// A folder with expected.err is a site that is refused; any other has expected.json.
TEST_CASE("likes index writes what the golden folders say") {
  for (const fs::path& folder : golden_cases("index")) {
    DYNAMIC_SECTION(folder.filename().string()) {
      const CurrentFolder here(folder);
      const IndexRun run = run_index({"--clock", "2026-11-20T12:00:00Z"});
      if (fs::exists(folder / "expected.err")) {
        CHECK(run.exit == 1);
        CHECK(run.out.empty());
        check_golden(folder / "expected.err", run.err);
      } else {
        CHECK(run.exit == 0);
        CHECK(run.err.empty());
        check_golden(folder / "expected.json", run.out);
      }
    }
  }
}

}  // namespace
}  // namespace likes::testing
