#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/likes/post.h"
#include "server/likes/visitor.h"
#include "tools/support/result.h"

/// What a reader is given with the answer to a like, so that it can be taken back even when the
/// reader's address has changed meanwhile. It is sealed: nobody but the server can read or make
/// one, and the server no longer can either once the visitor key of its window is gone.
namespace likes::http {

/// Every token has this many characters, letters, digits, `-` and `_`.
inline constexpr std::size_t kUndoTokenCharacters = 86;

/// The token for the like that `visitor` gave to the post with this key, in the window that began
/// at this second.
[[nodiscard]] std::string seal_undo_token(const domain::VisitorKey& key,
                                          const std::string& post_key, std::int64_t window,
                                          const domain::Visitor& visitor);

/// Whose like of `post`, given in the window that began at `window`, this token takes back.
/// kInvalid for one that is forged, of another post or of another window.
[[nodiscard]] Result<domain::Visitor> open_undo_token(const domain::VisitorKey& key,
                                                      const domain::Post& post, std::int64_t window,
                                                      std::string_view token);

}  // namespace likes::http
