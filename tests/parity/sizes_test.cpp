#include <cstddef>
#include <map>
#include <string>

#include "tests/parity/site_build.h"
#include "tests/support/catch.h"
#include "tools/bake/compression.h"

// What README promises to every reader's connection.
TEST_CASE("the script is at most 1,000 bytes as shipped, gzipped, and the style sheet 700") {
  const std::map<std::string, std::size_t> limits = {{".js", 1000}, {".css", 700}};
  likes::testing::DemoBuild demo;
  std::size_t seen = 0;
  for (const auto& [name, bytes] : likes::testing::files_below(demo.build({}) / "hugo-likes")) {
    if (!name.starts_with("like.")) {
      continue;  // What only some pages ask for.
    }
    const likes::Result<std::string> gzipped =
        likes::bake::compress(likes::bake::Coding::kGzip, bytes);
    REQUIRE(gzipped);
    INFO(name << ": " << gzipped->size());
    CHECK(gzipped->size() <= limits.at(name.substr(name.rfind('.'))));
    ++seen;
  }
  CHECK(seen == limits.size());
}
