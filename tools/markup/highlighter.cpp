#include "tools/markup/highlighter.h"

#include <algorithm>
#include <array>

#include "tools/hugo/unicode.h"
#include "tools/support/html_text.h"

namespace likes::markup {
namespace {

/// Names of the language whose code is one colour.
constexpr std::array<std::string_view, 5> kPlainNames{"text", "plain", "plaintext", "no-highlight",
                                                      "txt"};

/// What is said behind the name of a language and is no attribute.
constexpr std::array<std::string_view, 12> kOptions{
    "anchorlinenos", "guesssyntax",        "hl_inline", "hl_lines", "lineanchors", "linenos",
    "linenostart",   "linenumbersintable", "noclasses", "nohl",     "style",       "tabwidth"};

/// Chroma leaves the width out where it is what browsers have anyway.
constexpr std::int64_t kBrowsersTabWidth = 8;

/// A style of Chroma's and the colours of its blocks.
struct Style {
  std::string_view name;
  std::string_view block;
};

constexpr std::array kStyles{Style{"monokai", "color:#f8f8f2;background-color:#272822"},
                             Style{"dracula", "color:#f8f8f2;background-color:#282a36"},
                             Style{"emacs", "background-color:#f8f8f8"},
                             Style{"friendly", "background-color:#f0f0f0"},
                             Style{"github", "background-color:#f7f7f7"},
                             Style{"github-dark", "color:#e6edf3;background-color:#0d1117"},
                             Style{"manni", "background-color:#f0f3f3"},
                             Style{"native", "color:#d0d0d0;background-color:#202020"},
                             Style{"nord", "color:#d8dee9;background-color:#2e3440"},
                             Style{"rrt", "color:#f8f8f2;background-color:#000"},
                             Style{"solarized-dark", "color:#93a1a1;background-color:#002b36"},
                             Style{"solarized-light", "color:#586e75;background-color:#fdf6e3"},
                             Style{"tango", "background-color:#f8f8f8"},
                             Style{"trac", "background-color:#fff"},
                             Style{"vs", "background-color:#fff"}};

/// Nothing for a style that is not known here.
const Style* find_style(std::string_view name) {
  const auto* const found = std::find_if(kStyles.begin(), kStyles.end(),
                                         [name](const Style& each) { return each.name == name; });
  return found == kStyles.end() ? nullptr : found;
}

class Writer {
 public:
  explicit Writer(const Style* style) : style_(style) {}

  void begin_block(std::string_view language, const Attributes& attributes,
                   const hugo::MarkupRules& rules) {
    append("<div class=\"", rules.highlight_class);
    std::string others;
    for (const auto& [name, value] : attributes) {
      others += name == "class" ? "" : " " + name + "=\"";
      append_escaped(name == "class" ? html_.append(" ") : others, value);
      others += name == "class" ? "" : "\"";
    }
    append("\"", others, "><pre tabindex=\"0\"");
    if (style_ == nullptr) {
      append(" class=\"chroma\">");
    } else {
      append(" style=\"", style_->block, ";");
      if (rules.tab_width != 0 && rules.tab_width != kBrowsersTabWidth) {
        const std::string width = std::to_string(rules.tab_width);
        append("-moz-tab-size:", width, ";-o-tab-size:", width, ";tab-size:", width, ";");
      }
      append("-webkit-text-size-adjust:none;\">");
    }
    append("<code class=\"language-", language, "\" data-lang=\"", language, "\">");
  }

  /// With its line end, if there is one.
  void add_line(std::string_view text) {
    append(style_ == nullptr ? "<span class=\"line\"><span class=\"cl\">"
                             : "<span style=\"display:flex;\"><span>");
    append_escaped(html_, text, Quotes::kNumbered);
    append("</span></span>");
  }

  std::string end_block() {
    append("</code></pre></div>");
    return std::move(html_);
  }

 private:
  template <class... Pieces>
  void append(const Pieces&... pieces) {
    (html_.append(pieces), ...);
  }

  const Style* style_;
  std::string html_;
};

}  // namespace

std::optional<std::string> highlight(std::string_view code, std::string_view language,
                                     const Attributes& attributes, const hugo::MarkupRules& rules) {
  const Style* style = rules.highlights_by_class ? nullptr : find_style(rules.highlight_style);
  const bool is_plain =
      std::find(kPlainNames.begin(), kPlainNames.end(), language) != kPlainNames.end();
  const bool has_options =
      std::any_of(attributes.begin(), attributes.end(), [](const auto& attribute) {
        return std::find(kOptions.begin(), kOptions.end(), hugo::to_lower(attribute.first)) !=
               kOptions.end();
      });
  if (!is_plain || has_options || rules.numbers_lines ||
      (style == nullptr && !rules.highlights_by_class)) {
    return std::nullopt;
  }
  Writer writer(style);
  writer.begin_block(language, attributes, rules);
  while (!code.empty()) {
    const std::size_t end = std::min(code.find('\n'), code.size() - 1) + 1;
    writer.add_line(code.substr(0, end));
    code.remove_prefix(end);
  }
  return writer.end_block();
}

}  // namespace likes::markup
