#include "tools/dev/hugo_words.h"

#include "tests/support/catch.h"

namespace likes::dev {
namespace {

constexpr const char* kFine = "";

TEST_CASE("words that the index has to know too are not for hugo alone") {
  struct Case {
    const char* name;
    std::vector<std::string> words;
    std::string message;
  };
  const auto refused = [](const std::string& word, const std::string& wanted) {
    return "found '" + word + "' behind '--', where hugo alone sees it; " + wanted;
  };
  const std::string before = "wanted it before '--'";
  const Case cases[] = {
      {"none", {}, kFine},
      {"hugo's own", {"--navigateToChanged", "--minify", "-w"}, kFine},
      {"with a value", {"--theme", "a,b", "--themesDir=x"}, kFine},
      {"letter with its value", {"-tDark", "-lEnglish", "-dDest"}, kFine},
      {"drafts", {"-D"}, refused("-D", before)},
      {"drafts by name", {"--buildDrafts"}, refused("--buildDrafts", before)},
      {"drafts off", {"--buildDrafts=false"}, refused("--buildDrafts=false", before)},
      {"among letters", {"-wEv"}, refused("-wEv", before)},
      {"behind others", {"--minify", "-s", "x"}, refused("-s", before)},
      {"environment", {"-eproduction"}, refused("-eproduction", before)},
      {"clock", {"--clock", "x"}, refused("--clock", before)},
      {"config", {"--config=x"}, refused("--config=x", before)},
      {"port", {"-p", "1"}, refused("-p", "wanted --port before '--'")},
      {"content", {"-c", "x"}, refused("-c", "wanted contentDir in the configuration")},
      {"address",
       {"--baseURL=x"},
       refused("--baseURL=x", "wanted --port before '--': the site is on localhost")},
      {"configuration folder",
       {"--configDir=x"},
       refused("--configDir=x", "wanted one file, or several in --config before '--'")},
      {"no option first",
       {"posts", "-w"},
       "unexpected argument 'posts', wanted options for hugo behind '--'"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<void> checked = check_hugo_words(c.words);
      CHECK((checked ? kFine : checked.error().message) == c.message);
    }
  }
}

}  // namespace
}  // namespace likes::dev
