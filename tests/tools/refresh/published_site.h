#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/counts_server.h"
#include "tests/support/golden.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/bake/site_support.h"
#include "tools/formats/like_counts.h"
#include "tools/refresh/refresh.h"

namespace likes::testing {

/// A built site, a likes server and a link to publish, as `likes refresh` wants them.
class PublishedSite {
 public:
  PublishedSite()
      : server_([this](const httplib::Request& request, httplib::Response& response) {
          const std::lock_guard lock(mutex_);
          const std::string bytes = formats::write_like_counts(counts_);
          response.set_header("ETag", formats::entity_tag(bytes));
          if (is_away_) {
            response.status = 503;
          } else if (request.get_header_value("If-None-Match") == formats::entity_tag(bytes)) {
            response.status = 304;
          } else {
            response.set_content(bytes, "application/json");
          }
        }) {
    set_likes({{"a", 1}, {"b", 1}});
    dir.write("public/index.html", page_of("a") + page_of("b"));
    dir.write("public/a/index.html", page_of("a"));
    dir.write("public/b/index.html", page_of("b"));
    dir.write("public/style.css", "p {}");
  }

  static std::string page_of(const std::string& key) {
    return "<b data-likes-count=\"" + key + "\">0</b>\n";
  }

  void set_likes(const std::map<std::string, std::int64_t>& totals) {
    const std::lock_guard lock(mutex_);
    counts_ = likes_of(totals);
    counts_.newest = ++newest_;
  }
  void set_away(bool is_away) {
    const std::lock_guard lock(mutex_);
    is_away_ = is_away;
  }

  [[nodiscard]] refresh::RefreshOptions options() const {
    refresh::RefreshOptions options;
    options.server = server_.url();
    options.site = site();
    options.link = link();
    return options;
  }
  [[nodiscard]] std::vector<std::string> command() const {
    return {LIKES_PROGRAM, "refresh", "--from",    server_.url(),
            "--site",      site(),    "--publish", link()};
  }

  [[nodiscard]] std::filesystem::path site() const { return dir.path() / "public"; }
  [[nodiscard]] std::filesystem::path link() const { return dir.path() / "www/blog"; }
  [[nodiscard]] std::filesystem::path folder() const { return dir.path() / "www/blog.likes"; }

  /// What a reader gets.
  [[nodiscard]] std::string shown(const std::string& page) const {
    return file_bytes(link() / page);
  }

  /// The names of the generations that there are.
  [[nodiscard]] std::set<std::string> generations() const {
    std::set<std::string> names;
    for (const std::filesystem::directory_entry& entry :
         std::filesystem::directory_iterator(folder())) {
      const std::string name = entry.path().filename().string();
      if (entry.is_directory() && name != "cache") {
        names.insert(name);
      }
    }
    return names;
  }

  TempDir dir;

 private:
  std::mutex mutex_;
  formats::LikeCounts counts_;
  std::int64_t newest_ = 1795165200;
  bool is_away_ = false;
  CountsServer server_;
};

}  // namespace likes::testing
