#include "tests/parity/demo_build.h"

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/process.h"
#include "tools/support/file_io.h"

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

DemoBuild::DemoBuild() {
  const fs::path top = LIKES_SOURCE_DIR;
  for (const char* part : {"config.toml", "site", "theme-overlay"}) {
    fs::copy(top / part, dir_.path() / part, fs::copy_options::recursive);
  }
}

fs::path DemoBuild::build(const formats::LikeCounts& counts,
                          const std::vector<std::string>& words) {
  REQUIRE(write_file(dir_.path() / "site/data/likes.json", formats::write_like_counts(counts)));
  const fs::path destination = dir_.path() / ("public-" + std::to_string(++builds_));
  std::vector<std::string> command = {"hugo", "--source", dir_.path().string(), "--destination",
                                      destination.string()};
  command.insert(command.end(), words.begin(), words.end());
  run(command);
  return destination;
}

std::string DemoBuild::posts_index() const {
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
