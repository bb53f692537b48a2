#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace likes::http {

/// Which of the server's two addresses: the one for readers or the one for its operator.
enum class Surface { kPublic, kAdmin };

enum class Operation {
  kLike,
  kTakeBack,
  kCount,
  kCounts,
  kHealth,
  kReady,
  kOpenApi,
  kMetrics,
};

/// One row of the API. The router, the Allow header and /openapi.json all read this table.
struct Route {
  Surface surface;
  std::string_view method;
  std::string_view path;  ///< `{key}` stands for the rest of the path, slashes included.
  Operation operation;
  std::string_view summary;
  std::span<const int> statuses;  ///< Every status that it answers with.
};

[[nodiscard]] std::span<const Route> routes();

struct PathMatch {
  std::string_view path;  ///< As in the table.
  std::string_view key;   ///< The rest of the path as it was sent, still percent-encoded.
};

/// The table's path that this path, as it was sent, is one of.
[[nodiscard]] std::optional<PathMatch> match_path(Surface surface, std::string_view path);

/// The row for a path of the table; HEAD is answered by GET's.
[[nodiscard]] const Route* find_route(Surface surface, std::string_view path,
                                      std::string_view method);

/// `GET, HEAD, OPTIONS`: what a path of the table can be asked.
[[nodiscard]] std::string allowed_methods(Surface surface, std::string_view path);

/// The public rows as an OpenAPI 3.0 document.
[[nodiscard]] std::string openapi_document(std::string_view version);

}  // namespace likes::http
