#include "tools/hugo/permalink.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "tools/hugo/go_layout.h"

namespace likes::hugo {

enum class PermalinkPattern::Token {
  kText,  // None.
  kSection,
  kSections,  // All, or those that a slice in brackets names.
  kSectionSlug,
  kSectionSlugs,
  kTitle,
  kSlug,
  kSlugOrFileName,
  kSlugOrBaseName,
  kFileName,
  kBaseName,
  kYear,
  kMonth,
  kMonthName,
  kDay,
  kWeekday,
  kWeekdayName,
  kYearDay,
  kLayout,  // A date as Go writes it.
};

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whether Go's time.Format would put anything in its place.
bool is_date_layout(std::string_view token) {
  const DateTime reference{2001, 2, 3, 4, 5, 6, 0, 0};
  return GoLayout(token).format(reference) != token;
}

/// Whether this Hugo does not know it yet.
bool is_newer(std::string_view token, const VersionRules& rules) {
  return (token.starts_with("sectionslug") && !rules.section_slug_tokens) ||
         (token.ends_with("contentbasename") && !rules.base_name_tokens);
}

/// The end of the token that starts with the colon at `colon`: `:name` or `:name[…]`.
std::size_t token_end(std::string_view pattern, std::size_t colon) {
  std::size_t end = colon + 1;
  while (end < pattern.size() && is_word(pattern[end])) {
    ++end;
  }
  if (end > colon + 1 && end < pattern.size() && pattern[end] == '[') {
    const std::size_t close = pattern.find(']', end + 2);
    if (close != std::string_view::npos) {
      return close + 1;
    }
  }
  return end;
}

/// "a/" has two elements.
std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> elements;
  for (std::size_t at = 0; !path.empty() && at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    elements.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  return elements;
}

/// One side of [low:high]; a number beyond the end of `count` elements is -1 on the low side.
std::ptrdiff_t slice_bound(std::string_view text, std::ptrdiff_t count, bool is_low) {
  if (text.empty()) {
    return is_low ? 0 : count;
  }
  if (text == "last") {
    return count - 1;
  }
  std::ptrdiff_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  number = std::max<std::ptrdiff_t>(number, 0);
  if (number >= count) {
    return is_low ? -1 : count;
  }
  return number;
}

/// `cut` is "[1:]", "[:2]", "[0]", "[last]"; out of range is nothing.
std::string slice_sections(std::string_view sections, std::string_view cut) {
  const std::vector<std::string> elements = split(sections);
  const auto count = static_cast<std::ptrdiff_t>(elements.size());
  if (count == 0) {
    return "";
  }
  const std::string_view inner = cut.substr(1, cut.size() - 2);
  const std::size_t colon = inner.find(':');
  const std::ptrdiff_t low = slice_bound(inner.substr(0, colon), count, true);
  const std::ptrdiff_t high = colon == std::string_view::npos
                                  ? low + 1
                                  : slice_bound(inner.substr(colon + 1), count, false);
  std::string joined;
  for (std::ptrdiff_t i = low; low >= 0 && i < high; ++i) {
    joined += (joined.empty() ? "" : "/") + elements.at(static_cast<std::size_t>(i));
  }
  return joined;
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// As an element of an address; Go reads a "#" at its end as an empty fragment.
std::string element_of(std::string_view text, const PathRules& rules) {
  std::string element = sanitize_path(std::string(text), rules);
  if (element.ends_with('#')) {
    element.pop_back();
  }
  return element;
}

std::string title_of(const PermalinkPage& page, const PathRules& rules, bool cuts_slash) {
  if (!cuts_slash || page.is_term || page.title.find_first_of("/\\") == std::string_view::npos) {
    return element_of(page.title, rules);
  }
  // A slash in a title is no folder.
  std::string title(page.title);
  std::replace(title.begin(), title.end(), '/', '-');
  std::replace(title.begin(), title.end(), '\\', '-');
  return element_of(title, rules);
}

}  // namespace

Result<PermalinkPattern> PermalinkPattern::compile(std::string_view pattern,
                                                   const VersionRules& rules) {
  PermalinkPattern compiled;
  compiled.cuts_slash_in_title_ = rules.slash_in_title_is_hyphen;
  std::string text;
  for (std::size_t at = 0; at < pattern.size();) {
    if (rules.escaped_colon && pattern.substr(at).starts_with("\\:")) {
      text += ':';
      at += 2;
      continue;
    }
    const std::size_t end = pattern[at] == ':' ? token_end(pattern, at) : at;
    if (end <= at + 1) {
      text += pattern[at++];
      continue;
    }
    const std::string token(pattern.substr(at + 1, end - at - 1));
    const Token kind = token_of(token);
    const bool is_known = kind != Token::kLayout || is_date_layout(token);
    if (!is_known || is_newer(token, rules)) {
      return fail(ErrorCode::kInvalid, "found ':" + token + "' in the permalink '" +
                                           std::string(pattern) +
                                           "', wanted a token that Hugo knows, such as :slug");
    }
    const std::size_t slice = kind == Token::kLayout ? 0 : std::min(token.find('['), token.size());
    compiled.pieces_.push_back({Token::kText, std::move(text)});
    compiled.pieces_.push_back({kind, token.substr(slice)});
    text.clear();
    at = end;
  }
  compiled.pieces_.push_back({Token::kText, std::move(text)});
  return compiled;
}

bool PermalinkPattern::asks_section_slugs() const {
  return std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& piece) {
    return piece.token == Token::kSectionSlug || piece.token == Token::kSectionSlugs;
  });
}

