#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace likes::hugo {

/// How the names of content files are read.
struct PathSyntax {
  std::set<std::string, std::less<>> used;      ///< Languages that a name may end in, `post.en.md`.
  std::set<std::string, std::less<>> disabled;  ///< Those whose files are left out.
  bool keeps_spelling = false;  ///< Before Hugo 0.123 paths stay as the file system has them.
};

/// What a content file is by its name: where it stands among the pages, before any slug or url.
struct PagePath {
  enum class Kind {
    kSingle,  ///< posts/hello.md
    kLeaf,    ///< posts/hello/index.md: a page, and all files beside and below are its resources.
    kBranch,  ///< posts/_index.md: a section.
  };
  Kind kind = Kind::kSingle;
  std::string
      logical;      ///< `/posts/hello`, lower case, blanks as hyphens; a section's own: `/posts`.
  std::string raw;  ///< The same in the file system's spelling.
  std::string extension;  ///< Lower case, without the dot.
  std::string language;   ///< That the name ends in, or "".
  bool is_language_disabled = false;
  bool is_raw_index = false;  ///< Whether `raw` is the folder of an index file, and not its name.

  /// Of `logical`: `/posts`, or "" at the top.
  [[nodiscard]] std::string_view folder() const { return folder_of(logical); }
  /// Of `logical`: `hello`.
  [[nodiscard]] std::string_view name() const { return name_of(logical); }
  [[nodiscard]] std::string_view raw_folder() const { return folder_of(raw); }
  [[nodiscard]] std::string_view raw_name() const { return name_of(raw); }
  /// The first element of `logical` for pages below it, else "".
  [[nodiscard]] std::string_view section() const;

  /// The last element of a path.
  [[nodiscard]] static std::string_view name_of(std::string_view path);

 private:
  [[nodiscard]] static std::string_view folder_of(std::string_view path);
};

/// Takes `posts/Hello World.en.md`, relative to the content folder, apart; nothing when it is no
/// content file.
[[nodiscard]] std::optional<PagePath> parse_page_path(std::string_view file,
                                                      const PathSyntax& syntax);

/// Lower case, blanks as hyphens.
[[nodiscard]] std::string normalize_path(std::string path);

}  // namespace likes::hugo
