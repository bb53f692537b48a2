#include "tests/support/browser.h"

#include <httplib.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <vector>

#include "tests/support/catch.h"

namespace likes::testing {
namespace {

using nlohmann::json;

/// The protocol's name for an element reference.
constexpr const char* kElementId = "element-6066-11e4-a52e-4f735466cecf";

json session_options(const Browser::Options& options, const std::string& profile) {
  json arguments = {"--headless=new",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--hide-scrollbars",
                    "--user-data-dir=" + profile};
  if (::geteuid() == 0) {
    arguments.push_back("--no-sandbox");  // Chromium's sandbox refuses root, as in containers.
  }
  json preferences = json::object();
  if (!options.javascript) {
    preferences["profile.managed_default_content_settings.javascript"] = 2;
  }
  json chrome = {{"args", arguments}, {"prefs", preferences}};
  json logs = {{"browser", "SEVERE"}};
  if (options.traced) {
    chrome["perfLoggingPrefs"] = {
        {"enableNetwork", false},
        {"enablePage", false},
        {"traceCategories", "devtools.timeline,disabled-by-default-devtools.timeline"}};
    logs["performance"] = "ALL";
  }
  return {{"capabilities",
           {{"alwaysMatch",
             {{"goog:chromeOptions", chrome},
              {"goog:loggingPrefs", logs},
              {"timeouts", {{"script", 20000}, {"pageLoad", 30000}, {"implicit", 20000}}}}}}}};
}

std::string base64_decoded(const std::string& text) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string::npos) {
      break;
    }
    bits = (bits << 6) | static_cast<unsigned>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> count) & 0xFF);
    }
  }
  return bytes;
}

}  // namespace

Browser::Browser(const Options& options) {
  start_driver();
  session_ = "/session/" + ask("POST", "/session",
                               session_options(options, profile_.path().string()))["sessionId"]
                               .get<std::string>();
  // Headless windows have a least width; the emulated screen has none.
  devtools("Emulation.setDeviceMetricsOverride", {{"width", options.width},
                                                  {"height", options.height},
                                                  {"deviceScaleFactor", 1},
                                                  {"mobile", options.width < 600}});
  const json scheme = {{"name", "prefers-color-scheme"},
                       {"value", options.dark ? "dark" : "light"}};
  const json colors = {{"name", "forced-colors"},
                       {"value", options.forced_colors ? "active" : "none"}};
  const json motion = {{"name", "prefers-reduced-motion"},
                       {"value", options.reduced_motion ? "reduce" : "no-preference"}};
  devtools("Emulation.setEmulatedMedia", {{"features", json::array({scheme, colors, motion})}});
}

void Browser::start_driver() {
  // ChromeDriver takes a free port of IPv6 and gives up when IPv4's of the same number is taken.
  constexpr int kTries = 5;
  std::optional<std::string> line;
  for (int i = 0; i < kTries && !line; ++i) {
    driver_ = std::make_unique<Process>(std::vector<std::string>{"chromedriver", "--port=0"},
                                        Process::Environment{}, "chromium-driver");
    line = driver_->find_line("started successfully on port ");
  }
  INFO(driver_->output());
  REQUIRE(line);
  const std::string port = line->substr(line->rfind("port ") + 5);
  driver_url_ = "http://127.0.0.1:" + port.substr(0, port.find('.'));
}

Browser::~Browser() {
  httplib::Client client(driver_url_);
  client.Delete(session_);  // ends Chromium; the driver ends with its process
}

json Browser::ask(const std::string& method, const std::string& path, const json& body) {
  httplib::Client client(driver_url_);
  client.set_read_timeout(60);
  const httplib::Result result =
      method == "GET" ? client.Get(path) : client.Post(path, body.dump(), "application/json");
  INFO(method << " " << path << " " << body.dump().substr(0, 300));
  REQUIRE(result);
  const json answer = json::parse(result->body);
  if (result->status != 200) {
    FAIL(answer["value"].value("error", "?") << ": " << answer["value"].value("message", "?"));
  }
  return answer["value"];
}

std::string Browser::element(const std::string& css) {
  return session_ + "/element/" +
         ask("POST", session_ + "/element", {{"using", "css selector"}, {"value", css}})[kElementId]
             .get<std::string>();
}

json Browser::devtools(const std::string& command, const json& parameters) {
  return ask("POST", session_ + "/goog/cdp/execute", {{"cmd", command}, {"params", parameters}});
}

