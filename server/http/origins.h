#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace likes::http {

/// The pages that may use the API from a browser.
struct Origins {
  std::vector<std::string> allowed;  ///< `https://example.org`, as Url::origin() writes it.
  bool any_localhost = false;        ///< For development: also any port of this machine.
  /// The pages come from this server as well (SITE_DIR): whatever name a reader knows it by, pages
  /// of the request's own host are ours.
  bool same_host = false;

  [[nodiscard]] bool allow(std::string_view origin) const;
};

/// Whether this request may change something: its Origin is allowed, or it says none and no browser
/// says that it comes from another site. Programs send neither and are let in; the check is for
/// readers whose browser is led here by a page that is not theirs.
[[nodiscard]] bool may_change(const Request& request, const Origins& origins);

/// The Origin of the request when it is allowed, else "".
[[nodiscard]] std::string allowed_origin(const Request& request, const Origins& origins);

/// Adds what lets a script of this origin's pages read the answer; of none, if it is "".
void add_cors_headers(const std::string& origin, Response& response);

/// The answer to OPTIONS; `methods` are those of the path, as in Allow.
[[nodiscard]] Response preflight(const Request& request, const Origins& origins,
                                 const std::string& methods);

}  // namespace likes::http
