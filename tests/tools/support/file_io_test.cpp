#include "tools/support/file_io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "tests/support/captured_output.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace fs = std::filesystem;
using likes::Descriptor;
using likes::FileWriter;
using likes::read_file;
using likes::read_input;
using likes::Result;
using likes::write_file;
using likes::write_output;
using likes::testing::CapturedOutput;
using likes::testing::TempDir;

namespace {

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a file is written whole and read back") {
  const TempDir dir;
  const fs::path file = dir.path() / "a" / "b" / "file.json";
  const std::string bytes("one\0two\n\xff", 9);
  REQUIRE(write_file(file, bytes));
  CHECK(read_file(file, 9).value() == bytes);
  REQUIRE(write_file(file, ""));
  CHECK(read_file(file, 0).value().empty());
  CHECK(entries_in(file.parent_path()) == 1);  // nothing is left beside it
}

TEST_CASE("the limit counts bytes") {
  const TempDir dir;
  const fs::path file = dir.write("ten", "0123456789");
  CHECK(read_file(file, 10).value() == "0123456789");
  const Result<std::string> over = read_file(file, 9);
  REQUIRE_FALSE(over);
  CHECK(over.error().to_string() == file.string() + ": is larger than the limit of 9 bytes");
}

TEST_CASE("a replaced file keeps its permissions, a new one can be read by all") {
  const TempDir dir;
  const fs::path file = dir.write("secret", "old");
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  REQUIRE(write_file(file, "new"));
  CHECK((fs::status(file).permissions() & fs::perms::mask) ==
        (fs::perms::owner_read | fs::perms::owner_write));
  REQUIRE(write_file(dir.path() / "fresh", "x"));
  CHECK((fs::status(dir.path() / "fresh").permissions() & fs::perms::others_read) !=
        fs::perms::none);
}

TEST_CASE("what is there and no file takes the bytes and stays what it is") {
  const TempDir dir;
  const fs::path pipe = dir.path() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const Descriptor reader(::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  REQUIRE(write_file(pipe, "bytes"));
  std::string got(10, ' ');
  got.resize(static_cast<std::size_t>(::read(reader.get(), got.data(), got.size())));
  CHECK(got == "bytes");
  CHECK(fs::is_fifo(pipe));
  CHECK(entries_in(dir.path()) == 1);
}

TEST_CASE("a file that is not finished was not written") {
  const TempDir dir;
  const fs::path file = dir.write("file", "old");
  {
    Result<FileWriter> writer = FileWriter::open(file);
    REQUIRE(writer);
    REQUIRE(writer->write("ne"));
    CHECK(read_file(file, 10).value() == "old");
  }
  CHECK(read_file(file, 10).value() == "old");
  CHECK(entries_in(dir.path()) == 1);
  Result<FileWriter> writer = FileWriter::open(file);
  REQUIRE(writer);
  REQUIRE(writer->write("ne"));
  REQUIRE(writer->write("w"));
  REQUIRE(writer->finish());
  CHECK(read_file(file, 10).value() == "new");
  CHECK(entries_in(dir.path()) == 1);
}

TEST_CASE("a hyphen is standard output and input") {
  const TempDir dir;
  const std::string file = dir.write("in", "read").string();
  const CapturedOutput output;
  CHECK(write_output("-", "to the terminal").has_value());
  CHECK(output.out() == "to the terminal");
  CHECK(write_output((dir.path() / "out").string(), "to a file").has_value());
  CHECK(read_input((dir.path() / "out").string(), 9) == "to a file");
  const Descriptor old(::dup(STDIN_FILENO));
  const auto read_standard = [&](std::size_t max_bytes) {
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    ::dup2(in.get(), STDIN_FILENO);
    Result<std::string> bytes = read_input("-", max_bytes);
    ::dup2(old.get(), STDIN_FILENO);
    return bytes;
  };
  CHECK(read_standard(4) == "read");
  CHECK(read_standard(3).error().to_string() ==
        "standard input: is larger than the limit of 3 bytes");
}

TEST_CASE("what cannot be read or written says why") {
  const TempDir dir;
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
