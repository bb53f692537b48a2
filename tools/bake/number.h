#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace likes::bake {

/// A count as a language writes it: `1,234,567` (en), `12,34,567` (hi), `1234` but `12.345` (es).
/// The languages are those of theme-overlay/layouts/partials/likes/locale.html, named by their
/// first subtag; for any other, plain digits. Hugo and the browser's Intl write the same.
[[nodiscard]] std::string write_number(std::int64_t number, std::string_view locale);

}  // namespace likes::bake
