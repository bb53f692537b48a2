// Holds any bytes, taken for front matter, for a page's text, for a configuration, for the name of
// a file or for a permalink, against the promise of the index: an error or a result, never a crash.
// Built with clang and LIKES_FUZZER it is a libFuzzer target; otherwise it makes inputs at random:
//
//     index_fuzzer COUNT [SEED]

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/fuzz/chance.h"
#include "tests/support/temp_dir.h"
#include "tools/hugo/config.h"
#include "tools/hugo/date.h"
#include "tools/hugo/front_matter.h"
#include "tools/hugo/link.h"
#include "tools/hugo/page_path.h"
#include "tools/hugo/permalink.h"
#include "tools/hugo/site.h"
#include "tools/markup/rendered_page.h"

namespace {

using namespace likes;

/// Gives whether anything could be made of the input.
bool hold_text(const std::string& input) {
  bool is_good = false;
  for (const hugo::HugoVersion version : {hugo::HugoVersion{}, hugo::kOldestHugo}) {
    const hugo::VersionRules rules(version);
    if (const Result<std::optional<hugo::FrontMatterBlock>> block =
            hugo::find_front_matter(input, "a.md")) {
      is_good = hugo::read_front_matter(*block, "a.md", rules).has_value() || is_good;
    }
    if (const Result<hugo::PermalinkPattern> pattern =
            hugo::PermalinkPattern::compile(input, rules)) {
      static_cast<void>(
          pattern->expand({{}, input, input, input, input, "a", "a/b", "a/b"}, {true, true}));
    }
  }
  if (const std::optional<hugo::PagePath> path =
          hugo::parse_page_path(input, {{"en", "pl"}, {"de"}, false})) {
    hugo::LinkParts parts;
    parts.url = input;
    parts.name = path->name();
    parts.folder = path->folder();
    static_cast<void>(hugo::page_link(parts));
  }
  static_cast<void>(hugo::parse_date(input, hugo::TimeZone()));
  return is_good;
}

/// The input as the text of a page in Markdown and in HTML.
bool hold_body(const std::string& input) {
  hugo::Page page;
  page.source.place = "a.md";
  hugo::Config config;
  hugo::MarkupRules& rules = config.languages[0].markup;
  bool is_good = false;
  for (const char* extension : {"md", "html"}) {
    page.source.path.extension = extension;
    for (const bool is_new : {true, false}) {
      rules.html_summaries = rules.closes_summaries = is_new;
      rules.keeps_raw_html = !is_new;
      config.rules.strips_by_blocks = is_new;
      config.languages[0].summary_length = is_new ? 3 : 70;
      is_good = markup::render_page(input, page, config).has_value() || is_good;
    }
  }
  return is_good;
}

/// The input as a whole site's configuration and as its only page.
bool hold_site(const std::string& input, const testing::TempDir& folder) {
  bool is_good = false;
  folder.write("content/a/b.md", input);
  for (const char* name : {"c.toml", "c.yaml", "c.json"}) {
    folder.write(name, input);
    hugo::ConfigRequest request;
    request.source = folder.path();
    request.files = {name};
    if (const Result<hugo::Config> config = hugo::load_config(request)) {
      is_good = true;
      static_cast<void>(hugo::load_site(*config, hugo::Date::at(1'795'000'000, 0)));
    }
  }
  return is_good;
}

}  // namespace

#if LIKES_FUZZER

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const testing::TempDir folder;
  const std::string input(reinterpret_cast<const char*>(data), size);
  hold_text(input);
  hold_body(input);
  hold_site(input, folder);
  return 0;
}

#else

namespace {

constexpr std::array kBegins{"---\n", "+++\n", "{", "#+title: a\n", "", "\xef\xbb\xbf---\n"};
constexpr std::array kEnds{"---\n", "+++\n", "}", "", "\n"};
constexpr std::array kPieces{"title: a\n",
                             "title = 'a'\n",
                             "\"title\": \"a\",",
                             "date: 2026-11-20\n",
                             "date = 2026-11-20T08:30:00.5Z\n",
                             "languages:\n  pl:\n    weight: 1\n",
                             "[languages.pl]\n",
                             "[permalinks]\n",
                             "posts = '/:year/:sections[1:]/:slug/'\n",
                             "permalinks: {posts: /:title}\n",
                             "taxonomies: {tag: tags}\n",
                             "[module]\n[[module.mounts]]\n",
                             "source = 'a'\n",
                             "cascade:\n  - _target: {path: /**}\n",
                             "baseURL: https://example.org/\n",
                             "uglyURLs = true\n",
                             "timeZone: Asia/Tokyo\n",
                             "aliases: [a, /b]\n",
                             "tags: &x [a]\nseries: *x\n",
                             "<<: *x\n",
                             "a: !!binary x\n",
                             "[[a]]\n",
                             "a.b.c = {d = [1, 2.5]}\n",
                             "url: /:slug/..\n",
                             "{\"a\": [",
                             "]}",
                             "[",
                             "{",
                             "'",
                             "\"",
                             "|\n  x\n",
                             ">-\n",
                             "\t",
                             "\\",
                             "\\u0000",
                             "\xc5\xbc",
                             "\xff",
                             "\r\n",
                             ":",
                             "#",
                             "%",
                             "..",
                             "/",
                             ".pl.md",
                             "_index.md",
                             "0x1F",
                             "1e999",
                             "-0",
                             "9223372036854775808",
                             "~",
                             "0001-01-01",
                             "# a {#b .c d=\"e\"}\n",
                             "a\n: b\n",
                             "|a|b|\n|-|:-|\n|c|\n",
                             "[^a]\n\n[^a]: b\n\n",
                             "- [x] a\n",
                             "> ",
                             "**a *b",
                             "~~",
                             "`",
                             "```x\n",
                             "[a](b \"c\")",
                             "![",
                             "https://a.org/b_c)",
                             "a@b.org ",
                             "{{< a >}}",
                             "{{< /a >}}",
                             "{{% b \"c\" %}}",
                             "<!--more-->",
                             "<!-- ",
                             "<div title=\"",
                             "</p>",
                             "<p>",
                             "<script>",
                             "HUGOMORE42",
                             "LIKESSHORTCODE0HBHB",
                             "\xee\x80\x80",
                             "&quot;",
                             "\n\n",
                             "    "};

std::string random_input(testing::Chance& chance) {
  std::string bytes = chance.one_of(kBegins);
  for (std::size_t pieces = chance.below(8); pieces > 0; --pieces) {
    bytes += kPieces[chance.below(chance.below(4) != 0 ? kPieces.size() : 24)];
  }
  bytes += chance.one_of(kEnds);
  for (std::size_t changes = chance.below(4); changes > 0; --changes) {
    if (chance.below(4) == 0) {
      bytes.insert(chance.below(bytes.size() + 1),
                   std::string(chance.below(300), "[{-\"'"[chance.below(5)]));
    } else {
      chance.damage(bytes);
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  const testing::FuzzRun run(argc, argv);
  const testing::TempDir folder;
  testing::Chance chance(run.seed);
  std::uint64_t good = 0;
  for (std::uint64_t made = 0; made < run.count; ++made) {
    const std::string input = random_input(chance);
    const bool is_text = hold_text(input);
    hold_body(input);
    // Files are slow: one in eight is a site, too.
    const bool is_site = made % 8 == 0 && hold_site(input, folder);
    good += is_text || is_site ? 1 : 0;
  }
  std::printf("%llu inputs, %llu of them could be read; none was too much\n",
              static_cast<unsigned long long>(run.count), static_cast<unsigned long long>(good));
  // Were nearly all refused at once, little would have been tried.
  return good > run.count / 20 ? 0 : 1;
}

#endif
