#include "server/http/origins.h"

#include <algorithm>

#include "tools/support/url.h"

namespace likes::http {
namespace {

constexpr const char* kPreflightSeconds = "86400";

/// Whether a page of this origin came from the host that it now asks: `http://blog:3000` does for
/// `Host: blog:3000`. Only the scheme may differ, which a proxy changes.
bool is_same_host(std::string_view origin, std::string_view host) {
  const std::size_t authority = origin.find("://");
  return authority != std::string_view::npos && !host.empty() &&
         equal_ignoring_case(origin.substr(authority + 3), host);
}

}  // namespace

bool Origins::allow(std::string_view origin) const {
  if (std::find(allowed.begin(), allowed.end(), origin) != allowed.end()) {
    return true;
  }
  if (!any_localhost) {
    return false;
  }
  const Result<Url> url = parse_url(origin);
  return url && (url->host == "localhost" || url->host == "127.0.0.1" || url->host == "[::1]");
}

bool may_change(const Request& request, const Origins& origins) {
  const std::string_view origin = request.header("Origin");
  // A page that asks not to be named (Referrer-Policy: no-referrer) sends its own forms so.
  if (origin == "null" && request.header("Sec-Fetch-Site") == "same-origin") {
    return true;
  }
  if (!origin.empty()) {
    return origins.allow(origin) ||
           (origins.same_host && is_same_host(origin, request.header("Host")));
  }
  return request.header("Sec-Fetch-Site") != "cross-site";
}

std::string allowed_origin(const Request& request, const Origins& origins) {
  const std::string_view origin = request.header("Origin");
  return !origin.empty() && origins.allow(origin) ? std::string(origin) : "";
}

void add_cors_headers(const std::string& origin, Response& response) {
  response.set("Vary", "Origin");
  if (!origin.empty()) {
    response.set("Access-Control-Allow-Origin", origin);
    response.set("Access-Control-Expose-Headers", "ETag, Likes-Stale, Retry-After, X-Request-Id");
  }
}

Response preflight(const Request& request, const Origins& origins, const std::string& methods) {
  Response response;
  response.status = 204;
  response.set("Allow", methods);
  add_cors_headers(allowed_origin(request, origins), response);
  if (!response.header("Access-Control-Allow-Origin").empty() &&
      !request.header("Access-Control-Request-Method").empty()) {
    response.set("Access-Control-Allow-Methods", methods);
    response.set("Access-Control-Allow-Headers", "Content-Type, Likes-Undo, X-Request-Id");
    response.set("Access-Control-Max-Age", kPreflightSeconds);
  }
  return response;
}

}  // namespace likes::http
