#pragma once

#include <string>
#include <string_view>

namespace likes {

/// How quotes are written: `&quot;` with `'` as it is, or `&#34;` and `&#39;`, as Go's
/// html/template does.
enum class Quotes { kNamed, kNumbered };

/// Adds text to HTML, so that it is read as text there, also between double quotes.
void append_escaped(std::string& html, std::string_view text, Quotes quotes = Quotes::kNamed);

}  // namespace likes