std::string PermalinkPattern::expand(const PermalinkPage& page, const PathRules& rules) const {
  constexpr std::size_t kUsualBytes = 100;
  std::string expanded;
  expanded.reserve(kUsualBytes);
  for (const Piece& piece : pieces_) {
    expanded += value_of(piece, page, rules);
  }
  return expanded;
}

PermalinkPattern::Token PermalinkPattern::token_of(std::string_view name) {
  constexpr std::pair<std::string_view, Token> kTokens[] = {
      {"section", Token::kSection},
      {"sections", Token::kSections},
      {"sectionslug", Token::kSectionSlug},
      {"sectionslugs", Token::kSectionSlugs},
      {"title", Token::kTitle},
      {"slug", Token::kSlug},
      {"slugorfilename", Token::kSlugOrFileName},
      {"slugorcontentbasename", Token::kSlugOrBaseName},
      {"filename", Token::kFileName},
      {"contentbasename", Token::kBaseName},
      {"year", Token::kYear},
      {"month", Token::kMonth},
      {"monthname", Token::kMonthName},
      {"day", Token::kDay},
      {"weekday", Token::kWeekday},
      {"weekdayname", Token::kWeekdayName},
      {"yearday", Token::kYearDay},
  };
  for (const auto& [known, token] : kTokens) {
    const bool is_sliced = token == Token::kSections || token == Token::kSectionSlugs;
    if (name == known ||
        (is_sliced && name.starts_with(known) && name.substr(known.size()).starts_with('['))) {
      return token;
    }
  }
  return Token::kLayout;
}

std::string PermalinkPattern::value_of(const Piece& piece, const PermalinkPage& page,
                                       const PathRules& rules) const {
  switch (piece.token) {
    case Token::kText:
      return piece.text;
    case Token::kSection:
      return std::string(page.section);
    case Token::kSections:
      return piece.text.empty() ? page.sections : slice_sections(page.sections, piece.text);
    case Token::kSectionSlug:
      return page.section_slugs.substr(0, page.section_slugs.find('/'));
    case Token::kSectionSlugs:
      return piece.text.empty() ? page.section_slugs
                                : slice_sections(page.section_slugs, piece.text);
    case Token::kTitle:
      return title_of(page, rules, cuts_slash_in_title_);
    case Token::kSlug:
      return page.slug.empty() ? title_of(page, rules, cuts_slash_in_title_)
                               : element_of(page.slug, rules);
    case Token::kSlugOrFileName:
      return element_of(page.slug.empty() ? page.file_name : page.slug, rules);
    case Token::kSlugOrBaseName:
      return element_of(page.slug.empty() ? page.name : page.slug, rules);
    case Token::kFileName:
      return element_of(page.file_name, rules);
    case Token::kBaseName:
      return element_of(page.name, rules);
    case Token::kYear:
      return std::to_string(page.date.year);
    case Token::kMonth:
      return two_digits(page.date.month);
    case Token::kMonthName:
      return std::string(month_name(page.date.month));
    case Token::kDay:
      return two_digits(page.date.day);
    case Token::kWeekday:
      return std::to_string(weekday_of(page.date));
    case Token::kWeekdayName:
      return std::string(weekday_name(weekday_of(page.date)));
    case Token::kYearDay:
      return std::to_string(day_of_year(page.date));
    case Token::kLayout:
      return GoLayout(piece.text).format(page.date);
  }
  return "";
}

bool PermalinkRule::is_for(const CascadeTarget& page, std::string_view page_section) const {
  if (target) {
    return target->is_for(page);
  }
  return kind == page.kind && (paths ? paths->matches(page.path) : section == page_section);
}

std::string section_key(std::string_view written) {
  const std::size_t begin = written.find_first_not_of(" /");
  return begin == std::string_view::npos
             ? ""
             : std::string(written.substr(begin, written.find_last_not_of(" /") + 1 - begin));
}

Glob section_paths(std::string_view section) {
  const std::string key(section);
  return key.empty() ? Glob("/*") : Glob("/{" + key + "," + key + "/**}");
}

}  // namespace likes::hugo
