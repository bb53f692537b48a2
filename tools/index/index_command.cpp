#include "tools/index/index_command.h"

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/formats/posts_index.h"
#include "tools/hugo/config.h"
#include "tools/hugo/site.h"
#include "tools/index/build_index.h"
#include "tools/index/full_record.h"
#include "tools/index/hugo_list.h"
#include "tools/index/site_options.h"
#include "tools/markup/rendered_page.h"
#include "tools/markup/rendering_cache.h"
#include "tools/support/cache_file.h"
#include "tools/support/file_io.h"
#include "tools/support/progress.h"

namespace likes::index {
namespace {

constexpr const char* kProgram = "likes index";

constexpr const char* kHelp =
    R"(Usage: likes index [options]

Writes posts.json: what can be liked, read from a Hugo site's configuration and
content as Hugo itself reads them. Hugo is not needed for it.

Options that mean what Hugo's own mean:
  -s, --source DIR       the site (default: .)
  -c, --config FILE,...  its configuration, later files win (default: the first
                         of hugo.toml .yaml .yml .json, then config.toml ...)
  -e, --environment ENV  the environment (default: production)
  -D, --buildDrafts      drafts too
  -F, --buildFuture      posts of the future too
  -E, --buildExpired     expired posts too
      --clock TIME       the time that this is judged by (default: now)
      --hugo-version V   the Hugo whose rules count, from 0.111 on, or what
                         `hugo version` prints (default: [params.likes]
                         hugoVersion, or else 0.169)

More options:
      --select section=NAME,...
                         only posts of these sections (default: those of
                         [params.likes] sections, or else all)
      --keep-going       leave out what is wrong and write the rest; exit 1
      --format FORMAT    json; jsonl, one post a line; csv, the columns of
                         `hugo list` (default: json)
      --full             every page with all that Hugo knows of it before it
                         renders it, likes or not
      --rendered         summary, wordCount and readingTime too, from Markdown
                         and HTML. Templates are not evaluated: a shortcode is
                         what stands between its tags, or nothing; code has no
                         colours
      --cache DIR        remember pages, and how they were rendered, in DIR, so
                         that the next run reads only files that have changed
                         (default: read all)
  -o, --output FILE      where to write (default: -, standard output)
  -h, --help             this text

Environment: HUGO_BASEURL and the other HUGO_... variables, as in Hugo.

Front matter: with `likes: false` a page takes no likes; `likes: {key: a/b}`
names the key that its likes are kept under (default: the page's path).

Example:
  likes index --source . -o posts.json
)";

struct Options {
  SiteOptions site;
  bool keep_going = false;
  bool full = false;
  bool rendered = false;
  std::string cache;
  std::vector<std::string> select;
  std::string format = "json";
  std::string output = "-";
};

void say(const std::string& text) {
  std::fprintf(stderr, "%s: %s\n", kProgram, text.c_str());
}

ExitCode usage_error(const std::string& message) {
  say(message);
  std::fprintf(stderr, "Try: %s --help\n", kProgram);
  return ExitCode::kUsage;
}

/// "1 post", "9 posts".
std::string counted(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

/// The sections of `--select section=posts,notes`, or nothing where the words are wrong.
Sections read_select(const std::vector<std::string>& words) {
  constexpr std::string_view kKey = "section=";
  std::vector<std::string> sections;
  for (const std::string& word : words) {
    if (!word.starts_with(kKey) || word.size() == kKey.size()) {
      return std::nullopt;
    }
    for (const std::string& name : split_commas(word.substr(kKey.size()))) {
      sections.push_back(hugo::normalize_path(name));
    }
  }
  return sections;
}

void report(const std::vector<Error>& errors, const std::vector<Error>& warnings) {
  for (const Error& warning : warnings) {
    say("warning: " + warning.to_string());
  }
  for (const Error& error : errors) {
    static_cast<void>(report_failure(kProgram, error));
  }
}

/// What is to be written.
struct Listing {
  std::optional<hugo::Site> site;        ///< Where more is asked than posts are made of.
  std::vector<const hugo::Page*> pages;  ///< Of that site: all, or those that are posts.
  Index index;                           ///< Without entries where all pages are asked for.
  markup::RenderedPages rendered;        ///< In the order of the pages; empty if not asked for.

  [[nodiscard]] const markup::RenderedPage* rendering(std::size_t number) const {
    const bool is_there = number < rendered.pages.size() && rendered.pages[number].has_value();
    return is_there ? &*rendered.pages[number] : nullptr;
  }
};

/// The listing in the form that was asked for.
Result<void> write_listing(const Listing& listing, const hugo::Config& config,
                           const Options& options, FileWriter& output) {
  if (options.format == "csv") {
    return output.write(list_as_csv(listing.pages, config));
  }
  const auto append = [&](std::string& text, std::size_t i) {
    if (options.full) {
      text += full_record(*listing.pages[i], config, listing.rendering(i));
    } else if (const Entry& entry = *listing.index.entries[i]; entry.post != nullptr) {
      text += formats::write_post(*entry.post);
    } else {
      text += entry.line;
    }
  };
  return formats::write_lines(options.full ? listing.pages.size() : listing.index.entries.size(),
                              options.format == "json", append,
                              [&output](std::string_view part) { return output.write(part); });
}

Result<void> publish(const Listing& listing, const hugo::Config& config, const Options& options) {
  Result<void> written = write_output(options.output, [&](FileWriter& output) {
    return write_listing(listing, config, options, output);
  });
  if (written && options.output != "-") {
    const std::string what = options.full ? counted(listing.pages.size(), "page")
                                          : counted(listing.index.entries.size(), "post");
    say(what + " -> " + options.output);
  }
  return written;
}

/// What is wrong with the options that are words of ours, or "".
std::string complaint_about(const Options& options) {
  if (options.format != "json" && options.format != "jsonl" && options.format != "csv") {
    return "found --format '" + options.format + "', wanted json, jsonl or csv";
  }
  if ((options.full || options.rendered) && options.format == "csv") {
    return std::string("found --") + (options.full ? "full" : "rendered") +
           " with --format csv, which has columns of its own, wanted json or jsonl";
  }
  if (const std::string complaint = version_complaint(options.site); !complaint.empty()) {
    return "--hugo-version: " + complaint;
  }
  return "";
}

/// Nothing where nothing is to be remembered.
std::unique_ptr<StampedCache> open_cache(std::string_view prefix, std::string_view magic,
                                         const Options& options) {
  const std::string& site = options.site.source;
  return options.cache.empty()
             ? nullptr
             : std::make_unique<StampedCache>(cache_file(options.cache, prefix, site), magic, site);
}

/// What is asked of the pages; the rest is given along by the caller.
hugo::Wanted what_is_wanted(const Options& options) {
  hugo::Wanted wanted = options.full ? hugo::Wanted() : what_posts_need();
  if (options.rendered && wanted.params) {
    wanted.params->insert(markup::kParams.begin(), markup::kParams.end());
  }
  wanted.branches = options.rendered;
  return wanted;
}

/// All regular pages, or those of the sections, whether or not they take likes.
std::vector<const hugo::Page*> pages_of(const hugo::Site& site, const Sections& sections) {
  std::vector<const hugo::Page*> pages;
  for (const std::unique_ptr<hugo::Page>& page : site.pages) {
    if (is_in(*page, sections)) {
      pages.push_back(page.get());
    }
  }
  return pages;
}

Result<Listing> read_listing(const hugo::Config& config, const hugo::Date& now,
                             const Sections& sections, const Options& options) {
  Progress progress(kProgram, "pages");
  hugo::Wanted wanted = what_is_wanted(options);
  wanted.progress = &progress;
  const std::unique_ptr<StampedCache> cache = open_cache("pages-", hugo::kPagesMagic, options);
  wanted.cache = cache.get();
  Listing listing;
  if (!options.full && !options.rendered && options.format != "csv") {
    Result<Index> index = read_index_lines(config, now, sections, wanted);
    if (!index) {
      return tl::unexpected(index.error());
    }
    listing.index = std::move(*index);
    return listing;
  }
  Result<hugo::Site> site = hugo::load_site(config, now, wanted);
  if (!site) {
    return tl::unexpected(site.error());
  }
  listing.site = std::move(*site);
  if (options.full) {
    listing.pages = pages_of(*listing.site, sections);
    listing.index.errors = listing.site->errors;
    listing.index.warnings = listing.site->warnings;
    return listing;
  }
  Result<Index> index = build_index(config, *listing.site, sections);
  if (!index) {
    return tl::unexpected(index.error());
  }
  listing.index = std::move(*index);
  for (const std::unique_ptr<Entry>& entry : listing.index.entries) {
    listing.pages.push_back(entry->page);
  }
  return listing;
}

/// Renders the pages and tells the posts that they are.
void render(Listing& listing, const hugo::Config& config, const Options& options) {
  const std::unique_ptr<StampedCache> cache =
      open_cache("renderings-", markup::kRenderingsMagic, options);
  listing.rendered = markup::render_pages(listing.pages, *listing.site, config, cache.get());
  for (std::size_t i = 0; i < listing.index.entries.size(); ++i) {
    if (const markup::RenderedPage* page = listing.rendering(i)) {
      listing.index.entries[i]->post->rendered = {page->summary, page->word_count,
                                                  page->reading_time};
    }
  }
}

/// Keeps a value until the process ends, without taking it apart then: of a large site that takes
/// as long as writing its index. A pointer, as GCC 14 takes a reference for one to what was passed.
template <class T>
T* keep(T value) {
  static std::vector<std::unique_ptr<T>>& kept = *new std::vector<std::unique_ptr<T>>;
  return kept.emplace_back(std::make_unique<T>(std::move(value))).get();
}

ExitCode run_index(const Options& options) {
  if (const std::string complaint = complaint_about(options); !complaint.empty()) {
    return usage_error(complaint);
  }
  const std::optional<hugo::Date> now = read_clock(options.site);
  if (!now) {
    return usage_error(clock_complaint(options.site));
  }
  const Sections selected = read_select(options.select);
  if (!selected) {
    return usage_error("found --select '" + options.select.front() + "', wanted section=NAME");
  }
  const Result<hugo::Config> config = hugo::load_config(make_request(options.site));
  if (!config) {
    return report_failure(kProgram, config.error());
  }
  report({}, config->warnings);
  Result<Listing>& listing =
      *keep(read_listing(*config, *now, options.select.empty() ? std::nullopt : selected, options));
  if (!listing) {
    return report_failure(kProgram, listing.error());
  }
  report(listing->index.errors, listing->index.warnings);
  if (options.rendered) {
    render(*listing, *config, options);
    report({}, listing->rendered.warnings);
  }
  const std::size_t wrong = listing->index.errors.size();
  if (wrong > 0 && !options.keep_going) {
    say("found " + counted(wrong, "error") + ", wrote nothing");
    return ExitCode::kFailed;
  }
  if (const Result<void> written = publish(*listing, *config, options); !written) {
    return report_failure(kProgram, written.error());
  }
  return wrong > 0 ? ExitCode::kFailed : ExitCode::kOk;
}

}  // namespace

void add_index_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command =
      command_line.add_command("index", kHelp, [options] { return run_index(*options); });
  add_site_options(command, options->site);
  command.add_option("--select", options->select);
  command.add_flag("--keep-going", options->keep_going);
  command.add_flag("--full", options->full);
  command.add_flag("--rendered", options->rendered);
  command.add_option("--cache", options->cache);
  command.add_option("--format", options->format);
  command.add_option("-o,--output", options->output);
}

}  // namespace likes::index
