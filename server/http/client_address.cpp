#include "server/http/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace likes::http {
namespace {

/// A longer chain of trusted proxies than anyone has.
constexpr std::size_t kMaxHops = 64;

std::string_view trim(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// The items of a comma-separated list; one empty item where there is nothing.
std::vector<std::string_view> items_of(std::string_view list) {
  std::vector<std::string_view> items;
  for (std::size_t comma = 0; comma != std::string_view::npos;) {
    comma = list.find(',');
    items.push_back(trim(list.substr(0, comma)));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return items;
}

/// A hop as proxies write it: some add the port, `192.0.2.1:4711` or `[2001:db8::1]:4711`.
std::optional<Address> parse_hop(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    const std::string_view rest = text.substr(std::min(end, text.size() - 1) + 1);
    const bool is_whole = end != std::string_view::npos && (rest.empty() || rest[0] == ':');
    return is_whole ? parse_address(text.substr(1, end - 1)) : std::nullopt;
  }
  const std::size_t colon = text.find(':');
  const bool has_port = colon != std::string_view::npos && text.find(':', colon + 1) == text.npos;
  return parse_address(has_port ? text.substr(0, colon) : text);
}

/// All lines of X-Forwarded-For as one list, the farthest hop first.
std::vector<std::string_view> forwarded_hops(const Request& request) {
  std::vector<std::string_view> hops;
  for (const Header& header : request.headers) {
    if (equal_ignoring_case(header.name, "X-Forwarded-For")) {
      const std::vector<std::string_view> items = items_of(header.value);
      hops.insert(hops.end(), items.begin(), items.end());
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
  for (const std::string_view item : items_of(text)) {
    Result<Network> network = parse_network(item);
    if (!network) {
      return tl::unexpected<Error>(network.error());
    }
    proxies.networks_.push_back(*network);
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
  // From the nearest on. What is beyond the first that is not trusted anyone may have written.
  const std::vector<std::string_view> hops = forwarded_hops(request);
  Address farthest = peer;
  for (std::size_t walked = 0; walked < hops.size(); ++walked) {
    const std::optional<Address> hop = parse_hop(hops[hops.size() - 1 - walked]);
    if (!hop || walked == kMaxHops) {
      return peer;
    }
    farthest = *hop;
    if (!proxies.trust(farthest)) {
      break;
    }
  }
  return farthest;
}

}  // namespace likes::http
