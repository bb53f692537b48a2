#include "server/http/listener.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "server/likes/limits.h"
#include "tests/support/catch.h"
#include "tests/support/http_client.h"

namespace likes::http {
namespace {

using testing::HttpConnection;
using testing::request;

constexpr ListenerLimits kQuick{.workers = 4,
                                .max_waiting = 4,
                                .request_time = std::chrono::milliseconds{300},
                                .idle_time = std::chrono::seconds{20},
                                .stop_time = std::chrono::milliseconds{500}};

/// A listener that tells what it was asked: "METHOD TARGET", and "throw" throws.
class Echo {
 public:
  explicit Echo(ListenerLimits limits = kQuick) {
    Result<std::unique_ptr<Listener>> opened =
        Listener::open({"127.0.0.1", 0},
                       {[](const Request& asked, const Later&) { return answer(asked); },
                        [](int status) {
                          Response response;
                          response.status = status;
                          response.body = "refused";
                          return response;
                        },
                        [](const Request& asked) { return asked.target == "/large"; }},
                       limits);
    REQUIRE(opened);
    listener = std::move(*opened);
    listener->start();
  }

  [[nodiscard]] int port() const { return listener->address().port; }

  std::unique_ptr<Listener> listener;

 private:
  static Response answer(const Request& asked) {
    if (asked.target == "/throw") {
      throw std::runtime_error("a secret");
    }
    Response response;
    if (asked.target == "/empty") {
      response.status = 204;
      return response;
    }
    if (asked.target == "/large") {
      response.body = std::string(std::size_t{4} << 20, 'x');
      return response;
    }
    response.set("X-Evil", asked.target == "/evil" ? "a\r\nSet-Cookie: b" : "no");
    response.body = asked.method + " " + asked.target + " from " + asked.peer + " " +
                    (asked.body_bytes ? std::to_string(*asked.body_bytes) : "?") + " " +
                    std::string(asked.header("x-test"));
    return response;
  }
};

std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

}  // namespace

TEST_CASE("listen addresses are read") {
  struct Case {
    const char* text;
    const char* host;  // "" where it is refused
    int port;
  };
  for (const Case& c :
       {Case{"127.0.0.1:3000", "127.0.0.1", 3000}, Case{"[::1]:80", "[::1]", 80},
        Case{"localhost:0", "localhost", 0}, Case{"0.0.0.0:65535", "0.0.0.0", 65535},
        Case{"127.0.0.1:65536", "", 0}, Case{"127.0.0.1:-1", "", 0}, Case{"127.0.0.1", "", 0},
        Case{":3000", "", 0}, Case{"::1:3000", "", 0}, Case{"host:", "", 0},
        Case{"host:http", "", 0}, Case{"", "", 0}}) {
    DYNAMIC_SECTION("'" << c.text << "'") {
      const Result<ListenAddress> address = parse_listen_address(c.text);
      CHECK((address ? address->host : "") == c.host);
      CHECK((address ? address->port : 0) == c.port);
    }
  }
  CHECK(parse_listen_address("x").error().message ==
        "found 'x', wanted HOST:PORT, for example 127.0.0.1:3000");
}

TEST_CASE("a port that is taken is refused at once") {
  const Echo echo;
  const Result<std::unique_ptr<Listener>> second =
      Listener::open(echo.listener->address(), {}, kQuick);
  REQUIRE_FALSE(second);
  CHECK(second.error().message ==
        "127.0.0.1:" + std::to_string(echo.port()) + " is in use by another program");
  const Result<std::unique_ptr<Listener>> nowhere = Listener::open({"host.invalid", 0}, {}, kQuick);
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().message.find("found no address of 'host.invalid': ") == 0);
}

