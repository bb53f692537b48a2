#include "tools/inject/asset.h"

#include <sodium.h>

#include <array>

namespace likes::inject {

Asset make_asset(std::string_view extension, std::string_view bytes) {
  [[maybe_unused]] static const int ready = sodium_init();
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  constexpr std::size_t kNameBytes = 8;  // Enough for no two versions to share a name.
  std::array<char, 2 * kNameBytes + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), kNameBytes);
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
  std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, kVariant)> base64{};
  sodium_bin2base64(base64.data(), base64.size(), hash.data(), hash.size(), kVariant);
  Asset asset;
  asset.name.append("inject.").append(hex.data()).append(".").append(extension);
  asset.integrity = std::string("sha256-") + base64.data();
  asset.bytes = bytes;
  return asset;
}

}  // namespace likes::inject
