#include "tools/hugo/page_path.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

constexpr std::array<std::string_view, 12> kContentExtensions = {
    "md",       "mdown", "markdown", "html", "htm", "adoc",
    "asciidoc", "ad",    "pandoc",   "pdc",  "rst", "org"};

/// Cuts the language out of "post.en"; the segment before the first dot is never one.
void cut_language(std::string& name, const PathSyntax& syntax, PagePath& path) {
  for (std::size_t end = name.size(); end > 0;) {
    const std::size_t dot = name.rfind('.', end - 1);
    if (dot == std::string::npos || dot == 0) {
      return;
    }
    const std::string segment = to_lower(std::string_view(name).substr(dot + 1, end - dot - 1));
    path.is_language_disabled = syntax.disabled.contains(segment);
    if (path.is_language_disabled || syntax.used.contains(segment)) {
      name.erase(dot, end - dot);
      path.language = segment;
      return;
    }
    end = dot;
  }
}

/// `/a/b` as `/a` and `b`; the top is "" and "".
std::pair<std::string, std::string> split_last(const std::string& path) {
  const std::size_t slash = std::min(path.rfind('/'), path.size());
  return {path.substr(0, slash), path.empty() ? "" : path.substr(slash + 1)};
}

}  // namespace

std::string normalize_path(std::string_view path) {
  std::string normal = to_lower(path);
  std::replace(normal.begin(), normal.end(), ' ', '-');
  return normal;
}

std::string PagePath::section() const {
  const std::string& whole = kind == Kind::kBranch ? logical : folder;
  if (whole.size() < 2) {
    return "";
  }
  return whole.substr(1, whole.find('/', 1) - 1);
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
  path.extension = name.substr(dot + 1);
  if (!syntax.keeps_spelling) {
    path.extension = to_lower(path.extension);
  }
  if (std::find(kContentExtensions.begin(), kContentExtensions.end(), path.extension) ==
      kContentExtensions.end()) {
    return std::nullopt;
  }
  name.erase(dot);
  cut_language(name, syntax, path);
  const std::string rooted = folder.empty() ? "" : "/" + std::string(folder);
  path.raw_folder = rooted;
  path.raw_name = name;
  const auto spelled = [&syntax](const std::string& text) {
    return syntax.keeps_spelling ? text : normalize_path(text);
  };
  const std::string normal = spelled(name);
  if (normal == "index" || normal == "_index") {
    path.kind = normal == "index" ? PagePath::Kind::kLeaf : PagePath::Kind::kBranch;
    // The folder is the page: its own name is the last element. In its own spelling a file called
    // Index.md is none, though, which shows where paths keep their case.
    if (name == normal) {
      std::tie(path.raw_folder, path.raw_name) = split_last(path.raw_folder);
    }
    std::tie(path.folder, path.name) = split_last(spelled(rooted));
  } else {
    path.folder = spelled(path.raw_folder);
    path.name = normal;
  }
  path.logical = path.folder + "/" + path.name;
  return path;
}

}  // namespace likes::hugo
