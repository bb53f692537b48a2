#include "tools/hugo/quoted_text.h"

#include <algorithm>

namespace likes::hugo {

std::optional<std::string> take_quoted(std::string_view& rest) {
  const char quote = rest.empty() ? '\0' : rest.front();
  if (quote != '"' && quote != '\'') {
    return std::nullopt;
  }
  const std::string_view ends = quote == '"' ? "\"\\\n" : "'\n";
  std::string text;
  std::size_t at = 1;
  while (true) {
    const std::size_t end = std::min(rest.find_first_of(ends, at), rest.size());
    text.append(rest.substr(at, end - at));
    const std::string_view stop = rest.substr(end, 2);
    if (stop.starts_with(quote)) {
      // Two quotes in a row escape one in YAML, three begin a text of several lines in TOML.
      if (stop.ends_with(quote) && stop.size() == 2) {
        return std::nullopt;
      }
      rest.remove_prefix(end + 1);
      return text;
    }
    if (stop != "\\\"" && stop != "\\\\") {
      return std::nullopt;
    }
    text += stop.back();
    at = end + 2;
  }
}

}  // namespace likes::hugo
