#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace likes {

/// A set of bytes, for what is asked of each character of a text.
class CharacterSet {
 public:
  constexpr explicit CharacterSet(std::string_view members) {
    for (const char c : members) {
      has_[static_cast<unsigned char>(c)] = true;
    }
  }
  /// With those from `low` to `high`, too.
  [[nodiscard]] constexpr CharacterSet and_range(char low, char high) const {
    CharacterSet more = *this;
    for (std::size_t c = static_cast<unsigned char>(low); c <= static_cast<unsigned char>(high);
         ++c) {
      more.has_[c] = true;
    }
    return more;
  }

  [[nodiscard]] constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }
  [[nodiscard]] constexpr bool has_all_of(std::string_view text) const {
    return first_other(text) == text.size();
  }
  /// Where the first character is that is in the set, or the end.
  [[nodiscard]] constexpr std::size_t first_in(std::string_view text) const {
    std::size_t at = 0;
    while (at < text.size() && !has(text[at])) {
      ++at;
    }
    return at;
  }
  /// Where the first character is that is not, or the end.
  [[nodiscard]] constexpr std::size_t first_other(std::string_view text) const {
    std::size_t at = 0;
    while (at < text.size() && has(text[at])) {
      ++at;
    }
    return at;
  }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace likes
