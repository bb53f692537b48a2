#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "tools/support/error.h"

namespace likes {

/// A value or the reason why there is none. Expected failures travel this way; exceptions are
/// caught where a library throws them and go no further.
template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::kInvalid, "found 'x', wanted a number", {file, line});`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message,
                                                Location where = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

}  // namespace likes
