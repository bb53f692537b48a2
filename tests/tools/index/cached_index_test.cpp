#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/git.h"
#include "tests/support/settle.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/index/run_index.h"
#include "tools/hugo/config.h"
#include "tools/hugo/packed_page.h"
#include "tools/hugo/site.h"

namespace fs = std::filesystem;

namespace likes::testing {
namespace {

std::string post(const std::string& title, const std::string& more = "") {
  return "---\ntitle: " + title + "\ntags: [x, \"Y " + title + "\"]\n" + more + "---\nText.\n";
}

void write_site(const TempDir& dir) {
  dir.write("site/config.toml",
            "baseURL = 'https://example.org/'\n[languages.en]\nweight = 1\n[languages.pl]\n");
  dir.write("site/content/posts/_index.md", post("Posts"));
  dir.write("site/content/posts/a.md", post("a", "aliases: [old]\n"));
  dir.write("site/content/posts/a.pl.md", post("a po polsku"));
  dir.write("site/content/posts/b/index.md", post("b", "date: 2026-05-01\n"));
  dir.write("site/content/posts/later.md", post("later", "date: 2026-12-01\n"));
  dir.write("site/content/notes/n.md", post("n", "likes: {key: my/key}\n"));
}

/// Writes into the same file with the same size and sets its time of modification back.
void write_unseen(const fs::path& file, const std::string& bytes) {
  struct stat before = {};
  REQUIRE(::stat(file.c_str(), &before) == 0);
  REQUIRE(static_cast<std::size_t>(before.st_size) == bytes.size());
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  REQUIRE(::pwrite(descriptor, bytes.data(), bytes.size(), 0) ==
          static_cast<ssize_t>(bytes.size()));
  const std::array<timespec, 2> times = {before.st_atim, before.st_mtim};
  REQUIRE(::futimens(descriptor, times.data()) == 0);
  ::close(descriptor);
}

/// Holds a run with the cache against one without: all that is written, said and answered.
void compare(const TempDir& dir, const std::vector<std::string>& options) {
  std::vector<std::string> words = {"--source", (dir.path() / "site").string(), "--keep-going",
                                    "--clock", "2026-11-01T00:00:00Z"};
  words.insert(words.end(), options.begin(), options.end());
  const IndexRun plain = run_index(words);
  words.insert(words.end(), {"--cache", (dir.path() / "cache").string()});
  const IndexRun cached = run_index(words);
  CHECK(cached.out == plain.out);
  CHECK(cached.err == plain.err);
  CHECK(cached.exit == plain.exit);
}

TEST_CASE("a run with the cache says what one without it says, after every kind of edit") {
  const TempDir dir;
  const fs::path posts = dir.path() / "site/content/posts";
  struct Edit {
    const char* name;
    std::function<void()> make;
  };
  const Edit edits[] = {
      {"none", [] {}},
      {"another text", [&] { dir.write("site/content/posts/a.md", post("another")); }},
      {"the same size and time", [&] { write_unseen(posts / "a.pl.md", post("b po polsku")); }},
      {"a time", [&] { fs::last_write_time(posts / "a.md", fs::file_time_type::clock::now()); }},
      {"a new file", [&] { dir.write("site/content/posts/new.md", post("new")); }},
      {"a new language", [&] { dir.write("site/content/posts/new.pl.md", post("nowy")); }},
      {"a file gone", [&] { fs::remove(posts / "a.md"); }},
      {"a file renamed", [&] { fs::rename(posts / "a.md", posts / "z.md"); }},
      {"another file of its name", [&] { fs::rename(posts / "later.md", posts / "a.md"); }},
      {"two files in each other's place",
       [&] {
         fs::rename(posts / "a.md", posts / "x");
         fs::rename(posts / "a.pl.md", posts / "a.md");
         fs::rename(posts / "x", posts / "a.pl.md");
       }},
      {"a folder renamed", [&] { fs::rename(posts / "b", posts / "c"); }},
      {"a bundle of what was a section",
       [&] { dir.write("site/content/notes/index.md", post("i")); }},
      {"a draft", [&] { dir.write("site/content/posts/a.md", post("a", "draft: true\n")); }},
      {"a mistake", [&] { dir.write("site/content/posts/a.md", "---\ntitle: [\n---\n"); }},
      {"a key twice",
       [&] { dir.write("site/content/notes/m.md", post("m", "likes: {key: my/key}\n")); }},
      {"a page that others link to moves",
       [&] {
         dir.write("site/content/posts/a.md", "---\ntitle: a\n---\n[b](b) and ![picture](x.png)\n");
         settle(dir.path());
         compare(dir, {"--rendered"});
         dir.write("site/content/posts/b/index.md", post("b", "slug: moved\n"));
       }},
      {"a picture that a page shows comes to it",
       [&] {
         dir.write("site/content/posts/b/index.md", "---\ntitle: b\n---\n![picture](x.png)\n");
         settle(dir.path());
         compare(dir, {"--rendered"});
         dir.write("site/content/posts/b/x.png", "");
       }},
      {"a summary by cascade",
       [&] { dir.write("site/content/_index.md", post("H", "cascade: {summary: all}\n")); }},
      {"a section's slug",
       [&] { dir.write("site/content/posts/_index.md", post("P", "slug: articles\n")); }},
      {"a cascade",
       [&] { dir.write("site/content/_index.md", post("H", "cascade: {description: all}\n")); }},
      {"a cascade of the same size and time",
       [&] {
         dir.write("site/content/_index.md", post("H", "cascade: {description: one}\n"));
         settle(dir.path());
         compare(dir, {});
         write_unseen(dir.path() / "site/content/_index.md",
                      post("H", "cascade: {description: two}\n"));
       }},
      {"the configuration",
       [&] {
         dir.write("site/config.toml", "baseURL = 'https://example.net/x/'\nuglyURLs = true\n");
       }},
      {"a theme's configuration",
       [&] {
         dir.write("site/config.toml", "baseURL = 'https://example.org/'\ntheme = 't'\n");
         dir.write("site/themes/t/config.toml",
                   "[[module.mounts]]\nsource = 'c'\ntarget = 'content'\n");
         dir.write("site/themes/t/c/posts/of-theme.md", post("t"));
       }},
      {"a folder that is shown twice",
       [&] {
         dir.write("site/config.toml",
                   "baseURL = 'https://example.org/'\n"
                   "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n"
                   "[[module.mounts]]\nsource = 'content/posts'\ntarget = 'content/again'\n");
       }},
      {"a damaged cache",
       [&] {
         for (const fs::directory_entry& entry : fs::directory_iterator(dir.path() / "cache")) {
           fs::resize_file(entry.path(), fs::file_size(entry.path()) / 2);
         }
       }},
  };
  for (const Edit& edit : edits) {
    for (const std::vector<std::string>& options :
         {std::vector<std::string>(), {"--rendered", "--full"}}) {
      DYNAMIC_SECTION(edit.name << " " << (options.empty() ? "" : options.front())) {
        write_site(dir);
        settle(dir.path());
        compare(dir, options);
        compare(dir, options);
        edit.make();
        compare(dir, options);
        settle(dir.path());
        compare(dir, options);
        compare(dir, options);
      }
    }
  }
}

TEST_CASE("a commit is seen, though it changes no file") {
  const TempDir dir;
  dir.write("site/config.toml", "enableGitInfo = true\n[frontmatter]\ndate = [':git']\n");
  dir.write("site/content/posts/_index.md", post("Posts"));
  dir.write("site/content/posts/a.md", post("a"));
  git(dir, {"init", "-q"});
  compare(dir, {"--full"});
  commit(dir, "2021-02-03T04:05:06+02:00");
  compare(dir, {"--full"});
}

TEST_CASE("what a run is asked for is no other run's answer") {
  const TempDir dir;
  write_site(dir);
  settle(dir.path());
  const std::vector<std::vector<std::string>> questions = {
      {},
      {"--full"},
      {"--clock", "2026-12-24T00:00:00Z"},
      {"-F"},
      {"--hugo-version", "0.111"},
      {"--select", "section=notes"},
      {"-e", "staging"},
      {"--rendered"},
  };
  for (const std::vector<std::string>& first : questions) {
    for (const std::vector<std::string>& second : questions) {
      compare(dir, first);
      compare(dir, second);
    }
  }
}

TEST_CASE("a page that the cache knows is taken from there") {
  const TempDir dir;
  write_site(dir);
  settle(dir.path());
  hugo::ConfigRequest request;
  request.source = dir.path() / "site";
  const Result<hugo::Config> config = hugo::load_config(request);
  REQUIRE(config);
  const auto load = [&](StampedCache& cache) {
    hugo::Wanted wanted;
    wanted.cache = &cache;
    Result<hugo::Site> site = hugo::load_site(*config, hugo::Date::at(1793491200, 0), wanted);
    REQUIRE(site);
    return std::move(*site);
  };
  StampedCache first(dir.path() / "cache", hugo::kPagesMagic, request.source);
  hugo::Site site = load(first);
  for (const std::unique_ptr<hugo::Page>& page : site.pages) {
    page->title = "planted";
    CacheWriter out;
    pack(out, *page);
    const hugo::ContentFile& file = page->source;
    first.keep(file.place + '\n' + file.file + '\n' + std::to_string(file.language),
               StampedCache::stamp(file.place), out.bytes());
  }
  first.save();
  StampedCache second(dir.path() / "cache", hugo::kPagesMagic, request.source);
  const hugo::Site again = load(second);
  REQUIRE(again.pages.size() == site.pages.size());
  for (const std::unique_ptr<hugo::Page>& page : again.pages) {
    CHECK(page->title == "planted");
  }
}

}  // namespace
}  // namespace likes::testing
