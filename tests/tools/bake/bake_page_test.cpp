#include "tools/bake/bake_page.h"

#include <filesystem>
#include <random>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tools/bake/site_files.h"
#include "tools/html/page_file.h"

using likes::bake::bake_page;
using likes::bake::BakedPage;
using likes::formats::LikeCounts;
using likes::html::Syntax;

namespace {

LikeCounts counts_of(const std::filesystem::path& file) {
  const likes::Result<LikeCounts> counts =
      likes::formats::read_like_counts(likes::testing::file_bytes(file), file.string());
  REQUIRE(counts);
  return *counts;
}

/// Pages put together at random from pieces that a scanner can stumble over.
std::string random_page(std::mt19937& random) {
  const char* pieces[] = {"<",
                          ">",
                          "<p>",
                          "</p>",
                          "<!--",
                          "-->",
                          "\"",
                          "'",
                          "=",
                          "/",
                          "<script>",
                          "</script>",
                          " a=",
                          "text",
                          "\n",
                          "&amp;",
                          "\xE2\x80\x93",
                          "<span data-likes-count=",
                          "posts/a",
                          "</span>",
                          "<textarea>",
                          "</textarea>",
                          "\xFF",
                          "<i data-likes-count='posts/b'>1</i>"};
  std::uniform_int_distribution<std::size_t> pick(0, std::size(pieces) - 1);
  std::string page;
  for (std::size_t i = pick(random) * 3; i > 0; --i) {
    page += pieces[pick(random)];
  }
  return page;
}

}  // namespace

TEST_CASE("golden pages are baked as expected, and baked again they stay") {
  for (const std::filesystem::path& folder : likes::testing::golden_cases("bake")) {
    DYNAMIC_SECTION(folder.filename().string()) {
      const LikeCounts counts = counts_of(folder / "likes.json");
      std::string suffix = ".html";
      for (const char* feed : {".xml", ".json"}) {
        suffix = std::filesystem::exists(folder / (std::string("input") + feed)) ? feed : suffix;
      }
      const Syntax syntax = likes::html::syntax_of("input" + suffix).value();
      const std::string page = likes::testing::file_bytes(folder / ("input" + suffix));
      REQUIRE_FALSE(page.empty());
      const BakedPage baked = bake_page(page, counts, "input", syntax);
      likes::testing::check_golden(folder / ("expected" + suffix), baked.html);
      CHECK(bake_page(baked.html, counts, "input", syntax).html == baked.html);
    }
  }
}

TEST_CASE("random pages: baking twice is baking once, and no marker means no change") {
  LikeCounts counts;
  counts.likes["posts/a"] = {7, {}};
  std::mt19937 random(20261120);  // fixed, so that a failure comes again
  std::size_t with_markers = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string page = random_page(random);
    const BakedPage once = bake_page(page, counts, "page");
    CAPTURE(page);
    REQUIRE(bake_page(once.html, counts, "page").html == once.html);
    if (once.keys.empty()) {
      REQUIRE(once.html == page);
    } else {
      ++with_markers;
    }
  }
  CHECK(with_markers > 1000);  // or the pages would test nothing
}

TEST_CASE("a page says which counts it shows") {
  LikeCounts counts;
  counts.likes["a"] = {0, {}};
  const BakedPage baked =
      bake_page("<i data-likes-count=a>9</i><i data-likes-count=b>9</i>", counts, "page");
  CHECK(baked.html == "<i data-likes-count=a>0</i><i data-likes-count=b>\u2013</i>");
  CHECK(baked.keys == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a page in another encoding is left alone and told, when it has markers") {
  struct Case {
    const char* name;
    std::string page;
    bool is_told;
  };
  const std::string utf16("\xFF\xFE<\0i\0 \0d\0a\0t\0a\0-\0l\0i\0k\0e\0s\0-\0c\0o\0u\0n\0t\0=\0",
                          42);
  const Case cases[] = {
      {"Latin 1", "caf\xE9 <i data-likes-count=a>9</i>", true},
      {"Latin 1, right already", "caf\xE9 <i data-likes-count=a>1</i>", true},
      {"Latin 1 without markers", "caf\xE9", false},
      {"UTF-16", utf16, true},
      {"UTF-16 without markers", utf16.substr(0, 8), false},
      {"UTF-8 with a byte order mark", "\xEF\xBB\xBF<i data-likes-count=a>1</i>", false},
  };
  LikeCounts counts;
  counts.likes["a"] = {1, {}};
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const BakedPage baked = bake_page(c.page, counts, "p.html");
      CHECK(baked.html == c.page);
      REQUIRE(baked.problems.size() == (c.is_told ? 1 : 0));
      if (c.is_told) {
        CHECK(baked.problems.front().to_string() ==
              "p.html: is not UTF-8; its counts are left as they are");
      }
    }
  }
}
