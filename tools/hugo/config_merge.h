#pragma once

#include "tools/hugo/value.h"

namespace likes::hugo {

/// Puts what a theme or module configures under what the site configures: its params, menus, output
/// formats and media types, and what the site lets in with `_merge`.
void merge_theme(Value& site, const Value& theme);

/// The configuration of one language: `languages.CODE` over the rest. A map replaces the site's own
/// of that name, but for params, unless `_merge` says otherwise.
[[nodiscard]] Value merge_language(const Value& root, const Value& language);

}  // namespace likes::hugo
