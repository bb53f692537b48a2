#include "server/app/ledger_commands.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "server/app/listed_posts.h"
#include "server/exchange/ledger_lines.h"
#include "server/exchange/limits.h"
#include "server/exchange/other_programs.h"
#include "server/likes/ledger.h"
#include "server/likes/page_names.h"
#include "server/store/flakm_database.h"
#include "server/store/open_store.h"
#include "tools/support/duration.h"
#include "tools/support/file_io.h"
#include "tools/support/utc_time.h"

namespace likes::app {
namespace {

constexpr const char* kPurge = "likes-server purge";
constexpr const char* kImport = "likes-server import";
constexpr const char* kExport = "likes-server export";

/// Unknown pages that a message names.
constexpr std::size_t kMaxNamed = 10;

using domain::CountedLikes;

/// A day's beginning, or a second.
Result<std::optional<std::int64_t>> parse_time(const char* option, const std::string& text) {
  if (text.empty()) {
    return std::optional<std::int64_t>();
  }
  const std::optional<std::int64_t> time =
      parse_utc_timestamp(is_utc_day(text) ? text + "T00:00:00Z" : text);
  if (!time) {
    return fail(ErrorCode::kInvalid, std::string(option) + ": found '" + text +
                                         "', wanted 2026-11-20 or 2026-11-20T08:30:00Z");
  }
  return time;
}

Result<std::optional<domain::Burst>> parse_burst(const std::string& text) {
  if (text.empty()) {
    return std::optional<domain::Burst>();
  }
  const std::size_t slash = text.find('/');
  const std::optional<std::int64_t> likes = parse_whole_number(text.substr(0, slash));
  const std::optional<std::int64_t> seconds =
      slash == std::string::npos ? std::nullopt : parse_duration(text.substr(slash + 1));
  if (!likes || !seconds || *seconds < 1) {
    return fail(ErrorCode::kInvalid,
                "--burst: found '" + text + "', wanted LIKES/TIME, for example 20/60s");
  }
  return std::optional(domain::Burst{*likes, *seconds});
}

Result<domain::Selection> parse_selection(const PurgeWords& words) {
  domain::Selection selection;
  selection.key = words.post;
  const auto from = parse_time("--from", words.from);
  const auto until = parse_time("--to", words.to);
  const auto burst = parse_burst(words.burst);
  if (!from || !until || !burst) {
    return tl::unexpected<Error>(!from ? from.error() : !until ? until.error() : burst.error());
  }
  selection.from = *from;
  selection.until = *until;
  selection.burst = *burst;
  if (selection.from && selection.until && *selection.from >= *selection.until) {
    return fail(ErrorCode::kInvalid, "--from: found '" + words.from +
                                         "', wanted a time before --to ('" + words.to +
                                         "'), which is not meant itself");
  }
  if (selection.key.empty() && !selection.from && !selection.until && !selection.burst) {
    return fail(ErrorCode::kInvalid,
                "wanted --post, --from, --to or --burst: without any, all likes are meant");
  }
  return selection;
}

std::string likes_of_posts(std::int64_t likes, std::size_t posts) {
  return std::to_string(likes) + (likes == 1 ? " like of " : " likes of ") + std::to_string(posts) +
         (posts == 1 ? " post" : " posts");
}

ExitCode say_purged(const std::vector<domain::DayOfLikes>& days, bool dry_run) {
  std::int64_t likes = 0;
  std::set<std::string> posts;
  for (const domain::DayOfLikes& day : days) {
    std::printf("%s: %lld on %s, from %s to %s\n", day.key.c_str(),
                static_cast<long long>(day.likes), day.day.c_str(),
                utc_timestamp(day.first).substr(11, 8).c_str(),
                utc_timestamp(day.last).substr(11, 8).c_str());
    likes += day.likes;
    posts.insert(day.key);
  }
  const std::string sum = likes_of_posts(likes, posts.size());
  if (days.empty()) {
    std::printf("no like fits; nothing has changed\n");
  } else if (dry_run) {
    std::printf("%s would go; nothing has changed yet, --yes does it\n", sum.c_str());
  } else {
    std::printf("%s taken back\n", sum.c_str());
  }
  return ExitCode::kOk;
}

Result<std::vector<domain::PageLikes>> read_pages(const ImportWords& words) {
  using Read = exchange::PageCounts (*)(std::string_view, const std::string&);
  const std::map<std::string, Read> texts{{"paths", exchange::read_paths},
                                          {"waline", exchange::read_waline},
                                          {"applause", exchange::read_applause},
                                          {"flakm", exchange::read_flakm_dump}};
  if (words.format == "artalk") {
    return exchange::read_artalk(words.file);
  }
  if (words.format == "isso") {
    return exchange::read_isso(words.file);
  }
  if (words.format == "flakm" && words.file.starts_with("postgres")) {
    return store::read_flakm_database(words.file);
  }
  const auto read = texts.find(words.format);
  if (read == texts.end()) {
    return fail(ErrorCode::kInvalid,
                "found the format '" + words.format +
                    "', wanted jsonl, csv, flakm, waline, artalk, isso, applause or paths");
  }
  const Result<std::string> text = read_file(words.file, exchange::kMaxImportBytes);
  if (!text) {
    return tl::unexpected<Error>(text.error());
  }
  return read->second(*text, words.file);
}

/// The posts that there are: of posts.json where it is given, else those that the database lists.
Result<std::vector<domain::Post>> posts_there_are(const std::string& database_url,
                                                  const std::string& posts_file) {
  if (!posts_file.empty()) {
    Result<ListedPosts> listed = read_listed_posts(posts_file);
    if (!listed) {
      return tl::unexpected<Error>(listed.error());
    }
    return std::move(listed->posts);
  }
  const Result<std::unique_ptr<domain::Store>> store = store::open_store(database_url);
  if (!store) {
    return tl::unexpected<Error>(store.error());
  }
  domain::Changes everything;
  everything.everything = true;
  const Result<domain::News> news = (*store)->read(everything, 0);
  if (!news) {
    return tl::unexpected<Error>(news.error());
  }
  std::vector<domain::Post> posts;
  for (const auto& [key, entry] : news->totals.posts) {
    posts.push_back({key, "", {}});
  }
  return posts;
}

Result<std::vector<CountedLikes>> read_counts(const ImportWords& words,
                                              const std::vector<domain::Post>& posts) {
  if (words.format == "jsonl" || words.format == "csv") {
    const Result<std::string> text = read_file(words.file, exchange::kMaxImportBytes);
    if (!text) {
      return tl::unexpected<Error>(text.error());
    }
    return exchange::read_lines(
        words.format == "csv" ? exchange::LineFormat::kCsv : exchange::LineFormat::kJsonLines,
        *text, words.file);
  }
  const Result<std::vector<domain::PageLikes>> pages = read_pages(words);
  if (!pages) {
    return tl::unexpected<Error>(pages.error());
  }
  const domain::PageNames names(posts);
  const std::string source = words.source.empty() ? words.format : words.source;
  std::vector<CountedLikes> counts;
  for (const domain::PageLikes& page : *pages) {
    if (page.likes > 0) {
      counts.push_back({names.key_of(page.page), source, std::nullopt, page.day, page.likes});
    }
  }
  return counts;
}

std::string name_some(const std::map<std::string, std::int64_t>& pages) {
  std::string text;
  std::size_t named = 0;
  for (const auto& [page, likes] : pages) {
    if (named++ == kMaxNamed) {
      return text + " and " + std::to_string(pages.size() - kMaxNamed) + " more";
    }
    text += (named == 1 ? "'" : ", '") + page + "' (" + std::to_string(likes) + ")";
  }
  return text;
}

/// What is to become of the pages that are no posts: they end the import, or are left out of
/// `counts`, or stay in it.
Result<std::map<std::string, std::int64_t>> settle_unknown(
    const std::string& choice, std::map<std::string, std::int64_t> unknown,
    const std::vector<domain::Post>& posts, std::vector<CountedLikes>& counts) {
  for (const domain::Post& post : posts) {
    unknown.erase(post.key);
  }
  if (!unknown.empty() && choice == "refuse") {
    return fail(ErrorCode::kInvalid,
                std::to_string(unknown.size()) +
                    (unknown.size() == 1 ? " page with likes is no post: "
                                         : " pages with likes are no posts: ") +
                    name_some(unknown) +
                    "; --unknown skip leaves them out, --unknown keep keeps their likes until "
                    "there is such a post");
  }
  if (choice == "skip") {
    std::erase_if(counts, [&](const CountedLikes& each) { return unknown.contains(each.key); });
  }
  return unknown;
}

void say_imported(const domain::ImportSummary& summary,
                  const std::map<std::string, std::int64_t>& unknown, const ImportWords& words) {
  std::int64_t added = 0;
  std::int64_t known = 0;
  std::size_t posts = 0;
  for (const auto& [key, post] : summary.posts) {
    added += post.added;
    known += post.known;
    if (post.added > 0) {
      ++posts;
      std::printf("%s: %lld new\n", key.c_str(), static_cast<long long>(post.added));
    }
  }
  for (const auto& [page, likes] : unknown) {
    std::printf("%s: no such post, %lld likes %s\n", page.c_str(), static_cast<long long>(likes),
                words.unknown == "keep" ? "kept" : "left out");
  }
  std::printf("%s %s; %lld were there already\n", likes_of_posts(added, posts).c_str(),
              words.dry_run ? "would be new (a dry run)" : "are new",
              static_cast<long long>(known));
}

Result<void> check_words(const ImportWords& words) {
  if (words.unknown != "refuse" && words.unknown != "skip" && words.unknown != "keep") {
    return fail(ErrorCode::kInvalid,
                "--unknown: found '" + words.unknown + "', wanted refuse, skip or keep");
  }
  if (!exchange::is_source(words.source)) {
    return fail(ErrorCode::kInvalid, "--source: found '" + words.source +
                                         "', wanted at most 64 letters, digits, '.', '_' and '-'");
  }
  if (words.format.empty() || words.file.empty()) {
    return fail(ErrorCode::kInvalid, "wanted FORMAT and FILE; see likes-server import --help");
  }
  return {};
}

Result<void> import_checked(const std::string& database_url, const std::string& posts_file,
                            const ImportWords& words) {
  const Result<std::vector<domain::Post>> posts = posts_there_are(database_url, posts_file);
  if (!posts) {
    return tl::unexpected<Error>(posts.error());
  }
  Result<std::vector<CountedLikes>> counts = read_counts(words, *posts);
  if (!counts) {
    return tl::unexpected<Error>(counts.error());
  }
  const Result<std::unique_ptr<domain::Ledger>> ledger = store::open_ledger(database_url);
  if (!ledger) {
    return tl::unexpected<Error>(ledger.error());
  }
  domain::ImportOptions options{.dry_run = true};
  Result<domain::ImportSummary> summary = (*ledger)->import(*counts, options);
  if (!summary) {
    return tl::unexpected<Error>(summary.error());
  }
  const Result<std::map<std::string, std::int64_t>> unknown =
      settle_unknown(words.unknown, std::move(summary->unknown), *posts, *counts);
  if (!unknown) {
    return tl::unexpected<Error>(unknown.error());
  }
  options = {.add_unknown_posts = true, .dry_run = words.dry_run};
  summary = (*ledger)->import(*counts, options);
  if (!summary) {
    return tl::unexpected<Error>(summary.error());
  }
  say_imported(*summary, *unknown, words);
  return {};
}

}  // namespace

void add_purge_options(Command command, PurgeWords& words) {
  command.add_option("--post", words.post);
  command.add_option("--from", words.from);
  command.add_option("--to", words.to);
  command.add_option("--burst", words.burst);
  command.add_flag("--yes", words.yes);
}

ExitCode purge(const std::string& database_url, const PurgeWords& words) {
  const Result<domain::Selection> selection = parse_selection(words);
  if (!selection) {
    return report_failure(kPurge, selection.error());
  }
  const Result<std::unique_ptr<domain::Ledger>> ledger = store::open_ledger(database_url);
  if (!ledger) {
    return report_failure(kPurge, ledger.error());
  }
  if (!words.post.empty()) {
    const Result<bool> is_there = (*ledger)->has_post(words.post);
    if (!is_there) {
      return report_failure(kPurge, is_there.error());
    }
    if (!*is_there) {
      return report_failure(
          kPurge, {ErrorCode::kNotFound, "--post: found '" + words.post +
                                             "', wanted the key of a post, as posts.json has it"});
    }
  }
  const Result<std::vector<domain::DayOfLikes>> days = (*ledger)->purge(*selection, !words.yes);
  return days ? say_purged(*days, !words.yes) : report_failure(kPurge, days.error());
}

void add_import_options(Command command, ImportWords& words) {
  command.add_option("format", words.format);
  command.add_option("file", words.file);
  command.add_option("--source", words.source);
  command.add_option("--unknown", words.unknown);
  command.add_flag("--dry-run", words.dry_run);
}

ExitCode import_likes(const std::string& database_url, const std::string& posts_file,
                      const ImportWords& words) {
  if (const Result<void> checked = check_words(words); !checked) {
    return report_failure(kImport, checked.error());
  }
  const Result<void> imported = import_checked(database_url, posts_file, words);
  return imported ? ExitCode::kOk : report_failure(kImport, imported.error());
}

void add_export_options(Command command, ExportWords& words) {
  command.add_option("--format", words.format);
  command.add_option("-o,--output", words.output);
}

ExitCode export_likes(const std::string& database_url, const ExportWords& words) {
  if (words.format != "jsonl" && words.format != "csv") {
    return report_failure(kExport, {ErrorCode::kInvalid,
                                    "--format: found '" + words.format + "', wanted jsonl or csv"});
  }
  const Result<std::unique_ptr<domain::Ledger>> ledger = store::open_ledger(database_url);
  if (!ledger) {
    return report_failure(kExport, ledger.error());
  }
  const Result<std::vector<CountedLikes>> likes = (*ledger)->list();
  if (!likes) {
    return report_failure(kExport, likes.error());
  }
  const std::string text = exchange::write_lines(
      words.format == "csv" ? exchange::LineFormat::kCsv : exchange::LineFormat::kJsonLines,
      *likes);
  const Result<void> written = write_output(words.output, text);
  return written ? ExitCode::kOk : report_failure(kExport, written.error());
}

}  // namespace likes::app
