#include "tools/bake/site_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

#include "tools/support/descriptor.h"
#include "tools/support/file_io.h"

namespace likes::bake {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> failure(const std::string& reason, const fs::path& path) {
  return fail(ErrorCode::kUnavailable, "cannot copy: " + reason, {path.string()});
}

/// By the kernel, which on some file systems need not copy at all; `errno` tells what failed.
bool copy_bytes(int from, int to) {
  constexpr std::size_t kAtOnce = std::size_t{1} << 30;
  ssize_t copied = 0;
  do {
    copied = ::copy_file_range(from, nullptr, to, nullptr, kAtOnce, 0);
  } while (copied > 0);
  if (copied == 0) {
    return true;
  }
  if (errno != EXDEV && errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP) {
    return false;
  }
  // Between these file systems it must go through our hands; from where it stopped.
  std::array<char, 65536> bytes;
  ssize_t got = 0;
  while ((got = ::read(from, bytes.data(), bytes.size())) > 0) {
    if (!write_all(to, {bytes.data(), static_cast<std::size_t>(got)})) {
      return false;
    }
  }
  return got == 0;
}

/// Web servers make ETag and Last-Modified of the time. In a Nix store every file has the same one,
/// by which two builds of a page, alike in size, would be taken for one: such a copy is of today.
timespec published_time(const struct stat& status) {
  constexpr time_t kTimeInNixStore = 1;
  return status.st_mtim.tv_sec <= kTimeInNixStore ? timespec{0, UTIME_NOW} : status.st_mtim;
}

// libstdc++'s copy_file says "Input/output error" when the disk is full.
Result<void> copy_one(const fs::path& from, const fs::path& to) {
  struct stat status = {};
  const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (!source.is_open() || ::fstat(source.get(), &status) != 0) {
    return failure(std::strerror(errno), from);
  }
  const Descriptor target(
      ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status.st_mode & 07777));
  const std::array<timespec, 2> times = {status.st_atim, published_time(status)};
  if (!target.is_open() || !copy_bytes(source.get(), target.get()) ||
      ::fchmod(target.get(), status.st_mode & 07777) != 0 ||
      ::futimens(target.get(), times.data()) != 0) {
    return failure(std::strerror(errno), from);
  }
  return {};
}

Result<void> link_or_copy(const fs::path& from, const fs::path& to, bool& link) {
  if (link && ::link(from.c_str(), to.c_str()) == 0) {
    return {};
  }
  // Another file system, one without hard links, or links that the kernel does not allow.
  if (link && errno != EXDEV && errno != EPERM && errno != EMLINK && errno != EOPNOTSUPP) {
    return failure(std::strerror(errno), from);
  }
  link = link && errno == EMLINK;
  return copy_one(from, to);
}

}  // namespace

void make_folder(const fs::path& folder, const fs::path& like, std::error_code& code) {
  fs::create_directory(folder, like, code);
  if (!code) {
    fs::permissions(folder, fs::perms::owner_write, fs::perm_options::add, code);
  }
}

Result<std::vector<Error>> copy_tree(const fs::path& from, const fs::path& to, bool link,
                                     const std::function<bool(const std::string&)>& wanted) {
  std::vector<Error> problems;
  std::vector<std::string> folders = {""};
  while (!folders.empty()) {
    const std::string folder = std::move(folders.back());
    folders.pop_back();
    std::error_code code;
    for (fs::directory_iterator entry(from / folder, code);
         !code && entry != fs::directory_iterator(); entry.increment(code)) {
      const std::string path = folder + entry->path().filename().string();
      if (!wanted(path)) {
        continue;
      }
      const fs::file_type type = entry->symlink_status(code).type();
      if (type == fs::file_type::directory) {
        make_folder(to / path, entry->path(), code);
        folders.push_back(path + "/");
      } else if (type == fs::file_type::symlink) {
        fs::copy_symlink(entry->path(), to / path, code);
      } else if (type == fs::file_type::regular) {
        if (Result<void> done = link_or_copy(entry->path(), to / path, link); !done) {
          return tl::unexpected(done.error());
        }
      } else {
        problems.push_back({ErrorCode::kInvalid,
                            "is neither file, folder nor link; it is left out",
                            {entry->path().string()}});
      }
      if (code) {
        return failure(code.message(), entry->path());
      }
    }
    if (code) {
      return failure(code.message(), from / folder);
    }
  }
  return problems;
}

}  // namespace likes::bake
