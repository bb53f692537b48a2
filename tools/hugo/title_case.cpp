#include "tools/hugo/title_case.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

constexpr std::array<std::string_view, 20> kSmallWords = {
    "a",  "an", "and", "as", "at",  "but", "by", "en",  "for", "if",
    "in", "of", "on",  "or", "the", "to",  "v",  "via", "vs",  "vs."};
/// Words that stay small by the Chicago Manual of Style only.
constexpr std::array<std::string_view, 24> kPrepositions = {
    "about",  "above",  "across", "after",   "against", "along",   "among",   "around",
    "before", "behind", "below",  "beneath", "beside",  "between", "beyond",  "down",
    "during", "from",   "into",   "near",    "off",     "over",    "through", "with"};

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_small(std::string_view word, TitleStyle style) {
  const auto holds = [word](const auto& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  return holds(kSmallWords) || (style == TitleStyle::kChicago && holds(kPrepositions));
}

std::string with_capital(std::string_view word) {
  std::size_t at = 0;
  const char32_t first = next_character(word, at);
  std::string text;
  append_utf8(text, to_upper(first));
  return text.append(word.substr(at));
}

/// The character before or at `at`, or NUL outside of the text.
char char_at(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}

/// A word runs from a letter or digit to a blank, a hyphen or a slash.
std::string by_book(std::string_view text, TitleStyle style) {
  std::string titled;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t first = next_character(text, at);
    if (!is_letter_digit_or_mark(first)) {
      titled.append(text.substr(begin, at - begin));
      continue;
    }
    while (at < text.size() && !is_blank(text[at]) && text[at] != '-' && text[at] != '/') {
      ++at;
    }
    const std::string_view word = text.substr(begin, at - begin);
    const char before = char_at(text, begin - 1);
    const char earlier = char_at(text, begin - 2);
    const bool is_edge = begin == 0 || before == ':' || at == text.size();
    const bool may_be_small = (before == ' ' || before == '-' || before == '/') && earlier != ':' &&
                              earlier != '-' && (char_at(text, at) != '-' || before == '-');
    const std::string lowered = to_lower(word);
    titled += !is_edge && may_be_small && is_small(lowered, style) ? lowered : with_capital(word);
  }
  return titled;
}

/// Go's strings.Title: each letter behind one that is neither letter, digit nor underscore.
std::string every_word(std::string_view text) {
  std::string titled;
  bool is_inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = next_character(text, at);
    append_utf8(titled, is_inside ? character : to_upper(character));
    is_inside = character == '_' || character == '\'' || is_letter_digit_or_mark(character);
  }
  return titled;
}

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

/// Words whose plural follows no rule, and those that have none.
constexpr std::array<std::pair<std::string_view, std::string_view>, 27> kPlurals = {
    {{"child", "children"},      {"ox", "oxen"},
     {"person", "people"},       {"man", "men"},
     {"woman", "women"},         {"foot", "feet"},
     {"tooth", "teeth"},         {"goose", "geese"},
     {"mouse", "mice"},          {"die", "dice"},
     {"index", "indices"},       {"matrix", "matrices"},
     {"vertex", "vertices"},     {"datum", "data"},
     {"medium", "media"},        {"news", "news"},
     {"sheep", "sheep"},         {"fish", "fish"},
     {"deer", "deer"},           {"series", "series"},
     {"species", "species"},     {"money", "money"},
     {"rice", "rice"},           {"information", "information"},
     {"equipment", "equipment"}, {"jeans", "jeans"},
     {"quiz", "quizzes"}}};

std::string plural_ending(const std::string& word) {
  const auto ends = [&word](std::string_view ending) { return word.ends_with(ending); };
  if (ends("sis")) {
    return word.substr(0, word.size() - 2) + "es";
  }
  if (ends("ss") || ends("x") || ends("ch") || ends("sh")) {
    return word + "es";
  }
  if (ends("s")) {
    return word;  // It is one already.
  }
  if (ends("y") && word.size() > 1 && !is_vowel(word[word.size() - 2])) {
    return word.substr(0, word.size() - 1) + "ies";
  }
  if (ends("fe")) {
    return word.substr(0, word.size() - 2) + "ves";
  }
  if (ends("elf") || ends("alf") || ends("oaf")) {
    return word.substr(0, word.size() - 1) + "ves";
  }
  return word + "s";
}

}  // namespace

TitleStyle title_style(std::string_view word) {
  const std::string style = to_lower(word);
  if (style == "chicago") {
    return TitleStyle::kChicago;
  }
  if (style == "go") {
    return TitleStyle::kGo;
  }
  if (style == "firstupper") {
    return TitleStyle::kFirstUpper;
  }
  return style == "none" ? TitleStyle::kNone : TitleStyle::kAp;
}

std::string title_case(std::string_view text, TitleStyle style) {
  switch (style) {
    case TitleStyle::kAp:
    case TitleStyle::kChicago:
      return by_book(text, style);
    case TitleStyle::kGo:
      return every_word(text);
    case TitleStyle::kFirstUpper:
      return text.empty() ? "" : with_capital(text);
    case TitleStyle::kNone:
      break;
  }
  return std::string(text);
}

std::string pluralize(std::string_view word) {
  if (word.empty()) {
    return "";
  }
  const std::string lowered = to_lower(word);
  for (const auto& [singular, plural] : kPlurals) {
    if (lowered == singular) {
      return word.front() == lowered.front() ? std::string(plural) : with_capital(plural);
    }
  }
  return plural_ending(std::string(word));
}

std::string ListTitles::of_term(std::string_view term) const {
  return is_capitalized ? title_case(term, style) : std::string(term);
}

std::string ListTitles::of_section(std::string_view name) const {
  const std::string plural = is_plural ? pluralize(name) : std::string(name);
  return of_term(plural);
}

}  // namespace likes::hugo
