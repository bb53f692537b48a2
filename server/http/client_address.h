#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "server/http/message.h"
#include "tools/support/result.h"

namespace likes::http {

/// An IP address. IPv4 inside IPv6 (`::ffff:192.0.2.1`) is IPv4.
struct Address {
  bool is_v6 = false;
  std::array<unsigned char, 16> bytes{};  ///< The first four for IPv4.

  bool operator==(const Address&) const = default;
};

[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

/// The networks whose X-Forwarded-For is believed.
class TrustedProxies {
 public:
  /// `10.0.0.0/8, ::1`: networks, or single addresses, separated by commas.
  [[nodiscard]] static Result<TrustedProxies> parse(std::string_view text);

  [[nodiscard]] bool trust(const Address& address) const;

 private:
  struct Network {
    Address address;
    unsigned bits = 0;
  };
  [[nodiscard]] static Result<Network> parse_network(std::string_view text);

  std::vector<Network> networks_;
};

/// Who sent this request: the socket's peer, unless that is a trusted proxy; then the last hop of
/// X-Forwarded-For that is not one. Where that cannot be read, it is the peer. What comes back is
/// only for visitor_hash(): it is neither logged nor stored.
[[nodiscard]] Address client_address(const Request& request, const TrustedProxies& proxies);

}  // namespace likes::http