TEST_CASE("requests reach the handler as they were sent") {
  const Echo echo;
  struct Case {
    const char* name;
    const char* method;
    const char* target;
    const char* headers;
    std::string body;
    int status;
    std::string answer;
  };
  const Case cases[] = {
      {"GET", "GET", "/a", "", "", 200, "GET /a from 127.0.0.1 0 "},
      {"an encoded target stays encoded", "GET", "/%2e%2e/%00?q=%20", "", "", 200,
       "GET /%2e%2e/%00?q=%20 from 127.0.0.1 0 "},
      {"a header in another case", "GET", "/", "X-TEST: yes\r\n", "", 200,
       "GET / from 127.0.0.1 0 yes"},
      {"the peer cannot be claimed", "GET", "/", "REMOTE_ADDR: 1.2.3.4\r\n", "", 200,
       "GET / from 127.0.0.1 0 "},
      {"HEAD has no body", "HEAD", "/", "", "", 200, ""},
      {"POST without a body", "POST", "/", "", "", 200, "POST / from 127.0.0.1 0 "},
      {"PUT with a body", "PUT", "/", "", "four", 200, "PUT / from 127.0.0.1 4 "},
      {"DELETE with a body", "DELETE", "/", "", "four", 200, "DELETE / from 127.0.0.1 4 "},
      {"the largest body", "POST", "/", "", std::string(domain::kMaxBodyBytes, 'b'), 200,
       "POST / from 127.0.0.1 4096 "},
      {"a body that waits to be asked for", "POST", "/", "Expect: 100-continue\r\n", "four", 200,
       "POST / from 127.0.0.1 4 "},
      {"chunks", "POST", "/", "Transfer-Encoding: chunked\r\n", "", 200,
       "POST / from 127.0.0.1 ? "},
      {"a length that is none", "POST", "/", "Content-Length: -1\r\n", "", 200,
       "POST / from 127.0.0.1 ? "},
      {"a range is not looked at", "GET", "/", "Range: bytes=0-1\r\n", "", 200,
       "GET / from 127.0.0.1 0 "},
      {"compression is not done", "GET", "/", "Accept-Encoding: gzip, br\r\n", "", 200,
       "GET / from 127.0.0.1 0 "},
      {"a form", "POST", "/", "Content-Type: multipart/form-data; boundary=x\r\n", "four", 200,
       "POST / from 127.0.0.1 4 "},
      {"an unknown method", "BREW", "/", "", "", 200, "BREW / from 127.0.0.1 0 "},
      {"a target too long", "GET", "/long", "", "", 414, "refused"},
      {"an exception", "GET", "/throw", "", "", 500, "refused"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const std::string target =
          c.status == 414 ? "/" + std::string(9000, 'x') : std::string(c.target);
      const Response response = request(echo.port(), c.method, target, c.headers, c.body);
      CHECK(response.status == c.status);
      CHECK(response.body == c.answer);
      CHECK(response.header("Content-Encoding").empty());
    }
  }
}

TEST_CASE("answers arrive as HTTP wants them") {
  const Echo echo;
  const Response empty = request(echo.port(), "GET", "/empty");
  CHECK(empty.status == 204);
  CHECK(empty.header("Content-Length").empty());
  const Response evil = request(echo.port(), "GET", "/evil");
  CHECK(evil.status == 200);
  CHECK(evil.header("Set-Cookie").empty());
  CHECK(evil.header("X-Evil").empty());
  CHECK(request(echo.port(), "GET", "/large").body.size() == std::size_t{4} << 20);
  CHECK(request(echo.port(), "HEAD", "/").header("Content-Length") == "24");
}

TEST_CASE("one connection takes many requests, bodies and all") {
  const Echo echo;
  HttpConnection connection(echo.port());
  connection.send(get("/1") +
                  "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n"
                  "GET /smuggled HTTP/1.1\r\n\r\n...." +
                  get("/3"));
  CHECK(connection.receive().body == "GET /1 from 127.0.0.1 0 ");
  CHECK(connection.receive().body == "POST /2 from 127.0.0.1 30 ");
  CHECK(connection.receive().body == "GET /3 from 127.0.0.1 0 ");
  connection.send(get("/4"));
  CHECK(connection.receive().body == "GET /4 from 127.0.0.1 0 ");
  connection.send("GET /5 HTTP/1.1\r\nConnection: close\r\n\r\n");
  const Response last = connection.receive();
  CHECK(last.header("Connection") == "close");
  CHECK(connection.is_ended());
}

TEST_CASE("where it is not clear that a request has ended, the connection does") {
  const Echo echo;
  struct Case {
    const char* name;
    const char* headers;
  };
  const Case cases[] = {
      {"chunks", "Transfer-Encoding: chunked\r\n"},
      {"chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"},
      {"two lengths", "Content-Length: 0\r\nContent-Length: 5\r\n"},
      {"no number", "Content-Length: 0x5\r\n"},
      {"too large", "Content-Length: 4097\r\n"},
  };
  for (const Case& c : cases) {
    for (const char* method : {"GET", "POST", "DELETE"}) {
      DYNAMIC_SECTION(c.name << ", " << method) {
        HttpConnection connection(echo.port());
        connection.send(std::string(method) + " / HTTP/1.1\r\nHost: x\r\n" + c.headers +
                        "\r\n0\r\n\r\n" + get("/smuggled"));
        CHECK(connection.receive().header("Connection") == "close");
        CHECK(connection.is_ended());
      }
    }
  }
}

