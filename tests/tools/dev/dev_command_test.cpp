#include "tools/dev/dev_command.h"

#include <httplib.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/dev/running_programs.h"

namespace likes::testing {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

int port_in(const std::string& line, const std::string& before) {
  const std::size_t found = line.find(before);
  REQUIRE(found != std::string::npos);
  return std::stoi(line.substr(found + before.size()));
}

/// A small site, and `likes dev` on it with the real Hugo and the real server.
class DevRun {
 public:
  DevRun() {
    site_.write("hugo.toml", std::string("baseURL = 'https://example.org/blog/'\n"
                                         "theme = 'theme-overlay'\nthemesDir = '") +
                                 LIKES_SOURCE_DIR +
                                 "'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n");
    site_.write("layouts/_default/single.html", "{{ partial \"likes/button.html\" . }}</body>\n");
    site_.write("layouts/_default/list.html", "list\n");
    write_post("a", "title: a");
    write_post("b", "title: b");
    write_post("draft", "title: draft\ndraft: true");
    fs::create_directory(work_.path() / "tmp");
  }

  ~DevRun() {
    // Its programs must be gone before their folders go.
    if (process_ && !has_ended_) {
      process_->signal(SIGTERM);
      wait();
    }
  }
  DevRun(const DevRun&) = delete;
  DevRun& operator=(const DevRun&) = delete;

  fs::path write_post(const std::string& name, const std::string& front_matter) const {
    return site_.write("content/posts/" + name + ".md", "---\n" + front_matter + "\n---\n");
  }

  void start(const Words& words = {}) {
    Words all = {LIKES_PROGRAM, "dev", "--source", site_.path().string()};
    all.insert(all.end(), words.begin(), words.end());
    process_ = std::make_unique<Process>(all, environment());
  }

  /// start(), and waits until both programs answer.
  void start_and_wait(const Words& words = {}) {
    start(words);
    const std::string line = process().wait_for_line("likes dev: the site is on http://localhost:");
    site_port_ = port_in(line, "the site is on http://localhost:");
    likes_port_ = port_in(line, "likes are on http://localhost:");
    CHECK(line == "likes dev: the site is on " + site_origin() + "/blog/, likes are on " +
                      likes_origin() + "; Ctrl-C ends both");
  }

  int wait() {
    has_ended_ = true;
    return process_->wait();
  }

  [[nodiscard]] Process::Environment environment() const {
    return {{"DATABASE_URL", "sqlite:" + (work_.path() / "likes.sqlite").string()},
            {"TMPDIR", (work_.path() / "tmp").string()},
            {"HUGO_CACHEDIR", (work_.path() / "cache").string()},
            {"LIKES_DEV_TEST", work_.path().string()}};
  }

  [[nodiscard]] httplib::Result page(const std::string& path) const {
    httplib::Client client("127.0.0.1", site_port_);
    return client.Get(path);
  }

  [[nodiscard]] httplib::Result like(const std::string& key, const std::string& accept = "*/*",
                                     const std::string& origin = "") const {
    httplib::Client client("127.0.0.1", likes_port_);
    const httplib::Headers headers = {{"Origin", origin.empty() ? site_origin() : origin},
                                      {"Accept", accept}};
    return client.Post("/like/" + key, headers, "", "text/plain");
  }

  /// Whether the server takes likes of this post as of one in its index; any other has a hint.
  [[nodiscard]] bool lists(const std::string& key) const {
    const httplib::Result answer = like(key);
    REQUIRE(answer);
    REQUIRE(answer->status == 200);
    return answer->body.find("\"hint\":") == std::string::npos;
  }

  /// Those that run, or any of them, by the program's name.
  [[nodiscard]] std::vector<pid_t> running(const std::string& name = "") const {
    return running_programs("LIKES_DEV_TEST=" + work_.path().string(), name);
  }

  [[nodiscard]] bool left_nothing() const {
    return running().empty() && fs::is_empty(work_.path() / "tmp");
  }

  [[nodiscard]] Process& process() const { return *process_; }
  [[nodiscard]] const TempDir& site() const { return site_; }
  [[nodiscard]] int site_port() const { return site_port_; }
  [[nodiscard]] int likes_port() const { return likes_port_; }
  [[nodiscard]] std::string site_origin() const {
    return "http://localhost:" + std::to_string(site_port_);
  }
  [[nodiscard]] std::string likes_origin() const {
    return "http://localhost:" + std::to_string(likes_port_);
  }

