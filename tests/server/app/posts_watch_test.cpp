#include "server/app/posts_watch.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <semaphore>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::app {
namespace {

namespace fs = std::filesystem;
using testing::TempDir;

/// Only how long a test that fails takes.
constexpr std::chrono::seconds kPatience{20};

}  // namespace

TEST_CASE("every way to give the file another content is noticed") {
  struct Case {
    const char* name;
    std::function<void(const TempDir&)> change;
  };
  const Case cases[] = {
      {"written over", [](const TempDir& dir) { dir.write("now/posts.json", "2"); }},
      {"replaced",
       [](const TempDir& dir) {
         fs::rename(dir.write("now/next", "2"), dir.path() / "now/posts.json");
       }},
      {"gone and made anew",
       [](const TempDir& dir) {
         fs::remove(dir.path() / "now/posts.json");
         dir.write("now/posts.json", "2");
       }},
      {"another folder behind the link",
       [](const TempDir& dir) {
         fs::create_directory_symlink("other", dir.path() / "now/..new");
         fs::rename(dir.path() / "now/..new", dir.path() / "now/..data");
       }},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TempDir dir;
      dir.write("now/posts.json", "1");
      std::counting_semaphore<> noticed(0);
      PostsWatch watch;
      REQUIRE(watch.start(dir.path() / "now/posts.json", [&] { noticed.release(); }));
      for (int i = 0; i < 2; ++i) {  // After the first change it still looks.
        c.change(dir);
        CHECK(noticed.try_acquire_for(kPatience));
      }
    }
  }
}

TEST_CASE("other files beside it, and the end of the watch, are no changes") {
  const TempDir dir;
  dir.write("posts.json", "1");
  int noticed = 0;
  {
    PostsWatch watch;
    REQUIRE(watch.start(dir.path() / "posts.json", [&] { ++noticed; }));
    dir.write("other.json", "2");
  }
  dir.write("posts.json", "2");
  CHECK(noticed == 0);
}

}  // namespace likes::app
