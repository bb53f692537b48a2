#include "tools/index/index_command.h"

#include <filesystem>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/index/run_index.h"

namespace likes::testing {
namespace {

constexpr const char* kConfig = "baseURL = 'https://example.org/'\n";

void write_site(const TempDir& site) {
  site.write("config.toml", kConfig);
  site.write("content/posts/a.md", "---\ntitle: a\n---\n");
  site.write("content/posts/draft.md", "---\ntitle: draft\ndraft: true\n---\n");
  site.write("content/posts/future.md", "---\ntitle: future\ndate: 2030-01-01\n---\n");
  site.write("content/posts/gone.md", "---\ntitle: gone\nexpiryDate: 2020-01-01\n---\n");
  site.write("content/notes/n.md", "---\ntitle: n\n---\n");
}

/// The keys in a posts.json, in its order.
std::string keys_of(const std::string& json) {
  constexpr std::string_view kKey = "\"key\":\"";
  std::string keys;
  for (std::size_t at = json.find(kKey); at != std::string::npos; at = json.find(kKey, at + 1)) {
    const std::size_t begin = at + kKey.size();
    keys += json.substr(begin, json.find('"', begin) - begin) + " ";
  }
  return keys;
}

TEST_CASE("a post is rendered where that is asked for") {
  const TempDir site;
  site.write("config.toml", kConfig);
  site.write("content/a.md", "---\ntitle: a\n---\nOne *two*.\n");
  site.write("content/b.md", "---\ntitle: b\n---\nx {{< y\n");
  site.write("content/c.md", "---\ntitle: c\nsummary: own\n---\nx\n");
  const std::vector<std::string> plain = {"--format", "jsonl", "--source", site.path().string()};
  CHECK(run_index(plain).out.find("summary") == std::string::npos);
  std::vector<std::string> rendered = plain;
  rendered.emplace_back("--rendered");
  for (const bool is_full : {false, true}) {
    if (is_full) {
      rendered.emplace_back("--full");
    }
    const IndexRun run = run_index(rendered);
    CHECK(run.out.find(R"("summary":"<p>One <em>two</em>.</p>","wordCount":2,"readingTime":1})") !=
          std::string::npos);
    CHECK(run.out.find(R"("summary":"own")") != std::string::npos);
    // A page that cannot be rendered is told and stays.
    CHECK(run.out.find(R"("title":"b")") != std::string::npos);
    CHECK(run.err.find("b.md: found the shortcode 'y' without its end") != std::string::npos);
  }
}

TEST_CASE("the options choose what is in the index") {
  struct Case {
    const char* name;
    std::vector<std::string> options;
    const char* keys;
  };
  const Case cases[] = {
      {"none", {}, "posts/a notes/n "},
      {"drafts", {"-D"}, "posts/a posts/draft notes/n "},
      {"future", {"--buildFuture"}, "posts/future posts/a notes/n "},
      {"expired", {"-E"}, "posts/a posts/gone notes/n "},
      {"later", {"--clock", "2031-01-01"}, "posts/future posts/a notes/n "},
      {"one section", {"--select", "section=notes"}, "notes/n "},
      {"two sections", {"--select", "section=Notes,posts"}, "posts/a notes/n "},
      {"no such section", {"--select", "section=none"}, ""},
  };
  const TempDir site;
  write_site(site);
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      std::vector<std::string> words = {"--source", site.path().string(), "--clock",
                                        "2026-11-20T12:00:00Z"};
      if (std::string(c.name) == "later") {
        words.resize(2);
      }
      words.insert(words.end(), c.options.begin(), c.options.end());
      const IndexRun run = run_index(words);
      CHECK(run.exit == 0);
      CHECK(run.err.empty());
      CHECK(keys_of(run.out) == c.keys);
    }
  }
}

