#include "tools/hugo/page_address.h"

#include <string>
#include <string_view>
#include <utility>

#include "tools/hugo/permalink.h"

namespace likes::hugo {
namespace {

class AddressBook {
 public:
  AddressBook(Page& page, const SectionTree& sections, const Config& config)
      : page_(page),
        path_(page.source.path),
        sections_(sections),
        config_(config),
        language_(config.languages[page.source.language]) {}

  Result<void> give() {
    LinkParts parts = fixed_parts();
    Result<std::string> url = expanded_url();
    if (!url) {
      return tl::unexpected(url.error());
    }
    parts.url = std::move(*url);
    parts.permalink = expanded_permalink();
    // Of old paths were kept as they are until they became addresses.
    const bool is_raw = !language_.path_rules.to_lower || config_.syntax.keeps_spelling;
    parts.is_bundle = path_.kind == PagePath::Kind::kLeaf && (path_.is_raw_index || !is_raw);
    if (parts.permalink.empty()) {
      parts.folder = sections_.folder_with_slugs(path_, is_raw);
      parts.name = is_raw ? path_.raw_name() : path_.name();
      const bool may_be_renamed =
          page_.kind == "page" || (config_.rules.section_slugs && page_.kind != "home");
      if (!page_.slug.empty() && may_be_renamed) {
        parts.name = page_.slug;
      }
    }
    page_.link = page_link(parts);
    page_.permalink = language_.base_url;
    page_.permalink.append(page_.link, 1);
    page_.rel_permalink = page_.link;
    if (!language_.has_canonical_links && language_.base_path != "/") {
      // Where Hugo joins the two it resolves ".." as well.
      page_.rel_permalink = clean_path(language_.base_path + page_.link.substr(1)) +
                            (page_.link.ends_with('/') ? "/" : "");
    }
    return {};
  }

 private:
  [[nodiscard]] LinkParts fixed_parts() const {
    LinkParts parts;
    parts.kind = page_.kind;
    parts.rules = language_.path_rules;
    parts.is_ugly = language_.is_ugly(page_.section);
    parts.has_ugly_index = config_.rules.ugly_index;
    parts.cuts_index = config_.rules.expands_url;
    parts.keeps_dots = config_.rules.keeps_dots;
    parts.is_of_old = !config_.rules.logical_paths;
    parts.prefix = language_.prefix;
    const std::string main = page_.has_html() ? "html" : page_.formats.front();
    if (const auto format = language_.formats.find(main); format != language_.formats.end()) {
      parts.format = format->second;
    }
    return parts;
  }

  /// Front matter's url, which may hold the tokens of permalinks.
  Result<std::string> expanded_url() {
    if (page_.url.find(':') == std::string::npos || !config_.rules.expands_url) {
      return page_.url;
    }
    const Result<PermalinkPattern> pattern = PermalinkPattern::compile(page_.url, config_.rules);
    if (!pattern) {
      return fail(ErrorCode::kInvalid, pattern.error().message, page_.place());
    }
    const std::string expanded =
        query_unescape(pattern->expand(permalink_page(*pattern), language_.path_rules));
    return expanded.empty() ? page_.url : expanded;
  }

  [[nodiscard]] std::string expanded_permalink() const {
    const CascadeTarget target{path_.logical, page_.kind, language_.code, config_.environment};
    for (const PermalinkRule& rule : language_.permalinks) {
      if (rule.is_for(target, page_.section)) {
        const std::string expanded =
            rule.pattern.expand(permalink_page(rule.pattern), language_.path_rules);
        return expanded.empty() ? "" : clean_path(query_unescape(expanded));
      }
    }
    return "";
  }

  /// What the pattern asks of the page.
  [[nodiscard]] PermalinkPage permalink_page(const PermalinkPattern& pattern) const {
    const bool is_branch = path_.kind == PagePath::Kind::kBranch;
    const std::string_view section = sections_.nearest(is_branch ? path_.logical : path_.folder());
    const bool is_odd_index =
        path_.kind == PagePath::Kind::kLeaf && !path_.is_raw_index && path_.raw_name() == "index";
    PermalinkPage page;
    page.date = page_.date.civil();
    page.title = page_.title;
    page.slug = page_.slug;
    page.name = path_.raw_name();
    page.file_name = is_odd_index ? PagePath::name_of(path_.raw_folder()) : page.name;
    page.section = page_.section;
    page.sections = section.substr(1);
    if (const Page* found = sections_.find(section);
        !config_.rules.logical_paths && found != nullptr && found->source.file.empty()) {
      page.sections += "/";
    }
    page.is_term = page_.kind == "term";
    if (pattern.asks_section_slugs()) {
      page.section_slugs = sections_.section_slugs(page.sections);
    }
    return page;
  }

  Page& page_;
  const PagePath& path_;
  const SectionTree& sections_;
  const Config& config_;
  const Language& language_;
};

}  // namespace

Result<void> give_address(Page& page, const SectionTree& sections, const Config& config) {
  if (page.formats.empty()) {
    return {};
  }
  Result<void> given = AddressBook(page, sections, config).give();
  if (given && page.is_headless) {
    page.target = std::exchange(page.link, "");
    page.permalink.clear();
    page.rel_permalink.clear();
  }
  return given;
}

}  // namespace likes::hugo
