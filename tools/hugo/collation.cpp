#include "tools/hugo/collation.h"

#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <vector>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

/// Go's tables are those of Unicode 6.2: what came later has no place among them and is sorted by
/// its number behind all, and Chinese characters are sorted by their numbers where a language
/// gives them no order. ICU has that order in planes that are not in use.
char32_t as_known_to_go(char32_t character, const USet* ordered) {
  const auto number = static_cast<UChar32>(character);
  if (character >= 0x3400 && u_hasBinaryProperty(number, UCHAR_UNIFIED_IDEOGRAPH) != 0) {
    // The two oldest blocks come before the others.
    const bool is_old = (character >= 0x4E00 && character < 0xA000) || (character >> 12U) == 0xF;
    return uset_contains(ordered, number) != 0 ? character
                                               : character + (is_old ? 0x30000 : 0x40000);
  }
  UVersionInfo age{};
  u_charAge(number, age);
  const bool is_newer = age[0] > 6 || (age[0] == 6 && age[1] > 2);
  return is_newer ? 0x80000 + character : character;
}

constexpr char32_t kLongVowel = 0x30FC;  // ー

/// The kana that end in each vowel, first of all the small one of the vowel itself.
constexpr std::array<std::string_view, 5> kKanaByVowel = {
    "ァアぁあかがさざただなはばぱまゃやらゎわゕカガサザタダナハバパマャヤラヮワヵヷㇵㇻｧｬｱｶｻﾀﾅﾊﾏﾔﾗ"
    "ﾜ",
    "ィイぃいきぎしじちぢにひびぴみりゐキギシジチヂニヒビピミリヰヸㇱㇶㇼｨｲｷｼﾁﾆﾋﾐﾘ",
    "ゥウぅうくぐすずっつづぬふぶぷむゅゆるゔクグスズッツヅヌフブプムュユルヴㇰㇲㇴㇷㇺㇽｩｭｯｳｸｽﾂﾇﾌﾑ"
    "ﾕﾙ",
    "ェエぇえけげせぜてでねへべぺめれゑゖケゲセゼテデネヘベペメレヱヶヹㇸㇾｪｴｹｾﾃﾈﾍﾒﾚ",
    "ォオぉおこごそぞとどのほぼぽもょよろをコゴソゾトドノホボポモョヨロヲヺㇳㇹㇿｦｫｮｵｺｿﾄﾉﾎﾓﾖﾛ"};

/// The small kana of the vowel that `kana` ends in, or nothing.
std::string_view vowel_of(std::string_view kana) {
  const auto row =
      std::find_if(kKanaByVowel.begin(), kKanaByVowel.end(),
                   [&](std::string_view all) { return all.find(kana) != std::string_view::npos; });
  constexpr std::size_t kKana = std::string_view("ァ").size();
  return row == kKanaByVowel.end() ? std::string_view() : row->substr(0, kKana);
}

/// In Japanese a sign that makes a vowel long counts as the vowel, in a form that comes before the
/// small one. ICU reads it behind its kana; Go before: "カー" is sorted as "ァカ".
std::string long_vowels_first(std::string_view text) {
  std::string changed;
  for (std::size_t at = 0, begin = 0; at < text.size(); begin = at) {
    static_cast<void>(next_character(text, at));
    const std::string_view kana = text.substr(begin, at - begin);
    std::size_t behind = at;
    const bool is_long = at < text.size() && next_character(text, behind) == kLongVowel;
    const std::string_view vowel = is_long ? vowel_of(kana) : std::string_view();
    changed.append(vowel).append(kana);
    at = vowel.empty() ? at : behind;
  }
  return changed;
}

struct Respelling {
  char32_t letter;
  std::u32string_view spelling;
};

/// Letters to Unicode 6.2 that now are accented ones: each comes behind all words of another
/// letter, which the last of all characters stands for.
constexpr std::array<Respelling, 8> kLetters = {{{U'ї', U"і\uFFFF"},
                                                 {U'Ї', U"І\uFFFF"},
                                                 {U'ў', U"у\uFFFF"},
                                                 {U'Ў', U"У\uFFFF"},
                                                 {U'ѓ', U"ђ\uFFFF"},
                                                 {U'Ѓ', U"Ђ\uFFFF"},
                                                 {U'ќ', U"ћ\uFFFF"},
                                                 {U'Ќ', U"Ћ\uFFFF"}}};
