#include "tools/hugo/content_walk.h"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "tools/hugo/unicode.h"
#include "tools/support/parallel.h"
#include "tools/support/twins.h"

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kContentAdapter = "_content.gotmpl";

bool is_ignored_name(std::string_view name) {
  return name.starts_with('.') || name.starts_with('#') || name.ends_with('~');
}

/// A folder or a file, by its name below the source of a mount.
struct Place {
  std::size_t mount = 0;
  std::string relative;
};

struct Entries {
  std::vector<std::string> files;
  std::vector<std::string> folders;
};

/// A file of a folder, and what it is by its name.
struct NamedFile {
  const Place* folder = nullptr;
  std::string_view name;
  bool is_adapter = false;
  std::unique_ptr<ContentFile> content;
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

std::string joined(std::string_view folder, std::string_view name) {
  std::string path;
  path.reserve(folder.size() + 1 + name.size());
  path.append(folder);
  if (!folder.empty() && !name.empty()) {
    path += '/';
  }
  path.append(name);
  return path;
}

tl::unexpected<Error> unreadable(const std::string& folder) {
  return fail(ErrorCode::kUnavailable,
              "cannot read the folder: " + std::generic_category().message(errno), {folder});
}

/// Looks into the folders of one depth at once, then into those that they hold.
class ContentWalker {
 public:
  explicit ContentWalker(const Config& config) : config_(config) {}

  Result<Content> walk() {
    std::vector<Place> folders = take_roots();
    for (std::size_t depth = 0; !folders.empty(); ++depth) {
      if (depth > kMaxFolderDepth) {
        return fail(
            ErrorCode::kInvalid,
            "found folders nested deeper than the limit of " + std::to_string(kMaxFolderDepth),
            {place_of(folders.front())});
      }
      Result<std::vector<Place>> below = look_into(folders);
      if (!below) {
        return tl::unexpected(below.error());
      }
      folders = std::move(*below);
    }
    drop_resources_of_bundles();
    keep_one_for_each_path();
    if (complement_languages()) {
      keep_one_for_each_path();
    }
    drop_pages_of_sections();
    return std::move(content_);
  }

 private:
  /// The mounts that are folders; those that are files are taken.
  std::vector<Place> take_roots() {
    std::vector<Place> roots;
    bool is_found = false;
    for (std::size_t mount = 0; mount < config_.mounts.size(); ++mount) {
      std::error_code code;
      const fs::file_status status = fs::status(config_.mounts[mount].source, code);
      is_found = is_found || fs::exists(status);
      if (fs::is_regular_file(status)) {
        const Place place{mount, ""};
        NamedFile single{&place, "", false, nullptr};
        read_name(single);
        keep({&single, 1});
      } else if (fs::is_directory(status)) {
        roots.push_back({mount, ""});
      }
    }
    if (!is_found) {
      content_.warnings.push_back(
          {ErrorCode::kNotFound,
           "found no content folder",
           {config_.mounts.empty() ? "content" : config_.mounts.front().source.string()}});
    }
    return roots;
  }

  /// Keeps what the folders hold, and gives the folders in them.
  Result<std::vector<Place>> look_into(const std::vector<Place>& folders) {
    std::vector<Result<Entries>> listed(folders.size());
    for_each_in_parallel(folders.size(),
                         [&](std::size_t i) { listed[i] = list(place_of(folders[i])); });
    std::vector<NamedFile> files;
    files.reserve(std::accumulate(listed.begin(), listed.end(), std::size_t{0},
                                  [](std::size_t sum, const Result<Entries>& entries) {
                                    return sum + (entries ? entries->files.size() : 0);
                                  }));
    for (std::size_t i = 0; i < folders.size(); ++i) {
      if (!listed[i]) {
        return tl::unexpected(std::move(listed[i].error()));
      }
      for (const std::string& name : listed[i]->files) {
        files.push_back({&folders[i], name, false, nullptr});
      }
    }
    // Apart from the folders: most sites have few of them, with many files each.
    for_each_in_parallel(files.size(), [&](std::size_t i) { read_name(files[i]); });
    std::vector<Place> below;
    std::span<NamedFile> rest(files);
    for (std::size_t i = 0; i < folders.size(); ++i) {
      const std::span<NamedFile> own = rest.first(listed[i]->files.size());
      rest = rest.subspan(own.size());
      // Whatever lies below a leaf bundle is its resources.
      if (!keep(own)) {
        for (const std::string& name : listed[i]->folders) {
          below.push_back({folders[i].mount, joined(folders[i].relative, name)});
        }
      }
    }
    if (content_.pages.size() + content_.branches.size() > kMaxContentFiles) {
      return fail(ErrorCode::kInvalid,
                  "found more content files than the limit of " + std::to_string(kMaxContentFiles),
                  {config_.mounts[folders.front().mount].source.string()});
    }
    return below;
  }

