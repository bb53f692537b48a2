#include "tools/dev/ports.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "tests/support/catch.h"
#include "tests/support/process.h"

namespace likes::dev {
namespace {

/// Listens on a free port of one of the two localhosts.
class BusyPort {
 public:
  explicit BusyPort(int family) : socket_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in6 six = {};
    six.sin6_family = AF_INET6;
    six.sin6_addr = in6addr_loopback;
    sockaddr_in four = {};
    four.sin_family = AF_INET;
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr* const address =
        family == AF_INET6 ? reinterpret_cast<sockaddr*>(&six) : reinterpret_cast<sockaddr*>(&four);
    socklen_t size = family == AF_INET6 ? sizeof six : sizeof four;
    is_open_ = ::bind(socket_.get(), address, size) == 0 && ::listen(socket_.get(), 1) == 0 &&
               ::getsockname(socket_.get(), address, &size) == 0;
    number_ = ntohs(family == AF_INET6 ? six.sin6_port : four.sin_port);
  }
  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] int number() const { return number_; }

 private:
  Descriptor socket_;
  bool is_open_ = false;
  int number_ = 0;
};

TEST_CASE("a port is chosen that is free, and nobody else is given it") {
  const int free = testing::free_port();
  std::optional<Port> mine = Port::claim(free);
  REQUIRE(mine);
  CHECK(mine->number() == free);
  CHECK_FALSE(Port::claim(free));
  const Result<Port> other = choose_port(free);
  REQUIRE(other);
  CHECK(other->number() != free);
  CHECK(other->number() != 0);
  mine.reset();
  const Result<Port> again = choose_port(free);
  REQUIRE(again);
  CHECK(again->number() == free);
}

TEST_CASE("a port that somebody listens on is not free, on either localhost") {
  for (const int family : {AF_INET, AF_INET6}) {
    DYNAMIC_SECTION((family == AF_INET ? "IPv4" : "IPv6")) {
      const BusyPort busy(family);
      if (family == AF_INET6 && !busy.is_open()) {
        // A machine without IPv6: nobody can listen there.
        return;
      }
      REQUIRE(busy.is_open());
      CHECK_FALSE(Port::claim(busy.number()));
      const Result<Port> other = choose_port(busy.number());
      REQUIRE(other);
      CHECK(other->number() != busy.number());
    }
  }
}

TEST_CASE("a server that does not speak has not answered") {
  const BusyPort silent(AF_INET);
  Probe probe(silent.number(), "/");
  CHECK_FALSE(probe.has_answered());
  CHECK_FALSE(probe.has_answered());
  Probe nobody(testing::free_port(), "/");
  CHECK_FALSE(nobody.has_answered());
  CHECK_FALSE(nobody.has_answered());
}

}  // namespace
}  // namespace likes::dev
