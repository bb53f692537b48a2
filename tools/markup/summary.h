#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace likes::markup {

/// Stands in HTML where the author has cut the summary off.
inline constexpr std::string_view kDivider = "HUGOMORE42";

/// What a page's HTML is without its divider, and what of it is the summary.
struct DividedHtml {
  std::string summary;
  std::string content;
};

/// Cuts HTML at the divider. `is_html` is for pages written in HTML, where no paragraph surrounds
/// it.
[[nodiscard]] DividedHtml divide(const std::string& html, bool is_html);

/// Of a page's HTML as many paragraphs as it takes for `length` words; with `keeps_elements` all of
/// the list or quotation that it would be cut in.
[[nodiscard]] std::string first_paragraphs(std::string_view html, std::int64_t length, bool is_cjk,
                                           bool keeps_elements);

/// Hugo before 0.134: the same two, and of plain text as many sentences as it takes.
[[nodiscard]] DividedHtml divide_of_old(const std::string& html);
[[nodiscard]] std::string first_sentences(std::string_view plain, std::int64_t length, bool is_cjk);

/// The paragraph without its tags, if there is but one.
[[nodiscard]] std::string unwrap_paragraph(std::string_view html);

}  // namespace likes::markup
