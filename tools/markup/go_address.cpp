#include "tools/markup/go_address.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace likes::markup {
namespace {

constexpr std::string_view kUpperHex = "0123456789ABCDEF";
constexpr std::string_view kLowerHex = "0123456789abcdef";
constexpr std::string_view kUnreserved = "-_.~";
constexpr std::string_view kPathSigns = "$&+,/:;=@";
constexpr std::string_view kFragmentSigns = "$&+,/:;=?@!()*";
/// What may stand in a path or a fragment that is kept as it was written.
constexpr std::string_view kKept = "!$&'()*+,;=:@[]%";
/// What html/template leaves alone in an address.
constexpr std::string_view kNormal = "!#$&*+,/:;=?@[]-._~";

bool has(std::string_view signs, char c) {
  return signs.find(c) != std::string_view::npos;
}

bool is_alphanumeric(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

bool is_escape(std::string_view text, std::size_t at) {
  const auto is_hex = [&](std::size_t i) {
    return i < text.size() && std::isxdigit(static_cast<unsigned char>(text[i])) != 0;
  };
  return text[at] == '%' && is_hex(at + 1) && is_hex(at + 2);
}

int hex_value(char c) {
  return c <= '9' ? c - '0' : std::tolower(static_cast<unsigned char>(c)) - 'a' + 10;
}

void append_byte(std::string& text, char c, std::string_view digits) {
  const auto code = static_cast<unsigned char>(c);
  text += {'%', digits[code >> 4U], digits[code & 0x0FU]};
}

std::optional<std::string> unescape(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      plain += text[at];
      continue;
    }
    if (!is_escape(text, at)) {
      return std::nullopt;
    }
    plain += static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
    at += 2;
  }
  return plain;
}

std::string escape(std::string_view plain, std::string_view signs) {
  std::string text;
  for (const char c : plain) {
    if (is_alphanumeric(c) || has(kUnreserved, c) || has(signs, c)) {
      text += c;
    } else {
      append_byte(text, c, kUpperHex);
    }
  }
  return text;
}

/// As it was written, unless a sign stands there that must not.
std::string written_or_escaped(const std::string& raw, const std::string& plain,
                               std::string_view signs) {
  const bool is_valid = std::all_of(raw.begin(), raw.end(), [signs](char c) {
    return is_alphanumeric(c) || has(kUnreserved, c) || has(kKept, c) || has(signs, c);
  });
  return is_valid ? raw : escape(plain, signs);
}

/// Cuts the scheme off; false where the address begins with a colon.
bool take_scheme(std::string_view& rest, std::string& scheme) {
  for (std::size_t at = 0; at < rest.size(); ++at) {
    const char c = rest[at];
    if (c == ':') {
      if (at == 0) {
        return false;
      }
      std::transform(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(at),
                     std::back_inserter(scheme), [](char each) {
                       return static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
                     });
      rest.remove_prefix(at + 1);
      return true;
    }
    const bool is_letter = std::isalpha(static_cast<unsigned char>(c)) != 0;
    if (!is_letter && (at == 0 || (!is_alphanumeric(c) && !has("+-.", c)))) {
      return true;
    }
  }
  return true;
}

}  // namespace

std::optional<GoAddress> GoAddress::parse(std::string_view text) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  };
  GoAddress address;
  const std::size_t hash = text.find('#');
  std::string_view rest = text.substr(0, hash);
  if (std::any_of(rest.begin(), rest.end(), is_control) || !take_scheme(rest, address.scheme)) {
    return std::nullopt;
  }
  if (hash != std::string_view::npos) {
    address.raw_fragment = text.substr(hash + 1);
    const std::optional<std::string> fragment = unescape(address.raw_fragment);
    if (!fragment) {
      return std::nullopt;
    }
    address.fragment = *fragment;
  }
  if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
    address.query = rest.substr(mark + 1);
    rest = rest.substr(0, mark);
  }
  if (!rest.starts_with('/')) {
    if (address.is_absolute()) {
      address.opaque = rest;
      return address;
    }
    if (rest.substr(0, rest.find('/')).find(':') != std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (rest.starts_with("//") && (address.is_absolute() || !rest.starts_with("///"))) {
    rest.remove_prefix(2);
    address.has_host = true;
    address.host = rest.substr(0, rest.find('/'));
    rest.remove_prefix(address.host.size());
  }
  address.raw_path = rest;
  const std::optional<std::string> path = unescape(rest);
  if (!path) {
    return std::nullopt;
  }
  address.path = *path;
  return address;
}

std::string GoAddress::to_text() const {
  std::string text = scheme.empty() ? "" : scheme + ":";
  if (!opaque.empty()) {
    text += opaque;
  } else {
    text += has_host ? "//" + host : "";
    text += written_or_escaped(raw_path, path, kPathSigns);
  }
  if (query) {
    text += "?" + *query;
  }
  if (!fragment.empty()) {
    text += "#" + written_or_escaped(raw_fragment, fragment, kFragmentSigns);
  }
  return text;
}

void append_template_address(std::string& html, std::string_view address) {
  const std::string_view scheme = address.substr(0, address.find(':'));
  constexpr std::array<std::string_view, 3> kSafe{"http", "https", "mailto"};
  const auto is_scheme = [scheme](std::string_view safe) {
    return std::equal(safe.begin(), safe.end(), scheme.begin(), scheme.end(), [](char a, char b) {
      return a == std::tolower(static_cast<unsigned char>(b));
    });
  };
  if (scheme.size() < address.size() && !has(scheme, '/') &&
      std::none_of(kSafe.begin(), kSafe.end(), is_scheme)) {
    html += "#ZgotmplZ";
    return;
  }
  std::string normal;
  for (std::size_t at = 0; at < address.size(); ++at) {
    const char c = address[at];
    if (is_alphanumeric(c) || has(kNormal, c) || is_escape(address, at)) {
      normal += c;
    } else {
      append_byte(normal, c, kLowerHex);
    }
  }
  append_template_text(html, normal);
}

void append_template_text(std::string& html, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&#34;";
        break;
      case '\'':
        html += "&#39;";
        break;
      case '+':
        html += "&#43;";
        break;
      default:
        html += c;
    }
  }
}

}  // namespace likes::markup
