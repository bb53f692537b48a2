#include "server/http/routes.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace likes::http {
namespace {

constexpr std::string_view kKeyPlace = "{key}";

constexpr std::array kLikeStatuses{200, 303, 400, 403, 404, 409, 411, 413, 429, 500, 503};
constexpr std::array kTakeBackStatuses{200, 303, 400, 403, 404, 409, 411, 413, 429, 500, 503};
constexpr std::array kCountStatuses{200, 400, 404, 409, 411, 413, 500, 503};
constexpr std::array kCountsStatuses{200, 304, 400, 411, 413, 500, 503};
constexpr std::array kReadyStatuses{200, 411, 413, 500, 503};
constexpr std::array kPlainStatuses{200, 411, 413, 500};

constexpr std::array kRoutes{
    Route{Surface::kPublic, "POST", "/like/{key}", Operation::kLike, "Like a post", kLikeStatuses},
    Route{Surface::kPublic, "PUT", "/like/{key}", Operation::kLike, "Like a post", kLikeStatuses},
    Route{Surface::kPublic, "DELETE", "/like/{key}", Operation::kTakeBack,
          "Take back a like given inside the window", kTakeBackStatuses},
    Route{Surface::kPublic, "GET", "/likes/{key}", Operation::kCount, "The likes of one post",
          kCountStatuses},
    Route{Surface::kPublic, "GET", "/likes", Operation::kCounts,
          "The likes of the posts asked for with ?key=, or of all posts", kCountsStatuses},
    Route{Surface::kPublic, "GET", "/health", Operation::kHealth, "Whether the process is alive",
          kPlainStatuses},
    Route{Surface::kPublic, "GET", "/ready", Operation::kReady,
          "Whether the database answers and has been migrated", kReadyStatuses},
    Route{Surface::kPublic, "GET", "/openapi.json", Operation::kOpenApi, "This document",
          kPlainStatuses},
    Route{Surface::kAdmin, "GET", "/metrics", Operation::kMetrics, "Metrics in Prometheus' format",
          kPlainStatuses},
};

/// The bodies, by their names in the document.
constexpr const char* kSchemas = R"json({
  "Answer": {
    "type": "object",
    "required": ["success", "message"],
    "properties": {
      "success": {"type": "boolean"},
      "message": {"type": "string", "description": "For people."},
      "total_likes": {"type": "integer", "minimum": 0},
      "liked": {"type": "boolean", "description": "Whether who asks likes the post, as far as is known."},
      "key": {"type": "string", "description": "The post's key, also where it was asked for by another name."},
      "retry_after": {"type": "integer", "minimum": 1, "description": "Seconds, as in Retry-After."},
      "stale": {"type": "boolean", "description": "There while the database is away: the count may be old."},
      "undo": {"type": "string", "description": "For Likes-Undo, inside the window."},
      "hint": {"type": "string", "description": "With --dev: what the site's author should do."}
    }
  },
  "AllCounts": {
    "type": "object",
    "required": ["generated", "total", "likes"],
    "properties": {
      "generated": {"type": "string", "format": "date-time", "description": "When the newest like came."},
      "total": {"type": "integer", "minimum": 0},
      "likes": {
        "type": "object",
        "description": "By key.",
        "additionalProperties": {
          "type": "object",
          "required": ["total", "days"],
          "properties": {
            "total": {"type": "integer", "minimum": 0},
            "days": {
              "type": "array",
              "description": "The UTC days that had likes, oldest first: [\"2026-11-20\", 3].",
              "items": {"type": "array", "items": {"oneOf": [{"type": "string", "format": "date"}, {"type": "integer"}]}, "minItems": 2, "maxItems": 2}
            }
          }
        }
      }
    }
  },
  "SomeCounts": {
    "type": "object",
    "required": ["likes"],
    "properties": {
      "likes": {
        "type": "object",
        "description": "By the names that were asked for; those of no post are left out.",
        "additionalProperties": {
          "type": "object",
          "required": ["total_likes"],
          "properties": {"total_likes": {"type": "integer", "minimum": 0}, "liked": {"type": "boolean"}}
        }
      },
      "stale": {"type": "boolean"}
    }
  },
  "State": {
    "type": "object",
    "required": ["status"],
    "properties": {"status": {"type": "string"}, "database": {"type": "string"}}
  },
  "Document": {"type": "object"}
})json";

nlohmann::ordered_json reference_to(std::string_view schema) {
  return {{"$ref", "#/components/schemas/" + std::string(schema)}};
}

nlohmann::ordered_json response(std::string_view description,
                                const nlohmann::ordered_json& schema) {
  return {{"description", description}, {"content", {{"application/json", {{"schema", schema}}}}}};
}

