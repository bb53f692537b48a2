#include "tools/hugo/git_log.h"

#include <string>

#include "tests/support/catch.h"
#include "tests/support/git.h"
#include "tests/support/temp_dir.h"
#include "tools/hugo/site.h"

namespace likes::hugo {
namespace {

using testing::commit;
using testing::git;
using testing::TempDir;

std::string date_of(const GitLog& log, const std::filesystem::path& file) {
  const std::optional<Date> date = log.find(file.string());
  return date ? date->to_rfc3339() : "";
}

TEST_CASE("the newest commit's author says when a file was changed") {
  const TempDir folder;
  git(folder, {"init", "-q"});
  const auto one = folder.write("site/content/one.md", "1");
  const auto two = folder.write("site/content/two words.md", "1");
  const auto odd = folder.write("site/content/za\u017c.md", "1");
  const auto moved = folder.write("old.md", "a text that is long enough");
  commit(folder, "2021-02-03T04:05:06+02:00");
  folder.write("site/content/one.md", "2");
  std::filesystem::rename(moved, folder.path() / "new.md");
  commit(folder, "2020-02-03T04:05:06-05:00");
  const auto later = folder.write("site/content/later.md", "1");
  const Result<GitLog> log = GitLog::read(folder.path() / "site", {});
  REQUIRE(log.has_value());
  // Of the commits the last one counts, whatever its date.
  CHECK(date_of(*log, one) == "2020-02-03T04:05:06-05:00");
  CHECK(date_of(*log, two) == "2021-02-03T04:05:06+02:00");
  CHECK(date_of(*log, folder.path() / "new.md") == "2020-02-03T04:05:06-05:00");
  CHECK(date_of(*log, folder.path() / "site/../site/content/one.md") ==
        "2020-02-03T04:05:06-05:00");
  CHECK(date_of(*log, odd).empty());
  CHECK(date_of(*log, later).empty());
  CHECK(date_of(*log, "/etc/hosts").empty());
}

TEST_CASE("what Git prints may come in any pieces") {
  const std::string printed =
      "\x1e"
      "2021-02-03 04:05:06 +0000\na.md\nb/c.md\n\n\x1e"
      "2020-01-01 00:00:00 +0000\na.md\nd.md\n";
  for (std::size_t size = 1; size <= printed.size(); ++size) {
    GitLog log;
    for (std::size_t at = 0; at < printed.size(); at += size) {
      REQUIRE(log.take(std::string_view(printed).substr(at, size)).has_value());
    }
    CHECK(log.size() == 3);
  }
}

TEST_CASE("a page's dates are Git's where the site asks for that") {
  const TempDir folder;
  git(folder, {"init", "-q"});
  folder.write("hugo.toml", "enableGitInfo = true\n[frontmatter]\ndate = [':git', 'date']\n");
  folder.write("content/a.md", "---\ndate: 2001-01-01\n---\n");
  folder.write("content/posts/_index.md", "---\ntitle: p\n---\n");
  commit(folder, "2021-02-03T04:05:06+02:00");
  folder.write("content/b.md", "---\ndate: 2002-02-02\n---\n");
  ConfigRequest request;
  request.source = folder.path();
  const Result<Config> config = load_config(request);
  REQUIRE(config.has_value());
  const Date now = *parse_date("2026-11-20", TimeZone());
  const Result<Site> site = load_site(*config, now);
  REQUIRE(site.has_value());
  REQUIRE(site->pages.size() == 2);
  CHECK(site->pages[0]->date.to_rfc3339() == "2021-02-03T04:05:06+02:00");
  CHECK(site->pages[0]->lastmod.to_rfc3339() == "2021-02-03T04:05:06+02:00");
  CHECK(site->pages[1]->date.to_rfc3339() == "2002-02-02T00:00:00Z");
}

TEST_CASE("without a repository a site that asks for Git is refused, as Hugo does") {
  const TempDir folder;
  const std::string file = folder.write("hugo.toml", "\nenableGitInfo = true\n").string();
  folder.write("content/a.md", "---\ndate: 2001-01-01\n---\n");
  ConfigRequest request;
  request.source = folder.path();
  const Result<Config> config = load_config(request);
  REQUIRE(config.has_value());
  const Date now = *parse_date("2026-11-20", TimeZone());
  const Result<Site> site = load_site(*config, now);
  REQUIRE(!site.has_value());
  const std::string wanted =
      file +
      ":2:17: found enableGitInfo, and git fails as it would for Hugo: fatal: not a git repository";
  CHECK(site.error().to_string().substr(0, wanted.size()) == wanted);
  // lastmod alone is Git's by default.
  Wanted few;
  few.lastmod = false;
  CHECK(load_site(*config, now, few).has_value());
}

}  // namespace
}  // namespace likes::hugo