TEST_CASE("with -o the index is a file and stderr says so") {
  const TempDir site;
  write_site(site);
  const std::string file = (site.path() / "out/posts.json").string();
  const IndexRun run = run_index({"-s", site.path().string(), "-o", file});
  CHECK(run.exit == 0);
  CHECK(run.out.empty());
  CHECK(run.err == "likes index: 2 posts -> " + file + "\n");
  CHECK(keys_of(file_bytes(file)) == "posts/a notes/n ");
}

TEST_CASE("with -o - the index goes where it goes without") {
  const TempDir site;
  write_site(site);
  const IndexRun run = run_index({"-s", site.path().string(), "-o", "-"});
  CHECK(run.exit == 0);
  CHECK(keys_of(run.out) == "posts/a notes/n ");
  CHECK(run.err.empty());
  CHECK(!std::filesystem::exists("-"));
}

TEST_CASE("all that is wrong is listed, and nothing written unless asked for") {
  const TempDir site;
  write_site(site);
  site.write("content/posts/b.md", "---\ntitle: b\ndate: soon\n---\n");
  site.write("content/posts/c.md", "---\ntitle: a: b\n---\n");
  const std::string content = (site.path() / "content").string();
  const std::string file = site.write("posts.json", "old").string();
  const std::string wrong =
      "likes index: " + content +
      "/posts/b.md:3:7: found date 'soon', wanted a date such as 2026-11-20 or "
      "2026-11-20T08:30:00+01:00\n"
      "likes index: " +
      content + "/posts/c.md:2:9: wrong YAML: illegal map value\n";

  const IndexRun stopped = run_index({"-s", site.path().string(), "-o", file});
  CHECK(stopped.exit == 1);
  CHECK(stopped.err == wrong + "likes index: found 2 errors, wrote nothing\n");
  CHECK(file_bytes(file) == "old");

  const IndexRun kept = run_index({"-s", site.path().string(), "-o", file, "--keep-going"});
  CHECK(kept.exit == 1);
  CHECK(kept.err == wrong + "likes index: 2 posts -> " + file + "\n");
  CHECK(keys_of(file_bytes(file)) == "posts/a notes/n ");
}

TEST_CASE("wrong words on the command line are usage errors") {
  struct Case {
    const char* name;
    std::vector<std::string> words;
    const char* message;
  };
  const Case cases[] = {
      {"option",
       {"--souce", "x"},
       "likes index: unknown option '--souce', did you mean '--source'?\n"},
      {"format",
       {"--format", "xml"},
       "likes index: found --format 'xml', wanted json, jsonl or csv\n"},
      {"clock",
       {"--clock", "noon"},
       "likes index: found --clock 'noon', wanted a time such as 2026-11-20T08:30:00Z\n"},
      {"select",
       {"--select", "posts"},
       "likes index: found --select 'posts', wanted section=NAME\n"},
      {"empty select",
       {"--select", "section="},
       "likes index: found --select 'section=', wanted section=NAME\n"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const IndexRun run = run_index(c.words);
      CHECK(run.exit == 2);
      CHECK(run.out.empty());
      CHECK(run.err == std::string(c.message) + "Try: likes index --help\n");
    }
  }
}

TEST_CASE("the help fits a terminal and names every option") {
  const IndexRun run = run_index({"--help"});
  CHECK(run.exit == 0);
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(line.size() <= 80);
    CHECK(line.find('\t') == std::string::npos);
  }
  CommandLine command_line("likes", "0", "");
  index::add_index_command(command_line);
  for (const std::string& name : command_line.command("index").option_names()) {
    INFO(name);
    CHECK(run.out.find(name) != std::string::npos);
  }
}

TEST_CASE("what cannot be written is said") {
  const TempDir site;
  write_site(site);
  const std::string below_a_file = (site.path() / "config.toml/posts.json").string();
  const IndexRun run = run_index({"-s", site.path().string(), "-o", below_a_file});
  CHECK(run.exit == 1);
  CHECK(run.err.find("config.toml: cannot make the folder: ") != std::string::npos);
}

}  // namespace
}  // namespace likes::testing
