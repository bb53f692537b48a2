#include "tools/bake/bake_site.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "tools/bake/bake_page.h"
#include "tools/bake/outlook.h"
#include "tools/bake/site_cache.h"
#include "tools/bake/site_files.h"
#include "tools/bake/site_tree.h"
#include "tools/bake/staging.h"
#include "tools/html/page_file.h"
#include "tools/support/file_io.h"
#include "tools/support/parallel.h"
#include "tools/support/progress.h"

namespace likes::bake {
namespace {

namespace fs = std::filesystem;

struct Replacement {
  std::string path;  ///< Below the site.
  StagedFile file;
};

/// A page on its way through a run.
struct Page {
  std::string path;
  PageRecord* record = nullptr;
  FolderRecord* folder = nullptr;
  bool was_read = false;
  Stamp seen;                     ///< Taken before it was read.
  std::vector<std::string> keys;  ///< What it shows, when it was read.
  std::vector<html::Drawing> drawings;
  std::vector<Replacement> replacements;
  std::vector<std::string> removals;
  std::vector<Error> problems;
};

/// One run over a site: look at all pages, write the new ones aside, move them to their places,
/// remember what was seen.
class Run {
 public:
  Run(OpenFolder site, const formats::LikeCounts& counts, Staging staging, SiteRecord record);

  /// Reads and bakes the pages that are not as the cache knows them. Nothing is moved yet.
  [[nodiscard]] Result<void> bake();

  /// The files of the site that are not to stay as they are.
  [[nodiscard]] std::unordered_set<std::string> obsolete_files() const;

  /// Moves the new files into `target`: the site itself, or a copy without its obsolete files.
  [[nodiscard]] Result<void> publish(const OpenFolder& target);

  /// What is now known of `target`, for the next run.
  [[nodiscard]] const SiteRecord& take_stock(const OpenFolder& target);

  /// What was done, and what is left to Hugo; to be called last.
  [[nodiscard]] BakedSite result(const std::vector<formats::Post>* posts);

 private:
  [[nodiscard]] bool is_as_known(const Page& page, const Stamp& now) const;
  void look_at(Page& page);
  void bake_page_file(Page& page, const std::string& bytes);
  void look_at_siblings(Page& page, const std::string& bytes);
  void renew_siblings(Page& page, const std::string& bytes);
  [[nodiscard]] std::optional<Stamp> stage(Page& page, const std::string& path,
                                           std::string_view bytes, const Stamp* modified);
  void stop(const Error& error);
  void publish_page(Page& page, const OpenFolder& target, bool in_place);
  void remember_shown();
  void take_stock_of(FolderRecord& folder, const OpenFolder& target) const;