/// In Arabic these are forms of another letter.
constexpr std::array<Respelling, 2> kArabicLetters = {{{U'ى', U"ي\u0655"}, {U'ة', U"ت\u0655"}}};

template <std::size_t N>
std::u32string_view spelling_of(const char32_t& letter, const std::array<Respelling, N>& letters) {
  const auto found = std::find_if(letters.begin(), letters.end(), [letter](const Respelling& each) {
    return each.letter == letter;
  });
  return found == letters.end() ? std::u32string_view(&letter, 1) : found->spelling;
}

void append_utf16(std::vector<UChar>& units, char32_t character) {
  if (character < 0x10000) {
    units.push_back(static_cast<UChar>(character));
  } else {
    units.push_back(static_cast<UChar>(U16_LEAD(character)));
    units.push_back(static_cast<UChar>(U16_TRAIL(character)));
  }
}

/// The text as ICU has to read it for Go's order.
std::vector<UChar> as_go_reads(std::string_view text, std::string_view language,
                               const USet* ordered) {
  const std::string changed = language == "ja" ? long_vowels_first(text) : std::string(text);
  std::vector<UChar> units;
  for (std::size_t at = 0; at < changed.size();) {
    const char32_t letter = next_character(changed, at);
    const std::u32string_view spelling =
        language == "ar" ? spelling_of(letter, kArabicLetters) : spelling_of(letter, kLetters);
    for (const char32_t character : spelling) {
      append_utf16(units, as_known_to_go(character, ordered));
    }
  }
  return units;
}

/// Languages to which ICU gives an order of their own and Go does not.
constexpr std::array<std::string_view, 5> kWithoutRules = {"ar", "mk", "nb", "no", "sr"};

}  // namespace

struct Collation::Rules {
  UCollator* collator = nullptr;
  USet* ordered = nullptr;  ///< Characters that the language gives a place of their own.
  std::string language;     ///< Without a country.
};

Collation::Collation(const std::string& language) : rules_(std::make_unique<Rules>()) {
  UErrorCode status = U_ZERO_ERROR;
  rules_->language = language.substr(0, language.find('-'));
  const bool has_rules = std::find(kWithoutRules.begin(), kWithoutRules.end(), rules_->language) ==
                         kWithoutRules.end();
  rules_->collator = ucol_open(has_rules ? language.c_str() : "root", &status);
  if (U_FAILURE(status) != 0) {
    rules_->collator = nullptr;
    return;
  }
  rules_->ordered = ucol_getTailoredSet(rules_->collator, &status);
  // ICU puts a language's own script first; Go leaves scripts where they are.
  const std::int32_t none = UCOL_REORDER_CODE_NONE;
  ucol_setReorderCodes(rules_->collator, &none, 1, &status);
  // Nor do capitals come first in Go, in any language.
  ucol_setAttribute(rules_->collator, UCOL_CASE_FIRST, UCOL_OFF, &status);
}

Collation::~Collation() {
  if (rules_->collator != nullptr) {
    uset_close(rules_->ordered);
    ucol_close(rules_->collator);
  }
}

std::string Collation::key(std::string_view text) const {
  if (rules_->collator == nullptr) {
    return std::string(text);
  }
  const std::vector<UChar> units = as_go_reads(text, rules_->language, rules_->ordered);
  const auto length = static_cast<std::int32_t>(units.size());
  std::string key(text.size() * 4 + 32, '\0');
  const auto get = [&] {
    return ucol_getSortKey(rules_->collator, units.data(), length,
                           reinterpret_cast<std::uint8_t*>(key.data()),
                           static_cast<std::int32_t>(key.size()));
  };
  std::int32_t size = get();
  if (static_cast<std::size_t>(size) > key.size()) {
    key.resize(static_cast<std::size_t>(size));
    size = get();
  }
  key.resize(static_cast<std::size_t>(size));
  return key;
}

}  // namespace likes::hugo