  [[nodiscard]] std::string place_of(const Place& place) const {
    return joined(config_.mounts[place.mount].source.string(), place.relative);
  }

  /// Hugo matches ignoreFiles with the whole name of a file, from the root of the disk.
  [[nodiscard]] bool is_ignored(const std::string& folder, const char* name) const {
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

  [[nodiscard]] Result<Entries> list(const std::string& folder) const {
    Entries entries;
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
      if ((is_folder || type == fs::file_type::regular) && !is_ignored(folder, each->d_name)) {
        (is_folder ? entries.folders : entries.files).emplace_back(each->d_name);
      }
    }
    if (errno != 0) {
      return unreadable(folder);
    }
    // What is wrong is told in the same order each time.
    std::sort(entries.files.begin(), entries.files.end());
    std::sort(entries.folders.begin(), entries.folders.end());
    return entries;
  }

  /// Finds out what a file is by its name.
  void read_name(NamedFile& file) const {
    const Mount& mount = config_.mounts[file.folder->mount];
    std::string relative = joined(file.folder->relative, file.name);
    if (!relative.empty() && !mount.takes(relative)) {
      return;
    }
    std::string place = joined(mount.source.native(), relative);
    std::string below_content =
        mount.target.empty() ? std::move(relative) : joined(mount.target, relative);
    file.is_adapter = PagePath::name_of(below_content) == kContentAdapter;
    std::optional<PagePath> path = parse_page_path(below_content, config_.syntax);
    if (!path || path->is_language_disabled) {
      return;
    }
    file.content = std::make_unique<ContentFile>();
    file.content->file = std::move(below_content);
    file.content->path = std::move(*path);
    file.content->place = std::move(place);
    file.content->mount = file.folder->mount;
  }

  void warn_of_adapter(const std::string& place) {
    content_.warnings.push_back({ErrorCode::kInvalid,
                                 "found a content adapter, which needs Hugo's templates: the "
                                 "pages that it makes are not in the index",
                                 {place}});
  }

  /// Keeps what is a page of a folder's files, and says whether the folder is a leaf bundle.
  bool keep(std::span<NamedFile> files) {
    bool is_branch = false;
    bool has_index = false;
    for (const NamedFile& each : files) {
      if (each.is_adapter) {
        warn_of_adapter(joined(place_of(*each.folder), each.name));
      }
      if (each.content != nullptr) {
        is_branch = is_branch || each.content->path.kind == PagePath::Kind::kBranch;
        has_index = has_index || each.content->path.kind == PagePath::Kind::kLeaf;
      }
    }
    const bool is_leaf = has_index && (!is_branch || config_.rules.index_beats_branch);
    for (NamedFile& each : files) {
      if (each.content != nullptr && is_page(*each.content, is_leaf, is_branch)) {
        // Only where mounts meet can there be pages below a bundle.
        if (is_leaf && config_.mounts.size() > 1) {
          bundles_.insert(each.content->path.logical);
        }
        add(std::move(each.content));
      }
    }
    return is_leaf;
  }

