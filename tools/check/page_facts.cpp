#include "tools/check/page_facts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "tools/html/character_reference.h"
#include "tools/html/scanner.h"
#include "tools/support/utf8.h"

namespace likes::check {
namespace {

/// Counts lines on the way through a file; places are asked for in the file's order.
class LineCounter {
 public:
  explicit LineCounter(std::string_view file) : file_(file) {}

  std::size_t line_of(std::size_t offset) {
    if (offset > at_) {
      const std::string_view skipped = file_.substr(at_, offset - at_);
      line_ += static_cast<std::size_t>(std::count(skipped.begin(), skipped.end(), '\n'));
      at_ = offset;
    }
    return line_;
  }

 private:
  std::string_view file_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

std::optional<std::string> attribute(const html::Tag& tag, std::string_view page,
                                     std::string_view name) {
  for (const html::Attribute& found : tag.attributes) {
    if (html::same_name(found.name.in(page), name)) {
      return html::decode_attribute(found.value.in(page));
    }
  }
  return std::nullopt;
}

void read_tags(std::string_view page, PageFacts& facts) {
  LineCounter lines(page);
  html::Scanner scanner(page);
  while (const std::optional<html::Tag> tag = scanner.next()) {
    if (tag->is_end_tag) {
      continue;
    }
    if (std::optional<std::string> version = attribute(*tag, page, kOverlayAttribute)) {
      facts.overlays.push_back({*std::move(version), lines.line_of(tag->bytes.begin)});
    }
    if (std::optional<std::string> key = attribute(*tag, page, kFormAttribute)) {
      facts.mentions.push_back({*std::move(key), kFormAttribute, lines.line_of(tag->bytes.begin)});
      facts.forms.push_back({attribute(*tag, page, "action").value_or(""),
                             attribute(*tag, page, "data-likes-api").value_or("")});
    } else if (html::same_name(tag->name.in(page), "meta") &&
               html::same_name(attribute(*tag, page, "http-equiv").value_or(""),
                               "content-security-policy")) {
      facts.policies.push_back(
          {attribute(*tag, page, "content").value_or(""), lines.line_of(tag->bytes.begin)});
    }
  }
}

}  // namespace

PageFacts read_page(std::string_view file, const std::string& name, html::Syntax syntax) {
  PageFacts facts;
  html::Markers markers = html::find_markers(file, name, syntax);
  facts.problems = std::move(markers.problems);
  LineCounter lines(file);
  for (html::Marker& marker : markers.found) {
    facts.mentions.push_back(
        {std::move(marker.key), html::kMarkerAttribute, lines.line_of(marker.text.begin)});
  }
  if (!facts.mentions.empty() && !is_utf8(file)) {
    facts.problems.push_back({ErrorCode::kInvalid,
                              "found a page that is not UTF-8, its counts are never baked",
                              {name}});
  }
  if (syntax == html::Syntax::kHtml) {
    read_tags(file, facts);
  }
  return facts;
}

}  // namespace likes::check
