#include "tools/hugo/collation.h"

#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include <vector>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

/// Go's tables are those of Unicode 6.2: what came later has no place among them and is sorted by
/// its number behind all. In planes that are not in use ICU has that order, too.
char32_t as_known_to_go(char32_t character) {
  constexpr char32_t kUnused = 0x40000;
  UVersionInfo age{};
  u_charAge(static_cast<UChar32>(character), age);
  const bool is_newer = age[0] > 6 || (age[0] == 6 && age[1] > 2);
  return is_newer ? kUnused + character : character;
}

}  // namespace

struct Collation::Rules {
  UCollator* collator = nullptr;
};

Collation::Collation(const std::string& language) : rules_(std::make_unique<Rules>()) {
  UErrorCode status = U_ZERO_ERROR;
  rules_->collator = ucol_open(language.c_str(), &status);
  if (U_FAILURE(status) != 0) {
    rules_->collator = nullptr;
    return;
  }
  // ICU puts a language's own script first; Go leaves scripts where they are.
  const std::int32_t none = UCOL_REORDER_CODE_NONE;
  ucol_setReorderCodes(rules_->collator, &none, 1, &status);
}

Collation::~Collation() {
  if (rules_->collator != nullptr) {
    ucol_close(rules_->collator);
  }
}

std::string Collation::key(std::string_view text) const {
  if (rules_->collator == nullptr) {
    return std::string(text);
  }
  std::vector<UChar> units;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = as_known_to_go(next_character(text, at));
    if (character < 0x10000) {
      units.push_back(static_cast<UChar>(character));
    } else {
      units.push_back(static_cast<UChar>(U16_LEAD(character)));
      units.push_back(static_cast<UChar>(U16_TRAIL(character)));
    }
  }
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
