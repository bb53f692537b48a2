#include "server/http/connection.h"

#include <algorithm>

#include "server/http/request_head.h"

namespace likes::http {
namespace {

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return status < 500 ? "Other" : "Internal Server Error";
  }
}

bool is_safe_header_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
}

}  // namespace

void Connection::take_in(std::string_view bytes) {
  input_.append(bytes);
}

bool Connection::wants_input() const {
  return !is_over_ && input_.size() < kMaxInputBytes;
}

void Connection::skip_body() {
  const std::uint64_t here = std::min<std::uint64_t>(body_left_, input_.size());
  input_.erase(0, here);
  body_left_ -= here;
}

std::optional<Request> Connection::next_request() {
  if (is_over_ || is_answering_) {
    return std::nullopt;
  }
  skip_body();
  if (input_.empty() || body_left_ > 0) {
    return std::nullopt;
  }
  RequestHead head = read_request_head(input_, known_);
  if (head.state == RequestHead::State::kIncomplete) {
    known_ = input_.size();
    return std::nullopt;
  }
  if (head.state == RequestHead::State::kRefused) {
    refuse(head.status);
    return std::nullopt;
  }
  known_ = 0;
  input_.erase(0, head.bytes);
  body_left_ = head.is_clear ? *head.request.body_bytes : 0;
  is_last_ = is_last_ || !head.keep_alive || !head.is_clear;
  is_answering_ = true;
  is_to_head_ = head.request.method == "HEAD";
  head.request.peer = peer_;
  return std::move(head.request);
}

void Connection::answer(const Response& response) {
  is_answering_ = false;
  is_over_ = is_last_;
  write(response, is_to_head_);
}

void Connection::refuse(int status) {
  is_last_ = true;
  is_over_ = true;
  write(refuse_(status), false);
}

void Connection::write(const Response& response, bool to_head) {
  output_ += "HTTP/1.1 ";
  output_ += std::to_string(response.status);
  output_ += ' ';
  output_ += reason_of(response.status);
  for (const Header& header : response.headers) {
    if (is_safe_header_value(header.value)) {
      output_ += "\r\n";
      output_ += header.name;
      output_ += ": ";
      output_ += header.value;
    }
  }
  const bool has_body = response.status != 204 && response.status != 304;
  if (has_body) {
    output_ += "\r\nContent-Length: ";
    output_ += std::to_string(response.whole_body().size());
  }
  output_ += is_last_ ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n";
  if (!has_body || to_head) {
    return;
  }
  tail_ = response.shared_body;
  if (tail_ == nullptr) {
    output_ += response.body;
  }
}

std::string_view Connection::unsent() const {
  if (sent_ < output_.size()) {
    return std::string_view(output_).substr(sent_);
  }
  return tail_ == nullptr ? "" : std::string_view(*tail_).substr(sent_ - output_.size());
}

std::size_t Connection::unsent_bytes() const {
  return output_.size() + (tail_ == nullptr ? 0 : tail_->size()) - sent_;
}

void Connection::sent(std::size_t bytes) {
  sent_ += bytes;
  if (unsent_bytes() > 0) {
    return;
  }
  sent_ = 0;
  tail_.reset();
  output_.clear();
  if (output_.capacity() > kMuchOutput) {
    output_.shrink_to_fit();
  }
}

}  // namespace likes::http
