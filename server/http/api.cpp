#include "server/http/api.h"

#include <malloc.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "server/http/responses.h"
#include "server/http/undo_token.h"
#include "server/http/visitor_hash.h"
#include "server/likes/limits.h"
#include "server/telemetry/log.h"
#include "tools/formats/like_counts.h"
#include "tools/support/url.h"
#include "tools/support/utc_time.h"

namespace likes::http {
namespace {

using telemetry::LogLevel;

/// An answer that is worth giving memory back after.
constexpr std::size_t kMuchBody = std::size_t{1} << 20;

constexpr const char* kNotFoundMessage = "Blog post not found";
constexpr std::string_view kUndoHeader = "Likes-Undo";
constexpr std::int64_t kSecondsPerDay = 86400;

/// How much the Accept header wants this type by its full name, in thousandths; 0 where it is not
/// named.
int wanted_thousandths(std::string_view accept, std::string_view type) {
  const std::size_t at = accept.find(type);
  if (at == std::string_view::npos) {
    return 0;
  }
  const std::string_view item = accept.substr(at, accept.find(',', at) - at);
  const std::size_t quality = item.find(";q=");
  if (quality == std::string_view::npos) {
    return 1000;
  }
  int thousandths = 0;
  int weight = 1000;
  for (const char c : item.substr(quality + 3, 5)) {
    if (c >= '0' && c <= '9') {
      thousandths += (c - '0') * weight;
      weight /= 10;
    }
  }
  return thousandths;
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
    if (size == 0 || i + size > text.size()) {
      return false;
    }
    for (std::size_t k = 1; k < size; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0U) != 0x80U) {
        return false;
      }
    }
    const auto second = size > 1 ? static_cast<unsigned char>(text[i + 1]) : 0;
    const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
    const bool beyond = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
    if (overlong || beyond) {
      return false;
    }
    i += size;
  }
  return true;
}

/// The values of every `key=` of a query.
Result<std::vector<std::string>> keys_of_query(std::string_view query) {
  std::vector<std::string> keys;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view item = query.substr(0, end);
    query = end == std::string_view::npos ? "" : query.substr(end + 1);
    if (!item.starts_with("key=")) {
      continue;
    }
    if (keys.size() == domain::kMaxKeysPerRequest) {
      return fail(ErrorCode::kInvalid,
                  "found more than " + std::to_string(domain::kMaxKeysPerRequest) + " keys");
    }
    std::string value(item.substr(4));
    std::replace(value.begin(), value.end(), '+', ' ');  // As forms encode a space.
    Result<std::string> key = decode_key(value);
    if (!key) {
      return tl::unexpected<Error>(key.error());
    }
    keys.push_back(std::move(*key));
  }
  return keys;
}

/// Whether no post is named.
bool asks_for_all(const Request& request) {
  const std::string_view query = split_target(request.target).query;
  return !query.starts_with("key=") && query.find("&key=") == std::string_view::npos;
}

std::string likes_json_of(const domain::Totals& totals) {
  std::int64_t total = 0;
  // Likes that were imported have a day at most, no time; lists and trends end with the newest.
  std::int64_t newest = totals.newest;
  for (const auto& [key, entry] : totals.posts) {
    total += entry.total;
    if (!entry.days.empty()) {
      newest = std::max(newest, entry.days.back().day * kSecondsPerDay);
    }
  }
  formats::LikeCountsWriter writer(newest, total);
  formats::PostLikes post;
  for (const auto& [key, entry] : totals.posts) {
    post.total = entry.total;
    post.days.clear();
    for (const domain::DayLikes& day : entry.days) {
      post.days.push_back({utc_day(day.day * kSecondsPerDay), day.likes});
    }
    writer.add(key, post);
  }
  return writer.finish();
}

/// The same answer for someone who looks at it in a browser.
Response as_text(Response response, const std::string& message) {
  response.set("Content-Type", "text/plain; charset=utf-8");
  response.body = message + "\n";
  return response;
}

/// What an author is told.
std::string missing_in_index(const std::string& what) {
  return what + " is not in posts.json: run 'likes index' again, with -D for drafts";
}

std::string hint_about(const domain::Post& post) {
  return post.is_unlisted ? missing_in_index("This post") : "";
}

