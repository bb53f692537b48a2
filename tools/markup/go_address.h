#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace likes::markup {

/// An address as Go's net/url takes it apart; Hugo's templates for links ask it for its parts.
struct GoAddress {
  std::string scheme;  ///< Lower case; "" in an address without one.
  std::string opaque;  ///< Behind the scheme, where no slash follows: `me@example.org`.
  bool has_host = false;
  std::string host;      ///< With user and port, as written.
  std::string path;      ///< Decoded,
  std::string raw_path;  ///< and as written.
  std::optional<std::string> query;
  std::string fragment;
  std::string raw_fragment;

  [[nodiscard]] bool is_absolute() const { return !scheme.empty(); }
  /// The address put together again, with what it must not hold as it is as %XX.
  [[nodiscard]] std::string to_text() const;

  /// Nothing where Go would refuse it.
  [[nodiscard]] static std::optional<GoAddress> parse(std::string_view text);
};

/// Adds an address to an attribute as Go's html/template does: a scheme that may run a script
/// makes it `#ZgotmplZ`.
void append_template_address(std::string& html, std::string_view address);

/// Adds any other text to an attribute as Go's html/template does.
void append_template_text(std::string& html, std::string_view text);

}  // namespace likes::markup
