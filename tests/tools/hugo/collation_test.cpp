#include "tools/hugo/collation.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

void check_sorted(const char* language, const std::vector<std::string>& sorted) {
  const Collation collation(language);
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    INFO("'" << sorted[i] << "' and '" << sorted[i + 1] << "'");
    CHECK(collation.key(sorted[i]) < collation.key(sorted[i + 1]));
  }
}

TEST_CASE("words are compared by letter first, then accents, then case") {
  check_sorted("en", {"",   "- x", "$", "10", "9",  "a",  "A", "á",   "a b",  "a-b", "ab",
                      "Éa", "eb",  "l", "ł",  "łx", "ly", "z", "zzz", "日本", "🧠"});
}

TEST_CASE("languages have rules of their own") {
  check_sorted("pl", {"a", "az", "ą", "l", "lz", "ł"});
  check_sorted("zh-cn", {"帮", "的", "吊", "控"});
  check_sorted("ja", {"エクスポート", "クイック", "はじめに"});
  // One that there is not has Unicode's own.
  check_sorted("xx-none", {"a", "ą", "az"});
}

}  // namespace
}  // namespace likes::hugo