 private:
  TempDir site_;
  TempDir work_;
  std::unique_ptr<Process> process_;
  bool has_ended_ = false;
  int site_port_ = 0;
  int likes_port_ = 0;
};

TEST_CASE("the button on hugo server's page likes through the server beside it") {
  DevRun run;
  run.start_and_wait();
  const httplib::Result page = run.page("/blog/posts/a/");
  REQUIRE(page);
  CHECK(page->status == 200);
  CHECK(page->body.find("action=\"" + run.likes_origin() + "/like/posts/a\"") != std::string::npos);
  CHECK(run.process().output().find("likes dev: 2 posts can be liked\n") != std::string::npos);
  CHECK(run.process().output().find("hugo | ") != std::string::npos);

  const httplib::Result liked = run.like("posts/a");
  REQUIRE(liked);
  CHECK(liked->status == 200);
  CHECK(liked->body.find("\"total_likes\":1") != std::string::npos);
  CHECK(liked->get_header_value("Access-Control-Allow-Origin") == run.site_origin());
  const httplib::Result stranger = run.like("posts/b", "*/*", "https://example.org");
  REQUIRE(stranger);
  CHECK(stranger->status == 403);
  CHECK(stranger->get_header_value("Access-Control-Allow-Origin").empty());

  const httplib::Result form = run.like("posts/b", "text/html");
  REQUIRE(form);
  CHECK(form->status == 303);
  const std::string location = form->get_header_value("Location");
  CHECK(location.starts_with(run.site_origin() + "/blog/posts/b/"));
}

TEST_CASE("options for both reach both, and words behind -- reach hugo") {
  DevRun run;
  const int port = free_port();
  const int likes_port = free_port();
  run.start_and_wait({"-D", "-e", "production", "--port", std::to_string(port), "--likes-port",
                      std::to_string(likes_port), "--", "--disableLiveReload"});
  CHECK(run.site_port() == port);
  CHECK(run.likes_port() == likes_port);
  CHECK(run.process().output().find("likes dev: 3 posts can be liked\n") != std::string::npos);
  const httplib::Result page = run.page("/blog/posts/draft/");
  REQUIRE(page);
  CHECK(page->status == 200);
  // The likes of production are not for trying out, whatever the environment is called.
  CHECK(page->body.find("action=\"" + run.likes_origin() + "/like/posts/draft\"") !=
        std::string::npos);
  CHECK(page->body.find("livereload") == std::string::npos);
  CHECK(run.lists("posts/draft"));
}

TEST_CASE("a post can be liked when it is written") {
  DevRun run;
  run.start_and_wait();
  CHECK_FALSE(run.lists("posts/c"));
  run.write_post("c", "title: c");
  run.process().wait_for_line("info 3 posts from");
  CHECK(run.lists("posts/c"));

  run.site().write("content/notes/deep/d.md", "---\ntitle: d\n---\n");
  run.process().wait_for_line("info 4 posts from");
  CHECK(run.lists("notes/deep/d"));
  run.site().write("content/notes/deep/e.md", "---\ntitle: e\n---\n");
  run.process().wait_for_line("info 5 posts from");
  fs::rename(run.site().path() / "content/notes", run.site().path() / "content/talks");
  run.site().write("content/talks/f.md", "---\ntitle: f\n---\n");
  run.process().wait_for_line("info 6 posts from");
  CHECK(run.lists("talks/deep/e"));
  CHECK_FALSE(run.lists("notes/deep/e"));
}

TEST_CASE("while a file is wrong the index stays as it was") {
  DevRun run;
  run.start_and_wait();
  const fs::path wrong = run.write_post("c", "title: c: d");
  run.process().wait_for_line("likes dev: the index stays as it was");
  run.process().wait_for_line("likes dev: " + wrong.string() +
                              ":2:9: wrong YAML: illegal map value");
  CHECK(run.lists("posts/a"));
  fs::remove(wrong);
  run.process().wait_for_line("likes dev: the index is right again");

  const fs::path config = run.site().path() / "hugo.toml";
  const fs::path kept = run.site().path() / "kept.toml";
  fs::rename(config, kept);
  run.process().wait_for_line("found no configuration");
  run.write_post("c", "title: c");
  fs::rename(kept, config);
  run.process().wait_for_line("info 3 posts from");
  CHECK(run.lists("posts/c"));
}

TEST_CASE("a program that dies comes back where it was") {
  DevRun run;
  run.start_and_wait();
  for (const char* name : {"likes-server", "hugo"}) {
    INFO(name);
    const std::vector<pid_t> before = run.running(name);
    REQUIRE(before.size() == 1);
    REQUIRE(::kill(before.front(), SIGKILL) == 0);
    const std::string said = std::string(name) == "hugo" ? "hugo" : "likes";
    run.process().wait_for_line("likes dev: " + said +
                                " ended with signal 9 (Killed); starting it again in 0.25 s");
    run.process().wait_for_line("likes dev: " + said + " answers again");
    const std::vector<pid_t> after = run.running(name);
    REQUIRE(after.size() == 1);
    CHECK(after != before);
  }
  const httplib::Result page = run.page("/blog/posts/a/");
  REQUIRE(page);
  CHECK(page->status == 200);
  CHECK(run.lists("posts/a"));
}

TEST_CASE("Ctrl-C and its like leave nothing behind") {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    DYNAMIC_SECTION("signal " << number) {
      DevRun run;
      run.start_and_wait();
      CHECK(run.running("hugo").size() == 1);
      CHECK(run.running("likes-server").size() == 1);
      CHECK_FALSE(run.left_nothing());
      run.process().signal(number);
      CHECK(run.wait() == 0);
      CHECK(run.left_nothing());
      CHECK(run.process().output().find("info stopping") != std::string::npos);
    }
  }
}

