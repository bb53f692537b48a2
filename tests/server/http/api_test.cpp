#include "server/http/api.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <thread>

#include "server/likes/limits.h"
#include "tests/server/http/running_api.h"
#include "tests/support/catch.h"
#include "tools/formats/like_counts.h"

namespace likes::http {
namespace {

using testing::RunningApi;

const Header kFormType{"Content-Type", "application/x-www-form-urlencoded"};
const Header kBrowserAccept{"Accept",
                            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"};

/// Whether the routes table, and with it /openapi.json, knows that this route answers so.
bool is_declared(const std::string& method, const std::string& target, int status) {
  const std::optional<PathMatch> match = match_path(Surface::kPublic, split_target(target).path);
  const Route* route = match ? find_route(Surface::kPublic, match->path, method) : nullptr;
  return route == nullptr ||
         std::find(route->statuses.begin(), route->statuses.end(), status) != route->statuses.end();
}

/// The undo token of a like's answer, or "".
std::string undo_of(const Response& response) {
  return nlohmann::json::parse(response.body).value("undo", "");
}

std::int64_t total_of_hello(RunningApi& running) {
  const std::vector<std::string> keys{"posts/hello"};
  return running.service.counts(keys, std::nullopt).front().total;
}

/// The body without its undo token, which is another one each time.
std::string without_undo(const Response& response) {
  const std::size_t at = response.body.find(",\"undo\":");
  return at == std::string::npos ? response.body : response.body.substr(0, at) + "}";
}

}  // namespace

TEST_CASE("every route of the table answers") {
  struct Case {
    const char* name;
    const char* method;
    std::string target;
    int status;
    const char* body;
  };
  const std::string long_key(domain::kMaxKeyBytes, 'k');
  const Case cases[] = {
      {"a like", "POST", "/like/posts/hello", 200,
       R"({"success":true,"message":"Like recorded successfully","total_likes":1,"liked":true,"key":"posts/hello"})"},
      {"a like by PUT", "PUT", "/like/posts/hello", 200,
       R"({"success":true,"message":"Like recorded successfully","total_likes":1,"liked":true,"key":"posts/hello"})"},
      {"a like by slug", "POST", "/like/hello", 200,
       R"({"success":true,"message":"Like recorded successfully","total_likes":1,"liked":true,"key":"posts/hello"})"},
      {"a like by a former key", "POST", "/like/old/hello", 200,
       R"({"success":true,"message":"Like recorded successfully","total_likes":1,"liked":true,"key":"posts/hello"})"},
      {"a like by an encoded key", "POST", "/like/posts%2Fgr%c3%bc%C3%9Fe", 200,
       R"({"success":true,"message":"Like recorded successfully","total_likes":1,"liked":true,"key":"posts/grüße"})"},
      {"a query is not part of the key", "POST", "/like/hello?from=feed", 200,
       R"({"success":true,"message":"Like recorded successfully","total_likes":1,"liked":true,"key":"posts/hello"})"},
      {"a like of no post", "POST", "/like/nothing", 404,
       R"({"success":false,"message":"Blog post not found","total_likes":0})"},
      {"a slug of several posts", "POST", "/like/twin", 409,
       R"({"success":false,"message":"'twin' fits several posts: posts/twin, notes/twin"})"},
      {"a key as long as may be", "POST", "/like/" + long_key, 404,
       R"({"success":false,"message":"Blog post not found","total_likes":0})"},
      {"a key too long", "POST", "/like/" + long_key + "k", 400,
       R"({"success":false,"message":"found a key of 513 bytes, wanted 1 to 512"})"},
      {"a key with NUL", "POST", "/like/hello%00", 400,
       R"({"success":false,"message":"found a key that is no UTF-8 text"})"},
      {"a key that is no UTF-8", "POST", "/like/%ff", 400,
       R"({"success":false,"message":"found a key that is no UTF-8 text"})"},
      {"a key with a bad escape", "POST", "/like/a%2", 400,
       R"({"success":false,"message":"found '%' without two hex digits in 'a%2'"})"},
      {"taking back", "DELETE", "/like/posts/hello", 200,
       R"({"success":true,"message":"Like taken back","total_likes":0,"liked":false,"key":"posts/hello"})"},
      {"taking back from no post", "DELETE", "/like/nothing", 404,
       R"({"success":false,"message":"Blog post not found","total_likes":0})"},
      {"a count", "GET", "/likes/posts/hello", 200,
       R"({"success":true,"message":"Like count retrieved successfully","total_likes":0,"liked":false,"key":"posts/hello"})"},
      {"a count of no post", "GET", "/likes/nothing", 404,
       R"({"success":false,"message":"Blog post not found","total_likes":0})"},
      {"counts under the names asked for", "GET", "/likes?key=hello&key=posts/hello&x=1&key=twin",
       200,
       R"({"likes":{"hello":{"total_likes":0,"liked":false},"posts/hello":{"total_likes":0,"liked":false}}})"},
      {"counts of a key with a space", "GET", "/likes?key=a+b", 200, R"({"likes":{}})"},
      {"counts of an empty key", "GET", "/likes?key=", 400,
       R"({"success":false,"message":"found a key of 0 bytes, wanted 1 to 512"})"},
      {"health", "GET", "/health", 200, R"({"status":"ok"})"},
      {"readiness", "GET", "/ready", 200, R"({"status":"ready","database":"connected"})"},
      {"metrics are for the admin address", "GET", "/metrics", 404,
       R"({"success":false,"message":"There is nothing at this address"})"},
      {"nothing", "GET", "/", 404,
       R"({"success":false,"message":"There is nothing at this address"})"},
      {"no key", "POST", "/like/", 404,
       R"({"success":false,"message":"There is nothing at this address"})"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      RunningApi running;
      const Response response = running.ask(c.method, c.target);
      CHECK(response.status == c.status);
      CHECK(without_undo(response) == c.body);
      CHECK(response.header("Content-Type") == "application/json");
      CHECK(response.header("Cache-Control") == "no-store");
      CHECK(is_declared(c.method, c.target, c.status));
    }
  }
}

TEST_CASE("with --dev a post that the index lacks can be liked, and a hint says what to do") {
  const std::string hint =
      R"(,"hint":"This post is not in posts.json: run 'likes index' again, with -D for drafts"})";
  ApiOptions options;
  options.dev = true;
  RunningApi running(options);
  const Response unknown = running.ask("GET", "/likes/drafts/new");
  CHECK(unknown.status == 404);
  CHECK(unknown.body ==
        R"({"success":false,"message":"Blog post not found","total_likes":0)" + hint);
  CHECK(running.ask("DELETE", "/like/drafts/new").status == 404);
  CHECK(running.ask("GET", "/likes?key=drafts/new&key=hello").body ==
        R"({"likes":{"hello":{"total_likes":0,"liked":false}},"hint":"'drafts/new' is not in )"
        R"(posts.json: run 'likes index' again, with -D for drafts"})");

