#pragma once

#include <string>
#include <string_view>

namespace likes::hugo {

/// How Hugo writes a title that it makes itself, of a folder or a term.
enum class TitleStyle { kAp, kChicago, kGo, kFirstUpper, kNone };

/// The value of `titleCaseStyle`; what is none of Hugo's words is AP.
[[nodiscard]] TitleStyle title_style(std::string_view word);

/// `war and peace` becomes `War and Peace`.
[[nodiscard]] std::string title_case(std::string_view text, TitleStyle style);

/// `category` becomes `categories`, by the rules of English that cover folder names.
[[nodiscard]] std::string pluralize(std::string_view word);

/// Settings of the titles of sections and terms that have none of their own.
struct ListTitles {
  TitleStyle style = TitleStyle::kAp;
  bool is_capitalized = true;
  bool is_plural = true;

  /// The title of a term, or of a taxonomy, as it is written.
  [[nodiscard]] std::string of_term(std::string_view term) const;
  /// The title of a section by its folder's name.
  [[nodiscard]] std::string of_section(std::string_view name) const;
};

}  // namespace likes::hugo
