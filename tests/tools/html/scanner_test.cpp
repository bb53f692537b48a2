#include "tools/html/scanner.h"

#include <gumbo.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/catch.h"

using likes::html::Scanner;
using likes::html::Tag;

namespace {

/// The start tags of a page as `name attribute=value …`, in order.
std::vector<std::string> start_tags(std::string_view page) {
  std::vector<std::string> tags;
  Scanner scanner(page);
  while (const std::optional<Tag> tag = scanner.next()) {
    if (tag->is_end_tag) {
      continue;
    }
    std::string text(tag->name.in(page));
    for (const likes::html::Attribute& attribute : tag->attributes) {
      text +=
          " " + std::string(attribute.name.in(page)) + "=" + std::string(attribute.value.in(page));
    }
    tags.push_back(text);
  }
  return tags;
}

/// Where gumbo, an independent implementation of the HTML standard, sees elements that stand in the
/// source: the offsets of their "<", in the tree's order.
void collect_offsets(const GumboNode& node, std::vector<std::size_t>& offsets) {
  if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) {
    return;
  }
  const GumboElement& element = node.v.element;
  if (element.original_tag.length > 0) {
    offsets.push_back(element.start_pos.offset);
  }
  for (unsigned i = 0; i < element.children.length; ++i) {
    collect_offsets(*static_cast<const GumboNode*>(element.children.data[i]), offsets);
  }
}

std::vector<std::size_t> gumbo_offsets(const std::string& page) {
  GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
  std::vector<std::size_t> offsets;
  collect_offsets(*output->root, offsets);
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return offsets;
}

std::vector<std::size_t> scanner_offsets(const std::string& page) {
  std::vector<std::size_t> offsets;
  Scanner scanner(page);
  while (const std::optional<Tag> tag = scanner.next()) {
    if (!tag->is_end_tag) {
      offsets.push_back(tag->bytes.begin);
    }
  }
  return offsets;
}

}  // namespace

TEST_CASE("tags and attributes are found as the HTML standard says") {
  struct Case {
    const char* name;
    const char* page;
    std::vector<std::string> tags;
  };
  const Case cases[] = {
      {"quotes of each kind", R"(<a b="1 2" c='3>4' d=5/6 e>)", {"a b=1 2 c=3>4 d=5/6 e="}},
      {"minified", "<p><a href=x>y<br><img src=a/>", {"p", "a href=x", "br", "img src=a/"}},
      {"any case", "<SPAN Data-X=Y></SPAN>", {"SPAN Data-X=Y"}},
      {"spaces and line ends", "<a\n\tb =\r\n 'c'\f>", {"a b=c"}},
      {"self-closing", "<br/><br />", {"br", "br"}},
      {"an equals sign first", "<a =b=c>", {"a =b=c"}},
      {"no space between attributes", R"(<a b="1"c="2">)", {"a b=1 c=2"}},
      {"a comment", "<!-- <a> --><b>", {"b"}},
      {"a comment ended oddly", "<!-- <a> --!><b><!--><c><!---><d>", {"b", "c", "d"}},
      {"a comment never ended", "<!-- <a>", {}},
      {"a doctype and a bogus comment", "<!doctype html><? <a ><b></ <c><d>", {"b", "d"}},
      {"a script", "<script>if (a<b) '<p>'</script ><i>", {"script", "i"}},
      {"a script in a script's comment",
       "<script><!-- <script> </script> <a> --></script><i>",
       {"script", "i"}},
      {"a script's comment alone", "<script><!-- <a> </script><i>", {"script", "i"}},
      {"a script's empty comment", "<script><!--><script></script><i>", {"script", "i"}},
      {"an <svg>'s title and CDATA",
       "<svg><title><a></title><![CDATA[<b>]]></svg><i>",
       {"svg", "title", "a", "i"}},
      {"an <svg>'s style",
       "<svg><style><g></style></svg><style><b></style>",
       {"svg", "style", "g", "style"}},
      {"an <svg> that an element ends", "<svg><p><title><b></title>", {"svg", "p", "title"}},
      {"an <svg> that its parent ends",
       "<div><svg></div><title><b></title>",
       {"div", "svg", "title"}},
      {"HTML in an <svg>",
       "<svg><foreignObject><title><b></title></foreignObject><title><g>",
       {"svg", "foreignObject", "title", "title", "g"}},
      {"a self-closing <svg>", "<svg/><title><b></title>", {"svg", "title"}},
      {"<math> with HTML",
       "<math><annotation-xml encoding='text/html'><title><b></title>",
       {"math", "annotation-xml encoding=text/html", "title"}},
      {"CDATA outside of an <svg>", "<![CDATA[<a>]]><b>", {"b"}},
      {"a style", "<style><b></styles></style><i>", {"style", "i"}},
      {"a textarea and a title",
       "<title><b></title><TEXTAREA><b></textarea><i>",
       {"title", "TEXTAREA", "i"}},
      {"a noscript and a template",
       "<noscript><b></noscript><template><i></template>",
       {"noscript", "b", "template", "i"}},
      {"plaintext", "<plaintext><b></plaintext>", {"plaintext"}},
      {"a lone less-than", "1 < 2 <3 <", {}},
      {"a tag cut off", "<b><a href=", {"b"}},
      {"a quote never closed", "<b><a href=\"x>", {"b"}},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(start_tags(c.page) == c.tags);
    }
  }
}

TEST_CASE("gumbo sees start tags at the same places") {
  const char* pages[] = {
      "<!doctype html><html><head><title>a<b></title><style>p<i></style></head>"
      "<body class=x><p id=1>one<!-- <b> --><em>two</em></p><textarea><b></textarea>"
      "<script>document.write('<b>')</script><noscript><b>x</b></noscript></body></html>",
      "<!doctype html><html><head></head><body><template><b>x</b></template>"
      "<div a='>' b=\"<i>\" c=<u>>text 1 < 2</div></body></html>",
      "<html><head></head><body><iframe><b></iframe><xmp><b></xmp><span A=1 a=2>x</span>"
      "<!--a--!><b>y</b><? <i>z</i></body></html>",
  };
  for (const std::string page : pages) {
    DYNAMIC_SECTION(page.substr(0, 60)) {
      CHECK(scanner_offsets(page) == gumbo_offsets(page));
    }
  }
}
