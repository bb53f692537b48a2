#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/support/url.h"

namespace likes::check {

/// What a page wants to do that a Content-Security-Policy may forbid.
enum class Use {
  kFetch,  ///< The script asks for counts: connect-src, or else default-src.
  kForm,   ///< The form is sent: form-action.
};

/// The directive of `policy` that keeps a page of the site `self` from `target`, as it is written
/// there; nothing where the policy allows it. Source expressions match as CSP level 3 has it.
[[nodiscard]] std::optional<std::string> blocking_directive(std::string_view policy, Use use,
                                                            const Url& target, const Url& self);

}  // namespace likes::check
