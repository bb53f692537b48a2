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

TEST_CASE("letters to Unicode 6.2 that it now takes for accented ones are letters") {
  for (const char* language : {"en", "ru", "uk", "be", "sr", "mk"}) {
    check_sorted(language,
                 {"ђ", "ђј", "ѓ", "ѓа", "е", "ї", "їа", "й", "ћј", "ќ", "у", "уј", "ў", "ўа"});
  }
}

TEST_CASE("Chinese characters that a language has no order for are sorted by number") {
  check_sorted("en", {"宇", "最", "竟", "网", "\u9FCD", "\uFA0E", "\u3400", "\U00020000"});
  check_sorted("ja", {"佀", "佤", "𠀀"});
}

TEST_CASE("languages have rules of their own") {
  check_sorted("pl", {"a", "az", "ą", "l", "lz", "ł"});
  check_sorted("zh-cn", {"帮", "的", "吊", "控"});
  check_sorted("ja", {"エクスポート", "クイック", "はじめに"});
  // A long vowel comes before what it belongs to, as Go reads the rules.
  check_sorted("ja",
               {"あイ", "カー", "ページ変数", "ベース", "か", "コンテンツ", "ファイル", "ンー"});
  check_sorted("en", {"カ", "カー", "キ"});
  check_sorted("da", {"a", "A", "ab"});
  check_sorted("nb", {"a", "ä", "ab", "o", "ø", "z"});
  check_sorted("ar", {"آ", "أ", "إ", "ا", "ت", "ة", "تا", "ي", "ى", "يا"});
  // One that there is not has Unicode's own.
  check_sorted("xx-none", {"a", "ą", "az"});
}

}  // namespace
}  // namespace likes::hugo
