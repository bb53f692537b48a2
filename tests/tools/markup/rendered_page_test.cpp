#include "tools/markup/rendered_page.h"

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::markup {
namespace {

hugo::Page page_of(const std::string& file, hugo::Value::Map params = {}) {
  hugo::Page page;
  page.source.place = file;
  page.source.path.extension = file.substr(file.rfind('.') + 1);
  page.params = hugo::Value(std::move(params));
  return page;
}

TEST_CASE("a page's text gives its summary, its words and the time to read it") {
  const Result<RenderedPage> page =
      render_page("---\ntitle: a\n---\nOne *two*.\n\nThree.\n", page_of("a.md"), {});
  REQUIRE(page);
  CHECK(page->summary == "<p>One <em>two</em>.</p>\n<p>Three.</p>");
  CHECK(page->word_count == 3);
  CHECK(page->reading_time == 1);
  CHECK(render_page("", page_of("a.md"), {})->reading_time == 0);
  std::string words;
  for (int i = 0; i < 213; ++i) {
    words += "word ";
  }
  hugo::Config config;
  CHECK(render_page(words, page_of("a.md"), config)->reading_time == 2);
  config.rules.strips_by_blocks = false;
  CHECK(render_page(words, page_of("a.md"), config)->reading_time == 1);
}

TEST_CASE("front matter's summary counts where no divider does") {
  const hugo::Page page = page_of("a.md", {{"summary", hugo::Value(std::string("*own*"))}});
  CHECK(render_page("a b", page, {})->summary == "<em>own</em>");
  CHECK(render_page("a\n<!--more-->\nb", page, {})->summary == "<p>a</p>");
}

TEST_CASE("Chinese is counted by characters where the site or the page says so") {
  const std::string text = "\xE4\xBD\xA0\xE5\xA5\xBD\n";
  hugo::Config config;
  CHECK(render_page(text, page_of("a.md"), config)->word_count == 1);
  config.languages[0].has_cjk = true;
  CHECK(render_page(text, page_of("a.md"), config)->word_count == 2);
  const hugo::Page page = page_of("a.md", {{"iscjklanguage", hugo::Value(false)}});
  CHECK(render_page(text, page, config)->word_count == 1);
}

TEST_CASE("HTML is taken as it is") {
  const Result<RenderedPage> page =
      render_page("---\n---\n<b>a *b*</b> <!--more--> c", page_of("a.html"), {});
  REQUIRE(page);
  CHECK(page->summary == "<b>a *b*</b>");
  CHECK(page->word_count == 3);
}

TEST_CASE("links and images are written by Hugo's templates where the site has it so") {
  hugo::Config config;
  hugo::MarkupRules& rules = config.languages[0].markup;
  rules.has_link_hook = rules.has_image_hook = true;
  const LinkTargets targets(config, {});
  const hugo::Page page = page_of("a.md");
  const auto summary_of = [&](std::string_view text) {
    PageLinks links(targets, page);
    return render_page(text, page, config, &links)->summary;
  };
  CHECK(summary_of("[*x*](/a+b 'c \"d\"') <https://a.org/&>") ==
        "<p><a href=\"/a&#43;b\" title=\"c &#34;d&#34;\"><em>x</em></a> "
        "<a href=\"https://a.org/&amp;\">https://a.org/&</a></p>");
  CHECK(summary_of("![it's *so*](/a.png)") ==
        "<p><img src=\"/a.png\" alt=\"it\xE2\x80\x99s so\"></p>");
  rules.wraps_lone_images = false;
  CHECK(summary_of("![x](/a.png)") == "<img src=\"/a.png\" alt=\"x\">");
  rules.quotes_link_attributes = true;
  CHECK(summary_of("[x](/a+b)") == "<p><a href=\"/a+b\">x</a></p>");
}

TEST_CASE("what cannot be rendered is told for its page") {
  CHECK(!render_page("a", page_of("a.rst"), {}));
  CHECK(!render_page("a {{< a", page_of("a.md"), {}));
  CHECK(!render_page(std::string(kMaxRenderedBytes + 1, 'a'), page_of("a.md"), {}));
}

TEST_CASE("pages keep their order, a wrong one leaves a gap, a shortcode is told of once") {
  const testing::TempDir folder;
  std::vector<hugo::Page> pages;
  for (int i = 0; i < 50; ++i) {
    const std::string name = std::to_string(i) + ".md";
    folder.write(name, i == 7 ? "a {{< a" : "a {{< b >}} ~~x~~ w" + std::to_string(i));
    pages.push_back(page_of((folder.path() / name).string()));
  }
  std::vector<const hugo::Page*> pointers;
  for (const hugo::Page& page : pages) {
    pointers.push_back(&page);
  }
  const RenderedPages rendered = render_pages(pointers, {}, {});
  REQUIRE(rendered.pages.size() == 50);
  CHECK(!rendered.pages[7]);
  REQUIRE(rendered.pages[49]);
  CHECK(rendered.pages[49]->summary == "<p>a  <del>x</del> w49</p>");
  CHECK(rendered.warnings.size() == 2);
}

}  // namespace
}  // namespace likes::markup
