#pragma once

#include <memory>
#include <optional>

#include "server/app/settings.h"
#include "server/http/listener.h"
#include "server/likes/clock.h"
#include "tools/support/result.h"

namespace likes::app {

/// The whole server: database, posts, likes and the two addresses it answers on.
class App {
 public:
  /// Migrates and opens the database, loads the posts and listens. `clock` must outlive the App.
  [[nodiscard]] static Result<std::unique_ptr<App>> start(const Settings& settings,
                                                          const domain::Clock& clock);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// The real addresses, also where the settings ask for port 0.
  [[nodiscard]] http::ListenAddress address() const;
  [[nodiscard]] std::optional<http::ListenAddress> admin_address() const;

  /// Reads the posts file again, which also happens by itself when the file changes. A bad file
  /// changes nothing but the log and a metric.
  void reload_posts();

  /// Answers what has come in and ends. Twice is once.
  void stop();

 private:
  class Impl;
  explicit App(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace likes::app
