#include "server/http/message.h"

#include <algorithm>

#include "tools/support/ascii.h"

namespace likes::http {
namespace {

std::string_view first_header(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (equal_ignoring_case(header.name, name)) {
      return header.value;
    }
  }
  return {};
}

}  // namespace

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower_ascii(a) == lower_ascii(b); });
}

std::string_view Request::header(std::string_view name) const {
  return first_header(headers, name);
}

std::string_view Response::header(std::string_view name) const {
  return first_header(headers, name);
}

const std::string& Response::whole_body() const {
  return shared_body == nullptr ? body : *shared_body;
}

void Response::set(std::string_view name, std::string value) {
  for (Header& header : headers) {
    if (equal_ignoring_case(header.name, name)) {
      header.value = std::move(value);
      return;
    }
  }
  headers.push_back({std::string(name), std::move(value)});
}

Target split_target(std::string_view target) {
  if (target.starts_with("http://") || target.starts_with("https://")) {
    const std::size_t slash = target.find('/', target.find("://") + 3);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  target = target.substr(0, target.find('#'));
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) {
    return {target, {}};
  }
  return {target.substr(0, mark), target.substr(mark + 1)};
}

}  // namespace likes::http
