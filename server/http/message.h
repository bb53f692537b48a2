#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/telemetry/log.h"

namespace likes::http {

struct Header {
  std::string name;
  std::string value;
};

/// One request, free of the library that read it. Bodies are not here: no route needs one.
struct Request {
  std::string method;
  std::string target;  ///< Path and query as they were sent, still percent-encoded.
  std::vector<Header> headers;
  std::string peer;  ///< Address of the socket's other end, without its port.
  /// Size of the body by Content-Length; nothing for a body that does not say its length.
  std::optional<std::uint64_t> body_bytes = 0;

  /// The first header of this name, whatever its case, or "".
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  /// In place of `body`: a large one that many are sent at the same time.
  std::shared_ptr<const std::string> shared_body = nullptr;
  /// What the log says of it, next to the id of its request; not sent.
  struct Remark {
    telemetry::LogLevel level = telemetry::LogLevel::kError;
    std::string text;
  };
  std::optional<Remark> remark = {};

  /// Whichever of the two bodies it is.
  [[nodiscard]] const std::string& whole_body() const;

  /// Sets a header in place of one that is there.
  void set(std::string_view name, std::string value);
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Takes what makes an answer, once, from any thread. The answer is made where the connection is
/// served, so that whoever finishes many requests at once is not held up.
using Later = std::function<void(std::function<Response()>)>;

/// What a Listener calls; from many threads at once.
struct Handlers {
  /// Gives the answer, or nothing; then `later` is called once when the answer is known.
  std::function<std::optional<Response>(const Request&, const Later& later)> answer;
  /// The answer to what could not be read as a request, or not be served; `status` says why.
  std::function<Response(int status)> refuse;
  /// Whether answering this may have to wait, for a disk or a database, before it returns.
  std::function<bool(const Request&)> waits;
};

/// Whether two header names, or two tokens, are the same but for ASCII case.
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);

/// Path and query of a target as sent; "" for no query. `http://host/path` counts as `/path`.
struct Target {
  std::string_view path;
  std::string_view query;
};
[[nodiscard]] Target split_target(std::string_view target);

}  // namespace likes::http
