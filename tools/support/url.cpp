#include "tools/support/url.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "tools/support/ascii.h"

namespace likes {
namespace {

int default_port(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), lower_ascii<char>);
  return lower;
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::optional<int> hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  return std::nullopt;
}

/// Splits "host:port"; a colon inside an IPv6 host's brackets is no port's.
Result<void> split_authority(std::string_view authority, Url& url) {
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  url.host = std::string(has_port ? authority.substr(0, colon) : authority);
  url.port = default_port(url.scheme);
  if (has_port) {
    const std::string_view digits = authority.substr(colon + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
    if (error != std::errc() || end != digits.data() + digits.size() || url.port < 1 ||
        url.port > 65535) {
      return fail(ErrorCode::kInvalid,
                  "found port '" + std::string(digits) + "', wanted 1 to 65535");
    }
  }
  if (url.host.empty()) {
    return fail(ErrorCode::kInvalid, "found no host name");
  }
  return {};
}

}  // namespace

std::string Url::origin() const {
  std::string text = scheme + "://" + host;
  if (port != default_port(scheme)) {
    text += ":" + std::to_string(port);
  }
  return text;
}

Result<Url> parse_url(std::string_view text) {
  const auto wrong = [text](const std::string& reason) {
    return fail(ErrorCode::kInvalid,
                "'" + std::string(text) + "' is no http(s) address: " + reason);
  };
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos) {
    return wrong("wanted http://HOST or https://HOST");
  }
  Url url;
  url.scheme = lowered(text.substr(0, colon));
  if (url.scheme != "http" && url.scheme != "https") {
    return wrong("found scheme '" + url.scheme + "', wanted http or https");
  }
  std::string_view rest = text.substr(colon + 3);
  rest = rest.substr(0, rest.find_first_of("?#"));
  const std::size_t slash = rest.find('/');
  const std::string_view authority = rest.substr(0, slash);
  if (authority.find('@') != std::string_view::npos) {
    return fail(ErrorCode::kInvalid, "an address here may not hold a user name or password");
  }
  if (Result<void> split = split_authority(authority, url); !split) {
    return wrong(split.error().message);
  }
  url.path = slash == std::string_view::npos ? "/" : std::string(rest.substr(slash));
  return url;
}

std::string percent_encode_path(std::string_view path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(path.size());
  for (const char c : path) {
    if (is_unreserved(c) || c == '/') {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 15];
  }
  return encoded;
}

Result<std::string> percent_decode(std::string_view text) {
  const std::size_t first = std::min(text.find('%'), text.size());
  std::string decoded(text.substr(0, first));
  decoded.reserve(text.size());
  for (std::size_t i = first; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const std::optional<int> high = i + 2 < text.size() ? hex_value(text[i + 1]) : std::nullopt;
    const std::optional<int> low = i + 2 < text.size() ? hex_value(text[i + 2]) : std::nullopt;
    if (!high || !low) {
      return fail(ErrorCode::kInvalid,
                  "found '%' without two hex digits in '" + std::string(text) + "'");
    }
    decoded += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return decoded;
}

}  // namespace likes
