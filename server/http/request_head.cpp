#include "server/http/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "server/likes/limits.h"

namespace likes::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::size_t kMaxMethodBytes = 32;

/// The characters of a token (RFC 9110), of which methods and header names are made.
constexpr std::array<bool, 256> token_characters() {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}
constexpr std::array<bool, 256> kIsToken = token_characters();

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return kIsToken[static_cast<unsigned char>(c)];
  });
}

/// Bytes above ASCII are let through: curl sends a key as it was typed.
bool is_target(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7f;
  });
}

bool is_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

std::string_view trim(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find(kLineEnd);
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + kLineEnd.size());
  return line;
}

/// 0, or the status with which this request line is refused.
int read_request_line(std::string_view line, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return 400;
  }
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method) || method.size() > kMaxMethodBytes || !is_target(target)) {
    return 400;
  }
  if (target.size() > kMaxTargetBytes) {
    return 414;
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return 400;
  }
  head.keep_alive = version == "HTTP/1.1";
  head.request.method = method;
  head.request.target = target;
  return 0;
}

/// 0, or the status with which this header is refused.
int read_header(std::string_view line, RequestHead& head) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return 400;  // Also a line that continues the one before it.
  }
  const std::string_view value = trim(line.substr(colon + 1));
  if (!is_value(value)) {
    return 400;
  }
  if (head.request.headers.size() == kMaxHeaders) {
    return 431;
  }
  head.request.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
  return 0;
}

/// Whether "close" is one of the words of a Connection header.
bool names_close(std::string_view words) {
  while (!words.empty()) {
    const std::size_t comma = std::min(words.find(','), words.size());
    if (equal_ignoring_case(trim(words.substr(0, comma)), "close")) {
      return true;
    }
    words.remove_prefix(std::min(comma + 1, words.size()));
  }
  return false;
}

/// What the headers say about where this request ends, and whether another one follows.
class Framing {
 public:
  int read(const Header& header) {
    if (equal_ignoring_case(header.name, "Content-Length")) {
      return read_length(header.value);
    }
    if (equal_ignoring_case(header.name, "Transfer-Encoding")) {
      is_chunked_ = true;
    } else if (equal_ignoring_case(header.name, "Connection")) {
      closes_ = closes_ || names_close(header.value);
    } else if (equal_ignoring_case(header.name, "Expect")) {
      expects_ = true;
    } else if (equal_ignoring_case(header.name, "Host")) {
      return ++hosts_ > 1 ? 400 : 0;
    }
    return 0;
  }

  void apply_to(RequestHead& head) const {
    head.request.body_bytes = is_chunked_ || !is_length_good_ ? std::nullopt : length_;
    // A client that waits for "100 Continue" gets the final answer; whether it still sends the body
    // then is up to it.
    head.is_clear =
        head.request.body_bytes && !expects_ && *head.request.body_bytes <= domain::kMaxBodyBytes;
    head.keep_alive = head.keep_alive && !closes_;
  }

 private:
  int read_length(std::string_view text) {
    std::uint64_t bytes = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bytes);
    is_length_good_ = is_length_good_ && ++lengths_ == 1 && error == std::errc() &&
                      end == text.data() + text.size();
    length_ = bytes;
    return 0;
  }

  std::optional<std::uint64_t> length_ = 0;
  int lengths_ = 0;
  int hosts_ = 0;
  bool is_length_good_ = true;
  bool is_chunked_ = false;
  bool closes_ = false;
  bool expects_ = false;
};

RequestHead refused(int status) {
  RequestHead head;
  head.state = RequestHead::State::kRefused;
  head.status = status;
  return head;
}

/// A line that ends in a bare LF is one to some programs and none to others.
bool has_bare_line_feed(std::string_view text) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    if (at == 0 || text[at - 1] != '\r') {
      return true;
    }
  }
  return false;
}

}  // namespace

RequestHead read_request_head(std::string_view input, std::size_t known) {
  const std::size_t from = known < kHeadEnd.size() ? 0 : known - kHeadEnd.size() + 1;
  const std::size_t end = input.substr(0, kMaxHeadBytes).find(kHeadEnd, from);
  if (end == std::string_view::npos) {
    if (input.size() < kMaxHeadBytes) {
      return {};
    }
    return refused(input.find(kLineEnd) > kMaxTargetBytes ? 414 : 431);
  }
  if (has_bare_line_feed(input.substr(0, end))) {
    return refused(400);
  }
  RequestHead head;
  std::string_view lines = input.substr(0, end + kLineEnd.size());
  int status = read_request_line(take_line(lines), head);
  Framing framing;
  while (status == 0 && !lines.empty()) {
    status = read_header(take_line(lines), head);
    if (status == 0) {
      status = framing.read(head.request.headers.back());
    }
  }
  if (status != 0) {
    return refused(status);
  }
  framing.apply_to(head);
  head.bytes = end + kHeadEnd.size();
  head.state = RequestHead::State::kComplete;
  return head;
}

}  // namespace likes::http
