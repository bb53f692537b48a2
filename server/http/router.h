#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "server/http/api.h"
#include "server/http/listener.h"
#include "server/http/message.h"
#include "server/http/origins.h"
#include "server/http/routes.h"
#include "server/http/static_site.h"
#include "server/telemetry/metrics.h"
#include "server/telemetry/traces.h"

namespace likes::http {

/// The way of every request: found in the routes table, checked for what holds for all routes, then
/// answered by the Api or, where no route fits, by the site's files.
class Router {
 public:
  /// What it is given must outlive it.
  Router(Surface surface, Api& api, telemetry::Metrics& metrics, const telemetry::Traces& traces,
         std::optional<StaticSite> site = {});

  /// Replaces the origins, also while requests are answered.
  void set_origins(Origins origins);

  /// For Listener::open; the router must outlive the listener.
  [[nodiscard]] Handlers handlers();

 private:
  /// What is kept of a request until it has been answered.
  struct Asked {
    std::chrono::steady_clock::time_point started;
    std::string id;
    std::string_view method;  ///< For metrics and log: one of those that HTTP knows, or "other".
    std::string_view route;   ///< A path of the table, "site" or "none".
    std::string origin;       ///< The page that may read the answer, if any.
    bool is_api = false;
    telemetry::RequestSpan span;
  };
  [[nodiscard]] std::optional<Response> answer(const Request& request, const Later& later);
  [[nodiscard]] Response refuse(int status);
  [[nodiscard]] bool waits(const Request& request);
  [[nodiscard]] std::optional<Response> route(const Request& request,
                                              const std::optional<PathMatch>& match,
                                              const Origins& origins, const Later& later);
  [[nodiscard]] std::optional<Response> answer_route(const PathMatch& match, const Request& request,
                                                     const Origins& origins, const Later& later);
  void finish(const Asked& asked, Response& response);
  [[nodiscard]] std::shared_ptr<const Origins> origins() const;

  Surface surface_;
  Api& api_;
  telemetry::Metrics& metrics_;
  const telemetry::Traces& traces_;
  std::optional<StaticSite> site_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Origins> origins_ = std::make_shared<const Origins>();
};

/// The id of a request: the client's own X-Request-Id where it is short and harmless, else a random
/// one.
[[nodiscard]] std::string request_id(const Request& request);

}  // namespace likes::http
