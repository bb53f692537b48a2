#include "server/http/responses.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

namespace likes::http {
namespace {

constexpr int kRetryAfterSeconds = 5;
constexpr std::size_t kUsualHeaders = 8;

/// Whether JSON has the text as it is, in quotes.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

/// One object, written member by member: as a tree first it would take most of a read's time.
class JsonObject {
 public:
  void add(std::string_view name, bool value) { add_raw(name, value ? "true" : "false"); }
  void add(std::string_view name, std::int64_t value) { add_raw(name, std::to_string(value)); }
  void add(std::string_view name, const std::string& value) {
    if (is_plain(value)) {
      add_raw(name, "\"", value, "\"");
    } else {
      // Messages may quote what a client sent, and that need not be UTF-8.
      add_raw(name,
              nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
  }

  [[nodiscard]] std::string text() && { return std::move(text_ += '}'); }

 private:
  template <class... Parts>
  void add_raw(std::string_view name, const Parts&... parts) {
    text_ += text_.size() == 1 ? "\"" : ",\"";
    text_ += name;
    text_ += "\":";
    ((text_ += parts), ...);
  }

  std::string text_ = "{";
};

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
  response.headers.reserve(kUsualHeaders);
  response.set("Content-Type", "application/json");
  response.set("Cache-Control", "no-store");
  return response;
}

Response like_response(int status, const LikeBody& body) {
  JsonObject json;
  json.add("success", body.success);
  json.add("message", body.message);
  if (body.total) {
    json.add("total_likes", *body.total);
  }
  if (body.liked) {
    json.add("liked", *body.liked);
  }
  if (!body.key.empty()) {
    json.add("key", body.key);
  }
  if (body.retry_after) {
    json.add("retry_after", *body.retry_after);
  }
  if (body.stale) {
    json.add("stale", true);
  }
  if (!body.undo.empty()) {
    json.add("undo", body.undo);
  }
  if (!body.hint.empty()) {
    json.add("hint", body.hint);
  }
  Response response = json_response(status, std::move(json).text());
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
