#include "tools/support/html_text.h"

#include "tests/support/catch.h"

namespace likes {
namespace {

std::string escape(std::string_view text, Quotes quotes) {
  std::string html = "<p>";
  append_escaped(html, text, quotes);
  return html;
}

}  // namespace

TEST_CASE("text is added to HTML as text") {
  constexpr std::string_view kText = "a<b> & \"c\" 'd'";
  CHECK(escape(kText, Quotes::kNamed) == "<p>a&lt;b&gt; &amp; &quot;c&quot; 'd'");
  CHECK(escape(kText, Quotes::kNumbered) == "<p>a&lt;b&gt; &amp; &#34;c&#34; &#39;d&#39;");
  CHECK(escape("", Quotes::kNamed) == "<p>");
}

}  // namespace likes
