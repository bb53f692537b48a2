#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace likes::testing {

/// A headless Chromium, driven through ChromeDriver by the W3C WebDriver protocol. Every step fails
/// the test with the browser's reason when it cannot be done.
class Browser {
 public:
  struct Options {
    bool javascript = true;
    bool dark = false;
    int width = 1000;
    int height = 900;
    bool forced_colors = false;
    bool reduced_motion = false;
    /// Keeps what trace() gives.
    bool traced = false;
  };

  explicit Browser(const Options& options);
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  void open(const std::string& url);
  /// As the button of that name: from the back/forward cache where the browser keeps one.
  void go_back();
  void click(const std::string& css);
  [[nodiscard]] std::string url();
  /// Waits until the browser has gone there, as it does some time after a form's button is pressed.
  void wait_for_url(const std::string& url);
  [[nodiscard]] std::string text(const std::string& css);
  [[nodiscard]] std::string attribute(const std::string& css, const std::string& name);

  /// Opens a tab and goes on in it; gives a name for use_tab().
  std::string open_tab();
  [[nodiscard]] std::string tab();
  void use_tab(const std::string& name);

  /// Takes the network away from the page, or gives it back.
  void set_offline(bool offline);

  /// Makes the page's processor so many times slower than this machine's.
  void slow_down(int times);

  /// What the browser's threads have done since the start or the last call: Chromium's trace
  /// events, a script's evaluation and calls among them, with the address it came from.
  [[nodiscard]] std::vector<nlohmann::json> trace();

  /// What a function body returns in the page.
  nlohmann::json run(const std::string& script);

  /// Waits until a JavaScript expression is true in the page; twenty seconds at most.
  void wait_until(const std::string& expression);

  /// Waits until the page has come to rest: its scripts are told in two frames what is in view, and
  /// by an idle browser what they asked to be told then.
  void come_to_rest();

  /// How much of the page has moved since it was opened, by itself or after a press: the sum of its
  /// layout shifts.
  double layout_shift();

  /// What the page wrote to the console as errors, blocked content included.
  [[nodiscard]] std::string console_errors();

  /// With LIKES_SCREENSHOTS=DIR, a picture of the whole page in DIR/NAME.png; otherwise nothing.
  void keep_picture(const std::string& name);

 private:
  void start_driver();
  nlohmann::json ask(const std::string& method, const std::string& path,
                     const nlohmann::json& body = nlohmann::json::object());
  [[nodiscard]] std::string element(const std::string& css);
  nlohmann::json devtools(const std::string& command, const nlohmann::json& parameters);

  TempDir profile_;
  std::unique_ptr<Process> driver_;
  std::string driver_url_;
  std::string session_;
};

}  // namespace likes::testing
