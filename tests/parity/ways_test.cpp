#include <filesystem>
#include <map>
#include <string>

#include "tests/parity/site_build.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

using likes::testing::file_bytes;
using likes::testing::files_below;
using likes::testing::SiteBuild;

namespace fs = std::filesystem;

namespace {

/// A site that knows the component only by what one of these files adds to its configuration.
class BareSite : public SiteBuild {
 public:
  BareSite() {
    write("config.toml",
          "baseURL = 'https://example.org/'\ndefaultContentLanguage = 'de'\n"
          "disableKinds = ['home', 'section', 'taxonomy', 'term', 'RSS', 'sitemap', '404']\n");
    write("content/posts/hello.md", "---\ntitle: x\n---\n{{< likes >}} {{< most-liked >}}\n");
    write(
        "layouts/_default/single.html",
        "<html><head>{{ partial \"likes/head.html\" . }}</head><body>{{ .Content }}"
        "{{ partial \"likes/button.html\" . }}{{ partial \"likes/script.html\" . }}</body></html>");
  }

  std::map<std::string, std::string> built_with(const std::string& config) {
    write("way.toml", config);
    return files_below(build({}, {"--config", "config.toml,way.toml"}));
  }

  /// As `hugo mod vendor` does it; gives the module's name.
  std::string vendor() {
    const std::string line = file_bytes(folder() / "theme-overlay/go.mod");
    const std::string start = "module ";
    REQUIRE(line.starts_with(start));
    const std::string name = line.substr(start.size(), line.find('\n') - start.size());
    fs::create_directories(folder() / "_vendor" / name);
    fs::copy(folder() / "theme-overlay", folder() / "_vendor" / name, fs::copy_options::recursive);
    write("_vendor/modules.txt", "# " + name + " v0.1.0\n");
    return name;
  }

  void copy_into_site() {
    for (const char* part : {"assets", "i18n", "layouts"}) {
      fs::copy(folder() / "theme-overlay" / part, folder() / part, fs::copy_options::recursive);
    }
  }
};

}  // namespace

TEST_CASE("as a theme, as a module and copied into the site the component is the same") {
  BareSite site;
  const auto as_theme = site.built_with("theme = ['theme-overlay']\nthemesDir = '.'\n");
  const std::string& page = as_theme.at("posts/hello/index.html");
  CHECK(page.find("Gefällt mir") != std::string::npos);
  for (const std::string file : {".css", ".js"}) {
    CHECK(page.find(file + "\" integrity=\"sha256-") != std::string::npos);
  }
  const std::string module = site.vendor();
  CHECK(site.built_with("[[module.imports]]\npath = '" + module + "'\n") == as_theme);
  site.copy_into_site();
  CHECK(site.built_with("") == as_theme);
}
