#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/parity/site_build.h"
#include "tests/support/catch.h"
#include "tests/tools/check/run_check.h"

namespace likes::testing {
namespace {

TEST_CASE("the demo site, built by hugo, is right; without one of its posts it is not") {
  DemoBuild demo;
  formats::LikeCounts counts;
  counts.likes["posts/privacy"].total = 7;
  const std::filesystem::path built = demo.build(counts);
  const std::filesystem::path source = built.parent_path();
  const std::vector<std::string> words = {built.string(), "--source", source.string()};

  const CheckRun right = run_check(words);
  CHECK(right.out.empty());
  CHECK(right.err.find(" and 1 count looked at: 0 errors, 0 notes") != std::string::npos);
  CHECK(right.exit == 0);

  REQUIRE(std::filesystem::remove(source / "site/content/posts/privacy.md"));
  const CheckRun wrong = run_check(words);
  CHECK(wrong.out.find("found data-likes-count=\"posts/privacy\" (here and on ") !=
        std::string::npos);
  CHECK(wrong.out.find("site/data/likes.json: found 7 likes of 'posts/privacy', wanted the key of "
                       "a post\n") != std::string::npos);
  CHECK(wrong.exit == 1);
}

TEST_CASE("the demo site under a base path and minified is right as well") {
  DemoBuild demo;
  const std::string base = "https://example.org/blog/";
  const std::filesystem::path built = demo.build({}, {"--minify", "--baseURL", base});
  const std::filesystem::path source = built.parent_path();
  REQUIRE(::setenv("HUGO_BASEURL", base.c_str(), 1) == 0);
  const CheckRun run = run_check({built.string(), "--source", source.string()});
  ::unsetenv("HUGO_BASEURL");
  CHECK(run.out.empty());
  CHECK(run.exit == 0);
}

}  // namespace
}  // namespace likes::testing
