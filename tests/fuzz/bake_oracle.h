#pragma once

#include <string>
#include <string_view>

namespace likes::testing {

/// Bakes a page and holds the result against what is promised of it, with gumbo, an independent
/// implementation of the HTML standard, to say what a page means: without a marker nothing changes,
/// a second time nothing changes, and only the text of markers differs in the tree. Feeds are held
/// against the first two. Returns what was broken, or "".
[[nodiscard]] std::string broken_promise(std::string_view page);

/// The tree of a page: one line for each element, text, comment. Text in a row is one.
/// With `texts` false, whether and where text stands does not show.
[[nodiscard]] std::string tree_of(const std::string& page, bool texts);

}  // namespace likes::testing
