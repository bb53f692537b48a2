#include "tools/markup/link_targets.h"

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::markup {
namespace {

hugo::Page page_of(const std::string& file, std::size_t language = 0) {
  hugo::Page page;
  page.source.path = *hugo::parse_page_path(file, {});
  page.source.language = language;
  page.rel_permalink = (language == 0 ? "" : "/pl") + page.source.path.logical + "/";
  return page;
}

/// A site in two languages with a section, single pages and a bundle.
class TwoLanguages {
 public:
  TwoLanguages() {
    config_.languages.resize(2);
    config_.mounts.push_back({files_.path(), "", {}, {}, {}, {}});
    files_.write("posts/trip/view.png", "");
    for (std::size_t language = 0; language < 2; ++language) {
      const std::string prefix = language == 0 ? "" : "/pl";
      site_.branches.push_back({language, "/", prefix + "/"});
      site_.branches.push_back({language, "/posts", prefix + "/posts/"});
      site_.pages.push_back(
          std::make_unique<hugo::Page>(page_of("posts/Hello World.md", language)));
      site_.pages.push_back(std::make_unique<hugo::Page>(page_of("posts/trip/index.md", language)));
    }
    site_.pages.push_back(std::make_unique<hugo::Page>(page_of("about.md")));
  }

  [[nodiscard]] const hugo::Page& single(std::size_t language) const {
    return *site_.pages[2 * language];
  }
  [[nodiscard]] const hugo::Page& bundle(std::size_t language) const {
    return *site_.pages[2 * language + 1];
  }
  [[nodiscard]] LinkTargets targets() const { return {config_, site_}; }

 private:
  testing::TempDir files_;
  hugo::Config config_;
  hugo::Site site_;
};

TEST_CASE("links lead to the page of the same language") {
  const TwoLanguages site;
  const LinkTargets targets = site.targets();
  struct Case {
    const char* name;
    const hugo::Page& from;
    const char* destination;
    const char* link;
  };
  const Case cases[] = {
      {"beside a page", site.single(0), "trip", "/posts/trip/"},
      {"beside it in Polish", site.single(1), "./trip/", "/pl/posts/trip/"},
      {"by file", site.single(1), "trip/index.md", "/pl/posts/trip/"},
      {"by file with a blank", site.bundle(0), "../Hello%20World.md", "/posts/hello-world/"},
      {"from the root", site.bundle(0), "/posts/hello-world", "/posts/hello-world/"},
      {"from the root without a slash", site.bundle(0), "posts", "/posts/"},
      {"upwards", site.single(1), "..", "/pl/"},
      {"query and fragment", site.single(0), "trip?a=b#c%20d", "/posts/trip/?a=b#c d"},
      {"fragment alone", site.single(1), "#a", "/pl/posts/hello-world/#a"},
      {"only in the other language", site.single(1), "/about", "/about"},
      {"nowhere", site.single(0), "gone.md", "gone.md"},
      {"another site", site.single(0), "https://a.org/posts", "https://a.org/posts"},
      {"no address", site.single(0), ":", ":"},
      {"nothing", site.single(0), "", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(PageLinks(targets, c.from).link(c.destination) == c.link);
    }
  }
}

TEST_CASE("a picture in a bundle has the address of the page whose file it is") {
  const TwoLanguages site;
  const LinkTargets targets = site.targets();
  CHECK(PageLinks(targets, site.bundle(0)).image("view.png") == "/posts/trip/view.png");
  CHECK(PageLinks(targets, site.bundle(1)).image("./view.png#x") == "/posts/trip/view.png#x");
  CHECK(PageLinks(targets, site.bundle(1)).link("view.png") == "/posts/trip/view.png");
  CHECK(PageLinks(targets, site.bundle(0)).image("../trip/view.png") == "../trip/view.png");
  CHECK(PageLinks(targets, site.single(0)).image("view.png") == "view.png");
}

}  // namespace
}  // namespace likes::markup
