#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/value.h"

/// Dates by Go's layouts: a layout shows how the moment Mon Jan 2 15:04:05 MST 2006 would be
/// written. Hugo reads front matter with them and takes them as tokens of permalinks.
namespace likes::hugo {

struct LayoutDate {
  DateTime date;
  bool is_utc_sign = false;  ///< The offset was written "Z".
};

/// A layout, taken apart once for all the dates that are read or written by it.
class GoLayout {
 public:
  explicit GoLayout(std::string_view layout);

  /// Reads `text`, whole, or gives nothing. A fraction may follow the seconds even where the layout
  /// has none.
  [[nodiscard]] std::optional<LayoutDate> parse(std::string_view text) const;
  [[nodiscard]] std::string format(const DateTime& date) const;

  enum class Part;
  /// Plain text and, behind it, a part that stands for something; only at the end there is none.
  struct Piece {
    std::string before;
    Part part;
  };

 private:
  std::vector<Piece> pieces_;
};

/// 0 for Sunday.
[[nodiscard]] int weekday_of(const DateTime& date);
/// 1 for January 1st.
[[nodiscard]] int day_of_year(const DateTime& date);
/// `month` from 1 to 12.
[[nodiscard]] std::string_view month_name(int month);
[[nodiscard]] std::string_view weekday_name(int weekday);

}  // namespace likes::hugo
