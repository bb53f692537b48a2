#include "tests/parity/site_build.h"

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/process.h"

namespace likes::testing {

namespace fs = std::filesystem;

namespace {

std::string run(const std::vector<std::string>& words) {
  Process process(words, {}, words.front());
  const int status = process.wait();
  INFO(process.output());
  REQUIRE(status == 0);
  return process.output();
}

}  // namespace

SiteBuild::SiteBuild() {
  fs::copy(fs::path(LIKES_SOURCE_DIR) / "theme-overlay", folder() / "theme-overlay",
           fs::copy_options::recursive);
}

void SiteBuild::write(const std::string& file, const std::string& text) {
  dir_.write(file, text);
}

DemoBuild::DemoBuild() {
  data_ = "site/data";
  for (const char* part : {"config.toml", "site"}) {
    fs::copy(fs::path(LIKES_SOURCE_DIR) / part, folder() / part, fs::copy_options::recursive);
  }
}

fs::path SiteBuild::build(const formats::LikeCounts& counts,
                          const std::vector<std::string>& words) {
  dir_.write(fs::path(data_) / "likes.json", formats::write_like_counts(counts));
  const fs::path destination = dir_.path() / ("public-" + std::to_string(++builds_));
  std::vector<std::string> command = {"hugo",          "--panicOnWarning",
                                      "--source",      dir_.path().string(),
                                      "--destination", destination.string()};
  command.insert(command.end(), words.begin(), words.end());
  run(command);
  return destination;
}

std::string SiteBuild::posts_index() const {
  const std::string file = (dir_.path() / "posts.json").string();
  run({LIKES_PROGRAM, "index", "--source", dir_.path().string(), "-o", file});
  return file_bytes(file);
}

std::map<std::string, std::string> files_below(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).string()] = file_bytes(entry.path());
    }
  }
  return files;
}

}  // namespace likes::testing
