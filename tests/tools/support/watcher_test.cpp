#include "tools/support/watcher.h"

#include <functional>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes {
namespace {

namespace fs = std::filesystem;
using testing::TempDir;

TEST_CASE("changes of content and configuration are noticed, others are not") {
  struct Case {
    const char* name;
    std::function<void(const TempDir&)> change;
    bool noticed;
  };
  const Case cases[] = {
      {"nothing", [](const TempDir&) {}, false},
      {"a post is written", [](const TempDir& dir) { dir.write("content/posts/a.md", "2"); }, true},
      {"a new post", [](const TempDir& dir) { dir.write("content/posts/b.md", "1"); }, true},
      {"a post goes", [](const TempDir& dir) { fs::remove(dir.path() / "content/posts/a.md"); },
       true},
      {"a post is renamed",
       [](const TempDir& dir) {
         fs::rename(dir.path() / "content/posts/a.md", dir.path() / "content/posts/b.md");
       },
       true},
      {"a new folder", [](const TempDir& dir) { fs::create_directory(dir.path() / "content/x"); },
       true},
      {"all content goes", [](const TempDir& dir) { fs::remove_all(dir.path() / "content"); },
       true},
      {"the configuration", [](const TempDir& dir) { dir.write("hugo.toml", "2"); }, true},
      {"as an editor writes it",
       [](const TempDir& dir) {
         dir.write("hugo.toml~", "2");
         fs::rename(dir.path() / "hugo.toml~", dir.path() / "hugo.toml");
       },
       true},
      {"another file", [](const TempDir& dir) { dir.write("README.md", "2"); }, false},
      {"another folder", [](const TempDir& dir) { dir.write("public/index.html", "2"); }, false},
      {"a folder that was not there", [](const TempDir& dir) { dir.write("later/deep/c.md", "1"); },
       true},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TempDir dir;
      dir.write("content/posts/a.md", "1");
      dir.write("hugo.toml", "1");
      Result<Watcher> watcher = Watcher::over({dir.path() / "content", dir.path() / "later/deep"},
                                              {dir.path() / "hugo.toml"});
      REQUIRE(watcher);
      c.change(dir);
      CHECK(watcher->take_changes() == c.noticed);
      CHECK_FALSE(watcher->take_changes());
    }
  }
}

}  // namespace
}  // namespace likes
