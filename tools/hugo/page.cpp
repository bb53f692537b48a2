#include "tools/hugo/page.h"

#include <algorithm>

#include "tools/hugo/page_dates.h"
#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

std::string trim_hyphens(const std::string& text) {
  const std::size_t begin = text.find_first_not_of('-');
  return begin == std::string::npos ? ""
                                    : text.substr(begin, text.find_last_not_of('-') + 1 - begin);
}

bool has_scheme(const std::string& address) {
  return address.starts_with("http://") || address.starts_with("https://");
}

/// Reads the fields of one page; `wrong()` names the file and the place in it.
class PageReader {
 public:
  PageReader(ContentFile source, std::string_view kind, Value front_matter, const Config& config)
      : front_matter_(std::move(front_matter)),
        config_(config),
        language_(config.languages[source.language]) {
    page_.source = std::move(source);
    page_.kind = kind;
  }

  Result<Page> read() {
    page_.title = text("title");
    page_.link_title = text("linktitle");
    if (page_.link_title.empty()) {
      page_.link_title = page_.title;
    }
    page_.description = text("description");
    page_.layout = text("layout");
    if (const Value* keywords = front_matter_.find("keywords")) {
      page_.keywords = keywords->to_words();
    }
    page_.slug = trim_hyphens(text("slug"));
    read_identity();
    if (const Value* weight = front_matter_.find("weight")) {
      page_.weight = weight->to_integer();
    }
    for (Result<void> (PageReader::*step)() :
         {&PageReader::read_url, &PageReader::read_aliases, &PageReader::read_build,
          &PageReader::read_params, &PageReader::read_outputs}) {
      if (Result<void> done = (this->*step)(); !done) {
        return tl::unexpected(done.error());
      }
    }
    // Of a page that is not rendered there is one form, for its link.
    if ((page_.is_headless || is_only_linked_) && page_.formats.size() > 1) {
      page_.formats.resize(1);
    }
    read_draft();
    const Result<PageDates> dates = find_page_dates(page_.source, front_matter_, config_);
    if (!dates) {
      return tl::unexpected(dates.error());
    }
    page_.date = dates->date;
    page_.lastmod = dates->lastmod;
    page_.publish_date = dates->publish_date;
    page_.expiry_date = dates->expiry_date;
    if (front_matter_.find("slug") == nullptr) {
      page_.slug = dates->slug_of_file_name;
    }
    page_.params = std::move(front_matter_);
    return std::move(page_);
  }

 private:
  [[nodiscard]] std::string text(std::string_view key) const {
    const Value* value = front_matter_.find(key);
    return value == nullptr ? "" : value->to_text();
  }

  [[nodiscard]] tl::unexpected<Error> wrong(const Value& value, const std::string& message) const {
    return fail(ErrorCode::kInvalid, message, {page_.source.place, value.line, value.column});
  }

  void read_identity() {
    const PagePath& path = page_.source.path;
    page_.section = path.section();
    page_.type = text("type");
    if (page_.type.empty()) {
      page_.type = page_.section.empty() ? "page" : page_.section;
    }
    page_.translation_key = text("translationkey");
    if (!page_.translation_key.empty()) {
      if (!config_.rules.logical_paths) {
        page_.translation_key.insert(0, std::string(page_.kind) + "/");
      }
    } else {
      page_.translation_key = config_.rules.logical_paths ? path.logical : key_of_old();
    }
  }

  /// Before Hugo 0.123: `page/posts/hello`, `page/posts/bundle/index`.
  [[nodiscard]] std::string key_of_old() const {
    std::string file = page_.source.file;
    if (file.empty()) {
      return page_.source.path.logical;  // A term without a file.
    }
    file.erase(file.size() - page_.source.path.extension.size() - 1);
    if (!page_.source.path.language.empty()) {
      file.erase(file.rfind('.'));
    }
    return std::string(page_.kind) + "/" + file;
  }

  Result<void> read_url() {
    page_.url = text("url");
    if (has_scheme(page_.url)) {
      return wrong(*front_matter_.find("url"),
                   "found url '" + page_.url + "', wanted a path on the site");
    }
    return {};
  }

  Result<void> read_aliases() {
    const Value* aliases = front_matter_.find("aliases");
    if (aliases == nullptr) {
      return {};
    }
    page_.aliases = aliases->to_words();
    if (page_.aliases.size() > kMaxAliases) {
      return wrong(*aliases, "found " + std::to_string(page_.aliases.size()) +
                                 " aliases, wanted at most " + std::to_string(kMaxAliases));
    }
    const std::vector<std::string>::const_iterator absolute =
        std::find_if(page_.aliases.begin(), page_.aliases.end(), has_scheme);
    if (absolute != page_.aliases.end()) {
      return wrong(*aliases, "found alias '" + *absolute + "', wanted a path on the site");
    }
    return {};
  }