  const Response liked = running.ask("POST", "/like/drafts/new");
  CHECK(liked.status == 200);
  const nlohmann::json body = nlohmann::json::parse(liked.body);
  CHECK(body["total_likes"] == 1);
  CHECK(liked.body.ends_with(hint));
  CHECK(running.ask("GET", "/likes/drafts/new").body ==
        R"({"success":true,"message":"Like count retrieved successfully","total_likes":1,)"
        R"("liked":true,"key":"drafts/new")" +
            hint);
  CHECK(nlohmann::json::parse(running.ask("GET", "/likes?key=drafts/new").body).contains("hint"));
  CHECK(running.ask("DELETE", "/like/drafts/new").body.ends_with(hint));

  // Its page is not known, and never taken from the request.
  const Response form = running.ask("POST", "/like/drafts/new", {kFormType, kBrowserAccept});
  CHECK(form.status == 200);
  CHECK(form.body ==
        "'drafts/new' is liked, but is not in posts.json: run 'likes index' again, with -D for "
        "drafts\n");

  // What the index has is as ever, and what no key can be is refused as ever.
  CHECK(running.ask("POST", "/like/hello").body.find("hint") == std::string::npos);
  CHECK(running.ask("POST", "/like/twin").status == 409);
  CHECK(running.ask("POST", "/like/%ff").status == 400);
}

TEST_CASE("a second like inside the window is refused and says when to come back") {
  RunningApi running;
  running.clock.advance(60);
  REQUIRE(running.ask("POST", "/like/hello").status == 200);

  const Response again = running.ask("POST", "/like/posts/hello");
  CHECK(again.status == 429);
  CHECK(again.header("Retry-After") == "3540");
  CHECK(without_undo(again) ==
        R"({"success":false,"message":"You can only like a post once per hour","total_likes":1,)"
        R"("liked":true,"key":"posts/hello","retry_after":3540})");

  CHECK(running.ask("POST", "/like/hello", {}, "192.0.2.2").status == 200);
  running.clock.advance(3540);
  CHECK(running.ask("POST", "/like/hello").status == 200);
}

