#include "tests/browser/demo_site.h"

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tools/html/marker.h"

namespace likes::testing {

DemoSite::DemoSite(const Process::Environment& settings, std::string source)
    : source_(std::move(source)), port_(free_port()) {
  const std::string dir = dir_.path().string();
  environment_ = {{"HUGO_BASEURL", url("/")},
                  {"HUGO_CACHEDIR", dir + "/cache"},
                  {"HUGO_DATADIR", snapshot().parent_path().string()},
                  {"HUGO_RESOURCEDIR", dir + "/resources"},
                  {"DATABASE_URL", "sqlite:" + dir + "/likes.sqlite"},
                  {"BIND_ADDRESS", "127.0.0.1:" + std::to_string(port_)},
                  {"ADMIN_ADDRESS", "off"},
                  {"POSTS_FILE", dir + "/posts.json"},
                  {"SITE_DIR", dir + "/public"}};
  environment_.insert(settings.begin(), settings.end());
  std::filesystem::create_directory(snapshot().parent_path());
  run({LIKES_PROGRAM, "index", "--source", source_, "-o", dir + "/posts.json"});
  build();
  start_server();
  refresh();
}

void DemoSite::build() const {
  run({"hugo", "--noBuildLock", "--source", source_, "--destination",
       (dir_.path() / "public").string()});
}

void DemoSite::start_server() {
  server_ = std::make_unique<Process>(std::vector<std::string>{LIKES_SERVER}, environment_);
  server_->wait_for_line("listening on");
}

std::string DemoSite::url(const std::string& path) const {
  return "http://localhost:" + std::to_string(port_) + path;
}

void DemoSite::run(const std::vector<std::string>& words) const {
  Process process(words, environment_, words.front());
  const int status = process.wait();
  INFO(process.output());
  REQUIRE(status == 0);
}

void DemoSite::take_snapshot() const {
  run({LIKES_PROGRAM, "snapshot", "--from", url(""), "-o", snapshot().string()});
}

void DemoSite::refresh() {
  take_snapshot();
  run({LIKES_PROGRAM, "bake", (dir_.path() / "public").string(), "--likes", snapshot().string()});
}

void DemoSite::rebuild() {
  take_snapshot();
  build();
}

void DemoSite::import_likes(const std::filesystem::path& file) {
  stop_server();
  run({LIKES_SERVER, "import", "jsonl", file.string()});
  start_server();
}

void DemoSite::stop_server() {
  server_->signal(SIGTERM);
  REQUIRE(server_->wait() == 0);
}

void DemoSite::restart_server_without(const std::string& key) {
  stop_server();
  nlohmann::json posts = nlohmann::json::parse(file_bytes(dir_.path() / "posts.json"));
  posts.erase(std::find_if(posts.begin(), posts.end(),
                           [&](const nlohmann::json& post) { return post["key"] == key; }));
  dir_.write("posts.json", posts.dump());
  start_server();
}

void DemoSite::pause_server() const {
  server_->signal(SIGSTOP);
}

void DemoSite::resume_server() const {
  server_->signal(SIGCONT);
}

std::filesystem::path DemoSite::file_of(const std::string& path) const {
  return dir_.path() / "public" / path.substr(1) / "index.html";
}

void DemoSite::age(const std::string& path) const {
  const std::filesystem::path file = file_of(path);
  std::filesystem::last_write_time(file,
                                   std::filesystem::last_write_time(file) - std::chrono::hours(1));
}

std::string DemoSite::html(const std::string& path) const {
  return file_bytes(file_of(path));
}

std::string baked_count(const std::string& html, const std::string& key) {
  std::set<std::string> counts;
  for (const likes::html::Marker& marker : likes::html::find_markers(html, key).found) {
    if (marker.key == key) {
      counts.emplace(marker.text.in(html));
    }
  }
  INFO("markers of " << key);
  REQUIRE(counts.size() == 1);
  return *counts.begin();
}

}  // namespace likes::testing
