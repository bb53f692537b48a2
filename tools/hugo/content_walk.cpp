#include "tools/hugo/content_walk.h"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;

constexpr const char* kContentAdapter = "_content.gotmpl";

bool is_ignored_name(const std::string& name) {
  return name.starts_with('.') || name.starts_with('#') || name.ends_with('~');
}

struct Entry {
  std::string name;
  bool is_folder = false;
};

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

/// What an entry of a folder is. Nearly always the folder itself says it, which spares asking for
/// each file.
fs::file_type type_of(const dirent& entry, const std::string& folder) {
  switch (entry.d_type) {
    case DT_REG:
      return fs::file_type::regular;
    case DT_DIR:
      return fs::file_type::directory;
    case DT_UNKNOWN: {
      std::error_code code;
      return fs::symlink_status(folder + "/" + entry.d_name, code).type();
    }
    default:
      return fs::file_type::unknown;
  }
}

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

tl::unexpected<Error> unreadable(const std::string& folder) {
  return fail(ErrorCode::kUnavailable,
              "cannot read the folder: " + std::generic_category().message(errno), {folder});
}

class ContentWalker {
 public:
  explicit ContentWalker(const Config& config) : config_(config) {}

  Result<Content> walk() {
    bool is_found = false;
    for (mount_ = 0; mount_ < config_.mounts.size(); ++mount_) {
      const Mount& mount = config_.mounts[mount_];
      std::error_code code;
      const fs::file_status status = fs::status(mount.source, code);
      is_found = is_found || fs::exists(status);
      if (fs::is_regular_file(status)) {
        add_single_file(mount);
      } else if (fs::is_directory(status)) {
        if (Result<void> walked = walk_folder("", 0); !walked) {
          return tl::unexpected(walked.error());
        }
      }
    }
    if (!is_found) {
      content_.warnings.push_back(
          {ErrorCode::kNotFound,
           "found no content folder",
           {config_.mounts.empty() ? "content" : config_.mounts.front().source.string()}});
    }
    complement_languages();
    drop_resources_of_bundles();
    keep_one_for_each_path();
    return std::move(content_);
  }

 private:
  [[nodiscard]] const Mount& mount() const { return config_.mounts[mount_]; }

  [[nodiscard]] std::string place_of(const std::string& relative) const {
    return relative.empty() ? mount().source.string() : mount().source.string() + "/" + relative;
  }

  /// Hugo matches ignoreFiles with the whole name of a file, from the root of the disk.
  [[nodiscard]] bool is_ignored(const std::string& folder, const std::string& name) const {
    if (is_ignored_name(name)) {
      return true;
    }
    if (config_.ignore_files.empty()) {
      return false;
    }
    std::error_code code;
    const std::string whole = fs::absolute(joined(folder, name), code).string();
    return std::any_of(
        config_.ignore_files.begin(), config_.ignore_files.end(),
        [&whole](const std::regex& pattern) { return std::regex_search(whole, pattern); });
  }

