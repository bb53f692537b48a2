#include "tools/markup/rendering_cache.h"

#include "tests/support/catch.h"

namespace likes::markup {
namespace {

hugo::Page page_at(const std::string& logical, const std::string& link) {
  hugo::Page page;
  page.source.place = page.source.file = logical.substr(1) + ".md";
  page.source.path.logical = logical;
  page.source.path.extension = "md";
  page.rel_permalink = link;
  return page;
}

/// A site of two pages; the second is at `link`.
hugo::Site site_with(const std::string& link) {
  hugo::Site site;
  site.pages.push_back(std::make_unique<hugo::Page>(page_at("/posts/a", "/posts/a/")));
  site.pages.push_back(std::make_unique<hugo::Page>(page_at("/posts/b", link)));
  return site;
}

TEST_CASE("a rendering is unpacked as it was, while its links lead where they led") {
  hugo::Config config;
  hugo::MarkupRules& rules = config.languages[0].markup;
  rules.has_link_hook = rules.has_image_hook = true;
  const hugo::Site site = site_with("/posts/b/");
  const LinkTargets targets(config, site);
  PageLinks links(targets, *site.pages[0]);
  const Result<RenderedPage> rendered =
      render_page("See [b](b.md) and ![c](c.png) {{< d >}}\n", *site.pages[0], config, &links);
  REQUIRE(rendered);
  REQUIRE(links.asked().size() == 2);
  CHECK(links.asked()[0].answer == "/posts/b/");
  const std::string packed = pack_rendering(*rendered, links);

  PageLinks same(targets, *site.pages[0]);
  const std::optional<RenderedPage> unpacked = unpack_rendering(packed, same);
  REQUIRE(unpacked);
  CHECK(unpacked->summary == rendered->summary);
  CHECK(unpacked->word_count == rendered->word_count);
  CHECK(unpacked->reading_time == 1);
  CHECK(unpacked->shortcodes == std::set<std::string>{"d"});

  const hugo::Site moved = site_with("/elsewhere/");
  const LinkTargets moved_targets(config, moved);
  PageLinks other(moved_targets, *moved.pages[0]);
  CHECK_FALSE(unpack_rendering(packed, other));
  CHECK_FALSE(unpack_rendering(packed.substr(0, packed.size() - 1), same));
}

TEST_CASE("a page under other parameters, or elsewhere, is another rendering") {
  const hugo::Page page = page_at("/posts/a", "/posts/a/");
  hugo::Page other = page;
  CHECK(rendering_key(page) == rendering_key(other));
  other.params.set("summary", hugo::Value(std::string("own")));
  CHECK(rendering_key(page) != rendering_key(other));
  CHECK(rendering_key(page) != rendering_key(page_at("/posts/a", "/a/")));
}

}  // namespace
}  // namespace likes::markup
