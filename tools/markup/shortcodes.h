#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tools/support/result.h"

namespace likes::markup {

inline constexpr std::size_t kMaxShortcodeDepth = 50;

/// A page's text with its shortcodes replaced.
struct ExpandedText {
  std::string text;
  std::vector<std::string> pieces;  ///< What stands for each `{{< … >}}`; see restore_pieces().
  std::set<std::string> names;      ///< The shortcodes that were found.
  bool has_divider = false;
};

/// Replaces shortcodes. No template is evaluated: one with an end tag gives what is between the
/// tags, `ref` and `relref` give `#`, any other nothing. `{{% … %}}` becomes part of the text,
/// `{{< … >}}` is kept out of the way of what is made of it. The first `divider` becomes kDivider.
/// Fails for what Hugo cannot read.
[[nodiscard]] Result<ExpandedText> expand_shortcodes(
    std::string_view text, std::string_view divider,
    const std::function<std::string(std::string_view)>& to_html);

/// Puts the pieces into the HTML that was made of the text; a paragraph around one goes.
[[nodiscard]] std::string restore_pieces(std::string_view html,
                                         const std::vector<std::string>& pieces);

}  // namespace likes::markup
