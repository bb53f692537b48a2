#include "tools/support/watcher.h"

#include <sys/inotify.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace likes {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kChanges = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                   IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;

}  // namespace

Result<Watcher> Watcher::over(const std::vector<fs::path>& trees,
                              const std::vector<fs::path>& files) {
  Watcher watcher;
  watcher.inotify_ = Descriptor(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!watcher.inotify_.is_open()) {
    return fail(ErrorCode::kUnavailable, std::string("cannot watch files: ") +
                                             std::strerror(errno) +
                                             "; fs.inotify.max_user_instances may be too small");
  }
  for (const fs::path& tree : trees) {
    if (Result<void> added = watcher.add_tree(tree); !added) {
      return tl::unexpected(added.error());
    }
  }
  for (const fs::path& file : files) {
    if (Result<void> added = watcher.add_name(file); !added) {
      return tl::unexpected(added.error());
    }
  }
  return watcher;
}

Result<void> Watcher::add_tree(const fs::path& tree) {
  std::error_code code;
  if (!fs::is_directory(tree, code)) {
    return add_name(tree);
  }
  const Result<int> top = add_folder(tree);
  if (!top) {
    return tl::unexpected(top.error());
  }
  folders_[*top] = std::nullopt;
  for (fs::recursive_directory_iterator entry(tree, fs::directory_options::skip_permission_denied,
                                              code);
       !code && entry != fs::recursive_directory_iterator(); entry.increment(code)) {
    std::error_code gone;
    // A folder that a link points to is none to Hugo.
    if (!entry->is_directory(gone) || entry->is_symlink(gone)) {
      continue;
    }
    const Result<int> folder = add_folder(entry->path());
    if (folder) {
      folders_[*folder] = std::nullopt;
    } else if (folder.error().code != ErrorCode::kNotFound) {
      return tl::unexpected(folder.error());
    }
  }
  return {};
}

Result<void> Watcher::add_name(const fs::path& file) {
  std::error_code code;
  fs::path name = fs::absolute(file, code).lexically_normal();
  if (name.filename().empty()) {
    name = name.parent_path();
  }
  while (name.has_relative_path()) {
    const fs::path folder = name.parent_path();
    if (fs::is_directory(folder, code)) {
      const Result<int> added = add_folder(folder);
      if (!added) {
        return tl::unexpected(added.error());
      }
      Names& names = folders_.try_emplace(*added, std::set<std::string>()).first->second;
      if (names) {
        names->insert(name.filename().string());
      }
      return {};
    }
    name = folder;
  }
  return {};
}

Result<int> Watcher::add_folder(const fs::path& folder) {
  if (folders_.size() >= kMaxWatchedFolders) {
    return fail(
        ErrorCode::kInvalid,
        "found more folders than the limit of " + std::to_string(kMaxWatchedFolders) + " to watch",
        {folder.string()});
  }
  const int watch = ::inotify_add_watch(inotify_.get(), folder.c_str(), kChanges | IN_ONLYDIR);
  if (watch >= 0) {
    return watch;
  }
  const int reason = errno;
  return fail(
      reason == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnavailable,
      std::string("cannot watch it: ") +
          (reason == ENOSPC ? "fs.inotify.max_user_watches is too small" : std::strerror(reason)),
      {folder.string()});
}

bool Watcher::take_changes() {
  alignas(inotify_event) char bytes[16384];
  bool changed = false;
  while (true) {
    const ssize_t got = ::read(inotify_.get(), bytes, sizeof bytes);
    if (got <= 0) {
      return changed;
    }
    for (ssize_t at = 0; at < got;) {
      inotify_event event = {};
      std::memcpy(&event, bytes + at, sizeof event);
      const char* name = event.len > 0 ? bytes + at + sizeof event : "";
      at += static_cast<ssize_t>(sizeof event + event.len);
      const auto folder = folders_.find(event.wd);
      // No folder: too much has happened to be told one by one.
      changed = changed || folder == folders_.end() || !folder->second || *name == '\0' ||
                folder->second->contains(name);
    }
  }
}

}  // namespace likes
