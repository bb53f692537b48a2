#include "tools/hugo/plain_text.h"

#include <cstddef>

namespace likes::hugo {
namespace {

constexpr CharacterSet kStops("\"\\\n");
constexpr CharacterSet kStopsOfSingle("'\n");

}  // namespace

std::optional<std::string> take_quoted(std::string_view& rest) {
  const char quote = rest.empty() ? '\0' : rest.front();
  if (quote != '"' && quote != '\'') {
    return std::nullopt;
  }
  const CharacterSet& stops = quote == '"' ? kStops : kStopsOfSingle;
  std::string text;
  std::size_t at = 1;
  while (true) {
    const std::size_t end = at + stops.first_in(rest.substr(at));
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
