#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/client_address.h"
#include "server/http/message.h"
#include "server/http/rate_limit.h"
#include "server/http/routes.h"
#include "server/likes/like_service.h"
#include "server/likes/store.h"
#include "server/telemetry/metrics.h"

namespace likes::http {

struct ApiOptions {
  TrustedProxies proxies = {};
  Rate rate = {};
  Rate ceiling = {};  ///< For all visitors together.
  /// The key for visitor hashes; without one the store's, which changes by itself.
  std::optional<domain::VisitorKey> visitor_key = {};
  std::string version = {};
  /// For an author's own machine: posts that the index lacks can be liked, and answers about them
  /// hold a hint.
  bool dev = false;
};

/// What each operation of the routes table does, given that the request may do it.
class Api {
 public:
  /// What it is given must outlive it.
  Api(ApiOptions options, domain::LikeService& service, domain::Store& store,
      const domain::Clock& clock, telemetry::Metrics& metrics);

  /// Answers as Handlers::answer does. `key` is the rest of the path as it was sent.
  [[nodiscard]] std::optional<Response> answer(Operation operation, std::string_view key,
                                               const Request& request, const Later& later);

  /// Whether answering may have to wait before it returns.
  [[nodiscard]] bool waits(Operation operation, const Request& request);

 private:
  struct Asked {
    domain::Post post;
    domain::Visitor visitor;
  };
  /// `GET /likes`, kept until a count changes.
  struct Everything {
    std::uint64_t revision = 0;
    std::string body;
    std::string entity_tag;
  };
  [[nodiscard]] Result<domain::Post> post_of(std::string_view encoded_key);
  [[nodiscard]] Result<Asked> asked_for(std::string_view encoded_key, const Request& request);
  [[nodiscard]] Result<domain::VisitorKey> visitor_key();
  [[nodiscard]] Result<domain::Visitor> visitor_of(const Request& request);
  /// Nothing where the store's key is wanted and the store is away.
  [[nodiscard]] std::optional<domain::Visitor> known_visitor(const Request& request);

  /// What both ways to change something begin with: the post and the visitor, or the refusal.
  [[nodiscard]] tl::expected<Asked, Response> admit(std::string_view key, const Request& request);
  [[nodiscard]] std::optional<Response> like(std::string_view key, const Request& request,
                                             const Later& later);
  /// Takes a post on that somebody is about to like and the index lacks.
  void adopt_if_unknown(std::string_view encoded_key);
  [[nodiscard]] Response take_back(std::string_view key, const Request& request);
  [[nodiscard]] Result<domain::LikeAnswer> take_back(const Asked& asked, const Request& request);
  [[nodiscard]] Response unreachable(const Error& error, bool is_form);
  [[nodiscard]] Response liked(const Asked& asked, const domain::LikeAnswer& answer);
  [[nodiscard]] Response count(std::string_view key, const Request& request);
  [[nodiscard]] Response counts(const Request& request);
  [[nodiscard]] std::shared_ptr<const Everything> everything();
  [[nodiscard]] Response all_counts(const Request& request);
  [[nodiscard]] Response some_counts(const std::vector<std::string>& names, const Request& request);
  /// Says of an answer that it is old, where it is.
  [[nodiscard]] Response marked(Response response) const;
  [[nodiscard]] Response ready();
  /// The answer to a like, or to the taking back of one, that failed.
  [[nodiscard]] Response refused(const Error& error);
  [[nodiscard]] Response failed(const Error& error);

  ApiOptions options_;
  const std::string openapi_;
  domain::LikeService& service_;
  domain::Store& store_;
  const domain::Clock& clock_;
  telemetry::Metrics& metrics_;
  RateLimit rate_limit_;
  RateLimit ceiling_;

  std::mutex everything_mutex_;
  std::shared_ptr<const Everything> everything_;
};

/// Whether whoever sent this is a plain HTML form, whose reader wants a page for an answer.
[[nodiscard]] bool is_form(const Request& request);

/// A key or other name of a post as it stands in an address: decoded, and refused where it cannot
/// be one.
[[nodiscard]] Result<std::string> decode_key(std::string_view encoded);

}  // namespace likes::http
