#include "server/http/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace likes::http {
namespace {

/// A longer chain of proxies than anyone has; what claims more is malformed.
constexpr std::size_t kMaxHops = 64;

std::string_view trim(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// Calls `use` with each item of a comma-separated list until it gives false.
template <class Use>
bool for_each_item(std::string_view list, Use use) {
  while (true) {
    const std::size_t comma = list.find(',');
    if (!use(trim(list.substr(0, comma)))) {
      return false;
    }
    if (comma == std::string_view::npos) {
      return true;
    }
    list.remove_prefix(comma + 1);
  }
}

/// All hops of all X-Forwarded-For lines, the farthest first; nothing when one is no address.
std::optional<std::vector<Address>> forwarded_hops(const Request& request) {
  std::vector<Address> hops;
  for (const Header& header : request.headers) {
    if (!equal_ignoring_case(header.name, "X-Forwarded-For")) {
      continue;
    }
    const bool understood = for_each_item(header.value, [&hops](std::string_view item) {
      const std::optional<Address> hop = parse_address(item);
      if (hop) {
        hops.push_back(*hop);
      }
      return hop.has_value() && hops.size() <= kMaxHops;
    });
    if (!understood) {
      return std::nullopt;
    }
  }
  return hops;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::string terminated(text);
  if (terminated.find('\0') != std::string::npos) {
    return std::nullopt;
  }
  Address address;
  if (::inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) {
    return address;
  }
  if (::inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) != 1) {
    return std::nullopt;
  }
  constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin())) {
    Address inner;
    std::copy_n(address.bytes.begin() + kMapped.size(), 4, inner.bytes.begin());
    return inner;
  }
  address.is_v6 = true;
  return address;
}

Result<TrustedProxies::Network> TrustedProxies::parse_network(std::string_view text) {
  const auto wrong = [text] {
    return fail(ErrorCode::kInvalid, "found '" + std::string(text) +
                                         "', wanted a network such as 10.0.0.0/8 or an address");
  };
  const std::size_t slash = text.find('/');
  const std::optional<Address> address = parse_address(text.substr(0, slash));
  if (!address) {
    return wrong();
  }
  const unsigned most = address->is_v6 ? 128 : 32;
  Network network{*address, most};
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), network.bits);
    if (error != std::errc() || end != digits.data() + digits.size() || network.bits > most) {
      return wrong();
    }
  }
  return network;
}

Result<TrustedProxies> TrustedProxies::parse(std::string_view text) {
  TrustedProxies proxies;
  if (trim(text).empty()) {
    return proxies;
  }
  std::optional<Error> wrong;
  for_each_item(text, [&](std::string_view item) {
    Result<Network> network = parse_network(item);
    if (!network) {
      wrong = network.error();
      return false;
    }
    proxies.networks_.push_back(*network);
    return true;
  });
  if (wrong) {
    return tl::unexpected<Error>(*wrong);
  }
  return proxies;
}

bool TrustedProxies::trust(const Address& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&address](const Network& network) {
    if (network.address.is_v6 != address.is_v6) {
      return false;
    }
    for (unsigned bit = 0; bit < network.bits; ++bit) {
      const auto mask = static_cast<unsigned char>(0x80U >> (bit % 8));
      if (((network.address.bytes[bit / 8] ^ address.bytes[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  });
}

Address client_address(const Request& request, const TrustedProxies& proxies) {
  const Address peer = parse_address(request.peer).value_or(Address{});
  if (!proxies.trust(peer)) {
    return peer;
  }
  const std::optional<std::vector<Address>> hops = forwarded_hops(request);
  if (!hops || hops->empty()) {
    return peer;
  }
  const auto client = std::find_if(hops->rbegin(), hops->rend(),
                                   [&proxies](const Address& hop) { return !proxies.trust(hop); });
  return client == hops->rend() ? hops->front() : *client;
}

}  // namespace likes::http
