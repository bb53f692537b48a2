#include "tools/html/page_file.h"

#include <array>
#include <utility>

#include "tools/html/tag.h"

namespace likes::html {

std::optional<Syntax> syntax_of(std::string_view file_name) {
  constexpr std::array<std::pair<std::string_view, Syntax>, 6> kSuffixes = {
      {{".html", Syntax::kHtml},
       {".htm", Syntax::kHtml},
       {".xml", Syntax::kXml},
       {".rss", Syntax::kXml},
       {".atom", Syntax::kXml},
       {".json", Syntax::kJson}}};
  for (const auto& [suffix, syntax] : kSuffixes) {
    if (file_name.size() > suffix.size() &&
        same_name(file_name.substr(file_name.size() - suffix.size()), suffix)) {
      return syntax;
    }
  }
  return std::nullopt;
}

}  // namespace likes::html