  OpenFolder site_;
  const formats::LikeCounts& counts_;
  Staging staging_;
  SiteRecord record_;
  std::vector<Page> pages_;
  std::vector<std::string> shown_;  ///< What the keys of the cache show now.
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::optional<Error> failure_;  ///< Why the run cannot go on; under the mutex.
};

Run::Run(OpenFolder site, const formats::LikeCounts& counts, Staging staging, SiteRecord record)
    : site_(std::move(site)),
      counts_(counts),
      staging_(std::move(staging)),
      record_(std::move(record)) {
  for (const std::string& key : record_.keys) {
    shown_.push_back(shown_count(counts_, key));
  }
  for (FolderRecord& folder : record_.folders) {
    for (PageRecord& page : folder.pages) {
      pages_.emplace_back();
      pages_.back().path = folder.path + page.name;
      pages_.back().record = &page;
      pages_.back().folder = &folder;
    }
  }
}

Result<void> Run::bake() {
  Progress progress("likes bake", "pages", pages_.size());
  for_each_in_parallel(pages_.size(), [&](std::size_t i) {
    if (stopped_) {
      return;
    }
    look_at(pages_[i]);
    progress.step();
  });
  if (failure_) {
    return tl::unexpected(*failure_);
  }
  return {};
}

bool Run::is_as_known(const Page& page, const Stamp& now) const {
  const PageRecord& record = *page.record;
  return record.stamp == now &&
         std::all_of(record.keys.begin(), record.keys.end(),
                     [this](std::uint32_t key) { return record_.shown[key] == shown_[key]; }) &&
         (record.keys.empty() ||
          std::all_of(record.siblings.begin(), record.siblings.end(),
                      [&](const SiblingRecord& sibling) {
                        return sibling.stamp &&
                               sibling.stamp == site_.file_stamp(std::string(page.path).append(
                                                    suffix_of(sibling.coding)));
                      }));
}

void Run::look_at(Page& page) {
  const std::optional<Stamp> stamp = site_.file_stamp(page.path);
  if (stamp && is_as_known(page, *stamp)) {
    return;
  }
  const fs::path file = site_.path() / page.path;
  page.was_read = true;
  page.record->stamp.reset();
  const Result<std::string> bytes =
      stamp ? read_file(file, html::kMaxPageBytes)
            : fail(ErrorCode::kNotFound, "cannot read: it has just gone", {file.string()});
  if (!bytes) {
    page.problems.push_back(bytes.error());
    return;
  }
  page.seen = *stamp;
  bake_page_file(page, *bytes);
  if (!page.problems.empty()) {
    page.record->stamp.reset();  // To be told again in the next run.
  }
}

void Run::bake_page_file(Page& page, const std::string& bytes) {
  const html::Syntax syntax = html::syntax_of(page.record->name).value_or(html::Syntax::kHtml);
  BakedPage baked = bake_page(bytes, counts_, (site_.path() / page.path).string(), syntax);
  page.problems = std::move(baked.problems);
  page.keys = std::move(baked.keys);
  page.drawings = std::move(baked.drawings);
  if (baked.html == bytes) {
    if (page.seen.is_settled()) {
      page.record->stamp = page.seen;
    }
    if (!page.keys.empty()) {
      look_at_siblings(page, bytes);
    }
    return;
  }
  page.record->stamp = stage(page, page.path, baked.html, nullptr);
  if (page.record->stamp) {
    renew_siblings(page, baked.html);
  }
}

/// A run that was killed may have moved a page and not what belongs to it.
void Run::look_at_siblings(Page& page, const std::string& bytes) {
  for (SiblingRecord& sibling : page.record->siblings) {
    const std::string path = page.path + std::string(suffix_of(sibling.coding));
    sibling.stamp = site_.file_stamp(path);
    if (can_compress(sibling.coding)) {
      const Result<std::string> compressed = read_file(site_.path() / path, html::kMaxPageBytes);
      if (!compressed || !decompresses_to(sibling.coding, *compressed, bytes)) {
        const Result<std::string> fresh = compress(sibling.coding, bytes);
        sibling.stamp = fresh ? stage(page, path, *fresh, &page.seen) : std::nullopt;
        continue;
      }
    }
    if (sibling.stamp && !sibling.stamp->is_settled()) {
      sibling.stamp.reset();
    }
  }
}

void Run::renew_siblings(Page& page, const std::string& bytes) {
  std::vector<SiblingRecord>& siblings = page.record->siblings;
  const Stamp modified = *page.record->stamp;
  for (SiblingRecord& sibling : siblings) {
    const std::string path = page.path + std::string(suffix_of(sibling.coding));
    const Result<std::string> compressed =
        can_compress(sibling.coding)
            ? compress(sibling.coding, bytes)
            : fail(ErrorCode::kInvalid, "cannot be written by this program");
    if (compressed) {
      // The same time as the page's, as web servers ask for.
      sibling.stamp = stage(page, path, *compressed, &modified);
      continue;
    }
    page.removals.push_back(path);
    page.problems.push_back(
        {ErrorCode::kInvalid,
         "shows the old counts and " + compressed.error().message + "; it is removed",
         {(site_.path() / path).string()}});
  }
  std::erase_if(siblings,
                [](const SiblingRecord& sibling) { return !can_compress(sibling.coding); });
}

std::optional<Stamp> Run::stage(Page& page, const std::string& path, std::string_view bytes,
                                const Stamp* modified) {
  Result<StagedFile> file = staging_.add(bytes, site_.path() / path, modified);
  if (!file) {
    stop(file.error());  // The disk is full or gone: the next page fares no better.
    return std::nullopt;
  }
  const Stamp stamp = file->stamp;
  page.replacements.push_back({path, *std::move(file)});
  return stamp;
}

void Run::stop(const Error& error) {
  const std::lock_guard lock(mutex_);
  if (!failure_) {
    failure_ = error;
    failure_->message += "; no page has been changed";
  }
  stopped_ = true;
}

std::unordered_set<std::string> Run::obsolete_files() const {
  std::unordered_set<std::string> files;
  for (const Page& page : pages_) {
    for (const Replacement& replacement : page.replacements) {
      files.insert(replacement.path);
    }
    files.insert(page.removals.begin(), page.removals.end());
  }
  return files;
}

Result<void> Run::publish(const OpenFolder& target) {
  const bool in_place = target.path() == site_.path();
  if (Result<void> flushed = staging_.flush(!in_place); !flushed) {
    return flushed;
  }
  // Most of a rename's time goes into freeing what it replaces, which threads can do side by side.
  for_each_in_parallel(pages_.size(), [&](std::size_t i) {
    if (!pages_[i].replacements.empty()) {
      publish_page(pages_[i], target, in_place);
    }
  });
  return {};
}

void Run::publish_page(Page& page, const OpenFolder& target, bool in_place) {
  if (in_place) {
    const std::optional<Stamp> now = site_.file_stamp(page.path);
    if (!now || !now->has_content_of(page.seen)) {
      page.problems.push_back({ErrorCode::kUnavailable,
                               "was changed by others meanwhile and is left alone; bake again",
                               {(site_.path() / page.path).string()}});
      page.record->stamp.reset();
      page.replacements.clear();
      return;
    }
    // First, since a compressed page that cannot be made anew must not outlive its page.
    for (const std::string& path : page.removals) {
      ::unlinkat(target.descriptor(), path.c_str(), 0);
    }
  }
  for (const Replacement& replacement : page.replacements) {
    if (Result<void> moved = staging_.move(replacement.file, target.path() / replacement.path);
        !moved) {
      page.problems.push_back(moved.error());
      page.record->stamp.reset();
      return;
    }
  }
}

/// Things that pages show, each once; pages say which by its place.
template <class Thing>
class Table {
 public:
  std::vector<std::uint32_t> places_of(const std::vector<Thing>& things) {
    std::vector<std::uint32_t> places;
    places.reserve(things.size());
    for (const Thing& thing : things) {
      places.push_back(place_of(thing));
    }
    return places;
  }

