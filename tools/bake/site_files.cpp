#include "tools/bake/site_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "tools/html/page_file.h"
#include "tools/support/parallel.h"

namespace likes::bake {
namespace {

namespace fs = std::filesystem;

constexpr std::array<Coding, 3> kCodings = {Coding::kGzip, Coding::kBrotli, Coding::kZstd};

std::optional<Stamp> stamp_at(int folder, const std::string& name, mode_t type) {
  struct stat status = {};
  if (::fstatat(folder, name.empty() ? "." : name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 ||
      (status.st_mode & S_IFMT) != type) {
    return std::nullopt;
  }
  return stamp_of(status);
}

std::optional<Coding> coding_of(const std::string& name) {
  for (const Coding coding : kCodings) {
    if (name.ends_with(suffix_of(coding))) {
      return coding;
    }
  }
  return std::nullopt;
}

bool by_name(const PageRecord& a, const PageRecord& b) {
  return a.name < b.name;
}

/// Turns the names of a folder's files into its pages and their compressed forms.
void sort_files(const std::vector<std::string>& files, FolderRecord& folder) {
  for (const std::string& name : files) {
    if (html::syntax_of(name)) {
      folder.pages.push_back({name, std::nullopt, {}, {}, {}});
    }
  }
  std::sort(folder.pages.begin(), folder.pages.end(), by_name);
  for (const std::string& name : files) {
    if (const std::optional<Coding> coding = coding_of(name)) {
      PageRecord plain;
      plain.name = name.substr(0, name.size() - suffix_of(*coding).size());
      const auto page = std::lower_bound(folder.pages.begin(), folder.pages.end(), plain, by_name);
      if (page != folder.pages.end() && page->name == plain.name) {
        page->siblings.push_back({*coding, std::nullopt});
      }
    }
  }
  for (PageRecord& page : folder.pages) {
    std::sort(page.siblings.begin(), page.siblings.end(),
              [](const SiblingRecord& a, const SiblingRecord& b) { return a.coding < b.coding; });
  }
}

bool same_codings(const PageRecord& a, const PageRecord& b) {
  return std::equal(
      a.siblings.begin(), a.siblings.end(), b.siblings.begin(), b.siblings.end(),
      [](const SiblingRecord& x, const SiblingRecord& y) { return x.coding == y.coding; });
}

/// Takes over what was known of the pages that a folder read anew still has.
void keep_pages(FolderRecord& fresh, FolderRecord& known) {
  for (PageRecord& page : fresh.pages) {
    const auto old = std::lower_bound(known.pages.begin(), known.pages.end(), page, by_name);
    if (old != known.pages.end() && old->name == page.name && same_codings(*old, page)) {
      page = std::move(*old);
    }
  }
}

}  // namespace

bool FolderRecord::has_names_of(const FolderRecord& other) const {
  return folders == other.folders &&
         std::equal(pages.begin(), pages.end(), other.pages.begin(), other.pages.end(),
                    [](const PageRecord& a, const PageRecord& b) {
                      return a.name == b.name && same_codings(a, b);
                    });
}

OpenFolder::OpenFolder(fs::path path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor) {}

OpenFolder::OpenFolder(OpenFolder&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

OpenFolder::~OpenFolder() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

Result<OpenFolder> OpenFolder::open(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    return fail(ErrorCode::kNotFound,
                std::string("cannot read the built site: ") + std::strerror(errno),
                {path.string()});
  }
  return OpenFolder(path, descriptor);
}

std::optional<Stamp> OpenFolder::file_stamp(const std::string& name) const {
  return stamp_at(descriptor_, name, S_IFREG);
}

std::optional<Stamp> OpenFolder::folder_stamp(const std::string& name) const {
  return stamp_at(descriptor_, name, S_IFDIR);
}

Result<void> OpenFolder::lock() const {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::kUnavailable,
                errno == EWOULDBLOCK ? "another likes bake is at work on it"
                                     : std::string("cannot lock: ") + std::strerror(errno),
                {path_.string()});
  }
  return {};
}

Result<FolderRecord> OpenFolder::list(const std::string& path) const {
  FolderRecord folder;
  folder.path = path;
  // The stamp is older than the names: should they change meanwhile, it no longer fits.
  folder.stamp = folder_stamp(path);
  if (folder.stamp && !folder.stamp->is_settled()) {
    folder.stamp.reset();
  }
  const int descriptor = ::openat(descriptor_, path.empty() ? "." : path.c_str(),
                                  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(
      descriptor < 0 ? nullptr : ::fdopendir(descriptor), &::closedir);
  if (!stream) {
    return fail(ErrorCode::kNotFound,
                std::string("cannot read the built site: ") + std::strerror(errno),
                {(path_ / path).string()});
  }
  std::vector<std::string> files;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    std::string name = entry->d_name;
    if (name == "." || name == ".." || (path.empty() && name == kStagingFolder)) {
      continue;
    }
    unsigned char type = entry->d_type;
    if (type == DT_UNKNOWN) {  // Some file systems leave it to stat.
      type = file_stamp(path + name) ? DT_REG : folder_stamp(path + name) ? DT_DIR : DT_LNK;
    }
    if (type == DT_DIR) {
      folder.folders.push_back(std::move(name));
    } else if (type == DT_REG) {
      files.push_back(std::move(name));
    }
  }
  if (errno != 0) {
    return fail(ErrorCode::kUnavailable,
                std::string("cannot read the built site: ") + std::strerror(errno),
                {(path_ / path).string()});
  }
  std::sort(folder.folders.begin(), folder.folders.end());
  sort_files(files, folder);
  return folder;
}

Result<SiteRecord> list_site(const OpenFolder& site, SiteRecord known) {
  std::vector<char> is_as_known(known.folders.size(), 0);
  for_each_in_parallel(known.folders.size(), [&](std::size_t i) {
    const FolderRecord& folder = known.folders[i];
    is_as_known[i] = folder.stamp && folder.stamp == site.folder_stamp(folder.path) ? 1 : 0;
  });
  std::unordered_map<std::string_view, std::size_t> places;
  places.reserve(known.folders.size());
  for (std::size_t i = 0; i < known.folders.size(); ++i) {
    places.emplace(known.folders[i].path, i);
  }
  SiteRecord now;
  now.keys = std::move(known.keys);
  now.shown = std::move(known.shown);
  now.drawings = std::move(known.drawings);
  now.folders.reserve(known.folders.size());
  std::vector<std::string> to_list = {""};
  while (!to_list.empty()) {
    const std::string path = std::move(to_list.back());
    to_list.pop_back();
    const auto place = places.find(path);
    if (place != places.end() && is_as_known[place->second] != 0) {
      // The path is copied, not moved: `places` looks at it.
      FolderRecord& old = known.folders[place->second];
      now.folders.push_back({path, old.stamp, std::move(old.pages), std::move(old.folders)});
    } else {
      Result<FolderRecord> fresh = site.list(path);
      if (!fresh) {
        return tl::unexpected(fresh.error());
      }
      if (place != places.end()) {
        keep_pages(*fresh, known.folders[place->second]);
      }
      now.folders.push_back(*std::move(fresh));
      now.has_news = true;
    }
    const std::vector<std::string>& below = now.folders.back().folders;
    for (std::size_t i = below.size(); i > 0; --i) {
      std::string folder = path;
      folder += below[i - 1];
      to_list.push_back(std::move(folder += '/'));
    }
  }
  return now;
}

}  // namespace likes::bake
