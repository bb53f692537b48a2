#include "tools/support/html_text.h"

#include "tools/support/character_set.h"

namespace likes {
namespace {

constexpr CharacterSet kEscaped("&<>\"'");

}  // namespace

void append_escaped(std::string& html, std::string_view text, Quotes quotes) {
  const bool is_named = quotes == Quotes::kNamed;
  for (;;) {
    const std::size_t plain = kEscaped.first_in(text);
    html += text.substr(0, plain);
    if (plain == text.size()) {
      return;
    }
    switch (text[plain]) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += is_named ? "&quot;" : "&#34;";
        break;
      case '\'':
        html += is_named ? "'" : "&#39;";
        break;
      default:
        break;
    }
    text.remove_prefix(plain + 1);
  }
}

}  // namespace likes
