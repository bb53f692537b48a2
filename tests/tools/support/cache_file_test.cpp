#include "tools/support/cache_file.h"

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tools/support/file_io.h"

namespace fs = std::filesystem;
using likes::cache_file;
using likes::read_cache_file;
using likes::write_cache_file;
using likes::testing::TempDir;

namespace {

constexpr std::string_view kMagic = "test cache 1\n";

}  // namespace

TEST_CASE("a cache knows what was written for its site") {
  const TempDir dir;
  const fs::path file = dir.path() / "new/folder/cache";
  write_cache_file(file, kMagic, dir.path(), "what is known");
  CHECK(read_cache_file(file, kMagic, dir.path())->view() == "what is known");
  write_cache_file(file, kMagic, dir.path(), "");
  CHECK(read_cache_file(file, kMagic, dir.path())->view().empty());
}

TEST_CASE("a cache that does not fit knows nothing") {
  const TempDir dir;
  const fs::path file = dir.path() / "cache";
  write_cache_file(file, kMagic, dir.path(), "what is known");
  CHECK_FALSE(read_cache_file(dir.path() / "none", kMagic, dir.path()));
  CHECK_FALSE(read_cache_file("", kMagic, dir.path()));
  CHECK_FALSE(read_cache_file(file, "test cache 2\n", dir.path()));
  CHECK_FALSE(read_cache_file(file, kMagic, dir.path() / "other"));
  const std::string whole = *likes::read_file(file, 1000);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    dir.write("cut", whole.substr(0, size));
    CHECK_FALSE(read_cache_file(dir.path() / "cut", kMagic, dir.path()));
    std::string other = whole;
    other[size] = static_cast<char>(other[size] ^ 1);
    dir.write("cut", other);
    CHECK_FALSE(read_cache_file(dir.path() / "cut", kMagic, dir.path()));
  }
}

TEST_CASE("where a cache cannot be written it is not") {
  const TempDir dir;
  const fs::path no_folder = dir.write("file", "");
  write_cache_file(no_folder / "cache", kMagic, dir.path(), "x");
  write_cache_file("", kMagic, dir.path(), "x");
  CHECK(std::distance(fs::directory_iterator(dir.path()), {}) == 1);
}

TEST_CASE("each site has a file of its own") {
  const TempDir dir;
  fs::create_directory(dir.path() / "a");
  const fs::path of_a = cache_file("/caches", "test-", dir.path() / "a");
  CHECK(of_a.string().starts_with("/caches/test-"));
  CHECK(of_a == cache_file("/caches", "test-", dir.path() / "a/../a"));
  CHECK(of_a != cache_file("/caches", "test-", dir.path() / "b"));
  CHECK(cache_file("", "test-", dir.path()).empty());
}

TEST_CASE("what a reader is asked for behind the end is nothing") {
  likes::CacheWriter out;
  out.number(std::int64_t{-3});
  out.text("abc");
  likes::CacheReader in(out.bytes());
  CHECK(in.number<std::int64_t>() == -3);
  CHECK(in.text() == "abc");
  CHECK(in.ok());
  CHECK(in.text().empty());
  CHECK_FALSE(in.ok());
}

TEST_CASE("the folder for caches is where the system has caches") {
  struct Case {
    const char* name;
    const char* cache_directory;
    const char* xdg_cache_home;
    const char* home;
    const char* folder;
  };
  const Case cases[] = {
      {"of a systemd unit", "/var/cache/a:/var/cache/b", "/x", "/home/a", "/var/cache/a"},
      {"by XDG", "", "/x", "/home/a", "/x/likes"},
      {"relative and so ignored", "", "x", "/home/a", "/home/a/.cache/likes"},
      {"none", "", "", "", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const std::string names[] = {"CACHE_DIRECTORY", "XDG_CACHE_HOME", "HOME"};
      const char* values[] = {c.cache_directory, c.xdg_cache_home, c.home};
      std::vector<std::string> before;
      for (std::size_t i = 0; i < std::size(names); ++i) {
        const char* value = std::getenv(names[i].c_str());
        before.emplace_back(value != nullptr ? value : "");
        ::setenv(names[i].c_str(), values[i], 1);
      }
      CHECK(likes::default_cache_folder() == c.folder);
      for (std::size_t i = 0; i < std::size(names); ++i) {
        ::setenv(names[i].c_str(), before[i].c_str(), 1);
      }
    }
  }
}
