#include "tools/hugo/hugo_version.h"

#include <charconv>
#include <tuple>

namespace likes::hugo {

Result<HugoVersion> HugoVersion::parse(std::string_view text) {
  const std::string_view whole = text;
  constexpr std::string_view kProgram = "hugo ";
  if (text.starts_with(kProgram)) {
    text.remove_prefix(kProgram.size());
  }
  if (text.starts_with('v')) {
    text.remove_prefix(1);
  }
  HugoVersion version;
  const char* end = text.data() + text.size();
  const std::from_chars_result major = std::from_chars(text.data(), end, version.major);
  const bool has_minor = major.ec == std::errc() && major.ptr != end && *major.ptr == '.';
  const std::from_chars_result minor =
      has_minor ? std::from_chars(major.ptr + 1, end, version.minor) : major;
  const bool ends_well =
      minor.ptr == end || *minor.ptr == '.' || *minor.ptr == '-' || *minor.ptr == '+';
  if (!has_minor || minor.ec != std::errc() || !ends_well || version.is_before(kOldestHugo)) {
    return fail(ErrorCode::kInvalid, "found Hugo version '" + std::string(whole) +
                                         "', wanted 0.111 or later, such as 0.131");
  }
  return version;
}

bool HugoVersion::is_before(const HugoVersion& other) const {
  return std::tie(major, minor) < std::tie(other.major, other.minor);
}

VersionRules::VersionRules(HugoVersion version) {
  const auto since = [version](int minor) { return !version.is_before({0, minor}); };
  sets_publish_date = since(123);
  reads_indexes = since(112);
  permalinks_by_kind = since(115);
  logical_paths = since(123);
  unfolds_params = since(123);
  titles_terms = since(123);
  has_target_key = since(123);
  bare_html_is_page = since(123);
  sections_hide_no_pages = since(123);
  headless_for_all = since(123);
  has_build_key = since(123);
  unrendered_has_no_term = since(123);
  lower_format_names = since(123);
  matter_names_path = since(123) && !since(153);
  expands_url = since(131);
  index_beats_branch = since(132);
  keeps_dots = since(132);
  has_link_hooks = since(123);
  quotes_link_attributes = since(123) && !since(140);
  html_summaries = since(134);
  has_table_hook = since(134);
  strict_dates = since(136);
  escaped_colon = since(136);
  ugly_sections = !since(123) || since(136);
  drops_comments = since(142);
  base_name_tokens = since(144);
  time_in_file_name = since(148);
  ugly_index = since(148);
  section_slug_tokens = since(149);
  yaml_1_2 = since(152);
  keeps_fractions = !since(123) || since(152);
  lists_spoil_terms = since(132);
  counts_hosts = since(126);
  has_site_matrix = since(153);
  rivals_hide_pages = since(153);
  orders_by_path = since(145);
  absolute_aliases = since(155);
  permalinks_by_path = since(161);
  keeps_slashes_in_terms = since(167);
  section_slugs = since(167);
  closes_summaries = since(167);
  strips_by_blocks = since(167);
  slash_in_title_is_hyphen = since(167);
  default_base_url = since(167);
}

}  // namespace likes::hugo