  /// Whether a file is a page in a folder with an index.md, which makes it a bundle, or with an
  /// _index.md.
  [[nodiscard]] bool is_page(const ContentFile& file, bool is_leaf, bool is_branch) const {
    const bool is_index = file.path.kind == PagePath::Kind::kLeaf;
    // content/index.md makes the whole site one bundle: it is the home page, which is no post
    // since Hugo 0.123.
    const bool is_home = config_.rules.logical_paths && file.path.kind != PagePath::Kind::kBranch &&
                         file.path.logical == "/";
    // Of index.md and _index.md in one folder, older versions take the second, the oldest both.
    const bool is_beaten = is_index && is_branch && !is_leaf && config_.rules.logical_paths;
    return !is_beaten && !is_home && (!is_leaf || is_index);
  }

  /// Adds a page, once for each language that has it.
  void add(std::unique_ptr<ContentFile> file) {
    ContentFiles& pages =
        file->path.kind == PagePath::Kind::kBranch ? content_.branches : content_.pages;
    const std::optional<std::size_t> own = own_language(*file);
    const std::vector<std::size_t>& of_mount = config_.mounts[file->mount].languages;
    for (std::size_t i = 0; !own && i + 1 < of_mount.size(); ++i) {
      pages.push_back(std::make_unique<ContentFile>(*file));
      pages.back()->language = of_mount[i];
    }
    const std::size_t last = of_mount.empty() ? config_.default_language : of_mount.back();
    file->language = own.value_or(last);
    pages.push_back(std::move(file));
  }

  /// The language that a file's name ends in.
  [[nodiscard]] std::optional<std::size_t> own_language(const ContentFile& file) const {
    for (std::size_t i = 0; !file.path.language.empty() && i < config_.languages.size(); ++i) {
      if (config_.languages[i].code == file.path.language) {
        return i;
      }
    }
    return std::nullopt;
  }

  /// Gives languages what `sites.complements` says, as far as they lack it; false where that is
  /// nothing at all.
  bool complement_languages() {
    if (std::all_of(config_.mounts.begin(), config_.mounts.end(),
                    [](const Mount& each) { return each.complements.empty(); })) {
      return false;
    }
    for (ContentFiles* files : {&content_.pages, &content_.branches}) {
      std::unordered_set<std::string> known;
      const auto key = [](const ContentFile& file) {
        return std::to_string(file.language) + ":" + file.path.logical;
      };
      for (const std::unique_ptr<ContentFile>& file : *files) {
        known.insert(key(*file));
      }
      const std::size_t count = files->size();
      for (std::size_t i = 0; i < count; ++i) {
        for (const std::size_t language : config_.mounts[(*files)[i]->mount].complements) {
          std::unique_ptr<ContentFile> copy = std::make_unique<ContentFile>(*(*files)[i]);
          copy->language = language;
          if (known.insert(key(*copy)).second) {
            files->push_back(std::move(copy));
          }
        }
      }
    }
    return true;
  }

