#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace likes::testing {

/// The demo site, or another, as readers meet it: indexed, built by Hugo, baked and served by a
/// likes-server of its own, on a new SQLite database and a free port.
class DemoSite {
 public:
  /// `settings` are further ones of the server, as RATE_LIMIT, or of Hugo.
  explicit DemoSite(const Process::Environment& settings = {},
                    std::string source = LIKES_SOURCE_DIR);

  /// `http://localhost:41234` + path.
  [[nodiscard]] std::string url(const std::string& path) const;

  /// Brings the live counts into the pages: snapshot, then bake.
  void refresh();

  /// Builds the pages anew with the live counts, for what Hugo alone draws: lists and trends.
  void rebuild();

  /// Takes over likes from a file of lines, as `likes-server export` prints them. The pages do not
  /// know of them yet.
  void import_likes(const std::filesystem::path& file);

  /// Ends the server; pages that are open stay.
  void stop_server();

  /// Starts it again, without the post of this key.
  void restart_server_without(const std::string& key);

  /// The server takes requests and answers none, until it goes on.
  void pause_server() const;
  void resume_server() const;

  /// Makes a page an hour older than it is.
  void age(const std::string& path) const;

  /// The text of a page as it is sent, before any script.
  [[nodiscard]] std::string html(const std::string& path) const;

 private:
  void run(const std::vector<std::string>& words) const;
  void build() const;
  void take_snapshot() const;
  void start_server();
  [[nodiscard]] std::filesystem::path snapshot() const { return dir_.path() / "data/likes.json"; }
  [[nodiscard]] std::filesystem::path file_of(const std::string& path) const;

  std::string source_;
  TempDir dir_;
  int port_;
  Process::Environment environment_;
  std::unique_ptr<Process> server_;
};

/// The number that the markers of `key` show in a page's HTML; fails the test when there is none or
/// when they differ.
[[nodiscard]] std::string baked_count(const std::string& html, const std::string& key);

}  // namespace likes::testing
