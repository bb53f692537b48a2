#include "tools/support/stamp.h"

#include <sys/stat.h>

#include <chrono>
#include <filesystem>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace fs = std::filesystem;
using likes::Stamp;

namespace {

Stamp stamp_of_file(const fs::path& file) {
  struct stat status = {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  return likes::stamp_of(status);
}

}  // namespace

TEST_CASE("a stamp tells contents apart, and not names") {
  const likes::testing::TempDir dir;
  const fs::path file = dir.write("a", "one");
  const Stamp before = stamp_of_file(file);
  CHECK(before == stamp_of_file(file));
  fs::create_hard_link(file, dir.path() / "b");
  CHECK(before.has_content_of(stamp_of_file(file)));
  dir.write("a", "three");
  CHECK_FALSE(before.has_content_of(stamp_of_file(file)));
}

TEST_CASE("a stamp of this moment is not settled, one of long ago is") {
  using std::chrono::system_clock;
  const std::int64_t now_ns =
      std::chrono::nanoseconds(system_clock::now().time_since_epoch()).count();
  Stamp stamp;
  stamp.modified_ns = stamp.changed_ns = now_ns + 1'000'000'001;  // The test may take its time.
  CHECK_FALSE(stamp.is_settled());
  stamp.modified_ns = stamp.changed_ns = now_ns - 1'000'000'001;
  CHECK(stamp.is_settled());
  // Where whole seconds are kept, for three of them.
  stamp.modified_ns = stamp.changed_ns = now_ns / 1'000'000'000 * 1'000'000'000;
  CHECK_FALSE(stamp.is_settled());
  stamp.modified_ns = stamp.changed_ns -= 60'000'000'000;
  CHECK(stamp.is_settled());
}