  /// A bundle of one mount makes resources of what another mount has below the same path.
  void drop_resources_of_bundles() {
    if (bundles_.empty()) {
      return;
    }
    const auto is_resource = [this](const std::unique_ptr<ContentFile>& file) {
      for (std::string folder(file->path.folder()); !folder.empty();
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

  static bool is_single(const ContentFile& file) {
    return file.path.kind == PagePath::Kind::kSingle;
  }

  /// Of several files for one path a bundle wins over a single file, an earlier mount over a later
  /// one, then the extension that comes last in the alphabet.
  [[nodiscard]] bool is_better(const ContentFile& left, const ContentFile& right) const {
    const bool by_form = is_single(left) != is_single(right);
    const bool by_mount = left.mount != right.mount;
    if (by_form && (!by_mount || !config_.rules.rivals_hide_pages)) {
      return !is_single(left);
    }
    if (by_mount) {
      return left.mount < right.mount;
    }
    if (!config_.rules.logical_paths) {
      return is_better_of_old(left, right);
    }
    if (left.path.extension != right.path.extension) {
      return left.path.extension > right.path.extension;
    }
    // A name that says its language speaks for it before one that leaves it to the site.
    if (left.path.language.empty() != right.path.language.empty()) {
      return right.path.language.empty();
    }
    const std::string left_file = normalize_path(left.file);
    const std::string right_file = normalize_path(right.file);
    return std::tie(left_file, left.file) < std::tie(right_file, right.file);
  }

  /// Of old the last one won. Those that say their language came first, unless they have the place
  /// of one that does not.
  static bool is_better_of_old(const ContentFile& left, const ContentFile& right) {
    if (left.path.language.empty() != right.path.language.empty()) {
      const bool is_one_place = left.path.raw == right.path.raw;
      return is_one_place == right.path.language.empty();
    }
    return left.file > right.file;
  }

  void keep_one_for_each_path() {
    keep_best(content_.pages);
    keep_best(content_.branches);
    std::sort(content_.branches.begin(), content_.branches.end(),
              [](const auto& left, const auto& right) { return is_path_before(*left, *right); });
  }

  /// Of the files for one path, by index.
  struct Best {
    std::optional<std::size_t> bundle;
    std::optional<std::size_t> single;

    std::optional<std::size_t>& of(bool is_single) { return is_single ? single : bundle; }
  };

  /// The one that is the page.
  std::size_t settle(const Best& best, ContentFiles& files) const {
    if (!best.bundle || !best.single) {
      return best.bundle ? *best.bundle : *best.single;
    }
    const bool bundle_wins = is_better(*files[*best.bundle], *files[*best.single]);
    const std::size_t winner = bundle_wins ? *best.bundle : *best.single;
    const std::size_t loser = bundle_wins ? *best.single : *best.bundle;
    if (config_.rules.rivals_hide_pages) {
      files[winner]->rival = std::make_shared<const ContentFile>(*files[loser]);
    }
    return winner;
  }

  void keep_best(ContentFiles& files) const {
    // Of old paths kept their case but were the same in any.
    const bool has_cases = !config_.rules.logical_paths;
    const std::hash<std::string> hash;
    const std::vector<Twins> twins = find_twins(
        files.size(),
        [&](std::size_t i) {
          const std::string& path = files[i]->path.logical;
          return (has_cases ? hash(to_lower(path)) : hash(path)) + files[i]->language;
        },
        [&](std::size_t i, std::size_t j) {
          const std::string& path = files[i]->path.logical;
          const std::string& other = files[j]->path.logical;
          return files[i]->language == files[j]->language &&
                 (has_cases ? to_lower(path) == to_lower(other) : path == other);
        });
    if (twins.empty()) {
      return;
    }
    std::map<std::size_t, Best> best;  // By the first of those of one path.
    std::vector<bool> is_beaten(files.size());
    for (const Twins& each : twins) {
      for (const std::size_t i : {each.first, each.later}) {
        std::optional<std::size_t>& winner = best[each.first].of(is_single(*files[i]));
        if (!winner || is_better(*files[i], *files[*winner])) {
          winner = i;
        }
        is_beaten[i] = true;
      }
    }
    for (const auto& [first, each] : best) {
      is_beaten[settle(each, files)] = false;
    }
    std::erase_if(files, [&](const std::unique_ptr<ContentFile>& file) {
      return is_beaten[static_cast<std::size_t>(&file - files.data())];
    });
  }

  static bool is_path_before(const ContentFile& left, const ContentFile& right) {
    return std::tie(left.language, left.path.logical) <
           std::tie(right.language, right.path.logical);
  }

  /// Where both have one path.
  void drop_pages_of_sections() {
    if (!config_.rules.logical_paths) {
      return;  // Such a Hugo makes a page of each file.
    }
    std::erase_if(content_.pages, [&](const std::unique_ptr<ContentFile>& page) {
      const ContentFiles::const_iterator found = std::lower_bound(
          content_.branches.begin(), content_.branches.end(), page,
          [](const auto& left, const auto& right) { return is_path_before(*left, *right); });
      return found != content_.branches.end() && is_same(**found, *page) &&
             (*found)->mount <= page->mount;
    });
  }

  const Config& config_;
  std::unordered_set<std::string> bundles_;  // Logical paths, where mounts may meet.
  Content content_;
};

}  // namespace

Result<Content> walk_content(const Config& config) {
  return ContentWalker(config).walk();
}

}  // namespace likes::hugo