TEST_CASE("a client gets only so much room and time") {
  const Echo echo;
  SECTION("headers without end") {
    HttpConnection connection(echo.port());
    connection.send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 1000; ++i) {
      connection.send("X-Header-" + std::to_string(i) + ": " + std::string(100, 'x') + "\r\n");
    }
    CHECK(connection.receive().status == 431);
    CHECK(connection.is_ended());
  }
  SECTION("a line without end") {
    HttpConnection connection(echo.port());
    connection.send(std::string(100 * 1024, 'x'));
    CHECK(connection.receive().status == 414);
    CHECK(connection.is_ended());
  }
  SECTION("half a request") {
    HttpConnection connection(echo.port());
    connection.send("GET / HTTP/1.1\r\nHost:");
    CHECK(connection.receive().status == 408);
    CHECK(connection.is_ended());
  }
  SECTION("a body that does not come") {
    HttpConnection connection(echo.port());
    connection.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf");
    CHECK(connection.receive().status == 200);
    CHECK(connection.receive().status == 408);
    CHECK(connection.is_ended());
  }
  SECTION("nothing at all") {
    HttpConnection connection(echo.port());
    CHECK(connection.is_ended());
  }
}

TEST_CASE("connections beyond the limit make those that are silent or slow end") {
  ListenerLimits limits = kQuick;
  limits.max_connections = 16;
  const Echo echo(limits);
  std::vector<std::unique_ptr<HttpConnection>> held;
  for (std::size_t i = 0; i < 4 * limits.max_connections; ++i) {
    held.push_back(std::make_unique<HttpConnection>(echo.port()));
    held.back()->send(i % 2 == 0 ? get("/silent") : "GET /slow HTTP/1.1\r\nHost");
    CHECK((i % 2 != 0 || held.back()->receive().status == 200));
  }
  CHECK(request(echo.port(), "GET", "/new").status == 200);
}

TEST_CASE("a body too large is answered although the client still sends") {
  const Echo echo;
  HttpConnection connection(echo.port());
  connection.send("POST / HTTP/1.1\r\nContent-Length: 500000\r\n\r\n" + std::string(500'000, 'b'));
  CHECK(connection.receive().body == "POST / from 127.0.0.1 500000 ");
  CHECK(connection.is_ended());
}

TEST_CASE("a client that says no more is answered and let go") {
  const Echo echo;
  // Again and again, because its end may reach the server together with its request or after it.
  for (int i = 0; i < 50; ++i) {
    HttpConnection connection(echo.port());
    connection.send(get("/last"));
    const std::optional<std::string> answer = connection.receive_to_end();
    REQUIRE(answer.has_value());
    CHECK(answer->starts_with("HTTP/1.1 200 "));
  }
}

namespace {

/// A listener whose requests wait until they are let go, in the pool or, for "/later", for an
/// answer that comes from another thread.
class Slow {
 public:
  explicit Slow(const ListenerLimits& limits) {
    Result<std::unique_ptr<Listener>> opened = Listener::open(
        {"127.0.0.1", 0},
        {[this](const Request& asked, const Later& later) { return answer(asked, later); },
         [](int status) {
           Response response;
           response.status = status;
           return response;
         },
         [](const Request& asked) { return asked.target == "/slow"; }},
        limits);
    REQUIRE(opened);
    listener = std::move(*opened);
    listener->start();
  }
  ~Slow() {
    let_go();
    listener.reset();
  }

  [[nodiscard]] int port() const { return listener->address().port; }

  void wait_for(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return inside_ >= count; });
  }

  void let_go() {
    std::vector<Later> waiting;
    {
      const std::lock_guard lock(mutex_);
      released_ = true;
      waiting.swap(waiting_);
    }
    changed_.notify_all();
    for (const Later& later : waiting) {
      later(done);
    }
  }

  std::unique_ptr<Listener> listener;

 private:
  static Response done() {
    Response response;
    response.body = "done";
    return response;
  }

  std::optional<Response> answer(const Request& asked, const Later& later) {
    std::unique_lock lock(mutex_);
    if (asked.target == "/later") {
      ++inside_;
      waiting_.push_back(later);
      changed_.notify_all();
      return std::nullopt;
    }
    if (asked.target == "/slow") {
      ++inside_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return released_; });
    }
    return done();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;
  bool released_ = false;
  std::vector<Later> waiting_;
};

}  // namespace