Response back_to(const domain::Post& post) {
  if (post.url.empty()) {
    return as_text(json_response(200, ""), missing_in_index("'" + post.key + "' is liked, but"));
  }
  Response response;
  response.status = 303;
  const std::string page = post.url.substr(0, post.url.find('#'));
  response.set("Location", page + "#likes");
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

bool is_form(const Request& request) {
  const std::string_view accept = request.header("Accept");
  const int html = wanted_thousandths(accept, "text/html");
  const int json = wanted_thousandths(accept, "application/json");
  if (html != json) {
    return html > json;
  }
  const std::string_view type = request.header("Content-Type");
  return type.starts_with("application/x-www-form-urlencoded") ||
         type.starts_with("multipart/form-data");
}

Result<std::string> decode_key(std::string_view encoded) {
  Result<std::string> key = percent_decode(encoded);
  if (!key) {
    return key;
  }
  if (key->empty() || key->size() > domain::kMaxKeyBytes) {
    return fail(ErrorCode::kInvalid, "found a key of " + std::to_string(key->size()) +
                                         " bytes, wanted 1 to " +
                                         std::to_string(domain::kMaxKeyBytes));
  }
  if (!is_valid_utf8(*key) || key->find('\0') != std::string::npos) {
    return fail(ErrorCode::kInvalid, "found a key that is no UTF-8 text");
  }
  return key;
}

Api::Api(ApiOptions options, domain::LikeService& service, domain::Store& store,
         const domain::Clock& clock, telemetry::Metrics& metrics)
    : options_(std::move(options)),
      openapi_(openapi_document(options_.version)),
      service_(service),
      store_(store),
      clock_(clock),
      metrics_(metrics),
      rate_limit_(options_.rate),
      ceiling_(options_.ceiling) {}

bool Api::waits(Operation operation, const Request& request) {
  const bool needs_key = !options_.visitor_key && !service_.knows_visitor_key();
  switch (operation) {
    case Operation::kLike:
      return needs_key || options_.dev;
    case Operation::kCounts:
      // All counts of a large site take their time, without a store as well.
      return needs_key || !service_.knows_all_liked() || asks_for_all(request);
    case Operation::kCount:
      return needs_key || !service_.knows_all_liked();
    case Operation::kHealth:
    case Operation::kOpenApi:
      return false;
    default:
      return true;
  }
}

std::optional<Response> Api::answer(Operation operation, std::string_view key,
                                    const Request& request, const Later& later) {
  switch (operation) {
    case Operation::kLike:
      return like(key, request, later);
    case Operation::kTakeBack:
      return take_back(key, request);
    case Operation::kCount:
      return count(key, request);
    case Operation::kCounts:
      return counts(request);
    case Operation::kHealth:
      return json_response(200, R"({"status":"ok"})");
    case Operation::kReady:
      return ready();
    case Operation::kOpenApi:
      return json_response(200, openapi_);
    case Operation::kMetrics: {
      Response response = json_response(200, metrics_.text());
      response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      return response;
    }
  }
  return failure(500, "The server failed; see its log");
}

Result<domain::VisitorKey> Api::visitor_key() {
  return options_.visitor_key ? *options_.visitor_key : service_.visitor_key();
}

Result<domain::Visitor> Api::visitor_of(const Request& request) {
  const Result<domain::VisitorKey> key = visitor_key();
  if (!key) {
    return tl::unexpected<Error>(key.error());
  }
  return visitor_hash(*key, client_address(request, options_.proxies));
}

std::optional<domain::Visitor> Api::known_visitor(const Request& request) {
  const Result<domain::Visitor> visitor = visitor_of(request);
  return visitor ? std::optional(*visitor) : std::nullopt;
}

Result<domain::Post> Api::post_of(std::string_view encoded_key) {
  const Result<std::string> name = decode_key(encoded_key);
  if (!name) {
    return tl::unexpected<Error>(name.error());
  }
  return service_.find_post(*name);
}

Result<Api::Asked> Api::asked_for(std::string_view encoded_key, const Request& request) {
  const Result<domain::Post> post = post_of(encoded_key);
  if (!post) {
    return tl::unexpected<Error>(post.error());
  }
  const Result<domain::Visitor> visitor = visitor_of(request);
  if (!visitor) {
    return tl::unexpected<Error>(visitor.error());
  }
  return Asked{*post, *visitor};
}

tl::expected<Api::Asked, Response> Api::admit(std::string_view key, const Request& request) {
  Result<Asked> asked = asked_for(key, request);
  if (!asked) {
    Response response = refused(asked.error());
    return tl::unexpected<Response>(
        is_form(request) ? as_text(std::move(response), asked.error().code == ErrorCode::kNotFound
                                                            ? kNotFoundMessage
                                                            : "The like was not recorded")
                         : response);
  }
  std::int64_t wait = rate_limit_.seconds_to_wait(asked->visitor, clock_.now());
  const bool is_theirs = wait > 0;
  if (!is_theirs) {
    wait = ceiling_.seconds_to_wait({}, clock_.now());
  }
  if (wait > 0) {
    metrics_.count_refused(is_theirs ? "rate" : "ceiling");
    Response response = like_response(429, {.message = "Too many requests", .retry_after = wait});
    return tl::unexpected<Response>(
        is_form(request) ? as_text(std::move(response), "Too many requests") : response);
  }
  return std::move(*asked);
}

Response Api::unreachable(const Error& error, bool is_form) {
  Response response = refused(error);
  return is_form && response.status == 503
             ? as_text(std::move(response), "The likes are not reachable right now")
             : response;
}

std::optional<Response> Api::like(std::string_view key, const Request& request,
                                  const Later& later) {
  if (options_.dev) {
    adopt_if_unknown(key);
  }
  tl::expected<Asked, Response> asked = admit(key, request);
  if (!asked) {
    return asked.error();
  }
  const auto about = std::make_shared<const Asked>(std::move(*asked));
  service_.like(about->post.key, about->visitor,
                [this, about, later, form = is_form(request)](Result<domain::LikeAnswer> answer) {
                  later([this, about, form, answer = std::move(answer)] {
                    if (!answer) {
                      return unreachable(answer.error(), form);
                    }
                    if (answer->outcome == domain::LikeOutcome::kUnknownPost) {
                      return refused({ErrorCode::kNotFound, kNotFoundMessage});
                    }
                    Response response = liked(*about, *answer);
                    return form ? back_to(about->post) : response;
                  });
                });
  return std::nullopt;
}

void Api::adopt_if_unknown(std::string_view encoded_key) {
  const Result<std::string> key = decode_key(encoded_key);
  if (!key) {
    return;  // Whoever looks for the post refuses it too, and says why.
  }
  const Result<domain::Post> known = service_.find_post(*key);
  if (known || known.error().code != ErrorCode::kNotFound) {
    return;
  }
  const Result<domain::Post> adopted = service_.adopt_post(*key);
  telemetry::log_warning(adopted ? missing_in_index("'" + *key + "' is liked, but")
                                 : adopted.error().to_string());
}

Response Api::take_back(std::string_view key, const Request& request) {
  const tl::expected<Asked, Response> asked = admit(key, request);
  if (!asked) {
    return asked.error();
  }
  const Result<domain::LikeAnswer> answer = take_back(*asked, request);
  if (!answer) {
    return unreachable(answer.error(), is_form(request));
  }
  if (answer->outcome == domain::LikeOutcome::kUnknownPost) {
    return refused({ErrorCode::kNotFound, kNotFoundMessage});
  }
  if (answer->was_given) {
    metrics_.count_taken_back();
  }
  return is_form(request) ? back_to(asked->post)
                          : like_response(200, {.success = true,
                                                .message = "Like taken back",
                                                .total = answer->total,
                                                .liked = false,
                                                .key = asked->post.key,
                                                .hint = hint_about(asked->post)});
}

Result<domain::LikeAnswer> Api::take_back(const Asked& asked, const Request& request) {
  domain::Visitor visitor = asked.visitor;
  if (const std::string_view token = request.header(kUndoHeader); !token.empty()) {
    const Result<domain::VisitorKey> key = visitor_key();
    if (!key) {
      return tl::unexpected<Error>(key.error());
    }
    const Result<domain::Visitor> giver =
        open_undo_token(*key, asked.post, service_.current_window(), token);
    if (!giver) {
      return tl::unexpected<Error>(giver.error());
    }
    visitor = *giver;
  }
  return service_.take_back(asked.post.key, visitor);
}

Response Api::liked(const Asked& asked, const domain::LikeAnswer& answer) {
  LikeBody body;
  body.total = answer.total;
  body.liked = true;
  body.key = asked.post.key;
  body.hint = hint_about(asked.post);
  // Without the key the like counts all the same; only this way to take it back is not offered.
  if (const Result<domain::VisitorKey> key = visitor_key()) {
    body.undo = seal_undo_token(*key, asked.post.key, answer.window, asked.visitor);
  }
  if (answer.outcome == domain::LikeOutcome::kAlreadyLiked) {
    metrics_.count_refused("window");
    body.message =
        "You can only like a post once per " + window_in_words(service_.window().count());
    body.retry_after = std::max<std::int64_t>(answer.seconds_to_next, 1);
    return like_response(429, body);
  }
  metrics_.count_recorded();
  body.success = true;
  body.message = "Like recorded successfully";
  return like_response(200, body);
}

Response Api::count(std::string_view key, const Request& request) {
  const Result<domain::Post> post = post_of(key);
  if (!post) {
    return failed(post.error());
  }
  const std::vector<std::string> keys{post->key};
  const std::vector<domain::PostCount> counts = service_.counts(keys, known_visitor(request));
  if (counts.empty()) {
    return failed({ErrorCode::kNotFound, kNotFoundMessage});
  }
  LikeBody body;
  body.success = true;
  body.message = "Like count retrieved successfully";
  body.total = counts.front().total;
  body.liked = counts.front().liked;
  body.key = post->key;
  body.stale = service_.is_stale();
  body.hint = hint_about(*post);
  return marked(like_response(200, body));
}

Response Api::counts(const Request& request) {
  const Result<std::vector<std::string>> names = keys_of_query(split_target(request.target).query);
  if (!names) {
    return failed(names.error());
  }
  return names->empty() ? all_counts(request) : some_counts(*names, request);
}

std::shared_ptr<const Api::Everything> Api::everything() {
  // Whoever comes while it is made waits for it, and need not make it again.
  const std::lock_guard lock(everything_mutex_);
  const std::uint64_t revision = service_.revision();
  if (!everything_ || everything_->revision != revision) {
    Everything made{revision, {}, {}};
    service_.look_at_totals(
        [&made](const domain::Totals& totals) { made.body = likes_json_of(totals); });
    made.entity_tag = formats::entity_tag(made.body);
    if (made.body.size() > kMuchBody) {
      ::malloc_trim(0);  // Making it took many times its size.
    }
    everything_ = std::make_shared<const Everything>(std::move(made));
  }
  return everything_;
}

Response Api::all_counts(const Request& request) {
  const std::shared_ptr<const Everything> all = everything();
  const bool is_known = holds_tag(request.header("If-None-Match"), all->entity_tag);
  Response response = json_response(is_known ? 304 : 200, "");
  if (!is_known) {
    response.shared_body = std::shared_ptr<const std::string>(all, &all->body);
  }
  response.set("ETag", all->entity_tag);
  response.set("Cache-Control", "no-cache");
  // In the header alone: the same counts are the same bytes, whenever they are asked for.
  return marked(std::move(response));
}

Response Api::some_counts(const std::vector<std::string>& names, const Request& request) {
  // A name that fits no post, or several, is left out: unknown is not 0.
  std::map<std::string, std::vector<std::string>> names_of_key;
  std::vector<std::string> keys;
  std::string hint;
  for (const std::string& name : names) {
    const Result<domain::Post> post = service_.find_post(name);
    if (options_.dev && (post ? post->is_unlisted : post.error().code == ErrorCode::kNotFound)) {
      hint = missing_in_index("'" + name + "'");
    }
    if (post) {
      keys.push_back(post->key);
      names_of_key[post->key].push_back(name);
    }
  }
  nlohmann::ordered_json likes = nlohmann::ordered_json::object();
  for (const domain::PostCount& post : service_.counts(keys, known_visitor(request))) {
    for (const std::string& name : names_of_key[post.key]) {
      likes[name] = {{"total_likes", post.total}};
      if (post.liked) {
        likes[name]["liked"] = *post.liked;
      }
    }
  }
  nlohmann::ordered_json body = {{"likes", std::move(likes)}};
  if (service_.is_stale()) {
    body["stale"] = true;
  }
  if (!hint.empty()) {
    body["hint"] = hint;
  }
  return marked(json_response(200, body.dump()));
}

Response Api::marked(Response response) const {
  if (service_.is_stale()) {
    response.set("Likes-Stale", "true");
  }
  return response;
}

Response Api::ready() {
  const Result<void> reachable = store_.ping();
  if (reachable) {
    return json_response(200, R"({"status":"ready","database":"connected"})");
  }
  Response response = json_response(503, R"({"status":"unavailable","database":"disconnected"})");
  // That the database is away is told once, and not each time that somebody asks.
  const bool is_told = reachable.error().code == ErrorCode::kUnavailable && service_.is_stale();
  response.remark = {is_told ? LogLevel::kDebug : LogLevel::kWarning,
                     "not ready: " + reachable.error().to_string()};
  return response;
}

Response Api::refused(const Error& error) {
  if (error.code == ErrorCode::kNotFound) {
    metrics_.count_refused("unknown_post");
  } else if (error.code == ErrorCode::kUnavailable) {
    metrics_.count_refused("unavailable");
  }
  return failed(error);
}

Response Api::failed(const Error& error) {
  std::optional<Response::Remark> remark;
  switch (error.code) {
    case ErrorCode::kNotFound:
      // The members that the original blog's pages read, 0 among them; the status says 404.
      return like_response(404, {.message = kNotFoundMessage,
                                 .total = 0,
                                 .hint = options_.dev ? missing_in_index("This post") : ""});
    case ErrorCode::kUnavailable:
      metrics_.count_error("unavailable");
      // Whoever follows the service's trouble tells it once, and not for each like.
      remark = {LogLevel::kDebug, error.to_string()};
      break;
    case ErrorCode::kInternal:
      metrics_.count_error("internal");
      remark = {LogLevel::kError, error.to_string()};
      break;
    case ErrorCode::kInvalid:
    case ErrorCode::kAmbiguous:
      break;
  }
  Response response = failure(error);
  response.remark = std::move(remark);
  return response;
}

}  // namespace likes::http
