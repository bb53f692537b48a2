#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace likes::markup {

/// Signs that stand in for pieces of Markdown while cmark-gfm has the text, so that what it decodes
/// alike can be told apart afterwards: `\"` and `&quot;` are no quotation marks to a typographer,
/// `"` is one. Each sign is a character of Unicode's private use area; those that a text holds
/// itself get a sign, too.
class Marks {
 public:
  /// Puts signs for escaped and encoded punctuation into a Markdown text.
  [[nodiscard]] std::string protect(std::string_view markdown);

  /// The sign for a piece of text that is `source` in Markdown and `html` in what is made of it; ""
  /// where there are no more signs.
  [[nodiscard]] std::string add(const std::string& source, const std::string& html);

  /// The text as it was written, for what Markdown does not look into: code, raw HTML.
  [[nodiscard]] std::string to_source(std::string_view text) const;

  /// The text as HTML, with all else escaped as HTML asks for.
  [[nodiscard]] std::string to_html(std::string_view text) const;

  /// The text that a reader sees, for addresses and titles.
  [[nodiscard]] std::string to_plain(std::string_view text) const;

  /// What was written at `at`, if there is a sign there; "" otherwise.
  [[nodiscard]] std::string_view source_at(std::string_view text, std::size_t at) const;

  /// How many bytes a sign takes.
  static constexpr std::size_t kBytes = 3;

 private:
  struct Mark {
    std::string source;
    std::string html;
  };

  [[nodiscard]] const Mark* find(std::string_view text, std::size_t at) const;
  [[nodiscard]] std::string add_private(std::string_view character);
  /// Calls one of the two for each stretch of text, in order.
  template <class Plain, class Marked>
  void for_each_piece(std::string_view text, const Plain& plain, const Marked& marked) const;

  std::vector<Mark> marks_;
  std::unordered_map<std::string, std::size_t> by_source_;
};

}  // namespace likes::markup
