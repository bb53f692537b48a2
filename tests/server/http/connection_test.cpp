#include "server/http/connection.h"

#include <memory>
#include <string>

#include "tests/support/catch.h"

namespace likes::http {
namespace {

Response refuse(int status) {
  Response response;
  response.status = status;
  response.body = "no";
  return response;
}
const std::function<Response(int)> kRefuse = refuse;

Response with_body(const std::string& body) {
  Response response;
  response.body = body;
  return response;
}

/// The target of the next request, or "" when there is none.
std::string next_target(Connection& connection) {
  const std::optional<Request> request = connection.next_request();
  return request ? request->target : "";
}

}  // namespace

TEST_CASE("requests come out one by one, in whatever pieces they came in") {
  const std::string input =
      "GET /a HTTP/1.1\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 6\r\n\r\nGET /xGET /c "
      "HTTP/1.1\r\n\r\n";
  for (std::size_t piece = 1; piece <= input.size(); ++piece) {
    Connection connection("192.0.2.1", kRefuse);
    std::string targets;
    for (std::size_t at = 0; at < input.size(); at += piece) {
      connection.take_in(std::string_view(input).substr(at, piece));
      while (const std::optional<Request> request = connection.next_request()) {
        targets += request->target;
        CHECK(request->peer == "192.0.2.1");
        connection.answer(with_body("ok"));
      }
    }
    CHECK(targets == "/a/b/c");
    CHECK_FALSE(connection.is_reading());
    CHECK_FALSE(connection.is_over());
  }
}

TEST_CASE("the next request waits for the answer to the one before it") {
  Connection connection("", kRefuse);
  connection.take_in("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\nGET /c");
  CHECK(next_target(connection) == "/a");
  CHECK(connection.is_answering());
  CHECK(next_target(connection).empty());
  connection.answer(with_body("1"));
  CHECK(connection.unsent() == "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
  connection.sent(connection.unsent_bytes());
  CHECK(next_target(connection) == "/b");
  connection.answer(with_body("2"));
  CHECK(connection.unsent() ==
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n2");
  CHECK(connection.is_over());
  CHECK_FALSE(connection.wants_input());
  CHECK(next_target(connection).empty());
}

TEST_CASE("answers are written as HTTP wants them") {
  struct Case {
    const char* name;
    const char* method;
    int status;
    const char* answer;
  };
  const Case cases[] = {
      {"a body", "GET", 200, "HTTP/1.1 200 OK\r\nX-Good: 1\r\nContent-Length: 4\r\n\r\nbody"},
      {"its length alone", "HEAD", 200,
       "HTTP/1.1 200 OK\r\nX-Good: 1\r\nContent-Length: 4\r\n\r\n"},
      {"none by status", "GET", 304, "HTTP/1.1 304 Not Modified\r\nX-Good: 1\r\n\r\n"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Connection connection("", kRefuse);
      connection.take_in(std::string(c.method) + " / HTTP/1.1\r\n\r\n");
      REQUIRE(connection.next_request());
      Response response = with_body("body");
      response.status = c.status;
      response.set("X-Evil", "a\r\nSet-Cookie: b");
      response.set("X-Good", "1");
      connection.answer(response);
      CHECK(connection.unsent() == c.answer);
    }
  }
}

TEST_CASE("a shared body is sent from where it is") {
  Connection connection("", kRefuse);
  connection.take_in("GET /a HTTP/1.1\r\n\r\nHEAD /b HTTP/1.1\r\n\r\n");
  CHECK(next_target(connection) == "/a");
  Response response;
  response.shared_body = std::make_shared<const std::string>("shared");
  connection.answer(response);
  CHECK(connection.must_send());
  const std::string_view head = connection.unsent();
  CHECK(head == "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n");
  CHECK(connection.unsent_bytes() == head.size() + 6);
  connection.sent(head.size());
  CHECK(connection.unsent().data() == response.shared_body->data());
  connection.sent(2);
  CHECK(connection.unsent() == "ared");
  CHECK(connection.must_send());
  connection.sent(4);
  CHECK(connection.unsent().empty());
  CHECK_FALSE(connection.must_send());
  CHECK(response.shared_body.use_count() == 1);
  CHECK(next_target(connection) == "/b");
  connection.answer(response);
  CHECK(connection.unsent() == "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n");
  CHECK_FALSE(connection.must_send());
}

TEST_CASE("what is no request, and what does not come in time, ends the connection") {
  Connection broken("", kRefuse);
  broken.take_in("nonsense\r\n\r\nGET / HTTP/1.1\r\n\r\n");
  CHECK(next_target(broken).empty());
  CHECK(broken.unsent() ==
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
  CHECK(broken.is_over());

  Connection late("", kRefuse);
  late.take_in("GET / HTTP/1.1\r\n");
  CHECK(next_target(late).empty());
  CHECK(late.is_reading());
  late.time_out();
  CHECK(late.unsent().find("HTTP/1.1 408 ") == 0);
  CHECK(late.is_over());
}

TEST_CASE("only so much is taken in before it is looked at") {
  Connection connection("", kRefuse);
  connection.take_in("GET / HTTP/1.1\r\n\r\n");
  REQUIRE(connection.next_request());
  connection.take_in(std::string(Connection::kMaxInputBytes - 1, 'x'));
  CHECK(connection.wants_input());
  connection.take_in("x");
  CHECK_FALSE(connection.wants_input());
}

}  // namespace likes::http
