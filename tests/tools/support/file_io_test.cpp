#include "tools/support/file_io.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace fs = std::filesystem;
using likes::read_file;
using likes::write_file;

namespace {

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a file is written whole and read back") {
  const likes::testing::TempDir dir;
  const fs::path file = dir.path() / "a" / "b" / "file.json";
  const std::string bytes("one\0two\n\xff", 9);
  REQUIRE(write_file(file, bytes));
  CHECK(read_file(file, 9).value() == bytes);
  REQUIRE(write_file(file, ""));
  CHECK(read_file(file, 0).value().empty());
  CHECK(entries_in(file.parent_path()) == 1);  // nothing is left beside it
}

TEST_CASE("the limit counts bytes") {
  const likes::testing::TempDir dir;
  const fs::path file = dir.write("ten", "0123456789");
  CHECK(read_file(file, 10).value() == "0123456789");
  const likes::Result<std::string> over = read_file(file, 9);
  REQUIRE_FALSE(over);
  CHECK(over.error().to_string() == file.string() + ": is larger than the limit of 9 bytes");
}

TEST_CASE("a replaced file keeps its permissions, a new one can be read by all") {
  const likes::testing::TempDir dir;
  const fs::path file = dir.write("secret", "old");
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  REQUIRE(write_file(file, "new"));
  CHECK((fs::status(file).permissions() & fs::perms::mask) ==
        (fs::perms::owner_read | fs::perms::owner_write));
  REQUIRE(write_file(dir.path() / "fresh", "x"));
  CHECK((fs::status(dir.path() / "fresh").permissions() & fs::perms::others_read) !=
        fs::perms::none);
}

TEST_CASE("what cannot be read or written says why") {
  const likes::testing::TempDir dir;
  const likes::Result<std::string> missing = read_file(dir.path() / "none", 10);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == likes::ErrorCode::kNotFound);
  CHECK(missing.error().message == "cannot read: No such file or directory");

  const likes::Result<std::string> folder = read_file(dir.path(), 10);
  REQUIRE_FALSE(folder);
  CHECK(folder.error().message == "is not a regular file");

  dir.write("file", "old");
  const likes::Result<void> below_file = write_file(dir.path() / "file" / "x", "new");
  REQUIRE_FALSE(below_file);
  CHECK(below_file.error().where.file == (dir.path() / "file").string());

  fs::create_directory(dir.path() / "taken");
  const likes::Result<void> over_folder = write_file(dir.path() / "taken", "new");
  REQUIRE_FALSE(over_folder);
  CHECK(over_folder.error().message == "cannot replace: Is a directory");
  CHECK(entries_in(dir.path()) == 2);
}
