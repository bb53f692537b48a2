#include "tools/hugo/page_path.h"

#include <algorithm>
#include <array>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

constexpr std::array<std::string_view, 12> kContentExtensions = {
    "md",       "mdown", "markdown", "html", "htm", "adoc",
    "asciidoc", "ad",    "pandoc",   "pdc",  "rst", "org"};

/// The language in "post.en"; the segment before the first dot is never one. Before Hugo 0.123 its
/// case counts.
struct LanguageSegment {
  std::string language;
  bool is_disabled = false;
  std::size_t begin = 0;  ///< With its dot.
  std::size_t end = 0;
};

std::optional<LanguageSegment> find_language(std::string_view name, const PathSyntax& syntax) {
  for (std::size_t end = name.size(); end > 0;) {
    const std::size_t dot = name.rfind('.', end - 1);
    if (dot == std::string_view::npos || dot == 0) {
      return std::nullopt;
    }
    const std::string_view spelled = name.substr(dot + 1, end - dot - 1);
    std::string segment = syntax.keeps_spelling ? std::string(spelled) : to_lower(spelled);
    const bool is_disabled = syntax.disabled.contains(segment);
    if (is_disabled || syntax.used.contains(segment)) {
      return LanguageSegment{std::move(segment), is_disabled, dot, end};
    }
    end = dot;
  }
  return std::nullopt;
}

}  // namespace

std::string normalize_path(std::string path) {
  make_lower(path);
  std::replace(path.begin(), path.end(), ' ', '-');
  return path;
}

std::string_view PagePath::folder_of(std::string_view path) {
  return path.substr(0, std::min(path.rfind('/'), path.size()));
}

std::string_view PagePath::name_of(std::string_view path) {
  return path.substr(std::min(path.rfind('/') + 1, path.size()));
}

std::string_view PagePath::section() const {
  const std::string_view whole = kind == Kind::kBranch ? logical : folder();
  return whole.size() < 2 ? std::string_view() : whole.substr(1, whole.find('/', 1) - 1);
}

std::optional<PagePath> parse_page_path(std::string_view file, const PathSyntax& syntax) {
  const std::size_t slash = file.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? "" : file.substr(0, slash);
  std::string_view name = slash == std::string_view::npos ? file : file.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) {
    return std::nullopt;
  }
  PagePath path;
  const std::string_view raw_extension = name.substr(dot + 1);
  path.extension = syntax.keeps_spelling ? std::string(raw_extension) : to_lower(raw_extension);
  if (std::find(kContentExtensions.begin(), kContentExtensions.end(), path.extension) ==
      kContentExtensions.end()) {
    return std::nullopt;
  }
  name = name.substr(0, dot);
  std::string_view raw_name = name;
  std::string cut;
  if (std::optional<LanguageSegment> found = find_language(name, syntax)) {
    cut = std::string(name.substr(0, found->begin)).append(name.substr(found->end));
    // In the file system's spelling only lower case names a language: "post.EN" stays as it is.
    const std::size_t begin = found->begin + 1;
    if (name.substr(begin, found->end - begin) == found->language) {
      raw_name = cut;
    }
    name = cut;
    path.is_language_disabled = found->is_disabled;
    path.language = std::move(found->language);
  }
  path.raw.reserve(folder.size() + raw_name.size() + 2);
  if (!folder.empty()) {
    path.raw.append("/").append(folder);
  }
  const auto spelled = [&syntax](std::string text) {
    return syntax.keeps_spelling ? text : normalize_path(std::move(text));
  };
  constexpr std::size_t kLongestIndex = 7;  // A letter of it may take two bytes.
  const std::string normal = name.size() <= kLongestIndex ? spelled(std::string(name)) : "";
  const bool is_index = normal == "index" || normal == "_index";
  if (is_index) {
    // The folder is the page: its own name is the last element.
    path.kind = normal == "index" ? PagePath::Kind::kLeaf : PagePath::Kind::kBranch;
    path.logical = path.raw.empty() ? "/" : spelled(path.raw);
  } else {
    std::string whole;
    whole.reserve(path.raw.size() + 1 + name.size());
    path.logical = spelled(std::move(whole.append(path.raw).append("/").append(name)));
  }
  // In its own spelling a file called Index.md or index.MD is no folder, though, which shows where
  // paths keep their case.
  const bool is_odd = path.kind == PagePath::Kind::kLeaf && raw_extension != path.extension;
  path.is_raw_index = is_index && raw_name == normal && !is_odd;
  if (!path.is_raw_index) {
    path.raw.append("/").append(raw_name);
  }
  return path;
}

}  // namespace likes::hugo