TEST_CASE("a like can be taken back, twice is once") {
  RunningApi running;
  REQUIRE(running.ask("POST", "/like/hello").status == 200);
  REQUIRE(running.ask("GET", "/likes/hello").body.find(R"("total_likes":1,"liked":true)") !=
          std::string::npos);
  for (int i = 0; i < 2; ++i) {
    const Response response = running.ask("DELETE", "/like/hello");
    CHECK(response.status == 200);
    CHECK(response.body.find(R"("total_likes":0,"liked":false)") != std::string::npos);
  }
  CHECK(running.ask("POST", "/like/hello").status == 200);
}

TEST_CASE("the token of a like's answer takes it back from another address") {
  RunningApi running;
  const std::string first = undo_of(running.ask("POST", "/like/hello"));
  // Who asks again in the same window has lost the first answer, perhaps.
  const std::string second = undo_of(running.ask("POST", "/like/hello"));
  const std::string token = GENERATE(true, false) ? first : second;
  const auto take_back = [&](const std::string& target, const std::string& sent) {
    return running.ask("DELETE", target, {{"Likes-Undo", sent}}, "203.0.113.9");
  };
  REQUIRE(running.ask("POST", "/like/hello", {}, "203.0.113.9").status == 200);

  const Response other = take_back("/like/posts/twin", token);
  CHECK(other.status == 400);
  CHECK(other.body ==
        R"({"success":false,"message":"this undo token is not of a like of 'posts/twin'"})");
  CHECK(take_back("/like/hello", token + "x").status == 400);
  CHECK(running.ask("GET", "/likes/hello").body.find(R"("total_likes":2,)") != std::string::npos);

  for (int i = 0; i < 2; ++i) {
    const Response taken = take_back("/like/hello", token);
    CHECK(taken.status == 200);
    CHECK(taken.body.find(R"("total_likes":1,"liked":false)") != std::string::npos);
  }
  CHECK(running.ask("GET", "/likes/hello").body.find(R"("liked":false)") != std::string::npos);

  running.clock.advance(3600);
  const Response late = take_back("/like/hello", token);
  CHECK(late.status == 400);
  CHECK(late.body == R"({"success":false,"message":"the time to take this like back is over"})");
}

TEST_CASE("a plain form is sent back to the post's own page") {
  struct Case {
    const char* name;
    std::vector<Header> headers;
    bool is_form;
  };
  const Case cases[] = {
      {"a browser's form", {kFormType, kBrowserAccept}, true},
      {"a multipart form", {{"Content-Type", "multipart/form-data; boundary=x"}}, true},
      {"a browser without a body", {kBrowserAccept}, true},
      {"a form by its type alone", {kFormType, {"Accept", "*/*"}}, true},
      {"a script", {{"Accept", "application/json"}}, false},
      {"a script that sends a form", {kFormType, {"Accept", "application/json"}}, false},
      {"a script that would also take HTML",
       {{"Accept", "application/json, text/html;q=0.5"}},
       false},
      {"JSON rather than HTML by weight",
       {{"Accept", "text/html;q=0.2,application/json;q=0.25"}},
       false},
      {"nothing said", {}, false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      RunningApi running;
      std::vector<Header> headers = c.headers;
      headers.push_back({"Referer", "https://evil.example/"});
      const Response response = running.ask("POST", "/like/old/hello?next=//evil.example", headers);
      CHECK(response.status == (c.is_form ? 303 : 200));
      CHECK(response.header("Location") ==
            (c.is_form ? "https://example.org/posts/hello/#likes" : ""));
      CHECK(total_of_hello(running) == 1);
    }
  }
}

TEST_CASE("a form that is not counted is answered for a reader") {
  RunningApi running;
  REQUIRE(running.ask("POST", "/like/hello", {kBrowserAccept}).status == 303);
  CHECK(running.ask("POST", "/like/hello", {kBrowserAccept}).status == 303);
  CHECK(total_of_hello(running) == 1);

  const Response unknown = running.ask("POST", "/like/nothing", {kBrowserAccept});
  CHECK(unknown.status == 404);
  CHECK(unknown.header("Content-Type") == "text/plain; charset=utf-8");
  CHECK(unknown.body == "Blog post not found\n");

  running.store.set_away(true);
  const Response away = running.ask("POST", "/like/hello", {kBrowserAccept});
  CHECK(away.status == 503);
  CHECK(away.body == "The likes are not reachable right now\n");
}

