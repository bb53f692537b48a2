#pragma once

#include <string>
#include <string_view>

namespace likes::inject {

/// A file that pages load, under a name that goes with its content: who has an older page in a
/// cache still finds what that page wants.
struct Asset {
  std::string name;       ///< `inject.3f79bb7b435b0532.js`
  std::string integrity;  ///< For the attribute of that name: `sha256-…`
  std::string_view bytes;
};

/// The asset `inject.HASH` with this extension.
[[nodiscard]] Asset make_asset(std::string_view extension, std::string_view bytes);

}  // namespace likes::inject
