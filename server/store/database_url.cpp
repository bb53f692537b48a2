#include "server/store/database_url.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "server/store/open_store.h"
#include "tools/support/url.h"

namespace likes::store {
namespace {

constexpr std::string_view kHidden = "***";
constexpr std::string_view kWanted = ", wanted postgresql://… or sqlite:PATH";

struct Range {
  std::size_t from = 0;
  std::size_t size = 0;
};

bool is_secret_parameter(std::string_view encoded_name) {
  const Result<std::string> name = percent_decode(encoded_name);
  return !name || *name == "password" || *name == "sslpassword";
}

/// Where the secrets stand, first one first. A password with an unescaped "/", "?" or "@" is no
/// proper one, but it is a secret still: so it is taken to end at the last "@" of all.
std::vector<Range> find_secrets(std::string_view url) {
  std::vector<Range> secrets;
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) {
    return secrets;
  }
  const std::size_t colon = url.find(':', scheme_end + 3);
  const std::size_t at = url.rfind('@');
  std::size_t searched = scheme_end + 3;
  if (colon != std::string_view::npos && at != std::string_view::npos && colon < at) {
    secrets.push_back({colon + 1, at - colon - 1});
    searched = at;
  }
  std::size_t parameter = url.find('?', searched);
  while (parameter != std::string_view::npos) {
    const std::size_t name = parameter + 1;
    parameter = url.find('&', name);
    const std::size_t end = std::min(parameter, url.size());
    const std::size_t equals = url.find('=', name);
    if (equals < end && is_secret_parameter(url.substr(name, equals - name))) {
      secrets.push_back({equals + 1, end - equals - 1});
    }
  }
  return secrets;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  if (from.empty()) {
    return;
  }
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// What may be told of an address that we do not understand: its kind, or itself when it is one
/// plain word.
std::string describe_unknown(std::string_view text) {
  const std::size_t kind_end = text.find(':');
  const bool has_kind =
      kind_end != std::string_view::npos &&
      std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(kind_end),
                  [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '-'; });
  if (has_kind) {
    const bool has_slashes = text.substr(kind_end).starts_with("://");
    return std::string(text.substr(0, kind_end)) + (has_slashes ? "://…" : ":…");
  }
  return text.find_first_of("=@: ") == std::string_view::npos ? std::string(text) : "…";
}

Result<DatabaseUrl> parse_sqlite_path(std::string_view path) {
  const auto wrong = [path](const std::string& wanted) {
    return fail(ErrorCode::kInvalid,
                "DATABASE_URL: found 'sqlite:" + std::string(path) + "', wanted " + wanted);
  };
  if (path.empty() || path == ":memory:") {
    // Every connection to :memory: is another database, and the likes would not outlive any.
    return wrong("sqlite:PATH with the path of a file");
  }
  if (path.starts_with("//") && !path.starts_with("///")) {
    return wrong("sqlite:" + std::string(path.substr(2)) + " or sqlite:/ABSOLUTE/PATH");
  }
  if (path.find('?') != std::string_view::npos) {
    return wrong("a path without '?': parameters are not supported");
  }
  return DatabaseUrl{Dialect::kSqlite, std::string(path)};
}

}  // namespace

Result<DatabaseUrl> parse_database_url(std::string_view text) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (text.starts_with("postgresql://") || text.starts_with("postgres://")) {
    return DatabaseUrl{Dialect::kPostgres, std::string(text)};
  }
  if (text.starts_with(kSqlite)) {
    return parse_sqlite_path(text.substr(kSqlite.size()));
  }
  return fail(ErrorCode::kInvalid,
              "DATABASE_URL: found '" + describe_unknown(text) + "'" + std::string(kWanted));
}

std::string redact_url(std::string_view database_url) {
  std::string redacted;
  std::size_t copied = 0;
  for (const Range& secret : find_secrets(database_url)) {
    redacted += database_url.substr(copied, secret.from - copied);
    redacted += kHidden;
    copied = secret.from + secret.size;
  }
  redacted += database_url.substr(copied);
  return redacted;
}

std::string with_parameter(std::string url, std::string_view name, std::string_view value) {
  const std::string assignment = std::string(name) + "=";
  if (url.find("?" + assignment) != std::string::npos ||
      url.find("&" + assignment) != std::string::npos) {
    return url;
  }
  url += url.find('?') == std::string::npos ? '?' : '&';
  url += assignment;
  url += value;
  return url;
}

std::string safe_message(std::string_view message, std::string_view url) {
  std::string line;
  for (const char c : message) {
    if (c == '\n' || c == '\r') {
      line += line.empty() || line.ends_with("; ") ? "" : "; ";
    } else if (c != '\t' || !line.ends_with("; ")) {
      line += c == '\t' ? ' ' : c;
    }
  }
  if (line.ends_with("; ")) {
    line.resize(line.size() - 2);
  }
  replace_all(line, url, redact_url(url));
  for (const Range& range : find_secrets(url)) {
    const std::string_view secret = url.substr(range.from, range.size);
    replace_all(line, secret, kHidden);
    if (const Result<std::string> decoded = percent_decode(secret)) {
      replace_all(line, *decoded, kHidden);
    }
  }
  return line;
}

}  // namespace likes::store
