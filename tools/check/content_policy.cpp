#include "tools/check/content_policy.h"

#include <algorithm>
#include <vector>

#include "tools/html/tag.h"

namespace likes::check {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kSpace = " \t\n\f\r";

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  return begin == npos ? "" : text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(kSpace, at)) != npos) {
    const std::size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

/// The first directive of this name; later ones do not count.
std::optional<std::string_view> directive(std::string_view policy, std::string_view name) {
  for (std::size_t at = 0; at < policy.size();) {
    const std::size_t end = std::min(policy.find(';', at), policy.size());
    const std::string_view text = trim(policy.substr(at, end - at));
    if (html::same_name(text.substr(0, text.find_first_of(kSpace)), name)) {
      return text;
    }
    at = end + 1;
  }
  return std::nullopt;
}

int default_port(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

/// What allows http allows https as well.
bool scheme_fits(std::string_view allowed, const Url& target) {
  return html::same_name(allowed, target.scheme) ||
         (html::same_name(allowed, "http") && target.scheme == "https");
}

bool is_self(const Url& target, const Url& self) {
  const bool both_default =
      target.port == default_port(target.scheme) && self.port == default_port(self.scheme);
  return html::same_name(target.host, self.host) && scheme_fits(self.scheme, target) &&
         (target.port == self.port || both_default);
}

bool host_fits(std::string_view allowed, const Url& target) {
  if (allowed == "*") {
    return true;
  }
  if (!allowed.starts_with("*.")) {
    return html::same_name(allowed, target.host);
  }
  const std::string_view end = allowed.substr(1);
  return target.host.size() > end.size() &&
         html::same_name(std::string_view(target.host).substr(target.host.size() - end.size()),
                         end);
}

bool port_fits(std::string_view allowed, const Url& target) {
  const bool is_default = target.port == default_port(target.scheme);
  if (allowed.empty()) {
    return is_default;
  }
  return allowed == "*" || allowed == std::to_string(target.port) ||
         (allowed == "80" && target.scheme == "https" && is_default);
}

/// A path that ends in "/" allows all below it.
bool path_fits(std::string_view allowed, const Url& target) {
  const Result<std::string> wanted = percent_decode(allowed);
  const Result<std::string> found = percent_decode(target.path);
  if (allowed.empty() || allowed == "/") {
    return true;
  }
  return wanted && found &&
         (wanted->ends_with('/') ? found->starts_with(*wanted) : *found == *wanted);
}

bool source_fits(std::string_view source, const Url& target, const Url& self) {
  if (html::same_name(source, "'self'")) {
    return is_self(target, self);
  }
  if (source == "*") {
    return true;
  }
  if (source.starts_with('\'')) {
    return false;
  }
  std::string_view rest = source;
  if (const std::size_t colon = source.find("://"); colon != npos) {
    if (!scheme_fits(source.substr(0, colon), target)) {
      return false;
    }
    rest = source.substr(colon + 3);
  } else if (source.ends_with(':')) {
    return scheme_fits(source.substr(0, source.size() - 1), target);
  } else if (!scheme_fits(self.scheme, target)) {
    return false;
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view authority = rest.substr(0, slash);
  const std::size_t colon = std::min(authority.find(':'), authority.size());
  const std::string_view port =
      colon < authority.size() ? authority.substr(colon + 1) : std::string_view();
  return host_fits(authority.substr(0, colon), target) && port_fits(port, target) &&
         path_fits(rest.substr(slash), target);
}

}  // namespace

std::optional<std::string> blocking_directive(std::string_view policy, Use use, const Url& target,
                                              const Url& self) {
  std::optional<std::string_view> rule;
  if (use == Use::kForm) {
    rule = directive(policy, "form-action");
  } else {
    rule = directive(policy, "connect-src");
    if (!rule) {
      rule = directive(policy, "default-src");
    }
  }
  if (!rule) {
    return std::nullopt;
  }
  const std::vector<std::string_view> words = words_of(*rule);
  const bool allows = std::any_of(words.begin() + 1, words.end(), [&](std::string_view source) {
    return source_fits(source, target, self);
  });
  return allows ? std::nullopt : std::optional<std::string>(*rule);
}

}  // namespace likes::check