TEST_CASE("requests that wait take threads up to a bound, and more are shed") {
  ListenerLimits limits = kQuick;
  limits.workers = 2;
  limits.max_waiting = 1;
  Slow slow(limits);
  std::vector<std::unique_ptr<HttpConnection>> clients;
  const auto ask = [&] {
    clients.push_back(std::make_unique<HttpConnection>(slow.port()));
    clients.back()->send(get("/slow"));
  };
  ask();
  ask();
  slow.wait_for(2);
  // One more may wait. Which of two it is depends on which loop is quicker.
  ask();
  HttpConnection shed(slow.port());
  shed.send(get("/slow"));
  // What need not wait is answered meanwhile.
  CHECK(request(slow.port(), "GET", "/quick").status == 200);
  std::mutex mutex;
  std::condition_variable answered;
  std::vector<int> statuses;
  const auto receive = [&](HttpConnection& client) {
    const int status = client.receive().status;
    const std::lock_guard lock(mutex);
    statuses.push_back(status);
    answered.notify_all();
  };
  std::thread third([&] { receive(*clients.back()); });
  std::thread fourth([&] { receive(shed); });
  {
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return !statuses.empty(); });
  }
  slow.let_go();
  third.join();
  fourth.join();
  CHECK(statuses == std::vector<int>{503, 200});
  CHECK(clients[0]->receive().body == "done");
  CHECK(clients[1]->receive().body == "done");
}

TEST_CASE("where nobody can make way, who comes is turned away with an answer") {
  ListenerLimits limits = kQuick;
  limits.loops = 1;
  limits.max_connections = 2;
  Slow slow(limits);
  HttpConnection first(slow.port());
  HttpConnection second(slow.port());
  first.send(get("/later"));
  second.send(get("/later"));
  slow.wait_for(2);
  HttpConnection third(slow.port());
  CHECK(third.receive().status == 503);
  slow.let_go();
  CHECK(first.receive().body == "done");
  CHECK(second.receive().body == "done");
}

TEST_CASE("what comes while an answer is waited for is answered after it, in order") {
  Slow slow(kQuick);
  HttpConnection connection(slow.port());
  connection.send(get("/later") + get("/quick") + get("/slow"));
  slow.wait_for(1);
  HttpConnection gone(slow.port());
  gone.send(get("/later"));
  slow.wait_for(2);
  slow.let_go();
  for (int i = 0; i < 3; ++i) {
    CHECK(connection.receive().body == "done");
  }
}

TEST_CASE("a listener that works is alive") {
  Slow slow(kQuick);
  CHECK(slow.listener->is_alive(std::chrono::seconds{20}));
}

TEST_CASE("stopping is quick, and what was asked is answered") {
  for (const char* target : {"/slow", "/later"}) {
    DYNAMIC_SECTION(target) {
      ListenerLimits limits = kQuick;
      // Longer than the test may take: a stop that waits for its whole time cannot pass.
      limits.stop_time = std::chrono::minutes{10};
      Slow slow(limits);
      HttpConnection idle(slow.port());
      idle.send(get("/"));
      REQUIRE(idle.receive().status == 200);
      HttpConnection silent(slow.port());
      HttpConnection busy(slow.port());
      busy.send(get(target));
      slow.wait_for(1);
      std::thread stopper([&] { slow.listener->stop(); });
      CHECK(idle.is_ended());
      CHECK(silent.is_ended());
      slow.let_go();
      const Response answer = busy.receive();
      CHECK(answer.body == "done");
      CHECK(busy.is_ended());
      stopper.join();
      slow.listener->stop();
    }
  }
}

TEST_CASE("stopping ends what does not end by itself") {
  Slow slow(kQuick);
  HttpConnection busy(slow.port());
  busy.send(get("/later"));
  slow.wait_for(1);
  slow.listener->stop();
  CHECK(busy.is_ended());
  slow.let_go();  // Too late, and no harm.
}

TEST_CASE("many clients at once") {
  const Echo echo;
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  clients.reserve(16);
  for (int i = 0; i < 16; ++i) {
    clients.emplace_back([&echo, &answered] {
      for (int k = 0; k < 20; ++k) {
        HttpConnection connection(echo.port());
        connection.send(get("/a") + get("/b"));
        // A connection may be ended between two requests when others wait.
        answered += connection.receive().body == "GET /a from 127.0.0.1 0 " ? 1 : 0;
      }
    });
  }
  for (std::thread& client : clients) {
    client.join();
  }
  CHECK(answered == 16 * 20);
}

}  // namespace likes::http