TEST_CASE("everything comes as likes.json, with its entity tag") {
  RunningApi running;
  REQUIRE(running.ask("POST", "/like/hello").status == 200);
  const Response all = running.ask("GET", "/likes");
  formats::LikeCounts counts;
  counts.newest = testing::kNoon;
  counts.likes["posts/hello"] = {1, {{"2026-11-19", 1}}};
  counts.likes["posts/twin"] = {};
  counts.likes["notes/twin"] = {};
  counts.likes["posts/grüße"] = {};
  CHECK(all.whole_body() == formats::write_like_counts(counts));
  CHECK(all.header("ETag") == formats::entity_tag(all.whole_body()));
  CHECK(all.header("Cache-Control") == "no-cache");

  const std::string tag(all.header("ETag"));
  const Response same = running.ask("GET", "/likes", {{"If-None-Match", "\"x\", " + tag}});
  CHECK(same.status == 304);
  CHECK(same.body.empty());
  CHECK(same.header("ETag") == tag);

  REQUIRE(running.ask("POST", "/like/hello", {}, "192.0.2.2").status == 200);
  const Response newer = running.ask("GET", "/likes", {{"If-None-Match", tag}});
  CHECK(newer.status == 200);
  CHECK(newer.header("ETag") != tag);
}

TEST_CASE("likes.json is as new as its newest day when that was imported") {
  RunningApi running;
  REQUIRE(running.ask("POST", "/like/hello").status == 200);
  running.store.import_likes("posts/hello", {testing::kNoon / 86400 + 1, 42});
  REQUIRE(running.service.list_posts({{"posts/hello", "https://example.org/posts/hello/", {}}}));
  formats::LikeCounts counts;
  counts.newest = testing::kNoon + 12 * 3600;
  counts.likes["posts/hello"] = {43, {{"2026-11-19", 1}, {"2026-11-20", 42}}};
  CHECK(running.ask("GET", "/likes").whole_body() == formats::write_like_counts(counts));
}

TEST_CASE("the number of keys in one request is limited") {
  std::string query = "?key=hello";
  for (std::size_t i = 1; i < domain::kMaxKeysPerRequest; ++i) {
    query += "&key=k" + std::to_string(i);
  }
  RunningApi running;
  CHECK(running.ask("GET", "/likes" + query).status == 200);
  const Response response = running.ask("GET", "/likes" + query + "&key=one-more");
  CHECK(response.status == 400);
  CHECK(response.body == R"({"success":false,"message":"found more than 100 keys"})");
}

TEST_CASE("while the database is away likes are 503, and its name stays inside") {
  for (const char* method : {"POST", "PUT", "DELETE"}) {
    DYNAMIC_SECTION(method) {
      RunningApi running;
      running.store.set_away(true);
      const Response response = running.ask(method, "/like/hello");
      CHECK(response.status == 503);
      CHECK(response.header("Retry-After") == "5");
      CHECK(response.body ==
            R"({"success":false,"message":"The likes are not reachable right now"})");
      CHECK(is_declared(method, "/like/hello", 503));
    }
  }
  RunningApi running;
  running.store.set_away(true);
  CHECK(running.ask("GET", "/ready").body ==
        R"({"status":"unavailable","database":"disconnected"})");
  CHECK(running.ask("GET", "/ready").status == 503);
  CHECK(running.ask("GET", "/health").status == 200);
}

TEST_CASE("while the database is away counts are read, and marked as stale") {
  RunningApi running;
  REQUIRE(running.ask("POST", "/like/hello").status == 200);
  const Response before = running.ask("GET", "/likes");
  CHECK(before.header("Likes-Stale").empty());

  running.store.set_away(true);
  while (!running.service.is_stale()) {
    std::this_thread::yield();
  }
  const Response one = running.ask("GET", "/likes/hello");
  CHECK(one.status == 200);
  CHECK(one.header("Likes-Stale") == "true");
  CHECK(one.body ==
        R"({"success":true,"message":"Like count retrieved successfully","total_likes":1,)"
        R"("liked":true,"key":"posts/hello","stale":true})");
  const Response many = running.ask("GET", "/likes?key=hello");
  CHECK(many.header("Likes-Stale") == "true");
  CHECK(many.body == R"({"likes":{"hello":{"total_likes":1,"liked":true}},"stale":true})");
  const Response all = running.ask("GET", "/likes");
  CHECK(all.header("Likes-Stale") == "true");
  CHECK(all.body == before.body);
  CHECK(all.header("ETag") == before.header("ETag"));

  // With a new window comes another key, perhaps: who asks is not known, and neither denied.
  running.clock.advance(3600);
  CHECK(running.ask("GET", "/likes/hello").body.find("\"liked\"") == std::string::npos);

  running.store.set_away(false);
  while (running.service.is_stale()) {
    std::this_thread::yield();
  }
  CHECK(running.ask("GET", "/likes/hello").header("Likes-Stale").empty());
  CHECK(running.ask("POST", "/like/hello").status == 200);
}

