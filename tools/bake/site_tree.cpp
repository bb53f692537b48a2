#include "tools/bake/site_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace likes::bake {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> failure(const std::string& reason, const fs::path& path) {
  return fail(ErrorCode::kUnavailable, "cannot copy: " + reason, {path.string()});
}

Result<void> copy_one(const fs::path& from, const fs::path& to) {
  std::error_code code;
  struct stat status = {};
  if (!fs::copy_file(from, to, code) || ::stat(from.c_str(), &status) != 0) {
    return failure(code ? code.message() : std::strerror(errno), from);
  }
  // Web servers make ETag and Last-Modified of it.
  const std::array<timespec, 2> times = {status.st_atim, status.st_mtim};
  ::utimensat(AT_FDCWD, to.c_str(), times.data(), 0);
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
        fs::create_directory(to / path, entry->path(), code);
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
