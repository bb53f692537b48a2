#include "tools/hugo/hugo_version.h"

#include <string>

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

TEST_CASE("a version is read as Hugo writes it") {
  for (const char* text : {"0.131", "v0.131", "0.131.0", "v0.131.3+extended", "0.131-DEV",
                           "hugo v0.131.0-0123abcd+extended linux/amd64 BuildDate=unknown"}) {
    INFO(text);
    const Result<HugoVersion> version = HugoVersion::parse(text);
    REQUIRE(version.has_value());
    CHECK(*version == HugoVersion{0, 131});
  }
  CHECK(HugoVersion::parse("0.111").has_value());
  CHECK(HugoVersion::parse("1.0").has_value());
  for (const char* text : {"", "v", "131", "0.", "0.x", "0.131x", "0.110", "-1.5", "hugo ",
                           "hugo v0.110.0 linux/amd64"}) {
    INFO(text);
    const Result<HugoVersion> version = HugoVersion::parse(text);
    REQUIRE(!version.has_value());
    CHECK(version.error().message ==
          "found Hugo version '" + std::string(text) + "', wanted 0.111 or later, such as 0.131");
  }
}

TEST_CASE("each rule begins with its version") {
  struct Case {
    const char* name;
    bool VersionRules::*rule;
    int since;
  };
  const Case cases[] = {
      {"permalinks_by_kind", &VersionRules::permalinks_by_kind, 115},
      {"sets_publish_date", &VersionRules::sets_publish_date, 123},
      {"logical_paths", &VersionRules::logical_paths, 123},
      {"unfolds_params", &VersionRules::unfolds_params, 123},
      {"titles_terms", &VersionRules::titles_terms, 123},
      {"has_target_key", &VersionRules::has_target_key, 123},
      {"bare_html_is_page", &VersionRules::bare_html_is_page, 123},
      {"sections_hide_no_pages", &VersionRules::sections_hide_no_pages, 123},
      {"headless_for_all", &VersionRules::headless_for_all, 123},
      {"has_build_key", &VersionRules::has_build_key, 123},
      {"unrendered_has_no_term", &VersionRules::unrendered_has_no_term, 123},
      {"lower_format_names", &VersionRules::lower_format_names, 123},
      {"expands_url", &VersionRules::expands_url, 131},
      {"counts_hosts", &VersionRules::counts_hosts, 126},
      {"lists_spoil_terms", &VersionRules::lists_spoil_terms, 132},
      {"index_beats_branch", &VersionRules::index_beats_branch, 132},
      {"keeps_dots", &VersionRules::keeps_dots, 132},
      {"strict_dates", &VersionRules::strict_dates, 136},
      {"escaped_colon", &VersionRules::escaped_colon, 136},
      {"ugly_sections", &VersionRules::ugly_sections, 136},
      {"base_name_tokens", &VersionRules::base_name_tokens, 144},
      {"time_in_file_name", &VersionRules::time_in_file_name, 148},
      {"ugly_index", &VersionRules::ugly_index, 148},
      {"section_slug_tokens", &VersionRules::section_slug_tokens, 149},
      {"yaml_1_2", &VersionRules::yaml_1_2, 152},
      {"keeps_fractions", &VersionRules::keeps_fractions, 152},
      {"orders_by_path", &VersionRules::orders_by_path, 145},
      {"has_site_matrix", &VersionRules::has_site_matrix, 153},
      {"absolute_aliases", &VersionRules::absolute_aliases, 155},
      {"permalinks_by_path", &VersionRules::permalinks_by_path, 161},
      {"keeps_slashes_in_terms", &VersionRules::keeps_slashes_in_terms, 167},
      {"section_slugs", &VersionRules::section_slugs, 167},
      {"slash_in_title_is_hyphen", &VersionRules::slash_in_title_is_hyphen, 167},
      {"default_base_url", &VersionRules::default_base_url, 167},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(!(VersionRules(HugoVersion{0, c.since - 1}).*c.rule));
    CHECK(VersionRules(HugoVersion{0, c.since}).*c.rule);
    CHECK(VersionRules().*c.rule);
  }
  CHECK(VersionRules(HugoVersion{0, 152}).matter_names_path);
  CHECK(!VersionRules().matter_names_path);
  // Two were there before, too.
  CHECK(VersionRules(kOldestHugo).ugly_sections);
  CHECK(VersionRules(kOldestHugo).keeps_fractions);
}

}  // namespace
}  // namespace likes::hugo
