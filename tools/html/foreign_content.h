#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "tools/html/tag.h"

namespace likes::html {

/// Knows whether a page is inside <svg> or <math> at the moment. There, <title>, <style> and
/// <script> are elements like any other, and a CDATA section is text.
///
/// It follows the HTML standard's rules for foreign content (integration points, the elements that
/// break out), but of the rest of tree construction only that an end tag closes the nearest element
/// of its name: it knows no implied end tags.
class ForeignContent {
 public:
  explicit ForeignContent(std::string_view page) : page_(page) {}

  /// Takes the page's next tag. Says whether HTML's own rules hold for it: a <title> by these rules
  /// holds text only.
  [[nodiscard]] bool is_html(const Tag& tag);

  /// Whether "<![CDATA[" starts a CDATA section here.
  [[nodiscard]] bool allows_cdata() const;

 private:
  enum class Kind {
    kHtml,  ///< An HTML element inside an integration point.
    kSvg,   ///< Of the SVG or MathML namespace, and so are its children.
    kMath,
    kHtmlPoint,      ///< <foreignObject> and the like: HTML stands inside.
    kMathTextPoint,  ///< <mi> and the like.
    kAnnotation,     ///< <annotation-xml>: of what stands inside, only <svg> is by HTML's rules.
  };
  struct Element {
    std::string_view name;
    Kind kind;
  };

  [[nodiscard]] bool opens_by_html_rules(std::string_view name) const;
  [[nodiscard]] Kind kind_of_child(const Tag& tag) const;
  void open(std::string_view name, Kind kind);
  void open_by_html_rules(const Tag& tag);
  void break_out();
  void close(std::string_view name);

  std::string_view page_;
  std::vector<Element> open_;
};

}  // namespace likes::html
