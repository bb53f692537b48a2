#include <algorithm>
#include <cctype>
#include <csignal>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/server/app/running_server.h"
#include "tests/support/catch.h"
#include "tests/support/http_client.h"

// All that the real program can be asked, over real sockets.
namespace likes::testing {
namespace {

using nlohmann::json;

const std::vector<std::string> kMethods{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};

/// The members of a JSON object.
std::set<std::string> members_of(const json& object) {
  std::set<std::string> names;
  for (const auto& [name, value] : object.items()) {
    names.insert(name);
  }
  return names;
}

/// The methods that openapi.json gives a path, with their statuses.
std::map<std::string, json> declared_methods(const json& document, const std::string& path) {
  std::map<std::string, json> methods;
  for (const auto& [name, operation] : document["paths"][path].items()) {
    std::string upper = name;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    methods[upper] = operation["responses"];
  }
  if (methods.contains("GET")) {
    methods["HEAD"] = methods["GET"];
  }
  return methods;
}

/// The members that openapi.json knows of the bodies with this schema.
std::set<std::string> declared_members(const json& document, const json& schema) {
  std::set<std::string> names;
  for (const json& one : schema.contains("oneOf") ? schema["oneOf"] : json::array({schema})) {
    const auto reference = one["$ref"].get<std::string>();
    names.merge(members_of(document.at(json::json_pointer(reference.substr(1)))["properties"]));
  }
  return names;
}

struct Row {
  const char* path;  ///< As in openapi.json.
  const char* target;
  const char* allow;
  std::vector<int> statuses;  ///< In the order of kMethods.
  /// The members of the body where the answer is 200; what DELETE answers has no undo token.
  std::set<std::string> members;
};

const std::set<std::string> kPostMembers{"success", "message", "total_likes", "liked", "key"};

void check_row(const Row& row, std::size_t which, const http::Response& response) {
  const std::string& method = kMethods[which];
  const bool has_body = method != "HEAD" && response.status != 204;
  CHECK(response.status == row.statuses[which]);
  CHECK(response.header("X-Request-Id").size() == 32);
  CHECK(response.header("Vary") == "Origin");
  const bool tells_methods = response.status == 204 || response.status == 405;
  CHECK(response.header("Allow") == (tells_methods ? row.allow : ""));
  CHECK(response.header("Content-Type") == (response.status == 204 ? "" : "application/json"));
  CHECK((response.status == 429) == !response.header("Retry-After").empty());
  CHECK(response.body.empty() == !has_body);
  if (!has_body) {
    return;
  }
  std::set<std::string> members = row.members;
  if (response.status == 405) {
    members = {"success", "message"};
  } else if (response.status == 429) {
    members.insert("retry_after");
  } else if (method == "DELETE") {
    members.erase("undo");
  }
  CHECK(members_of(json::parse(response.body)) == members);
}

}  // namespace

TEST_CASE("every route answers every method as openapi.json says") {
  std::set<std::string> like_members = kPostMembers;
  like_members.insert("undo");
  const Row rows[] = {
      {"/like/{key}",
       "/like/posts/hello",
       "POST, PUT, DELETE, OPTIONS",
       {405, 405, 200, 429, 200, 204},
       like_members},
      {"/likes/{key}",
       "/likes/posts/hello",
       "GET, HEAD, OPTIONS",
       {200, 200, 405, 405, 405, 204},
       kPostMembers},
      {"/likes",
       "/likes",
       "GET, HEAD, OPTIONS",
       {200, 200, 405, 405, 405, 204},
       {"generated", "total", "likes"}},
      {"/likes",
       "/likes?key=hello",
       "GET, HEAD, OPTIONS",
       {200, 200, 405, 405, 405, 204},
       {"likes"}},
      {"/health", "/health", "GET, HEAD, OPTIONS", {200, 200, 405, 405, 405, 204}, {"status"}},
      {"/ready",
       "/ready",
       "GET, HEAD, OPTIONS",
       {200, 200, 405, 405, 405, 204},
       {"status", "database"}},
      {"/openapi.json",
       "/openapi.json",
       "GET, HEAD, OPTIONS",
       {200, 200, 405, 405, 405, 204},
       {"openapi", "info", "paths", "components"}},
  };
  RunningServer server;
  const json document = json::parse(request(server.port, "GET", "/openapi.json").body);
  std::set<std::string> paths;
  for (const Row& row : rows) {
    paths.insert(row.path);
    const std::map<std::string, json> declared = declared_methods(document, row.path);
    for (std::size_t i = 0; i < kMethods.size(); ++i) {
      INFO(kMethods[i] << " " << row.target);
      const http::Response response = request(server.port, kMethods[i], row.target);
      check_row(row, i, response);
      if (kMethods[i] == "OPTIONS") {
        continue;
      }
      const auto method = declared.find(kMethods[i]);
      CHECK((method == declared.end()) == (response.status == 405));
      if (method == declared.end()) {
        continue;
      }
      REQUIRE(method->second.contains(std::to_string(response.status)));
      if (kMethods[i] == "HEAD" || row.path == std::string("/openapi.json")) {
        continue;
      }
      const json& content = method->second[std::to_string(response.status)]["content"];
      const std::set<std::string> names = members_of(json::parse(response.body));
      const std::set<std::string> known =
          declared_members(document, content["application/json"]["schema"]);
      CHECK(std::includes(known.begin(), known.end(), names.begin(), names.end()));
    }
  }
  CHECK(paths == members_of(document["paths"]));
}

TEST_CASE("a server outlives whoever reads its log") {
  RunningServer server(Process::Environment{{"LOG_LEVEL", "debug"}});
  server.process.close_output();
  for (const char* path : {"/likes/hello", "/likes", "/health"}) {
    CHECK(request(server.port, "GET", path).status == 200);
  }
  server.process.signal(SIGTERM);
  CHECK(server.process.wait() == 0);
}

TEST_CASE("what the original's readme says to type works unchanged") {
  const char* const posts =
      R"([{"date":"2024-01-01T00:00:00+01:00","description":"","featuredImage":null,)"
      R"("slug":"test-post","tags":null,"title":"Test","url":"https://example.org/posts/test-post/"}])";
  RunningServer server({}, posts);
  const auto ask = [&](const char* method, const std::string& target) {
    const http::Response response = request(server.port, method, target);
    CHECK(response.status == 200);
    return json::parse(response.body);
  };
  const json liked = ask("POST", "/like/test-post");
  CHECK(liked["success"] == true);
  CHECK(liked["message"] == "Like recorded successfully");
  CHECK(liked["total_likes"] == 1);
  const json count = ask("GET", "/likes/test-post");
  CHECK(count["success"] == true);
  CHECK(count["message"] == "Like count retrieved successfully");
  CHECK(count["total_likes"] == 1);
  CHECK(ask("GET", "/health")["status"] == "ok");
  const http::Response metrics = request(server.admin_port, "GET", "/metrics");
  CHECK(metrics.status == 200);
  CHECK(metrics.body.find("# TYPE likes_http_requests_total counter\n") != std::string::npos);

  // The second like of the hour, told by the original with 200.
  const http::Response again = request(server.port, "POST", "/like/test-post");
  CHECK(again.status == 429);
  const json refused = json::parse(again.body);
  CHECK(refused["success"] == false);
  CHECK(refused["message"] == "You can only like a post once per hour");
  CHECK(refused["total_likes"] == 1);
}

}  // namespace likes::testing