  Result<std::vector<Entry>> list(const std::string& relative) {
    std::vector<Entry> entries;
    const std::string folder = place_of(relative);
    const std::unique_ptr<DIR, CloseFolder> stream(::opendir(folder.c_str()));
    if (stream == nullptr) {
      return unreadable(folder);
    }
    while (true) {
      errno = 0;
      const dirent* each = ::readdir(stream.get());
      if (each == nullptr) {
        break;
      }
      // Hugo follows no links inside content.
      const fs::file_type type = type_of(*each, folder);
      const bool is_folder = type == fs::file_type::directory;
      const std::string name = each->d_name;
      if ((is_folder || type == fs::file_type::regular) && !is_ignored(folder, name)) {
        entries.push_back({name, is_folder});
      }
    }
    if (errno != 0) {
      return unreadable(folder);
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& left, const Entry& right) { return left.name < right.name; });
    return entries;
  }

  Result<void> walk_folder(const std::string& relative, std::size_t depth) {
    if (depth > kMaxFolderDepth) {
      return fail(
          ErrorCode::kInvalid,
          "found folders nested deeper than the limit of " + std::to_string(kMaxFolderDepth),
          {place_of(relative)});
    }
    const Result<std::vector<Entry>> entries = list(relative);
    if (!entries) {
      return tl::unexpected(entries.error());
    }
    std::vector<ContentFile> files;
    for (const Entry& entry : *entries) {
      const std::string name = joined(relative, entry.name);
      if (!entry.is_folder && mount().takes(name)) {
        add_file(name, joined(mount().target, name), files);
      }
    }
    if (content_.pages.size() + content_.branches.size() + files.size() > kMaxContentFiles) {
      return fail(ErrorCode::kInvalid,
                  "found more content files than the limit of " + std::to_string(kMaxContentFiles),
                  {mount().source.string()});
    }
    const bool is_leaf = keep(std::move(files));
    for (const Entry& entry : *entries) {
      // Whatever lies below a leaf bundle is its resources.
      if (entry.is_folder && !is_leaf) {
        if (Result<void> walked = walk_folder(joined(relative, entry.name), depth + 1); !walked) {
          return walked;
        }
      }
    }
    return {};
  }

  void add_single_file(const Mount& mount) {
    std::vector<ContentFile> files;
    add_file("", mount.target, files);
    keep(std::move(files));
  }

  /// `relative` is the file's name below the mount's source, `seen` its name in the content.
  void add_file(const std::string& relative, const std::string& seen,
                std::vector<ContentFile>& files) {
    if (seen == kContentAdapter || seen.ends_with("/" + std::string(kContentAdapter))) {
      content_.warnings.push_back({ErrorCode::kInvalid,
                                   "found a content adapter, which needs Hugo's templates: the "
                                   "pages that it makes are not in the index",
                                   {place_of(relative)}});
      return;
    }
    std::optional<PagePath> path = parse_page_path(seen, config_.syntax);
    if (!path || path->is_language_disabled) {
      return;
    }
    ContentFile file;
    file.file = seen;
    file.place = place_of(relative);
    file.mount = mount_;
    file.path = std::move(*path);
    const std::vector<std::size_t> languages = languages_of(file.path);
    for (std::size_t i = 0; i + 1 < languages.size(); ++i) {
      file.language = languages[i];
      files.push_back(file);
    }
    file.language = languages.back();
    files.push_back(std::move(file));
  }

  [[nodiscard]] std::vector<std::size_t> languages_of(const PagePath& path) const {
    if (!path.language.empty()) {
      for (std::size_t i = 0; i < config_.languages.size(); ++i) {
        if (config_.languages[i].code == path.language) {
          return {i};
        }
      }
    }
    return mount().languages.empty() ? std::vector<std::size_t>{config_.default_language}
                                     : mount().languages;
  }

  /// Keeps what is a page of a folder's files, and says whether the folder is a leaf bundle.
  bool keep(std::vector<ContentFile> files) {
    const auto has = [&files](PagePath::Kind kind) {
      return std::any_of(files.begin(), files.end(),
                         [kind](const ContentFile& file) { return file.path.kind == kind; });
    };
    const bool is_branch = has(PagePath::Kind::kBranch);
    const bool is_leaf =
        has(PagePath::Kind::kLeaf) && (!is_branch || config_.rules.index_beats_branch);
    for (ContentFile& file : files) {
      const bool is_index = file.path.kind == PagePath::Kind::kLeaf;
      // content/index.md makes the whole site one bundle: it is the home page, which is no post.
      const bool is_home = file.path.kind != PagePath::Kind::kBranch && file.path.logical == "/";
      // Of index.md and _index.md in one folder, older versions take the second, the oldest both.
      const bool is_beaten = is_index && is_branch && !is_leaf && config_.rules.logical_paths;
      if (is_leaf && is_index && config_.mounts.size() > 1) {
        bundles_.insert(file.path.logical);
      }
      if (is_beaten || is_home || (is_leaf && !is_index)) {
        continue;
      }
      const bool to_branches = file.path.kind == PagePath::Kind::kBranch;
      (to_branches ? content_.branches : content_.pages).push_back(std::move(file));
    }
    return is_leaf;
  }

  /// Gives languages what `sites.complements` says, as far as they lack it.
  void complement_languages() {
    if (std::all_of(config_.mounts.begin(), config_.mounts.end(),
                    [](const Mount& each) { return each.complements.empty(); })) {
      return;
    }
    for (std::vector<ContentFile>* files : {&content_.pages, &content_.branches}) {
      std::unordered_set<std::string> known;
      const auto key = [](const ContentFile& file) {
        return std::to_string(file.language) + ":" + file.path.logical;
      };
      for (const ContentFile& file : *files) {
        known.insert(key(file));
      }
      const std::size_t count = files->size();
      for (std::size_t i = 0; i < count; ++i) {
        for (const std::size_t language : config_.mounts[(*files)[i].mount].complements) {
          ContentFile copy = (*files)[i];
          copy.language = language;
          if (known.insert(key(copy)).second) {
            files->push_back(std::move(copy));
          }
        }
      }
    }
  }

  /// A bundle of one mount makes resources of what another mount has below the same path.
  void drop_resources_of_bundles() {
    if (bundles_.empty()) {
      return;
    }
    const auto is_resource = [this](const ContentFile& file) {
      for (std::string folder = file.path.folder; !folder.empty();
           folder.erase(folder.rfind('/'))) {
        if (bundles_.contains(folder)) {
          return true;
        }
      }
      return false;
    };
    std::erase_if(content_.pages, is_resource);
    std::erase_if(content_.branches, is_resource);
  }

  static bool is_same(const ContentFile& left, const ContentFile& right) {
    return left.language == right.language && left.path.logical == right.path.logical;
  }

  /// Of several files for one path a section wins over a page, a bundle over a single file, an
  /// earlier mount over a later one, then the extension that comes last in the
  /// alphabet.
  void keep_one_for_each_path() {
    const auto is_better = [](const ContentFile& left, const ContentFile& right) {
      const bool left_single = left.path.kind == PagePath::Kind::kSingle;
      const bool right_single = right.path.kind == PagePath::Kind::kSingle;
      const auto left_rank =
          std::tie(left.language, left.path.logical, left_single, left.mount, right.path.extension);
      const auto right_rank = std::tie(right.language, right.path.logical, right_single,
                                       right.mount, left.path.extension);
      if (left_rank != right_rank) {
        return left_rank < right_rank;
      }
      // A name that says its language speaks for it before one that leaves it to the site.
      if (left.path.language.empty() != right.path.language.empty()) {
        return right.path.language.empty();
      }
      const std::string left_file = normalize_path(left.file);
      const std::string right_file = normalize_path(right.file);
      return std::tie(left_file, left.file) < std::tie(right_file, right.file);
    };
    const auto unite = [&](std::vector<ContentFile>& files) {
      std::sort(files.begin(), files.end(), is_better);
      const auto is_hidden = [this](const ContentFile& left, const ContentFile& right) {
        return is_same(left, right) && (config_.rules.logical_paths || left.file == right.file);
      };
      files.erase(std::unique(files.begin(), files.end(), is_hidden), files.end());
    };
    unite(content_.pages);
    unite(content_.branches);
    if (!config_.rules.logical_paths) {
      return;  // Such a Hugo makes a page of each file.
    }
    std::erase_if(content_.pages, [&](const ContentFile& page) {
      const std::vector<ContentFile>::const_iterator found =
          std::lower_bound(content_.branches.begin(), content_.branches.end(), page,
                           [](const ContentFile& left, const ContentFile& right) {
                             return std::tie(left.language, left.path.logical) <
                                    std::tie(right.language, right.path.logical);
                           });
      return found != content_.branches.end() && is_same(*found, page) &&
             found->mount <= page.mount;
    });
  }

  const Config& config_;
  std::size_t mount_ = 0;
  std::unordered_set<std::string> bundles_;  // Logical paths, where mounts may meet.
  Content content_;
};

}  // namespace

Result<Content> walk_content(const Config& config) {
  return ContentWalker(config).walk();
}

}  // namespace likes::hugo
