#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/support/descriptor.h"
#include "tools/support/result.h"

namespace likes {

/// A program to run, the words behind its name and what its environment has besides ours.
struct Program {
  std::string name;  ///< For messages: "hugo".
  std::filesystem::path file;
  std::vector<std::string> words;
  std::map<std::string, std::string> environment;
};

/// A running program in a process group of its own, so that Ctrl-C reaches us alone and we reach
/// all that it starts. It is ended by the kernel should we die, and by the destructor at the
/// latest.
class Child {
 public:
  [[nodiscard]] static Result<Child> start(const Program& program);
  ~Child();
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;

  /// What it prints, to stdout and stderr; reading does not wait.
  [[nodiscard]] int output() const { return output_.get(); }

  /// What it has printed since, at most `kMaxChunk` bytes of it; "" for nothing, or nothing more.
  [[nodiscard]] std::string read_output();

  /// Sends a signal to the program itself.
  void signal(int number) const;

  /// Sends a signal to it and all that it has started.
  void signal_all(int number) const;

  /// How it has ended, "exit code 1" or "signal 9 (Killed)"; nothing while it runs. All that it
  /// had started and left behind is ended then too.
  [[nodiscard]] std::optional<std::string> ended();

 private:
  Child(pid_t pid, Descriptor output);
  void kill_and_wait();

  pid_t pid_ = -1;  ///< Of the group too; -1 once it has ended.
  Descriptor output_;
};

/// The folder that this program is in, or "".
[[nodiscard]] std::filesystem::path own_folder();

/// Becomes the program, which keeps what is open and who our parent is. Comes back only where that
/// cannot be, with the number of the reason.
[[nodiscard]] int become(const Program& program);

/// Whether it is a file that may be run.
[[nodiscard]] bool is_program(const std::filesystem::path& file);

/// The program of this name in a folder of PATH, or "".
[[nodiscard]] std::filesystem::path find_in_path(const std::string& name);

/// Runs a program to its end, hands on what it prints piece by piece, and says how it ended.
[[nodiscard]] Result<std::string> run_to_end(const Program& program,
                                             const std::function<void(std::string_view)>& take);

}  // namespace likes
