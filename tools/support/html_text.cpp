#include "tools/support/html_text.h"

namespace likes {

void append_escaped(std::string& html, std::string_view text, Quotes quotes) {
  const bool is_named = quotes == Quotes::kNamed;
  for (const char c : text) {
    switch (c) {
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
        html += c;
    }
  }
}

}  // namespace likes
