#include "tools/markup/shortcodes.h"

#include "tests/support/catch.h"

namespace likes::markup {
namespace {

Result<ExpandedText> expand(const std::string& text) {
  return expand_shortcodes(text, "<!--more-->",
                           [](std::string_view inner) { return "[" + std::string(inner) + "]"; });
}

std::string expanded(const std::string& text) {
  const Result<ExpandedText> result = expand(text);
  return result ? restore_pieces(result->text, result->pieces) : result.error().message;
}

TEST_CASE("a shortcode is what stands between its tags") {
  struct Case {
    const char* text;
    const char* expanded;
  };
  const Case cases[] = {{"a {{< b >}} c", "a  c"},
                        {"a {{< b \"c >}}\" d=`e >}}` >}} f", "a  f"},
                        {"{{< a >}}b {{< c >}}{{< /a >}}", "b "},
                        {"{{% a %}}b{{% /a %}}", "b"},
                        {"{{< a />}}b {{< a >}}c{{< /a >}}", "b c"},
                        {"{{< a >}}{{% b %}}c{{% /b %}}{{< /a >}}", "[c]"},
                        {"{{< ref \"x\" >}}{{% relref y.md %}}", "##"},
                        {"{{</* a */>}} {{%/* b */%}}", "{{< a >}} {{% b %}}"},
                        {"{{< a.inline >}}b{{< /a.inline >}}c", "c"},
                        {"{{ .Site }} {{", "{{ .Site }} {{"}};
  for (const Case& each : cases) {
    INFO(each.text);
    CHECK(expanded(each.text) == each.expanded);
  }
}

TEST_CASE("a paragraph around a shortcode goes with it") {
  const Result<ExpandedText> result = expand("{{< a >}}");
  REQUIRE(result);
  CHECK(restore_pieces("<p>" + result->text + "</p>\n<p>b " + result->text + "</p>",
                       {"<i>x</i>"}) == "<i>x</i>\n<p>b <i>x</i></p>");
  CHECK(result->names == std::set<std::string>{"a"});
}

TEST_CASE("the first divider counts") {
  const Result<ExpandedText> result = expand("a\n<!--more-->\n\nb <!--more--> c");
  REQUIRE(result);
  CHECK(result->has_divider);
  CHECK(result->text == "a\n\n\nHUGOMORE42\n\nb <!--more--> c");
  CHECK(!expand("a <!-- more -->")->has_divider);
}

TEST_CASE("what Hugo cannot read is told") {
  for (const char* wrong : {"{{< a", "{{< >}}", "{{< a \"b >}}", "{{< /a >}}", "{{</* a",
                            "{{< a >}}{{< b >}}{{< /a >}}{{< /b >}}", "{{< a >}}b{{< /c >}}"}) {
    INFO(wrong);
    CHECK(!expand(wrong));
  }
  std::string deep;
  for (std::size_t i = 0; i <= kMaxShortcodeDepth; ++i) {
    deep += "{{< a >}}";
  }
  CHECK(expand(deep + "{{< /a >}}").error().message.find("deeper") != std::string::npos);
}

}  // namespace
}  // namespace likes::markup
