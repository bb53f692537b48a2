#include "tools/dev/output_lines.h"

#include <utility>

namespace likes::dev {

OutputLines::OutputLines(std::string name, int colour) : prefix_(std::move(name) + " |") {
  if (colour != 0) {
    prefix_ = "\033[" + std::to_string(colour) + "m" + prefix_ + "\033[0m";
  }
}

std::string OutputLines::take(std::string_view bytes) {
  begun_ += bytes;
  std::string lines;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = begun_.find('\n', begin);
    if (end != std::string::npos && end - begin <= kMaxLineBytes) {
      lines += prefixed(std::string_view(begun_).substr(begin, end - begin));
      begin = end + 1;
    } else if (begun_.size() - begin > kMaxLineBytes) {
      lines += prefixed(std::string_view(begun_).substr(begin, kMaxLineBytes));
      begin += kMaxLineBytes;
    } else {
      begun_.erase(0, begin);
      return lines;
    }
  }
}

std::string OutputLines::rest() {
  const std::string line = std::exchange(begun_, "");
  return line.empty() ? "" : prefixed(line);
}

std::string OutputLines::prefixed(std::string_view line) const {
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  std::string text = prefix_;
  if (!line.empty()) {
    text.append(" ").append(line);
  }
  return text + "\n";
}

}  // namespace likes::dev