TEST_CASE("a visitor who sends too much is slowed down") {
  RunningApi running({.rate = {2, 60}});
  CHECK(running.ask("POST", "/like/hello").status == 200);
  CHECK(running.ask("DELETE", "/like/hello").status == 200);
  const Response response = running.ask("POST", "/like/hello");
  CHECK(response.status == 429);
  CHECK(response.header("Retry-After") == "30");
  CHECK(response.body == R"({"success":false,"message":"Too many requests","retry_after":30})");
  CHECK(running.ask("GET", "/likes/hello").status == 200);
  CHECK(running.ask("POST", "/like/hello", {}, "192.0.2.2").status == 200);
  running.clock.advance(30);
  CHECK(running.ask("POST", "/like/hello").status == 200);
}

TEST_CASE("all visitors together may send only so much") {
  RunningApi running({.rate = {100, 60}, .ceiling = {3, 60}});
  for (const char* peer : {"192.0.2.1", "192.0.2.2", "192.0.2.3"}) {
    CHECK(running.ask("POST", "/like/hello", {}, peer).status == 200);
  }
  const Response response = running.ask("POST", "/like/hello", {}, "192.0.2.4");
  CHECK(response.status == 429);
  CHECK(response.header("Retry-After") == "20");
  CHECK(running.ask("GET", "/likes/hello").status == 200);
  CHECK(running.metrics.text().find("likes_refused_total{reason=\"ceiling\"} 1\n") !=
        std::string::npos);
  running.clock.advance(20);
  CHECK(running.ask("POST", "/like/hello", {}, "192.0.2.4").status == 200);
}

TEST_CASE("no header of a client makes another visitor of it") {
  constexpr std::uint32_t kSeed = 20261119;
  std::mt19937 random(kSeed);
  const auto below = [&random](std::size_t limit) { return random() % limit; };
  const std::vector<std::string> names{"X-Forwarded-For", "x-forwarded-for",    "X-Real-IP",
                                       "Forwarded",       "CF-Connecting-IP",   "True-Client-IP",
                                       "X-Client-IP",     "X-Cluster-Client-IP"};
  // A client that is no proxy, and one that comes through a proxy that adds what it sees.
  for (const bool through_proxy : {false, true}) {
    RunningApi running({.proxies = *TrustedProxies::parse("10.0.0.0/8, 2001:db8:ffff::/48")});
    const auto ask = [&](const std::string& method, std::vector<Header> headers) {
      if (through_proxy) {
        headers.push_back({"X-Forwarded-For", "198.51.100.7"});
      }
      return running
          .ask(method, "/like/hello", headers, through_proxy ? "10.1.2.3" : "198.51.100.7")
          .status;
    };
    REQUIRE(ask("POST", {}) == 200);
    for (int i = 0; i < 2000; ++i) {
      std::vector<Header> headers;
      for (std::size_t left = 1 + below(6); left > 0; --left) {
        std::string value;
        for (std::size_t hops = 1 + below(4); hops > 0; --hops) {
          const std::string address = std::to_string(below(256)) + ".0." +
                                      std::to_string(below(256)) + "." + std::to_string(below(256));
          const std::vector<std::string> forms{address,
                                               "10.0.0." + std::to_string(below(256)),
                                               "2001:db8::" + std::to_string(below(9999)),
                                               "::ffff:" + address,
                                               "for=" + address,
                                               "for=\"[2001:db8::1]:80\"",
                                               address + ":8080",
                                               "unknown",
                                               ""};
          value += (value.empty() ? "" : below(2) == 0 ? ", " : ",") + forms[below(forms.size())];
        }
        headers.push_back({names[below(names.size())], value});
      }
      const int status = ask("POST", headers);
      INFO("seed " << kSeed << ", round " << i << ", through a proxy: " << through_proxy);
      CHECK(status == 429);
    }
    CHECK(running.ask("GET", "/likes/hello").body.find("\"total_likes\":1,") != std::string::npos);
  }
}

