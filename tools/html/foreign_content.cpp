#include "tools/html/foreign_content.h"

#include <array>

namespace likes::html {
namespace {

/// Start tags that end <svg> and <math> around them: the authors of these forgot an end tag.
constexpr std::array<std::string_view, 44> kBreakOut = {
    "b",   "big",  "blockquote", "body",  "br",  "center", "code", "dd",     "div",
    "dl",  "dt",   "em",         "embed", "h1",  "h2",     "h3",   "h4",     "h5",
    "h6",  "head", "hr",         "i",     "img", "li",     "menu", "meta",   "nobr",
    "ol",  "p",    "pre",        "ruby",  "s",   "small",  "span", "strong", "strike",
    "sub", "sup",  "table",      "tt",    "u",   "ul",     "var",  "listing"};

/// Elements without content, and those whose tags open and close nothing once the page has begun.
constexpr std::array<std::string_view, 19> kNeverOpen = {
    "html",  "head", "body", "area",  "base",   "br",     "col",   "embed", "hr",     "img",
    "input", "link", "meta", "param", "keygen", "source", "track", "wbr",   "bgsound"};

/// Elements that no end tag reaches out of, and the end tags that reach out of a table's cells.
constexpr std::array<std::string_view, 8> kScopes = {"applet", "caption", "marquee",  "object",
                                                     "td",     "th",      "template", "table"};
constexpr std::array<std::string_view, 5> kTableParts = {"table", "tbody", "tfoot", "thead", "tr"};

constexpr std::array<std::string_view, 3> kSvgPoints = {"foreignobject", "desc", "title"};
constexpr std::array<std::string_view, 5> kMathTextPoints = {"mi", "mo", "mn", "ms", "mtext"};
constexpr std::array<std::string_view, 3> kFontAttributes = {"color", "face", "size"};
constexpr std::array<std::string_view, 2> kHtmlEncodings = {"text/html", "application/xhtml+xml"};

/// Elements further in than this are taken for their parents' text. Browsers stop at 512.
constexpr std::size_t kMaxDepth = 4096;

template <class Test>
bool any_attribute(const Tag& tag, Test test) {
  for (const Attribute& attribute : tag.attributes) {
    if (test(attribute)) {
      return true;
    }
  }
  return false;
}

/// Whether an end tag finds what it closes inside of `element` or nowhere.
bool keeps_in(std::string_view element, std::string_view end_tag) {
  return has_name(kScopes, element) &&
         (same_name(element, "template") || !has_name(kTableParts, end_tag));
}

bool breaks_out(const Tag& tag, std::string_view page) {
  const std::string_view name = tag.name.in(page);
  return has_name(kBreakOut, name) ||
         (same_name(name, "font") && any_attribute(tag, [page](const Attribute& attribute) {
            return has_name(kFontAttributes, attribute.name.in(page));
          }));
}

}  // namespace

bool ForeignContent::allows_cdata() const {
  return !open_.empty() && open_.back().kind != Kind::kHtml;
}

bool ForeignContent::opens_by_html_rules(std::string_view name) const {
  if (open_.empty()) {
    return true;
  }
  switch (open_.back().kind) {
    case Kind::kHtml:
    case Kind::kHtmlPoint:
      return true;
    case Kind::kMathTextPoint:
      return !same_name(name, "mglyph") && !same_name(name, "malignmark");
    case Kind::kAnnotation:
      return same_name(name, "svg");
    case Kind::kSvg:
    case Kind::kMath:
      return false;
  }
  return true;
}

ForeignContent::Kind ForeignContent::kind_of_child(const Tag& tag) const {
  const std::string_view name = tag.name.in(page_);
  // The children of <mi> and <annotation-xml> that come here are MathML's own.
  if (open_.back().kind == Kind::kSvg) {
    return has_name(kSvgPoints, name) ? Kind::kHtmlPoint : Kind::kSvg;
  }
  if (has_name(kMathTextPoints, name)) {
    return Kind::kMathTextPoint;
  }
  if (same_name(name, "annotation-xml")) {
    const bool holds_html = any_attribute(tag, [this](const Attribute& attribute) {
      return same_name(attribute.name.in(page_), "encoding") &&
             has_name(kHtmlEncodings, attribute.value.in(page_));
    });
    return holds_html ? Kind::kHtmlPoint : Kind::kAnnotation;
  }
  return Kind::kMath;
}

void ForeignContent::open(std::string_view name, Kind kind) {
  if (open_.size() < kMaxDepth) {
    open_.push_back({name, kind});
  }
}

void ForeignContent::open_by_html_rules(const Tag& tag) {
  const std::string_view name = tag.name.in(page_);
  const bool is_svg = same_name(name, "svg");
  if (is_svg || same_name(name, "math")) {
    if (!tag.is_self_closing) {
      open(name, is_svg ? Kind::kSvg : Kind::kMath);
    }
  } else if (!has_name(kNeverOpen, name)) {
    open(name, Kind::kHtml);
  }
}

void ForeignContent::break_out() {
  while (!open_.empty() && (open_.back().kind == Kind::kSvg || open_.back().kind == Kind::kMath ||
                            open_.back().kind == Kind::kAnnotation)) {
    open_.pop_back();
  }
}

void ForeignContent::close(std::string_view name) {
  const bool in_html = open_.back().kind == Kind::kHtml;
  if (!in_html && (same_name(name, "p") || same_name(name, "br"))) {
    break_out();
    return;
  }
  // From foreign elements on into the HTML around them, but from HTML never into the foreign
  // elements around it.
  bool seen_html = false;
  for (std::size_t i = open_.size(); i > 0; --i) {
    const Element& element = open_[i - 1];
    if (seen_html && element.kind != Kind::kHtml) {
      return;
    }
    seen_html = element.kind == Kind::kHtml;
    if (same_name(element.name, name)) {
      open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i) - 1, open_.end());
      return;
    }
    if (seen_html && keeps_in(element.name, name)) {
      return;
    }
  }
}

bool ForeignContent::is_html(const Tag& tag) {
  const std::string_view name = tag.name.in(page_);
  if (tag.is_end_tag) {
    if (!open_.empty()) {
      close(name);
    }
    return true;
  }
  if (!opens_by_html_rules(name)) {
    if (!breaks_out(tag, page_)) {
      if (!tag.is_self_closing) {
        open(name, kind_of_child(tag));
      }
      return false;
    }
    break_out();
  }
  open_by_html_rules(tag);
  return true;
}

}  // namespace likes::html