/// `likes dev` as the program of a terminal; the end is waited for at the latest by the destructor.
class Terminal {
 public:
  Terminal(const Words& words, const Process::Environment& environment) {
    pid_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
      std::vector<char*> argv;
      for (const std::string& word : words) {
        argv.push_back(const_cast<char*>(word.c_str()));
      }
      argv.push_back(nullptr);
      for (const auto& [name, value] : environment) {
        ::setenv(name.c_str(), value.c_str(), 1);
      }
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
  }
  ~Terminal() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    ::close(terminal_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void type(char key) const { REQUIRE(::write(terminal_, &key, 1) == 1); }

  /// Reads until `text` is shown; "" reads to the end.
  void read_until(const std::string& text) {
    while (text.empty() || shown_.find(text) == std::string::npos) {
      pollfd readable = {terminal_, POLLIN, 0};
      char bytes[4096];
      const bool in_time = ::poll(&readable, 1, 10'000) == 1;
      const ssize_t got = in_time ? ::read(terminal_, bytes, sizeof bytes) : -1;
      if (in_time && got <= 0 && text.empty()) {
        return;
      }
      if (got <= 0) {
        FAIL("waited for '" << text << "', found:\n" << shown_);
      }
      shown_.append(bytes, static_cast<std::size_t>(got));
    }
  }

  /// Its exit code, or -1 where a signal ended it.
  int wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  [[nodiscard]] const std::string& shown() const { return shown_; }

 private:
  int terminal_ = -1;
  pid_t pid_ = -1;
  std::string shown_;
};

TEST_CASE("on a terminal the names have colours and the key is enough") {
  struct Case {
    const char* name;
    const char* no_color;
    const char* hugo;
    const char* likes;
  };
  const Case cases[] = {
      {"colours", "", "\033[35mhugo |\033[0m ", "\033[36mlikes |\033[0m "},
      {"NO_COLOR", "1", "\nhugo | ", "\nlikes | "},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      DevRun run;
      Process::Environment environment = run.environment();
      environment["TERM"] = "xterm";
      environment["NO_COLOR"] = c.no_color;
      Terminal terminal({LIKES_PROGRAM, "dev", "-s", run.site().path().string()}, environment);
      terminal.read_until("Ctrl-C ends both");
      CHECK(terminal.shown().find(c.hugo) != std::string::npos);
      CHECK(terminal.shown().find(c.likes) != std::string::npos);
      terminal.type('\x03');
      terminal.read_until("");
      CHECK(terminal.wait() == 0);
      CHECK(run.left_nothing());
    }
  }
}

TEST_CASE("Ctrl-C before anything answers leaves nothing behind") {
  DevRun run;
  run.start();
  run.process().wait_for_line("posts can be liked");
  run.process().signal(SIGINT);
  CHECK(run.wait() == 0);
  CHECK(run.left_nothing());
}

TEST_CASE("nothing runs on when likes dev itself is killed") {
  DevRun run;
  run.start_and_wait();
  std::vector<pid_t> programs = run.running("hugo");
  const std::vector<pid_t> servers = run.running("likes-server");
  programs.insert(programs.end(), servers.begin(), servers.end());
  REQUIRE(programs.size() == 2);
  run.process().signal(SIGKILL);
  CHECK(run.wait() == 128 + SIGKILL);
  for (const pid_t program : programs) {
    CHECK(wait_for_end(program));
  }
}

TEST_CASE("a program that dies again and again is given up") {
  DevRun run;
  run.site().write("layouts/_default/single.html", "{{ .Unclosed\n");
  run.start();
  for (const char* pause : {"0.25 s", "0.5 s", "1 s", "2 s"}) {
    run.process().wait_for_line("starting it again in " + std::string(pause));
  }
  CHECK(run.wait() == 1);
  CHECK(run.process().output().find("giving up\n") != std::string::npos);
  CHECK(run.process().output().find("likes dev: hugo ended with ") != std::string::npos);
  CHECK(run.process().output().find(
            "; this was the 5th time within 10 s of its start, giving up\n") != std::string::npos);
  CHECK(run.left_nothing());
}

TEST_CASE("what cannot be run is told before anything starts") {
  DevRun run;
  const std::string site = run.site().path().string();
  const TempDir elsewhere;
  const fs::path alone = elsewhere.path() / "likes";
  fs::copy_file(LIKES_PROGRAM, alone);
  const auto found = [&](const Words& words, const std::string& path) {
    Process::Environment environment = run.environment();
    environment["PATH"] = path;
    Process process(words, environment);
    CHECK(process.wait() == 1);
    CHECK(run.left_nothing());
    return process.output();
  };
  const fs::path hugo = elsewhere.write("bin/hugo", "#!/bin/sh\necho hugo v0.169.0\n");
  fs::permissions(hugo, fs::perms::owner_all);
  CHECK(found({LIKES_PROGRAM, "dev", "-s", site}, "/nowhere") ==
        "likes dev: found no 'hugo' in PATH, wanted Hugo 0.111 or newer; install the package hugo, "
        "for example with: apt install hugo\n");
  CHECK(found({alone.string(), "dev", "-s", site}, hugo.parent_path().string()) ==
        "likes dev: found no 'likes-server' in " + elsewhere.path().string() +
            " nor in PATH; it is built and installed with likes\n");
  const std::string bin = hugo.parent_path().string();
  run.write_post("c", "title: c: d");
  CHECK(found({LIKES_PROGRAM, "dev", "-s", site}, bin) ==
        "likes dev: " + site + "/content/posts/c.md:2:9: wrong YAML: illegal map value\n");
  CHECK(found({LIKES_PROGRAM, "dev", "-s", elsewhere.path().string()}, bin) ==
        "likes dev: " + elsewhere.path().string() +
            ": found no configuration, wanted hugo.toml, config.toml or their like here (or "
            "--config FILE)\n");
  elsewhere.write("bin/hugo", "#!/bin/sh\necho hugo v0.110.0\n");
  CHECK(found({LIKES_PROGRAM, "dev", "-s", site}, bin) ==
        "likes dev: " + hugo.string() +
            ": found Hugo version 'hugo v0.110.0', wanted 0.111 or later, such as 0.131\n");
}

TEST_CASE("a port that is taken is told") {
  DevRun first;
  first.start_and_wait();
  DevRun second;
  const std::string port = std::to_string(first.likes_port());
  second.start({"--likes-port", port});
  CHECK(second.wait() == 1);
  CHECK(second.process().output() ==
        "likes dev: another program uses port " + port +
            "; wanted a free one in --likes-port, or no --likes-port to have one chosen\n");
}

TEST_CASE("two that start at the same time keep out of each other's way") {
  DevRun first;
  DevRun second;
  first.start();
  second.start_and_wait();
  const std::string line = first.process().wait_for_line("likes dev: the site is on");
  CHECK(port_in(line, "the site is on http://localhost:") != second.site_port());
  CHECK(port_in(line, "likes are on http://localhost:") != second.likes_port());
  CHECK(first.process().output().find("starting it again") == std::string::npos);
  CHECK(second.process().output().find("starting it again") == std::string::npos);
}

TEST_CASE("wrong words are usage errors") {
  struct Case {
    const char* name;
    Words words;
    const char* message;
  };
  const Case cases[] = {
      {"option", {"--prot", "1"}, "unknown option '--prot', did you mean '--port'?"},
      {"argument", {"posts"}, "unexpected argument 'posts', wanted options for hugo behind '--'"},
      {"drafts for hugo alone",
       {"--", "-D"},
       "found '-D' behind '--', where hugo alone sees it; wanted it before '--'"},
      {"port", {"--port", "65536"}, "found --port 65536, wanted a port from 1 to 65535"},
      {"no port", {"--likes-port", "0"}, "found --likes-port 0, wanted a port from 1 to 65535"},
      {"one port for both",
       {"--port", "65535", "--likes-port", "65535"},
       "found 65535 for both --port and --likes-port, wanted two ports"},
      {"clock",
       {"--clock", "noon"},
       "found --clock 'noon', wanted a time such as 2026-11-20T08:30:00Z"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Words words = {LIKES_PROGRAM, "dev"};
      words.insert(words.end(), c.words.begin(), c.words.end());
      Process process(words);
      CHECK(process.wait() == 2);
      CHECK(process.output() ==
            "likes dev: " + std::string(c.message) + "\nTry: likes dev --help\n");
    }
  }
}

}  // namespace
}  // namespace likes::testing