  /// Turns places in another table's things into places in this one.
  void renew(std::vector<std::uint32_t>& places, const std::vector<Thing>& known) {
    for (std::uint32_t& place : places) {
      place = place_of(known[place]);
    }
  }

  [[nodiscard]] std::vector<Thing> things() && { return std::move(things_); }

 private:
  std::uint32_t place_of(const Thing& thing) {
    const auto [place, is_new] =
        places_.try_emplace(thing, static_cast<std::uint32_t>(things_.size()));
    if (is_new) {
      things_.push_back(thing);
    }
    return place->second;
  }

  std::vector<Thing> things_;
  std::map<Thing, std::uint32_t> places_;
};

/// Writes down what the pages that were read show; what no page shows is forgotten.
void Run::remember_shown() {
  Table<std::string> keys;
  Table<html::Drawing> drawings;
  for (Page& page : pages_) {
    if (page.was_read) {
      page.record->keys = keys.places_of(page.keys);
      page.record->drawings = drawings.places_of(page.drawings);
    } else {
      keys.renew(page.record->keys, record_.keys);
      drawings.renew(page.record->drawings, record_.drawings);
    }
    record_.has_news = record_.has_news || page.was_read;
  }
  record_.keys = std::move(keys).things();
  record_.drawings = std::move(drawings).things();
  record_.shown.clear();
  for (const std::string& key : record_.keys) {
    record_.shown.push_back(shown_count(counts_, key));
  }
}

const SiteRecord& Run::take_stock(const OpenFolder& target) {
  remember_shown();
  const bool all_is_new = target.path() != site_.path();
  record_.has_news = record_.has_news || all_is_new;
  std::unordered_set<const FolderRecord*> touched;
  for (const Page& page : pages_) {
    if (!page.replacements.empty()) {
      touched.insert(page.folder);
    }
  }
  for_each_in_parallel(record_.folders.size(), [&](std::size_t i) {
    if (all_is_new || touched.contains(&record_.folders[i])) {
      take_stock_of(record_.folders[i], target);
    }
  });
  return record_;
}

/// Our own renames and links have moved the stamps; those that only they have moved are renewed.
void Run::take_stock_of(FolderRecord& folder, const OpenFolder& target) const {
  const Result<FolderRecord> now = target.list(folder.path);
  const bool same_names = now && now->has_names_of(folder);
  folder.stamp = same_names ? now->stamp : std::nullopt;
  const auto renew = [&](const std::string& path, std::optional<Stamp>& stamp) {
    if (stamp) {
      const std::optional<Stamp> found = target.file_stamp(path);
      const bool ours = found && found->has_content_of(*stamp) && found->is_settled();
      stamp = ours ? found : std::nullopt;
    }
  };
  for (PageRecord& page : folder.pages) {
    renew(folder.path + page.name, page.stamp);
    for (SiblingRecord& sibling : page.siblings) {
      renew(folder.path + page.name + std::string(suffix_of(sibling.coding)), sibling.stamp);
    }
  }
}

BakedSite Run::result(const std::vector<formats::Post>* posts) {
  BakedSite baked;
  Redraws redraws(counts_, posts);
  baked.redraws = look_ahead(record_, counts_, redraws).redraws;
  baked.judged_by_halves = redraws.judged_by_halves();
  baked.pages = pages_.size();
  for (Page& page : pages_) {
    baked.read += page.was_read ? 1 : 0;
    baked.changed += page.replacements.empty() ? 0 : 1;
    baked.counts += page.record->keys.size();
    baked.unknown += static_cast<std::size_t>(
        std::count_if(page.record->keys.begin(), page.record->keys.end(),
                      [this](std::uint32_t key) { return record_.shown[key] == kUnknownCount; }));
    std::move(page.problems.begin(), page.problems.end(), std::back_inserter(baked.problems));
  }
  return baked;
}

/// The folder in which a new tree is made, removed again unless it was published.
class Building {
 public:
  static Result<Building> open(const fs::path& out, const fs::path& site) {
    const fs::path path = out.parent_path() / ("." + out.filename().string() + ".likes-bake");
    std::error_code code;
    fs::create_directories(path.parent_path(), code);
    make_folder(path, site, code);
    Result<OpenFolder> folder = OpenFolder::open(path);
    if (!folder) {
      return tl::unexpected(folder.error());
    }
    if (Result<void> locked = folder->lock(); !locked) {
      return tl::unexpected(locked.error());
    }
    // What a killed run left. The folder itself stays: it carries the lock.
    for (const fs::directory_entry& entry : fs::directory_iterator(path, code)) {
      fs::remove_all(entry.path(), code);
    }
    return Building(*std::move(folder));
  }
  Building(Building&& other) noexcept
      : folder_(std::move(other.folder_)), is_ours_(std::exchange(other.is_ours_, false)) {}
  Building& operator=(Building&& other) = delete;
  ~Building() {
    if (is_ours_) {
      std::error_code ignored;
      fs::remove_all(folder_.path(), ignored);
    }
  }

