#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace likes::markup {

/// How tags are taken out: by Hugo's own rules, by which what stands in two blocks is two words,
/// or, before 0.167, by those of Go's html/template, where tags leave nothing behind.
enum class Stripping { kByBlocks, kOfOld };

/// HTML without its tags, as Hugo's plainify leaves it: character references stay, runs of white
/// space become one.
[[nodiscard]] std::string strip_html(std::string_view html,
                                     Stripping stripping = Stripping::kByBlocks);

/// Runs of what is no white space.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view plain);

/// What a word counts: one, but with `is_cjk` each character of one that is not all ASCII.
[[nodiscard]] std::int64_t count_word(std::string_view word, bool is_cjk);
[[nodiscard]] std::int64_t count_words(std::string_view plain, bool is_cjk);

/// How many characters a text has; a byte that is no UTF-8 is one.
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// The text without white space around it.
[[nodiscard]] std::string_view trim_space(std::string_view text);

}  // namespace likes::markup