void Browser::go_back() {
  ask("POST", session_ + "/back");
}

std::string Browser::open_tab() {
  const json tab = ask("POST", session_ + "/window/new", {{"type", "tab"}});
  use_tab(tab["handle"]);
  return tab["handle"];
}

std::string Browser::tab() {
  return ask("GET", session_ + "/window").get<std::string>();
}

void Browser::use_tab(const std::string& name) {
  ask("POST", session_ + "/window", {{"handle", name}});
}

void Browser::set_offline(bool offline) {
  devtools("Network.enable", json::object());
  devtools(
      "Network.emulateNetworkConditions",
      {{"offline", offline}, {"latency", 0}, {"downloadThroughput", -1}, {"uploadThroughput", -1}});
}

void Browser::slow_down(int times) {
  devtools("Emulation.setCPUThrottlingRate", {{"rate", times}});
}

std::vector<json> Browser::trace() {
  std::vector<json> events;
  for (const json& entry : ask("POST", session_ + "/se/log", {{"type", "performance"}})) {
    const json message = json::parse(entry.value("message", "{}"))["message"];
    if (message["method"] == "Tracing.dataCollected") {
      events.push_back(message["params"]);
    }
  }
  return events;
}

void Browser::open(const std::string& url) {
  ask("POST", session_ + "/url", {{"url", url}});
}

void Browser::click(const std::string& css) {
  ask("POST", element(css) + "/click");
}

void Browser::wait_for_url(const std::string& url) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (ask("GET", session_ + "/url").get<std::string>() != url) {
    if (std::chrono::steady_clock::now() > deadline) {
      FAIL("waited for " << url << ", found " << this->url());
    }
  }
}

std::string Browser::url() {
  return ask("GET", session_ + "/url").get<std::string>();
}

std::string Browser::text(const std::string& css) {
  return ask("GET", element(css) + "/text").get<std::string>();
}

std::string Browser::attribute(const std::string& css, const std::string& name) {
  const json value = ask("GET", element(css) + "/attribute/" + name);
  return value.is_string() ? value.get<std::string>() : "";
}

json Browser::run(const std::string& script) {
  return ask("POST", session_ + "/execute/sync", {{"script", script}, {"args", json::array()}});
}

void Browser::wait_until(const std::string& expression) {
  // Looked at whenever the page may have changed: at each of its frames.
  ask("POST", session_ + "/execute/async",
      {{"script",
        "const done = arguments[0];"
        "(function look() { if (" +
            expression + ") done(true); else requestAnimationFrame(look); })();"},
       {"args", json::array()}});
}

void Browser::come_to_rest() {
  ask("POST", session_ + "/execute/async",
      {{"script",
        "const done = arguments[0];"
        "requestAnimationFrame(() => requestAnimationFrame(() => "
        "requestIdleCallback(() => done(true))))"},
       {"args", json::array()}});
}

double Browser::layout_shift() {
  // Only an observer is told of these, and some time later.
  run("const shift = window.shift = { sum: 0 };"
      "new PerformanceObserver((list) => {"
      "  for (const entry of list.getEntries()) shift.sum += entry.value;"
      "}).observe({ type: 'layout-shift', buffered: true })");
  come_to_rest();
  return run("return window.shift.sum").get<double>();
}

std::string Browser::console_errors() {
  std::string errors;
  for (const json& entry : ask("POST", session_ + "/se/log", {{"type", "browser"}})) {
    errors += entry.value("message", "?") + "\n";
  }
  return errors;
}

void Browser::keep_picture(const std::string& name) {
  const char* folder = std::getenv("LIKES_SCREENSHOTS");
  if (folder == nullptr) {
    return;
  }
  // Chromium shifts a page that is read from right to left when it looks beyond the window.
  const json page = devtools("Page.getLayoutMetrics", json::object());
  const bool beyond = page["cssContentSize"]["height"].get<double>() >
                      page["cssLayoutViewport"]["clientHeight"].get<double>();
  const json picture =
      devtools("Page.captureScreenshot", {{"captureBeyondViewport", beyond}, {"format", "png"}});
  std::ofstream(std::string(folder) + "/" + name + ".png", std::ios::binary)
      << base64_decoded(picture["data"].get<std::string>());
}

}  // namespace likes::testing
