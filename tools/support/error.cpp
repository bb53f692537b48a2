#include "tools/support/error.h"

namespace likes {

std::string Error::to_string() const {
  if (where.file.empty()) {
    return message;
  }
  std::string text = where.file;
  if (where.line > 0) {
    text += ":" + std::to_string(where.line);
    if (where.column > 0) {
      text += ":" + std::to_string(where.column);
    }
  }
  return text + ": " + message;
}

}  // namespace likes
