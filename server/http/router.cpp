#include "server/http/router.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "server/http/responses.h"
#include "server/likes/limits.h"
#include "server/telemetry/log.h"

namespace likes::http {
namespace {

constexpr std::size_t kMaxRequestIdBytes = 64;

bool is_id_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

std::string random_id() {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 33> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

std::string_view refusal(int status) {
  switch (status) {
    case 413:
      return "The request is too large";
    case 414:
      return "The address is too long";
    case 416:
      return "The Range header is not understood";
    case 500:
      return "The server failed; see its log";
    default:
      return "The request is not understood";
  }
}

bool changes_something(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

}  // namespace

std::string request_id(const Request& request) {
  const std::string_view sent = request.header("X-Request-Id");
  const bool harmless = !sent.empty() && sent.size() <= kMaxRequestIdBytes &&
                        std::all_of(sent.begin(), sent.end(), is_id_character);
  return harmless ? std::string(sent) : random_id();
}

Router::Router(Surface surface, Api& api, telemetry::Metrics& metrics,
               std::optional<StaticSite> site)
    : surface_(surface), api_(api), metrics_(metrics), site_(std::move(site)) {}

void Router::set_origins(Origins origins) {
  auto replaced = std::make_shared<const Origins>(std::move(origins));
  const std::lock_guard lock(mutex_);
  origins_.swap(replaced);
}

std::shared_ptr<const Origins> Router::origins() const {
  const std::lock_guard lock(mutex_);
  return origins_;
}

Handlers Router::handlers() {
  return {[this](const Request& request) { return answer(request); },
          [this](int status) { return refuse(status); }};
}

Response Router::answer(const Request& request) {
  const auto started = std::chrono::steady_clock::now();
  Routed routed = route(request);
  const std::string id = request_id(request);
  routed.response.set("X-Request-Id", id);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  metrics_.count_request(routed.route, request.method, routed.response.status, took.count());
  // The route, not the path, and no address: a log is kept longer than a visitor's hash.
  telemetry::log_request({request.method, routed.route, routed.response.status, took.count(), id});
  return routed.response;
}

Response Router::refuse(int status) {
  Response response = failure(status, refusal(status));
  response.set("X-Request-Id", random_id());
  metrics_.count_request("none", "none", status, 0);
  return response;
}

Router::Routed Router::route(const Request& request) {
  const std::shared_ptr<const Origins> allowed = origins();
  const Target target = split_target(request.target);
  if (request.method == "OPTIONS" && target.path == "*") {
    return {preflight(request, *allowed, "GET, HEAD, POST, PUT, DELETE, OPTIONS"), "none"};
  }
  const std::optional<PathMatch> match = match_path(surface_, target.path);
  if (match) {
    Response response = answer_route(*match, request, *allowed);
    add_cors_headers(request, *allowed, response);
    return {std::move(response), match->path};
  }
  if (site_) {
    return {site_->answer(request), "site"};
  }
  return {failure(404, "There is nothing at this address"), "none"};
}

Response Router::answer_route(const PathMatch& match, const Request& request,
                              const Origins& origins) {
  if (!request.body_bytes) {
    return failure(411, "A body needs a Content-Length");
  }
  if (*request.body_bytes > domain::kMaxBodyBytes) {
    return failure(413, "Found a body of " + std::to_string(*request.body_bytes) +
                            " bytes, wanted at most " + std::to_string(domain::kMaxBodyBytes));
  }
  const std::string allowed = allowed_methods(surface_, match.path);
  if (request.method == "OPTIONS") {
    return preflight(request, origins, allowed);
  }
  const Route* const route = find_route(surface_, match.path, request.method);
  if (route == nullptr) {
    Response response = failure(405, "Found " + request.method + ", wanted one of " + allowed);
    response.set("Allow", allowed);
    return response;
  }
  if (changes_something(request.method) && !may_change(request, origins)) {
    metrics_.count_refused("origin");
    return failure(403, "Likes are taken from this site's own pages only");
  }
  return api_.answer(route->operation, match.key, request);
}

}  // namespace likes::http
