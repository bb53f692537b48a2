#pragma once

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "tests/support/temp_dir.h"

namespace likes::testing {

/// While it lives, what this process writes to stdout and stderr goes to files that it can show.
class CapturedOutput {
 public:
  CapturedOutput()
      : old_out_(redirect(STDOUT_FILENO, dir_.write("out", ""))),
        old_err_(redirect(STDERR_FILENO, dir_.write("err", ""))) {}
  ~CapturedOutput() {
    flush();
    ::dup2(old_out_, STDOUT_FILENO);
    ::dup2(old_err_, STDERR_FILENO);
    ::close(old_out_);
    ::close(old_err_);
  }
  CapturedOutput(const CapturedOutput&) = delete;
  CapturedOutput& operator=(const CapturedOutput&) = delete;

  [[nodiscard]] std::string out() const { return text("out"); }
  [[nodiscard]] std::string err() const { return text("err"); }

 private:
  static void flush() {
    std::cout.flush();
    std::fflush(stdout);
    std::fflush(stderr);
  }

  static int redirect(int descriptor, const std::filesystem::path& file) {
    flush();
    const int old = ::dup(descriptor);
    std::FILE* target = std::fopen(file.c_str(), "w");
    ::dup2(::fileno(target), descriptor);
    std::fclose(target);
    return old;
  }

  [[nodiscard]] std::string text(const char* name) const {
    flush();
    std::ostringstream bytes;
    bytes << std::ifstream(dir_.path() / name, std::ios::binary).rdbuf();
    return bytes.str();
  }

  TempDir dir_;
  int old_out_;
  int old_err_;
};

}  // namespace likes::testing
