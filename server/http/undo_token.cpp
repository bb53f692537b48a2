#include "server/http/undo_token.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace likes::http {
namespace {

constexpr std::size_t kWindowBytes = 8;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kSealedBytes =
    std::tuple_size_v<decltype(domain::Visitor::hash)> + crypto_aead_xchacha20poly1305_ietf_ABYTES;

/// The window in the clear, so that one that is over can be told as such; a nonce; and the
/// visitor's hash, sealed together with the window and the post's key.
struct Token {
  std::array<unsigned char, kWindowBytes> window{};
  std::array<unsigned char, kNonceBytes> nonce{};
  std::array<unsigned char, kSealedBytes> sealed{};
};
static_assert(sizeof(Token) == 64);
static_assert(sodium_base64_ENCODED_LEN(sizeof(Token), sodium_base64_VARIANT_URLSAFE_NO_PADDING) ==
              kUndoTokenCharacters + 1);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == std::tuple_size_v<domain::VisitorKey>);

/// A key of its own: what is sealed with it says nothing about the hashes made with the other.
domain::VisitorKey sealing_key(const domain::VisitorKey& key) {
  constexpr std::string_view kPurpose = "hugo-likes undo token 1";
  domain::VisitorKey derived{};
  crypto_generichash(derived.data(), derived.size(),
                     reinterpret_cast<const unsigned char*>(kPurpose.data()), kPurpose.size(),
                     key.data(), key.size());
  return derived;
}

std::array<unsigned char, kWindowBytes> to_bytes(std::int64_t window) {
  std::array<unsigned char, kWindowBytes> bytes{};
  auto rest = static_cast<std::uint64_t>(window);
  for (std::size_t i = bytes.size(); i-- > 0; rest >>= 8U) {
    bytes[i] = static_cast<unsigned char>(rest);
  }
  return bytes;
}

/// What is sealed along without being in the box.
std::string context(const Token& token, const std::string& post_key) {
  return std::string(token.window.begin(), token.window.end()) + post_key;
}

bool open_box(const domain::VisitorKey& key, const Token& token, const std::string& post_key,
              domain::Visitor& visitor) {
  const std::string bound = context(token, post_key);
  return crypto_aead_xchacha20poly1305_ietf_decrypt(
             visitor.hash.data(), nullptr, nullptr, token.sealed.data(), token.sealed.size(),
             reinterpret_cast<const unsigned char*>(bound.data()), bound.size(), token.nonce.data(),
             key.data()) == 0;
}

}  // namespace

std::string seal_undo_token(const domain::VisitorKey& key, const std::string& post_key,
                            std::int64_t window, const domain::Visitor& visitor) {
  Token token;
  token.window = to_bytes(window);
  randombytes_buf(token.nonce.data(), token.nonce.size());
  const std::string bound = context(token, post_key);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      token.sealed.data(), nullptr, visitor.hash.data(), visitor.hash.size(),
      reinterpret_cast<const unsigned char*>(bound.data()), bound.size(), nullptr,
      token.nonce.data(), sealing_key(key).data());
  std::array<char, kUndoTokenCharacters + 1> text{};
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(&token),
                    sizeof token, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

Result<domain::Visitor> open_undo_token(const domain::VisitorKey& key, const domain::Post& post,
                                        std::int64_t window, std::string_view text) {
  Token token;
  std::size_t size = 0;
  const bool decoded = text.size() == kUndoTokenCharacters &&
                       sodium_base642bin(reinterpret_cast<unsigned char*>(&token), sizeof token,
                                         text.data(), text.size(), nullptr, &size, nullptr,
                                         sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                       size == sizeof token;
  if (!decoded) {
    return fail(ErrorCode::kInvalid, "found an undo token of " + std::to_string(text.size()) +
                                         " characters, wanted the " +
                                         std::to_string(kUndoTokenCharacters) +
                                         " that came with the like");
  }
  if (token.window != to_bytes(window)) {
    return fail(ErrorCode::kInvalid, "the time to take this like back is over");
  }
  const domain::VisitorKey sealing = sealing_key(key);
  domain::Visitor visitor;
  // A post that was renamed since has the token's key among its former ones.
  const bool opened =
      open_box(sealing, token, post.key, visitor) ||
      std::any_of(post.aliases.begin(), post.aliases.end(), [&](const std::string& alias) {
        return open_box(sealing, token, alias, visitor);
      });
  if (!opened) {
    return fail(ErrorCode::kInvalid, "this undo token is not of a like of '" + post.key + "'");
  }
  return visitor;
}

}  // namespace likes::http
