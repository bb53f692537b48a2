#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace likes::dev {

/// A longer line is cut into several.
inline constexpr std::size_t kMaxLineBytes = 16384;

/// What a program prints, piece by piece, as lines that say whose they are: `hugo | Built in 9 ms`.
class OutputLines {
 public:
  /// `colour` is a terminal's number of one, such as 36, or 0 for none.
  explicit OutputLines(std::string name, int colour = 0);

  /// The lines that `bytes` complete, each with its prefix and its end.
  [[nodiscard]] std::string take(std::string_view bytes);

  /// What is left of a last line without an end, given one.
  [[nodiscard]] std::string rest();

 private:
  [[nodiscard]] std::string prefixed(std::string_view line) const;

  std::string prefix_;
  std::string begun_;
};

}  // namespace likes::dev
