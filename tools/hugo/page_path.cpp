#include "tools/hugo/page_path.h"

#include <algorithm>
#include <array>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

constexpr std::array<std::string_view, 12> kContentExtensions = {
    "md",       "mdown", "markdown", "html", "htm", "adoc",
    "asciidoc", "ad",    "pandoc",   "pdc",  "rst", "org"};

/// Cuts the language out of "post.en"; the segment before the first dot is never one. In the file
/// system's spelling, `raw`, only lower case names a language: "post.EN" stays as it is. Before
/// Hugo 0.123 there is no other spelling.
void cut_language(std::string& name, std::string& raw, const PathSyntax& syntax, PagePath& path) {
  for (std::size_t end = name.size(); end > 0;) {
    const std::size_t dot = name.rfind('.', end - 1);
    if (dot == std::string::npos || dot == 0) {
      return;
    }
    const std::string spelled = name.substr(dot + 1, end - dot - 1);
    const std::string segment = syntax.keeps_spelling ? spelled : to_lower(spelled);
    path.is_language_disabled = syntax.disabled.contains(segment);
    if (path.is_language_disabled || syntax.used.contains(segment)) {
      name.erase(dot, end - dot);
      if (spelled == segment) {
        raw.erase(dot, end - dot);
      }
      path.language = segment;
      return;
    }
    end = dot;
  }
}

}  // namespace

std::string normalize_path(std::string_view path) {
  std::string normal = to_lower(path);
  std::replace(normal.begin(), normal.end(), ' ', '-');
  return normal;
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
  std::string name(slash == std::string_view::npos ? file : file.substr(slash + 1));
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) {
    return std::nullopt;
  }
  PagePath path;
  const std::string raw_extension = name.substr(dot + 1);
  path.extension = syntax.keeps_spelling ? raw_extension : to_lower(raw_extension);
  if (std::find(kContentExtensions.begin(), kContentExtensions.end(), path.extension) ==
      kContentExtensions.end()) {
    return std::nullopt;
  }
  name.erase(dot);
  std::string raw_name = name;
  cut_language(name, raw_name, syntax, path);
  path.raw.reserve(folder.size() + raw_name.size() + 2);
  if (!folder.empty()) {
    path.raw.append("/").append(folder);
  }
  const auto spelled = [&syntax](std::string_view text) {
    return syntax.keeps_spelling ? std::string(text) : normalize_path(text);
  };
  const std::string normal = spelled(name);
  const bool is_index = normal == "index" || normal == "_index";
  if (is_index) {
    // The folder is the page: its own name is the last element.
    path.kind = normal == "index" ? PagePath::Kind::kLeaf : PagePath::Kind::kBranch;
    path.logical = path.raw.empty() ? "/" : spelled(path.raw);
  } else {
    path.logical = spelled(path.raw + "/" + name);
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
