#pragma once

#include <filesystem>
#include <functional>
#include <thread>

#include "tools/support/descriptor.h"
#include "tools/support/result.h"
#include "tools/support/watcher.h"

namespace likes::app {

/// Tells, from a thread of its own, when a file has been written or replaced: also when another one
/// was renamed to its name, and when the link that stands for its folder points elsewhere, as a
/// Kubernetes ConfigMap does it.
class PostsWatch {
 public:
  PostsWatch() = default;
  /// Ends the thread; no call is under way afterwards.
  ~PostsWatch();
  PostsWatch(const PostsWatch&) = delete;
  PostsWatch& operator=(const PostsWatch&) = delete;

  [[nodiscard]] Result<void> start(const std::filesystem::path& file,
                                   std::function<void()> changed);

 private:
  [[nodiscard]] Result<Watcher> watch() const;
  void run(Watcher watcher);

  std::filesystem::path file_;
  std::function<void()> changed_;
  Descriptor wake_;
  std::thread thread_;
};

}  // namespace likes::app
