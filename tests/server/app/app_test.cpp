#include "server/app/app.h"

#include <string>

#include "tests/server/app/posts_file.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/http_client.h"
#include "tests/support/temp_dir.h"

namespace likes::app {
namespace {

using testing::request;

/// Settings for a server of its own in a folder of its own.
struct Ground {
  Ground() {
    telemetry::set_up_log(telemetry::LogLevel::kOff, telemetry::LogFormat::kText);
    settings.database_url = "sqlite:" + (dir.path() / "likes.sqlite").string();
    settings.bind_address = {"127.0.0.1", 0};
    settings.posts_file = dir.write("posts.json", testing::kPostsJson);
    settings.like_window = std::chrono::hours{1};
  }

  std::unique_ptr<App> start() {
    Result<std::unique_ptr<App>> app = App::start(settings, clock);
    INFO((app ? "" : app.error().to_string()));
    REQUIRE(app);
    return std::move(*app);
  }

  std::string start_failure() {
    const Result<std::unique_ptr<App>> app = App::start(settings, clock);
    REQUIRE_FALSE(app);
    return app.error().to_string();
  }

  testing::TempDir dir;
  Settings settings;
  testing::FakeClock clock{1'795'089'600};
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a like outlives the server that took it") {
  Ground ground;
  {
    const std::unique_ptr<App> app = ground.start();
    const http::Response liked = request(app->address().port, "POST", "/like/hello");
    CHECK(liked.status == 200);
    CHECK(holds(liked.body, "\"total_likes\":1"));
    app->stop();
    app->stop();
  }
  const std::unique_ptr<App> app = ground.start();
  const int port = app->address().port;
  CHECK(holds(request(port, "GET", "/likes/posts/hello").body, R"("total_likes":1,"liked":true)"));
  CHECK(request(port, "POST", "/like/hello").status == 429);
  CHECK(holds(request(port, "GET", "/likes").body, R"("posts/hello":{"total":1,)"));
  CHECK(request(port, "GET", "/ready").status == 200);
}

TEST_CASE("with --dev unknown posts can be liked, again and again, from any port of localhost") {
  Ground ground;
  CHECK(request(ground.start()->address().port, "POST", "/like/drafts/new").status == 404);

  ground.settings.dev = true;
  ground.settings.like_window = std::chrono::seconds{0};
  const std::unique_ptr<App> app = ground.start();
  const int port = app->address().port;
  for (const char* total : {"1", "2", "3"}) {
    const http::Response liked =
        request(port, "POST", "/like/drafts/new", "Origin: http://localhost:1313\r\n");
    CHECK(liked.status == 200);
    CHECK(liked.header("Access-Control-Allow-Origin") == "http://localhost:1313");
    CHECK(holds(liked.body, std::string("\"total_likes\":") + total + ","));
    CHECK(holds(liked.body, "\"hint\":"));
  }
  // Also while others are listed, and without a hint once the index has it.
  app->reload_posts();
  CHECK(holds(request(port, "GET", "/likes/drafts/new").body, "\"hint\":"));
  ground.dir.write("posts.json", R"([{"title":"New","slug":"new","description":"","date":"",)"
                                 R"("url":"https://example.org/drafts/new/","key":"drafts/new"}])");
  app->reload_posts();
  const std::string listed = request(port, "GET", "/likes/drafts/new").body;
  CHECK(holds(listed, "\"total_likes\":3,"));
  CHECK_FALSE(holds(listed, "\"hint\":"));
}

TEST_CASE("the origins of the posts may like, as browsers write them") {
  Ground ground;
  const std::unique_ptr<App> app = ground.start();
  const int port = app->address().port;
  CHECK(request(port, "POST", "/like/hello", "Origin: https://example.org\r\n").status == 200);
  CHECK(request(port, "POST", "/like/hello", "Origin: https://evil.example\r\n").status == 403);

  ground.settings.allowed_origins = {"https://www.example.org"};
  const std::unique_ptr<App> other = ground.start();
  CHECK(request(other->address().port, "POST", "/like/hello", "Origin: https://example.org\r\n")
            .status == 403);
}

TEST_CASE("the posts can be read again while the server runs") {
  Ground ground;
  ground.settings.admin_address = http::ListenAddress{"127.0.0.1", 0};
  const std::unique_ptr<App> app = ground.start();
  const int port = app->address().port;
  const auto metrics = [&] { return request(app->admin_address()->port, "GET", "/metrics").body; };
  CHECK(request(port, "GET", "/likes/posts/third").status == 404);
  ground.dir.write("posts.json",
                   R"([{"title":"Third","slug":"third","description":"","date":"",)"
                   R"("url":"https://new.example.org/posts/third/","key":"posts/third"}])");
  app->reload_posts();
  CHECK(request(port, "GET", "/likes/posts/third").status == 200);
  CHECK(request(port, "GET", "/likes/posts/hello").status == 404);
  CHECK(request(port, "POST", "/like/third", "Origin: https://new.example.org\r\n").status == 200);
  CHECK(holds(metrics(), "likes_posts_file_good 1\n"));

  ground.dir.write("posts.json", "[{\"title\":");
  app->reload_posts();
  CHECK(request(port, "GET", "/likes/posts/third").status == 200);
  const std::string bad = metrics();
  CHECK(holds(bad, "likes_posts_file_good 0\n"));
  CHECK_FALSE(holds(bad, "likes_posts_file_failures_total 0\n"));
  CHECK(holds(bad, "likes_posts 1\n"));
}

TEST_CASE("posts that go keep their count, posts that move take it along") {
  constexpr const char* kEntry =
      R"({"title":"","slug":"","description":"","date":"","url":"https://example.org/%1/","key":"%1","aliases":[%2]})";
  const auto index = [&](std::vector<std::pair<std::string, std::string>> posts) {
    std::string json = "[";
    for (const auto& [key, aliases] : posts) {
      std::string entry = kEntry;
      for (std::size_t at = 0; (at = entry.find('%')) != std::string::npos;) {
        entry.replace(at, 2, entry[at + 1] == '1' ? key : aliases);
      }
      json += (json.size() == 1 ? "" : ",") + entry;
    }
    return json + "]";
  };
  Ground ground;
  ground.dir.write("posts.json", index({{"posts/old", ""}, {"posts/gone", ""}}));
  const std::unique_ptr<App> app = ground.start();
  const int port = app->address().port;
  REQUIRE(request(port, "POST", "/like/old").status == 200);
  REQUIRE(request(port, "POST", "/like/gone").status == 200);

  for (int i = 0; i < 2; ++i) {  // Doing it twice is doing it once.
    ground.dir.write("posts.json", index({{"posts/new", "\"posts/old\""}}));
    app->reload_posts();
    CHECK(request(port, "POST", "/like/gone").status == 404);
    CHECK(request(port, "GET", "/likes/posts/gone").status == 404);
    CHECK(holds(request(port, "GET", "/likes/posts/new").body, R"("total_likes":1,"liked":true)"));
    CHECK(holds(request(port, "GET", "/likes/posts/old").body, R"("key":"posts/new")"));
    CHECK(request(port, "POST", "/like/posts/new").status == 429);
    CHECK(request(port, "POST", "/like/posts/old").status == 429);
  }
  ground.dir.write("posts.json", index({{"posts/new", "\"posts/old\""}, {"posts/gone", ""}}));
  app->reload_posts();
  CHECK(holds(request(port, "GET", "/likes/gone").body, R"("total_likes":1,"liked":true)"));
  CHECK(holds(request(port, "GET", "/likes/new").body, R"("total_likes":1,"liked":true)"));
}

TEST_CASE("the admin address has the metrics, the readers' has not") {
  Ground ground;
  ground.settings.admin_address = http::ListenAddress{"127.0.0.1", 0};
  const std::unique_ptr<App> app = ground.start();
  REQUIRE(app->admin_address());
  const http::Response metrics = request(app->admin_address()->port, "GET", "/metrics");
  CHECK(metrics.status == 200);
  CHECK(holds(metrics.body, "likes_posts 2\n"));
  CHECK(request(app->address().port, "GET", "/metrics").status == 404);
  CHECK(request(app->admin_address()->port, "POST", "/like/hello").status == 404);
}

TEST_CASE("one port serves the site and its likes") {
  Ground ground;
  ground.dir.write("public/index.html", "home");
  ground.settings.site = ground.dir.path() / "public";
  const std::unique_ptr<App> app = ground.start();
  CHECK(request(app->address().port, "GET", "/").body == "home");
  CHECK(request(app->address().port, "GET", "/../posts.json").status == 404);
  CHECK(request(app->address().port, "POST", "/like/hello").status == 200);
}

TEST_CASE("a server that cannot start says why") {
  Ground ground;
  const std::string posts = ground.settings.posts_file.string();
  SECTION("no posts file") {
    ground.settings.posts_file = "/nowhere/posts.json";
    CHECK(ground.start_failure() == "/nowhere/posts.json: cannot read: No such file or directory");
  }
  SECTION("posts that are not JSON") {
    ground.dir.write("posts.json", "title: no JSON");
    CHECK(ground.start_failure().find(posts + ":1:") == 0);
  }
  SECTION("a database of an unknown kind") {
    ground.settings.database_url = "mysql://localhost/likes";
    CHECK(ground.start_failure().find("DATABASE_URL: ") == 0);
  }
  SECTION("a database that is not there") {
    ground.settings.database_url = "postgresql://127.0.0.1:1/likes";
    CHECK(ground.start_failure().find("DATABASE_URL: ") == 0);
  }
  SECTION("a busy port") {
    const std::unique_ptr<App> first = ground.start();
    ground.settings.bind_address = first->address();
    CHECK(ground.start_failure() ==
          "BIND_ADDRESS: " + first->address().to_string() + " is in use by another program");
  }
  SECTION("a busy admin port") {
    const std::unique_ptr<App> first = ground.start();
    ground.settings.admin_address = first->address();
    CHECK(ground.start_failure() ==
          "ADMIN_ADDRESS: " + first->address().to_string() + " is in use by another program");
  }
}

}  // namespace likes::app
