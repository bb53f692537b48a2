#include "server/http/responses.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace likes::http {
namespace {

constexpr int kRetryAfterSeconds = 5;

std::string dump(const nlohmann::ordered_json& json) {
  // Messages may quote what a client sent, and that need not be UTF-8.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalid:
      return 400;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kAmbiguous:
      return 409;
    case ErrorCode::kUnavailable:
      return 503;
    case ErrorCode::kInternal:
      return 500;
  }
  return 500;
}

Response json_response(int status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.set("Content-Type", "application/json");
  response.set("Cache-Control", "no-store");
  return response;
}

Response like_response(int status, const LikeBody& body) {
  nlohmann::ordered_json json = {{"success", body.success}, {"message", body.message}};
  if (body.total) {
    json["total_likes"] = *body.total;
  }
  if (body.liked) {
    json["liked"] = *body.liked;
  }
  if (!body.key.empty()) {
    json["key"] = body.key;
  }
  if (body.retry_after) {
    json["retry_after"] = *body.retry_after;
  }
  if (body.stale) {
    json["stale"] = true;
  }
  if (!body.undo.empty()) {
    json["undo"] = body.undo;
  }
  if (!body.hint.empty()) {
    json["hint"] = body.hint;
  }
  Response response = json_response(status, dump(json));
  if (body.retry_after) {
    response.set("Retry-After", std::to_string(*body.retry_after));
  }
  return response;
}

Response failure(int status, std::string_view message) {
  return like_response(status, {.message = std::string(message)});
}

Response failure(const Error& error) {
  const int status = status_of(error.code);
  if (status == 503) {
    Response response = failure(status, "The likes are not reachable right now");
    response.set("Retry-After", std::to_string(kRetryAfterSeconds));
    return response;
  }
  return failure(status, status == 500 ? "The server failed; see its log" : error.message);
}

std::string window_in_words(std::int64_t seconds) {
  struct Unit {
    std::int64_t seconds;
    const char* name;
  };
  constexpr std::array kUnits{Unit{604800, "week"}, Unit{86400, "day"}, Unit{3600, "hour"},
                              Unit{60, "minute"}, Unit{1, "second"}};
  for (const Unit& unit : kUnits) {
    if (seconds == unit.seconds) {
      return unit.name;
    }
    if (seconds % unit.seconds == 0) {
      return std::to_string(seconds / unit.seconds) + " " + unit.name + "s";
    }
  }
  return {};
}

bool holds_tag(std::string_view if_none_match, std::string_view entity_tag) {
  while (!if_none_match.empty()) {
    const std::size_t comma = if_none_match.find(',');
    std::string_view tag = if_none_match.substr(0, comma);
    if_none_match = comma == std::string_view::npos ? "" : if_none_match.substr(comma + 1);
    tag.remove_prefix(std::min(tag.find_first_not_of(" \t"), tag.size()));
    tag = tag.substr(0, tag.find_last_not_of(" \t") + 1);
    if (tag.starts_with("W/")) {
      tag.remove_prefix(2);
    }
    if (tag == "*" || tag == entity_tag) {
      return true;
    }
  }
  return false;
}

}  // namespace likes::http