  void read_draft() {
    const Value* draft = front_matter_.find("draft");
    const Value* published = front_matter_.find("published");
    if (draft != nullptr) {
      page_.is_draft = draft->to_bool();
    } else if (published != nullptr && std::holds_alternative<bool>(published->data())) {
      page_.is_draft = !published->to_bool();
    }
  }

  Result<void> read_outputs() {
    if (const auto usual = language_.outputs.find(page_.kind); usual != language_.outputs.end()) {
      page_.formats = usual->second;
    } else {
      page_.formats.emplace_back("html");
    }
    const Value* outputs = front_matter_.find("outputs");
    if (outputs == nullptr) {
      return {};
    }
    std::vector<std::string> names;
    for (const std::string& word : outputs->to_words()) {
      names.push_back(to_lower(word));
    }
    if (names.empty()) {
      return {};
    }
    for (const std::string& name : names) {
      if (!language_.formats.contains(name)) {
        return wrong(*outputs, "found the output format '" + name +
                                   "', wanted html or another that Hugo or the site knows");
      }
    }
    page_.formats = std::move(names);
    return {};
  }

  Result<void> read_build() {
    // Before Hugo 0.145 the key was `_build`; newer ones refuse it themselves.
    const Value* build = config_.rules.has_build_key ? front_matter_.find("build") : nullptr;
    if (const Value* old = front_matter_.find("_build")) {
      build = old;
    }
    if (build != nullptr && build->members() == nullptr) {
      return wrong(*build, "found " + build->type_name() + " as build, wanted a map");
    }
    if (build != nullptr) {
      const std::string list = option(build->find("list"));
      page_.listing = list == "never"   ? Listing::kNever
                      : list == "local" ? Listing::kLocally
                                        : Listing::kAlways;
      const std::string render = option(build->find("render"));
      page_.is_headless = render == "never";
      is_only_linked_ = render == "link";
    }
    const bool may_be_headless =
        config_.rules.headless_for_all || page_.source.path.kind == PagePath::Kind::kLeaf;
    if (const Value* headless = front_matter_.find("headless");
        may_be_headless && headless != nullptr && headless->to_bool()) {
      page_.listing = Listing::kNever;
      page_.is_headless = true;
    }
    return {};
  }

  /// Of old these were true and false.
  static std::string option(const Value* value) {
    if (value != nullptr && std::holds_alternative<bool>(value->data())) {
      return value->to_bool() ? "always" : "never";
    }
    return value == nullptr ? "" : value->to_text();
  }

  /// What lies below `params` counts as a parameter like those beside it, but never as a field.
  Result<void> read_params() {
    const Value* params = front_matter_.find("params");
    if (params == nullptr || params->is_null() || !config_.rules.unfolds_params) {
      return {};
    }
    if (params->members() == nullptr) {
      return wrong(*params, "found " + params->type_name() + " as params, wanted a map");
    }
    return {};
  }

  Value front_matter_;
  const Config& config_;
  const Language& language_;
  bool is_only_linked_ = false;  ///< `build.render: link`
  Page page_;
};

/// Moves what lies below `params` up among the others.
void unfold_params(Value& params) {
  const Value* below = params.find("params");
  if (below == nullptr || below->members() == nullptr) {
    return;
  }
  const Value::Map members = *below->members();
  params.erase("params");
  for (const auto& [key, value] : members) {
    params.set(key, value);
  }
}

}  // namespace

bool Page::has_html() const {
  return std::find(formats.begin(), formats.end(), "html") != formats.end();
}

Result<Page> make_page(ContentFile source, std::string_view kind, Value front_matter,
                       const Config& config) {
  Result<Page> page = PageReader(std::move(source), kind, std::move(front_matter), config).read();
  if (page && config.rules.unfolds_params) {
    unfold_params(page->params);
  }
  return page;
}

bool is_built(const Page& page, const Config& config, const Date& now) {
  const bool is_future = now.is_before(page.publish_date);
  const bool is_expired = !page.expiry_date.is_zero() && !now.is_before(page.expiry_date);
  return (config.build_drafts || !page.is_draft) && (config.build_future || !is_future) &&
         (config.build_expired || !is_expired);
}

}  // namespace likes::hugo