  [[nodiscard]] const OpenFolder& folder() const { return folder_; }

  [[nodiscard]] Result<void> publish(const fs::path& out) {
    if (::rename(folder_.path().c_str(), out.c_str()) != 0) {
      return fail(ErrorCode::kUnavailable,
                  std::string("cannot take this name: ") + std::strerror(errno), {out.string()});
    }
    is_ours_ = false;
    return {};
  }

 private:
  explicit Building(OpenFolder folder) : folder_(std::move(folder)) {}

  OpenFolder folder_;
  bool is_ours_ = true;
};

/// `out` without a "/" behind it, when a tree can be made there.
Result<fs::path> checked_out(const fs::path& out, const fs::path& site) {
  std::error_code code;
  const fs::path name = out.has_filename() ? out : out.parent_path();
  const fs::path real = fs::weakly_canonical(name, code);
  const fs::path real_site = fs::weakly_canonical(site, code);
  if (std::mismatch(real_site.begin(), real_site.end(), real.begin(), real.end()).first ==
      real_site.end()) {
    return fail(ErrorCode::kInvalid, "is in the site itself, wanted a folder elsewhere",
                {out.string()});
  }
  if (fs::exists(fs::symlink_status(name, code)) &&
      !(fs::is_directory(fs::symlink_status(name, code)) && fs::is_empty(name, code))) {
    return fail(ErrorCode::kInvalid, "exists already, wanted a new or empty folder",
                {out.string()});
  }
  return fs::absolute(name, code);
}

Result<BakedSite> bake_in_place(OpenFolder site, const formats::LikeCounts& counts,
                                const BakeOptions& options, SiteRecord record) {
  const fs::path path = site.path();
  Result<OpenFolder> target = OpenFolder::open(path);
  Result<Staging> staging = Staging::open(path / kStagingFolder);
  if (!target || !staging) {
    return tl::unexpected(target ? staging.error() : target.error());
  }
  Run run(std::move(site), counts, *std::move(staging), std::move(record));
  if (Result<void> baked = run.bake(); !baked) {
    return tl::unexpected(baked.error());
  }
  if (Result<void> published = run.publish(*target); !published) {
    return tl::unexpected(published.error());
  }
  const SiteRecord& stock = run.take_stock(*target);
  if (stock.has_news && !options.cache.empty()) {
    write_cache(site_cache_file(options.cache, path), path, stock);
  }
  return run.result(options.posts);
}

Result<BakedSite> bake_anew(OpenFolder site, const formats::LikeCounts& counts,
                            const BakeOptions& options, SiteRecord record) {
  const fs::path path = site.path();
  const Result<fs::path> out = checked_out(options.out, path);
  if (!out) {
    return tl::unexpected(out.error());
  }
  Result<Building> building = Building::open(*out, path);
  if (!building) {
    return tl::unexpected(building.error());
  }
  const OpenFolder& tree = building->folder();
  std::vector<Error> left_out;
  std::optional<BakedSite> result;
  std::optional<SiteRecord> stock;
  {
    Result<Staging> staging = Staging::open(tree.path() / kStagingFolder);
    if (!staging) {
      return tl::unexpected(staging.error());
    }
    Run run(std::move(site), counts, *std::move(staging), std::move(record));
    if (Result<void> baked = run.bake(); !baked) {
      return tl::unexpected(baked.error());
    }
    const std::unordered_set<std::string> obsolete = run.obsolete_files();
    Result<std::vector<Error>> copied =
        copy_tree(path, tree.path(), options.link, [&](const std::string& name) {
          return name != kStagingFolder && !obsolete.contains(name);
        });
    if (!copied) {
      return tl::unexpected(copied.error());
    }
    left_out = *std::move(copied);
    if (Result<void> published = run.publish(tree); !published) {
      return tl::unexpected(published.error());
    }
    stock = run.take_stock(tree);
    result = run.result(options.posts);
  }
  if (Result<void> published = building->publish(*out); !published) {
    return tl::unexpected(published.error());
  }
  if (!options.cache.empty()) {
    write_cache(site_cache_file(options.cache, *out), *out, *stock);
  }
  std::move(left_out.begin(), left_out.end(), std::back_inserter(result->problems));
  return *std::move(result);
}

}  // namespace

Result<BakedSite> bake_site(const fs::path& site, const formats::LikeCounts& counts,
                            const BakeOptions& options) {
  Result<OpenFolder> folder = OpenFolder::open(site);
  if (!folder) {
    return tl::unexpected(folder.error());
  }
  if (Result<void> locked = folder->lock(); !locked) {
    return tl::unexpected(locked.error());
  }
  const fs::path cache = site_cache_file(options.cache, site);
  Result<SiteRecord> record = list_site(*folder, read_cache(cache, site));
  if (!record) {
    return tl::unexpected(record.error());
  }
  return options.out.empty()
             ? bake_in_place(*std::move(folder), counts, options, *std::move(record))
             : bake_anew(*std::move(folder), counts, options, *std::move(record));
}

}  // namespace likes::bake
