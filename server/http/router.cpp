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

/// No dot and no colon: an id is logged, and must not be an address.
bool is_id_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

/// The system is asked for the randomness of many ids at once, which costs as much as for one.
std::string random_id() {
  constexpr std::size_t kBytes = 16;
  thread_local std::array<unsigned char, 64 * kBytes> drawn;  // NOLINT: written before it is read
  thread_local std::size_t used = drawn.size();
  if (used == drawn.size()) {
    randombytes_buf(drawn.data(), drawn.size());
    used = 0;
  }
  std::array<char, 2 * kBytes + 1> text{};
  sodium_bin2hex(text.data(), text.size(), &drawn[used], kBytes);
  used += kBytes;
  return text.data();
}

std::string_view refusal(int status) {
  switch (status) {
    case 408:
      return "The request did not come in time";
    case 414:
      return "The address is too long";
    case 431:
      return "The headers are too large";
    case 500:
      return "The server failed; see its log";
    case 503:
      return "The server has too much to do";
    default:
      return "The request is not understood";
  }
}

/// The method as a label: one that anybody could invent would be a series of its own.
std::string_view known_method(std::string_view method) {
  static constexpr std::array<std::string_view, 7> kKnown{"GET",    "HEAD",    "POST", "PUT",
                                                          "DELETE", "OPTIONS", "PATCH"};
  const auto* const known = std::find(kKnown.begin(), kKnown.end(), method);
  return known == kKnown.end() ? "other" : *known;
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
               const telemetry::Traces& traces, std::optional<StaticSite> site)
    : surface_(surface), api_(api), metrics_(metrics), traces_(traces), site_(std::move(site)) {}

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
  return {[this](const Request& request, const Later& later) { return answer(request, later); },
          [this](int status) { return refuse(status); },
          [this](const Request& request) { return waits(request); }};
}

bool Router::waits(const Request& request) {
  const Target target = split_target(request.target);
  const std::optional<PathMatch> match = match_path(surface_, target.path);
  if (!match) {
    return site_.has_value();
  }
  const Route* const route = find_route(surface_, match->path, request.method);
  return route != nullptr && api_.waits(route->operation, request);
}

std::optional<Response> Router::answer(const Request& request, const Later& later) {
  const std::shared_ptr<const Origins> allowed = origins();
  const std::optional<PathMatch> match = match_path(surface_, split_target(request.target).path);
  Asked asked{std::chrono::steady_clock::now(),
              request_id(request),
              known_method(request.method),
              match ? match->path : (site_ && request.target != "*" ? "site" : "none"),
              match ? allowed_origin(request, *allowed) : "",
              match.has_value(),
              {}};
  asked.span = traces_.begin_request(asked.method, asked.route, request.header("traceparent"));
  const telemetry::Working working(asked.span);
  std::optional<Response> response =
      route(request, match, *allowed, [this, asked, later](std::function<Response()> make) {
        later([this, asked, make = std::move(make)] {
          Response made = make();
          finish(asked, made);
          return made;
        });
      });
  if (response) {
    finish(asked, *response);
  }
  return response;
}

void Router::finish(const Asked& asked, Response& response) {
  if (asked.is_api) {
    add_cors_headers(asked.origin, response);
  }
  response.set("X-Request-Id", asked.id);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - asked.started;
  metrics_.count_request(asked.route, asked.method, response.status, took.count());
  if (response.remark) {
    telemetry::log_about_request(response.remark->level, response.remark->text, asked.id);
  }
  // The route, not the path, and no address: a log is kept longer than a visitor's hash.
  telemetry::log_request(
      {asked.method, asked.route, response.status, took.count(), asked.id, asked.span.trace_id()});
  asked.span.end(response.status, asked.id);
}

Response Router::refuse(int status) {
  Response response = failure(status, refusal(status));
  const std::string id = random_id();
  response.set("X-Request-Id", id);
  if (status == 503) {
    response.set("Retry-After", "1");
  }
  metrics_.count_request("none", "none", status, 0);
  telemetry::log_request({.method = "none", .route = "none", .status = status, .id = id});
  return response;
}

std::optional<Response> Router::route(const Request& request, const std::optional<PathMatch>& match,
                                      const Origins& origins, const Later& later) {
  if (match) {
    return answer_route(*match, request, origins, later);
  }
  if (request.method == "OPTIONS" && request.target == "*") {
    return preflight(request, origins, "GET, HEAD, POST, PUT, DELETE, OPTIONS");
  }
  return site_ ? site_->answer(request) : failure(404, "There is nothing at this address");
}

std::optional<Response> Router::answer_route(const PathMatch& match, const Request& request,
                                             const Origins& origins, const Later& later) {
  if (!request.body_bytes) {
    return failure(411, "A body needs a Content-Length");
  }
  if (*request.body_bytes > domain::kMaxBodyBytes) {
    return failure(413, "Found a body of " + std::to_string(*request.body_bytes) +
                            " bytes, wanted at most " + std::to_string(domain::kMaxBodyBytes));
  }
  const Route* const route = find_route(surface_, match.path, request.method);
  if (route == nullptr) {
    const std::string allowed = allowed_methods(surface_, match.path);
    if (request.method == "OPTIONS") {
      return preflight(request, origins, allowed);
    }
    Response response = failure(405, "Found " + request.method + ", wanted one of " + allowed);
    response.set("Allow", allowed);
    return response;
  }
  if (changes_something(request.method) && !may_change(request, origins)) {
    metrics_.count_refused("origin");
    return failure(403, "Likes are taken from this site's own pages only");
  }
  return api_.answer(route->operation, match.key, request, later);
}

}  // namespace likes::http
