#include "tools/hugo/page_cache.h"

#include <sys/stat.h>

#include <atomic>
#include <future>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/hugo/packed_page.h"
#include "tools/support/cache_file.h"

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "likes page cache 1\n";

/// Another program, also of the same version, may make other pages.
Stamp stamp_of_program() {
  struct stat status = {};
  return ::stat("/proc/self/exe", &status) == 0 ? stamp_of(status) : Stamp();
}

/// A file stands for one page in each of its languages.
std::string key_of(const ContentFile& file) {
  return file.place + '\n' + std::to_string(file.language);
}

}  // namespace

struct PageCache::State {
  struct Entry {
    Stamp stamp;
    std::string_view page;  ///< Packed.
    std::atomic<bool> is_met = false;
  };
  struct Fresh {
    std::string key;
    Stamp stamp;
    std::string page;
  };

  fs::path file;
  fs::path site;
  std::string world;
  std::string_view known_world;     ///< That the entries are of.
  std::optional<CacheBytes> bytes;  ///< What the file holds; entries are parts of it.
  std::future<void> loading;
  std::unordered_map<std::string_view, Entry> entries;
  std::mutex guard;
  std::vector<Fresh> fresh;

  void load() {
    bytes = read_cache_file(file, kMagic, site);
    if (!bytes) {
      return;
    }
    CacheReader in(bytes->view());
    known_world = in.text();
    const std::size_t count = in.count();
    entries.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      Entry& entry = entries[in.text()];
      entry.stamp = in.number<Stamp>();
      entry.page = in.text();
    }
    if (!in.ok()) {
      entries.clear();
    }
  }
};

PageCache::PageCache(fs::path file, fs::path site) : state_(std::make_unique<State>()) {
  state_->file = std::move(file);
  state_->site = std::move(site);
  // While the content is being walked.
  state_->loading = std::async(std::launch::async, [this] { state_->load(); });
}

PageCache::~PageCache() = default;

void PageCache::enter(std::string_view world) {
  CacheWriter whole;
  whole.number(stamp_of_program());
  whole.text(world);
  state_->world = whole.bytes();
  state_->loading.get();
  if (state_->known_world != state_->world) {
    state_->entries.clear();
  }
}

Stamp PageCache::stamp(const ContentFile& file) {
  struct stat status = {};
  return ::stat(file.place.c_str(), &status) == 0 ? stamp_of(status) : Stamp();
}

std::unique_ptr<Page> PageCache::find(const ContentFile& file, const Stamp& stamp) {
  const auto found = state_->entries.find(key_of(file));
  if (found == state_->entries.end() || found->second.stamp != stamp) {
    return nullptr;
  }
  found->second.is_met = true;
  CacheReader in(found->second.page);
  return unpack_page(in);
}

void PageCache::keep(const Page& page, const Stamp& stamp) {
  if (!stamp.is_settled()) {
    return;
  }
  CacheWriter out;
  pack(out, page);
  const std::lock_guard<std::mutex> lock(state_->guard);
  state_->fresh.push_back({key_of(page.source), stamp, out.bytes()});
}

void PageCache::save() const {
  CacheWriter out;
  std::size_t met = 0;
  const auto add = [&](std::string_view key, const Stamp& stamp, std::string_view page) {
    out.text(key);
    out.number(stamp);
    out.text(page);
  };
  for (const auto& [key, entry] : state_->entries) {
    met += entry.is_met ? 1 : 0;
  }
  if (state_->fresh.empty() && met == state_->entries.size() && met > 0) {
    return;
  }
  out.text(state_->world);
  out.count(met + state_->fresh.size());
  for (const auto& [key, entry] : state_->entries) {
    if (entry.is_met) {
      add(key, entry.stamp, entry.page);
    }
  }
  for (const State::Fresh& fresh : state_->fresh) {
    add(fresh.key, fresh.stamp, fresh.page);
  }
  write_cache_file(state_->file, kMagic, state_->site, out.bytes());
}

}  // namespace likes::hugo
