#include "tools/support/stamped_cache.h"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/support/cache_file.h"

namespace likes {
namespace {

namespace fs = std::filesystem;

}  // namespace

struct StampedCache::State {
  struct Entry {
    Stamp stamp;
    std::string_view made;
    std::atomic<bool> is_met = false;
  };
  struct Fresh {
    std::string key;
    Stamp stamp;
    std::string made;
  };

  fs::path file;
  std::string magic;
  fs::path site;
  std::string world;
  std::string_view known_world;     ///< That the entries are of.
  std::optional<CacheBytes> bytes;  ///< What the file holds; entries are parts of it.
  std::unordered_map<std::string_view, Entry> entries;
  std::mutex guard;
  std::vector<Fresh> fresh;
  std::future<void> loading;  ///< Last, so that it is over before the rest goes.

  void load() {
    bytes = read_cache_file(file, magic, site);
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
      entry.made = in.text();
    }
    if (!in.ok()) {
      entries.clear();
    }
  }
};

StampedCache::StampedCache(fs::path file, std::string_view magic, fs::path site)
    : state_(std::make_unique<State>()) {
  state_->file = std::move(file);
  state_->magic = magic;
  state_->site = std::move(site);
  state_->loading = std::async(std::launch::async, [this] { state_->load(); });
}

StampedCache::~StampedCache() = default;

void StampedCache::enter(std::string_view world) {
  CacheWriter whole;
  // Another program, also of the same version, may make something else.
  whole.number(stamp("/proc/self/exe"));
  whole.text(world);
  state_->world = whole.bytes();
  state_->loading.get();
  if (state_->known_world != state_->world) {
    state_->entries.clear();
  }
}

Stamp StampedCache::stamp(const fs::path& file) {
  struct stat status = {};
  return ::stat(file.c_str(), &status) == 0 ? stamp_of(status) : Stamp();
}

std::optional<std::string_view> StampedCache::find(std::string_view key, const Stamp& stamp) {
  const auto found = state_->entries.find(key);
  if (found == state_->entries.end() || found->second.stamp != stamp) {
    return std::nullopt;
  }
  found->second.is_met = true;
  return found->second.made;
}

void StampedCache::keep(std::string key, const Stamp& stamp, std::string made) {
  const bool is_known = stamp != Stamp();
  if (!is_known || !stamp.is_settled()) {
    return;
  }
  // It takes the place of what was kept, also of the same state.
  if (const auto old = state_->entries.find(key); old != state_->entries.end()) {
    old->second.is_met = false;
  }
  const std::lock_guard<std::mutex> lock(state_->guard);
  state_->fresh.push_back({std::move(key), stamp, std::move(made)});
}

void StampedCache::save() const {
  const auto met = static_cast<std::size_t>(
      std::count_if(state_->entries.begin(), state_->entries.end(),
                    [](const auto& each) { return each.second.is_met.load(); }));
  if (state_->fresh.empty() && met == state_->entries.size() && met > 0) {
    return;
  }
  CacheWriter out;
  const auto add = [&out](std::string_view key, const Stamp& stamp, std::string_view made) {
    out.text(key);
    out.number(stamp);
    out.text(made);
  };
  out.text(state_->world);
  out.count(met + state_->fresh.size());
  for (const auto& [key, entry] : state_->entries) {
    if (entry.is_met) {
      add(key, entry.stamp, entry.made);
    }
  }
  for (const State::Fresh& fresh : state_->fresh) {
    add(fresh.key, fresh.stamp, fresh.made);
  }
  write_cache_file(state_->file, state_->magic, state_->site, out.bytes());
}

}  // namespace likes
