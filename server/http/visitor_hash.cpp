#include "server/http/visitor_hash.h"

#include <sodium.h>

#include <algorithm>
#include <string>

namespace likes::http {

Result<void> prepare_hashing() {
  if (sodium_init() < 0) {
    return fail(ErrorCode::kInternal, "libsodium does not work on this machine");
  }
  return {};
}

domain::Visitor visitor_hash(const domain::VisitorKey& key, const Address& address) {
  const std::size_t size = address.is_v6 ? 8 : 4;
  domain::Visitor visitor;
  crypto_generichash(visitor.hash.data(), visitor.hash.size(), address.bytes.data(), size,
                     key.data(), key.size());
  return visitor;
}

Result<domain::VisitorKey> parse_visitor_key(std::string_view bytes) {
  domain::VisitorKey key{};
  if (bytes.size() == key.size()) {
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
  }
  const std::string_view hex = bytes.substr(0, bytes.find_last_not_of("\r\n") + 1);
  std::size_t decoded = 0;
  const bool is_hex = sodium_hex2bin(key.data(), key.size(), hex.data(), hex.size(), nullptr,
                                     &decoded, nullptr) == 0;
  if (!is_hex || decoded != key.size()) {
    return fail(ErrorCode::kInvalid,
                "found " + std::to_string(bytes.size()) + " bytes, wanted 32, or 64 hex digits");
  }
  return key;
}

}  // namespace likes::http