TEST_CASE("visitors are told apart by the address a trusted proxy names") {
  RunningApi running({.proxies = *TrustedProxies::parse("10.0.0.0/8")});
  const auto like_through = [&running](const std::string& peer, const std::string& forwarded) {
    return running.ask("POST", "/like/hello", {{"X-Forwarded-For", forwarded}}, peer).status;
  };
  CHECK(like_through("10.0.0.1", "198.51.100.1") == 200);
  CHECK(like_through("10.0.0.2", "198.51.100.1") == 429);
  CHECK(like_through("10.0.0.1", "198.51.100.2") == 200);
  CHECK(like_through("192.0.2.1", "198.51.100.3") == 200);
  CHECK(like_through("192.0.2.1", "198.51.100.4") == 429);
}

TEST_CASE("the key file's key is used in place of the store's") {
  RunningApi running({.visitor_key = domain::VisitorKey{9}});
  running.store.set_away(true);
  // With the store's key the first question to the store would be for that key.
  CHECK(running.ask("POST", "/like/hello").status == 503);
  running.store.set_away(false);
  while (running.service.is_stale()) {
    std::this_thread::yield();
  }
  REQUIRE(running.ask("POST", "/like/hello").status == 200);
  const domain::Visitor visitor = visitor_hash(domain::VisitorKey{9}, *parse_address("192.0.2.1"));
  const std::vector<std::string> keys{"posts/hello"};
  CHECK(running.service.counts(keys, visitor).front().liked == true);
}

TEST_CASE("openapi.json is the routes table") {
  RunningApi running({.version = "1.2.3"});
  const nlohmann::json document = nlohmann::json::parse(running.ask("GET", "/openapi.json").body);
  CHECK(document["info"]["version"] == "1.2.3");
  std::size_t operations = 0;
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      ++operations;
      std::string upper = method;
      std::transform(upper.begin(), upper.end(), upper.begin(),
                     [](char c) { return static_cast<char>(c - 'a' + 'A'); });
      const Route* route = find_route(Surface::kPublic, path, upper);
      REQUIRE(route != nullptr);
      CHECK(operation["summary"] == route->summary);
      CHECK(operation["responses"].size() == route->statuses.size() + 1);
      CHECK(operation["responses"].contains("default"));
      for (const int status : route->statuses) {
        CHECK(operation["responses"].contains(std::to_string(status)));
      }
    }
  }
  const auto is_public = [](const Route& route) { return route.surface == Surface::kPublic; };
  CHECK(operations ==
        static_cast<std::size_t>(std::count_if(routes().begin(), routes().end(), is_public)));
}

TEST_CASE("metrics count what happened, on the admin address only") {
  RunningApi admin({}, {}, Surface::kAdmin);
  CHECK(admin.ask("POST", "/like/hello").status == 404);
  REQUIRE(admin.ask(Operation::kLike, "hello").status == 200);
  REQUIRE(admin.ask(Operation::kLike, "hello").status == 429);
  REQUIRE(admin.ask(Operation::kTakeBack, "hello").status == 200);
  REQUIRE(admin.ask(Operation::kTakeBack, "hello").status == 200);  // Takes nothing.
  REQUIRE(admin.ask(Operation::kLike, "nothing").status == 404);
  REQUIRE(admin.ask(Operation::kCount, "nothing").status == 404);  // Refuses no like.
  const Response response = admin.ask("GET", "/metrics");
  CHECK(response.status == 200);
  CHECK(response.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
  for (const char* line :
       {"likes_recorded_total 1\n", "likes_taken_back_total 1\n",
        "likes_refused_total{reason=\"window\"} 1\n",
        "likes_refused_total{reason=\"unknown_post\"} 1\n",
        "likes_http_requests_total{method=\"POST\",route=\"none\",status=\"404\"} 1\n",
        "likes_build_info{version=\"1.2.3\"} 1\n"}) {
    INFO(line << "is wanted in:\n" << response.body);
    CHECK(response.body.find(line) != std::string::npos);
  }
  CHECK(response.body.find("192.0.2.1") == std::string::npos);
}

}  // namespace likes::http