/// What a route answers with this status.
nlohmann::ordered_json schema_of(const Route& route, int status) {
  const bool is_good = status == 200;
  switch (route.operation) {
    case Operation::kCounts:
      return is_good
                 ? nlohmann::ordered_json{{"oneOf",
                                           {reference_to("AllCounts"), reference_to("SomeCounts")}}}
                 : reference_to("Answer");
    case Operation::kHealth:
      return reference_to(is_good ? "State" : "Answer");
    case Operation::kReady:
      return reference_to(is_good || status == 503 ? "State" : "Answer");
    case Operation::kOpenApi:
      return reference_to(is_good ? "Document" : "Answer");
    default:
      return reference_to("Answer");
  }
}

std::string_view status_text(int status) {
  switch (status) {
    case 200:
      return "Done.";
    case 303:
      return "The same for a plain form: back to the post.";
    case 304:
      return "Nothing has changed since the entity tag that was sent.";
    case 400:
      return "The request is not understood; the message says why.";
    case 403:
      return "The page that sent this is not one of ALLOWED_ORIGINS.";
    case 404:
      return "There is no such post. With --dev, likes are taken all the same, and `hint` says "
             "what "
             "to do.";
    case 409:
      return "The short name fits several posts; the message lists them.";
    case 411:
      return "A body must say its length.";
    case 413:
      return "The body is too large.";
    case 429:
      return "Liked already inside the window, or too many requests; see Retry-After.";
    case 503:
      return "The database is away for now.";
    default:
      return "A fault inside the server.";
  }
}

nlohmann::ordered_json parameters_of(const Route& route) {
  nlohmann::ordered_json parameters = nlohmann::ordered_json::array();
  const bool in_path = route.path.ends_with(kKeyPlace);
  if (in_path || route.operation == Operation::kCounts) {
    nlohmann::ordered_json schema = {{"type", "string"}};
    if (!in_path) {
      schema = {{"type", "array"}, {"items", schema}};
    }
    parameters.push_back({{"name", "key"},
                          {"in", in_path ? "path" : "query"},
                          {"required", in_path},
                          {"description",
                           "A post's key, a former key, or its last segment where no other "
                           "post has it; slashes need no encoding."},
                          {"schema", schema}});
  }
  if (route.operation == Operation::kTakeBack) {
    parameters.push_back({{"name", "Likes-Undo"},
                          {"in", "header"},
                          {"required", false},
                          {"description",
                           "The `undo` of the like's answer: takes that like back also from "
                           "another address. Without it, the like of the address that asks."},
                          {"schema", {{"type", "string"}}}});
  }
  return parameters;
}

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

std::optional<PathMatch> match_path(Surface surface, std::string_view path) {
  for (const Route& route : kRoutes) {
    if (route.surface != surface) {
      continue;
    }
    if (!route.path.ends_with(kKeyPlace)) {
      if (path == route.path) {
        return PathMatch{route.path, {}};
      }
      continue;
    }
    const std::string_view prefix = route.path.substr(0, route.path.size() - kKeyPlace.size());
    if (path.starts_with(prefix) && path.size() > prefix.size()) {
      return PathMatch{route.path, path.substr(prefix.size())};
    }
  }
  return std::nullopt;
}

const Route* find_route(Surface surface, std::string_view path, std::string_view method) {
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  const auto* const route =
      std::find_if(kRoutes.begin(), kRoutes.end(), [&](const Route& candidate) {
        return candidate.surface == surface && candidate.path == path && candidate.method == wanted;
      });
  return route == kRoutes.end() ? nullptr : route;
}

std::string allowed_methods(Surface surface, std::string_view path) {
  std::string methods;
  for (const Route& route : kRoutes) {
    if (route.surface == surface && route.path == path) {
      methods += std::string(route.method) + ", ";
      if (route.method == "GET") {
        methods += "HEAD, ";
      }
    }
  }
  return methods + "OPTIONS";
}

std::string openapi_document(std::string_view version) {
  nlohmann::ordered_json paths = nlohmann::ordered_json::object();
  for (const Route& route : kRoutes) {
    if (route.surface != Surface::kPublic) {
      continue;
    }
    std::string method(route.method);
    std::transform(method.begin(), method.end(), method.begin(),
                   [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    nlohmann::ordered_json responses = nlohmann::ordered_json::object();
    for (const int status : route.statuses) {
      const std::string name = std::to_string(status);
      if (status == 303 || status == 304) {
        responses[name] = {{"description", status_text(status)}};
      } else {
        responses[name] = response(status_text(status), schema_of(route, status));
      }
    }
    responses["default"] = response(
        "Any request may also come too slowly (408), be too long (414, 431), or be one too many "
        "for now (503).",
        reference_to("Answer"));
    paths[std::string(route.path)][method] = {
        {"summary", route.summary}, {"parameters", parameters_of(route)}, {"responses", responses}};
  }
  const nlohmann::ordered_json document = {
      {"openapi", "3.0.3"},
      {"info", {{"title", "hugo-likes"}, {"version", version}}},
      {"paths", paths},
      {"components", {{"schemas", nlohmann::ordered_json::parse(kSchemas)}}},
  };
  return document.dump(2) + "\n";
}

}  // namespace likes::http
