#include "tools/hugo/content_walk.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <tuple>
#include <utility>

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;

constexpr const char* kContentAdapter = "_content.gotmpl";

bool is_ignored_name(const std::string& name) {
  return name.starts_with('.') || name.starts_with('#') || name.ends_with('~');
}

struct Entry {
  fs::path place;
  std::string name;
  bool is_folder = false;
};

class ContentWalker {
 public:
  explicit ContentWalker(const Config& config) : config_(config) {}

  Result<Content> walk() {
    std::error_code code;
    if (!fs::is_directory(config_.content_dir, code)) {
      content_.warnings.push_back(
          {ErrorCode::kNotFound, "found no content folder", {config_.content_name}});
      return std::move(content_);
    }
    root_ = fs::absolute(config_.content_dir, code);
    if (Result<void> walked = walk_folder(root_, "", 0); !walked) {
      return tl::unexpected(walked.error());
    }
    keep_one_for_each_path();
    return std::move(content_);
  }

 private:
  /// Hugo matches ignoreFiles with the whole name of a file, from the root of the disk.
  [[nodiscard]] bool is_ignored(const fs::path& place, const std::string& name) const {
    return is_ignored_name(name) ||
           std::any_of(config_.ignore_files.begin(), config_.ignore_files.end(),
                       [&place](const std::regex& pattern) {
                         return std::regex_search(place.string(), pattern);
                       });
  }

  Result<std::vector<Entry>> list(const fs::path& folder, const std::string& relative) {
    std::vector<Entry> entries;
    std::error_code code;
    for (fs::directory_iterator each(folder, code), end; !code && each != end;
         each.increment(code)) {
      const std::string name = each->path().filename().string();
      // Hugo follows no links inside content.
      const fs::file_status status = each->symlink_status(code);
      const bool is_folder = fs::is_directory(status);
      if ((is_folder || fs::is_regular_file(status)) && !is_ignored(each->path(), name)) {
        entries.push_back({each->path(), name, is_folder});
      }
    }
    if (code) {
      return fail(ErrorCode::kUnavailable, "cannot read the folder: " + code.message(),
                  {config_.content_name + "/" + relative});
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& left, const Entry& right) { return left.name < right.name; });
    return entries;
  }

  Result<void> walk_folder(const fs::path& folder, const std::string& relative, std::size_t depth) {
    if (depth > kMaxFolderDepth) {
      return fail(
          ErrorCode::kInvalid,
          "found folders nested deeper than the limit of " + std::to_string(kMaxFolderDepth),
          {config_.content_name + "/" + relative});
    }
    const Result<std::vector<Entry>> entries = list(folder, relative);
    if (!entries) {
      return tl::unexpected(entries.error());
    }
    std::vector<ContentFile> files;
    bool is_leaf = false;
    for (const Entry& entry : *entries) {
      if (!entry.is_folder) {
        is_leaf = add_file(entry, relative, files) || is_leaf;
      }
    }
    if (content_.pages.size() + content_.branches.size() + files.size() > kMaxContentFiles) {
      return fail(ErrorCode::kInvalid,
                  "found more content files than the limit of " + std::to_string(kMaxContentFiles),
                  {config_.content_name});
    }
    keep(std::move(files), is_leaf);
    for (const Entry& entry : *entries) {
      // Whatever lies below a leaf bundle is its resources.
      if (entry.is_folder && !is_leaf) {
        if (Result<void> walked = walk_folder(entry.place, joined(relative, entry.name), depth + 1);
            !walked) {
          return walked;
        }
      }
    }
    return {};
  }

  static std::string joined(const std::string& relative, const std::string& name) {
    return relative.empty() ? name : relative + "/" + name;
  }

  /// Says whether the file makes its folder a leaf bundle.
  bool add_file(const Entry& entry, const std::string& relative, std::vector<ContentFile>& files) {
    const std::string name = joined(relative, entry.name);
    if (entry.name == kContentAdapter) {
      content_.warnings.push_back({ErrorCode::kInvalid,
                                   "found a content adapter, which needs Hugo's templates: the "
                                   "pages that it makes are not in the index",
                                   {config_.content_name + "/" + name}});
      return false;
    }
    std::optional<PagePath> path = parse_page_path(name, config_.languages);
    if (!path || path->is_language_disabled) {
      return false;
    }
    struct stat status = {};
    const bool known = ::stat(entry.place.c_str(), &status) == 0;
    files.push_back({name, std::move(*path), known ? std::int64_t{status.st_mtime} : 0});
    return files.back().path.kind == PagePath::Kind::kLeaf;
  }

  void keep(std::vector<ContentFile> files, bool is_leaf) {
    for (ContentFile& file : files) {
      if (file.path.kind == PagePath::Kind::kBranch) {
        if (!is_leaf) {
          content_.branches.push_back(std::move(file));
        }
      } else if (!is_leaf || file.path.kind == PagePath::Kind::kLeaf) {
        // content/index.md makes the whole site one bundle: it is the home page, which is no post.
        if (file.path.logical != "/") {
          content_.pages.push_back(std::move(file));
        }
      }
    }
  }

  /// Of several files for one path a section wins over a page, a bundle over a single file, then
  /// the extension that comes last in the alphabet.
  void keep_one_for_each_path() {
    const auto is_better = [](const ContentFile& left, const ContentFile& right) {
      const bool left_single = left.path.kind == PagePath::Kind::kSingle;
      const bool right_single = right.path.kind == PagePath::Kind::kSingle;
      const std::string left_file = normalize_path(left.file);
      const std::string right_file = normalize_path(right.file);
      return std::tie(left.path.logical, left_single, right.path.extension, left_file, left.file) <
             std::tie(right.path.logical, right_single, left.path.extension, right_file,
                      right.file);
    };
    const auto is_same = [](const ContentFile& left, const ContentFile& right) {
      return left.path.logical == right.path.logical;
    };
    const auto unite = [&](std::vector<ContentFile>& files) {
      std::sort(files.begin(), files.end(), is_better);
      files.erase(std::unique(files.begin(), files.end(), is_same), files.end());
    };
    unite(content_.pages);
    unite(content_.branches);
    std::erase_if(content_.pages, [&](const ContentFile& page) {
      const std::vector<ContentFile>::const_iterator found =
          std::lower_bound(content_.branches.begin(), content_.branches.end(), page,
                           [](const ContentFile& left, const ContentFile& right) {
                             return left.path.logical < right.path.logical;
                           });
      return found != content_.branches.end() && is_same(*found, page);
    });
  }

  const Config& config_;
  fs::path root_;
  Content content_;
};

}  // namespace

Result<Content> walk_content(const Config& config) {
  return ContentWalker(config).walk();
}

}  // namespace likes::hugo
