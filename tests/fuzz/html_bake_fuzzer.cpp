// Holds any bytes, taken for a page, against the promises of `likes bake`. Built with clang and
// LIKES_FUZZER it is a libFuzzer target; otherwise it makes its own pages at random:
//
//     html_bake_fuzzer SECONDS [SEED]      or      html_bake_fuzzer ./FILE...

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/fuzz/bake_oracle.h"

namespace {

constexpr std::string_view kMarker = "<i data-likes-count=a>1</i>";

void hold(const std::string& page) {
  const std::string broken = likes::testing::broken_promise(page);
  if (!broken.empty()) {
    std::fprintf(stderr, "%s\nin this page:\n", broken.c_str());
    std::fwrite(page.data(), 1, page.size(), stderr);
    std::abort();
  }
}

/// The page itself, and with a marker where the page may have prepared a trap for it.
void hold_with_markers(const std::string& page) {
  hold(page);
  hold(page + std::string(kMarker));
  hold(std::string(page).insert(page.size() / 2, kMarker));
}

}  // namespace

#if LIKES_FUZZER

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hold_with_markers(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}

#else

#include <chrono>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>

namespace {

/// What scanners of HTML stumble over.
constexpr const char* kPieces[] = {
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    "&",
    ";",
    "!",
    "-",
    "--",
    "?",
    " ",
    "\n",
    "\t",
    "\0",
    "a",
    "1",
    "\xFF",
    "\xE2\x80\x93",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<!--->",
    "<![CDATA[",
    "]]>",
    "<!doctype html>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<a href=x>",
    "</a>",
    "<br/>",
    "<p/>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<select>",
    "<option>",
    "</select>",
    "<template>",
    "</template>",
    "<noscript>",
    "</noscript>",
    "<script>",
    "</script>",
    "<script/>",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<textarea>",
    "</textarea>",
    "<iframe>",
    "</iframe>",
    "<xmp>",
    "</xmp>",
    "<svg>",
    "</svg>",
    "<svg/>",
    "<g>",
    "</g>",
    "<path d=x/>",
    "<desc>",
    "</desc>",
    "<foreignObject>",
    "</foreignObject>",
    "<math>",
    "</math>",
    "<mi>",
    "</mi>",
    "<annotation-xml encoding=text/html>",
    "</annotation-xml>",
    "<font color=x>",
    "</font>",
    "<plaintext>",
    "&lt;",
    "&gt;",
    "&amp;",
    "&#34;",
    "&#x3c;",
    "\\u003c",
    "\\\"",
    " data-likes-count=a",
    "<span data-likes-count=",
    "<span data-likes-count=\"posts/b\">",
    "</span>",
    "<i data-likes-count='a&amp;b'>1</i>",
    "<text data-likes-count=a>7</text>",
    "&lt;i data-likes-count=&#34;a&#34;&gt;1&lt;/i&gt;",
    "\"\\u003ci data-likes-count=\\\"a\\\"\\u003e1\\u003c/i\\u003e\"",
    "<head>",
    "</head>",
    "<body>",
    "</body>",
    "</html>",
    "<h1>",
    "<li>",
    "<ul>",
    "<button>",
    "<form>",
    "<input>"};

std::string random_page(std::mt19937_64& random) {
  std::uniform_int_distribution<std::size_t> pick(0, std::size(kPieces) - 1);
  std::string page;
  for (std::size_t i = pick(random) / 2; i > 0; --i) {
    const char* piece = kPieces[pick(random)];
    page += *piece == '\0' ? std::string(1, '\0') : std::string(piece);
  }
  return page;
}

int run_files(int count, char** files) {
  for (int i = 0; i < count; ++i) {
    std::ostringstream bytes;
    bytes << std::ifstream(files[i], std::ios::binary).rdbuf();
    std::fprintf(stderr, "%s\n", files[i]);
    hold_with_markers(bytes.str());
  }
  std::printf("%d pages keep the promises\n", count);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  char* end = nullptr;
  const long seconds = argc > 1 ? std::strtol(argv[1], &end, 10) : 5;
  if (end != nullptr && *end != '\0') {
    return run_files(argc - 1, argv + 1);
  }
  const std::uint64_t seed =
      argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device()();
  std::fprintf(stderr, "seed %llu\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  const std::chrono::steady_clock::time_point until =
      std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::size_t pages = 0;
  for (; std::chrono::steady_clock::now() < until; ++pages) {
    hold_with_markers(random_page(random));
  }
  std::printf("%zu pages keep the promises\n", pages);
  return pages > 0 ? 0 : 1;
}

#endif
