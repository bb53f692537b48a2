#pragma once

#include <future>
#include <string>
#include <utility>
#include <vector>

#include "server/http/api.h"
#include "server/http/router.h"
#include "server/http/visitor_hash.h"
#include "server/telemetry/log.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_store.h"

namespace likes::testing {

inline constexpr std::int64_t kNoon = 1'795'089'600;  // 2026-11-19T12:00:00Z

/// The API over a store in memory, asked without a socket. It knows three posts, two of which share
/// a slug.
struct RunningApi {
  explicit RunningApi(http::ApiOptions options = {}, std::optional<http::StaticSite> site = {},
                      http::Surface surface = http::Surface::kPublic)
      : api(std::move(options), service, store, clock, metrics),
        router(surface, api, metrics, traces, std::move(site)) {
    telemetry::set_up_log(telemetry::LogLevel::kOff, telemetry::LogFormat::kText);
    REQUIRE(http::prepare_hashing());
    REQUIRE(
        service.list_posts({{"posts/hello", "https://example.org/posts/hello/", {"old/hello"}},
                            {"posts/twin", "https://example.org/posts/twin/", {}},
                            {"notes/twin", "https://example.org/notes/twin/", {}},
                            {"posts/grüße", "https://example.org/posts/gr%C3%BC%C3%9Fe/", {}}}));
    router.set_origins({{"https://example.org"}, false});
  }

  http::Response ask(const std::string& method, const std::string& target,
                     std::vector<http::Header> headers = {},
                     const std::string& peer = "192.0.2.1") {
    http::Request request;
    request.method = method;
    request.target = target;
    request.headers = std::move(headers);
    request.peer = peer;
    return ask(request);
  }
  http::Response ask(const http::Request& request) {
    return wait([&](const http::Later& later) { return router.handlers().answer(request, later); });
  }
  /// Past the router, whatever the surface.
  http::Response ask(http::Operation operation, const std::string& key) {
    return wait([&](const http::Later& later) { return api.answer(operation, key, {}, later); });
  }

  template <class Start>
  static http::Response wait(Start start) {
    std::promise<http::Response> answer;
    std::optional<http::Response> known =
        start([&answer](const std::function<http::Response()>& make) { answer.set_value(make()); });
    return known ? std::move(*known) : answer.get_future().get();
  }

  MemoryStore store;
  FakeClock clock{kNoon};
  domain::LikeService service{store, clock, std::chrono::hours{1}};
  telemetry::Metrics metrics{"1.2.3"};
  telemetry::Traces traces;
  http::Api api;
  http::Router router;
};

}  // namespace likes::testing
