#include "tools/dev/session.h"

#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "tools/dev/dev_index.h"
#include "tools/dev/output_lines.h"
#include "tools/dev/pace.h"
#include "tools/support/file_io.h"
#include "tools/support/signal_reader.h"
#include "tools/support/watcher.h"

namespace likes::dev {
namespace {

using std::chrono::milliseconds;

constexpr const char* kProgram = "likes dev";
constexpr milliseconds kProbeEvery{50};
/// A program that has not ended so long after SIGTERM is killed.
constexpr milliseconds kGrace{5000};

void say(const std::string& text) {
  std::fprintf(stderr, "%s: %s\n", kProgram, text.c_str());
}

/// "0.25 s", "2 s".
std::string in_seconds(milliseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%g s", static_cast<double>(time.count()) / 1000);
  return text;
}

/// One of the two programs, over all its lives.
struct Part {
  Part(const Program& what, int its_port, std::string asked_path, int colour)
      : program(what),
        port(its_port),
        path(std::move(asked_path)),
        lines(what.name, colour),
        probe(port, path) {}

  Program program;
  int port;
  std::string path;
  OutputLines lines;
  Probe probe;
  std::optional<Child> child;
  RestartPause pause;
  TimePoint started;
  TimePoint next_start;
  bool is_up = false;
};

class Session {
 public:
  explicit Session(const Plan& plan)
      : plan_(plan),
        parts_{{{plan.server, plan.server_port.number(), "/health", plan.coloured ? 36 : 0},
                {plan.hugo, plan.hugo_port.number(), "/", plan.coloured ? 35 : 0}}} {}

  ExitCode run() {
    if (!update_index()) {
      return ExitCode::kFailed;
    }
    while (!stopping_ && exit_ == ExitCode::kOk) {
      turn();
    }
    end_parts();
    return exit_;
  }

 private:
  [[nodiscard]] Part& server() { return parts_[0]; }

  /// One turn of the loop: does what is due and waits for what comes next.
  void turn() {
    const TimePoint now = std::chrono::steady_clock::now();
    for (Part& part : parts_) {
      tend(part, now);
    }
    if (const std::optional<TimePoint> due = changes_.due(); due && *due <= now) {
      changes_.clear();
      static_cast<void>(update_index());
    }
    wait_until(next_due(now));
  }

  void tend(Part& part, TimePoint now) {
    if (!part.child) {
      if (part.next_start <= now && exit_ == ExitCode::kOk) {
        start(part, now);
      }
      return;
    }
    if (const std::optional<std::string> how = part.child->ended()) {
      mourn(part, *how, now);
    } else if (!part.is_up && part.probe.has_answered()) {
      part.is_up = true;
      greet(part);
    }
  }

  void start(Part& part, TimePoint now) {
    Result<Child> child = Child::start(part.program);
    if (!child) {
      exit_ = report_failure(kProgram, child.error());
      return;
    }
    part.child = std::move(*child);
    part.started = now;
    part.is_up = false;
    part.probe = Probe(part.port, part.path);
  }

  void mourn(Part& part, const std::string& how, TimePoint now) {
    print_rest(part);
    part.child.reset();
    part.is_up = false;
    const std::string& name = part.program.name;
    const auto lived = std::chrono::duration_cast<milliseconds>(now - part.started);
    const std::optional<milliseconds> pause = part.pause.after(lived);
    if (!pause) {
      say(name + " ended with " + how + "; this was the " + std::to_string(kMaxQuickDeaths) +
          "th time within " + in_seconds(kQuickDeath) + " of its start, giving up");
      exit_ = ExitCode::kFailed;
      return;
    }
    say(name + " ended with " + how + "; starting it again in " + in_seconds(*pause));
    part.next_start = now + *pause;
  }

  void greet(const Part& part) {
    if (&part == &server() && reload_waits_) {
      reload_server();
    }
    const bool all_up =
        std::all_of(parts_.begin(), parts_.end(), [](const Part& each) { return each.is_up; });
    if (was_complete_) {
      say(part.program.name + " answers again");
    } else if (all_up) {
      was_complete_ = true;
      say("the site is on " + address_ + ", likes are on http://localhost:" +
          std::to_string(server().port) + "; Ctrl-C ends both");
    }
  }

  /// A server that is not up yet does not know the signal, and would end. One that is not started
  /// yet will read the new index anyway.
  void reload_server() {
    reload_waits_ = server().child && !server().is_up;
    if (server().is_up) {
      server().child->signal(SIGHUP);
    }
  }

  [[nodiscard]] TimePoint next_due(TimePoint now) const {
    TimePoint next = now + std::chrono::hours(1);
    next = std::min(next, changes_.due().value_or(next));
    for (const Part& part : parts_) {
      if (!part.child) {
        next = std::min(next, part.next_start);
      } else if (!part.is_up) {
        next = std::min(next, now + kProbeEvery);
      }
    }
    return next;
  }

  void wait_until(TimePoint next) {
    std::vector<pollfd> readable = {
        {signals_.descriptor(), POLLIN, 0},
        {watcher_ ? watcher_->descriptor() : -1, POLLIN, 0},  // poll() passes over -1.
    };
    for (const Part& part : parts_) {
      readable.push_back({part.child ? part.child->output() : -1, POLLIN, 0});
    }
    const TimePoint now = std::chrono::steady_clock::now();
    const auto left = std::chrono::ceil<milliseconds>(std::max(next - now, TimePoint::duration()));
    ::poll(readable.data(), readable.size(), static_cast<int>(left.count()));
    stopping_ = signals_.take_stop() || stopping_;
    if (watcher_ && watcher_->take_changes()) {
      changes_.note(std::chrono::steady_clock::now());
    }
    for (Part& part : parts_) {
      if (part.child) {
        print(part.lines.take(part.child->read_output()));
      }
    }
  }

  void print_rest(Part& part) {
    for (std::string bytes = part.child->read_output(); !bytes.empty();
         bytes = part.child->read_output()) {
      print(part.lines.take(bytes));
    }
    print(part.lines.rest());
  }

  void print(const std::string& lines) {
    const bool printed =
        lines.empty() || (std::fwrite(lines.data(), 1, lines.size(), stdout) == lines.size() &&
                          std::fflush(stdout) == 0);
    if (!printed && exit_ == ExitCode::kOk) {
      say("cannot write to standard output");
      exit_ = ExitCode::kFailed;
    }
  }

  /// Asks both to end, shows what they say about it, and makes them if they do not.
  void end_parts() {
    stopping_ = false;
    for (Part& part : parts_) {
      if (part.child) {
        part.child->signal_all(SIGTERM);
      }
    }
    const TimePoint patience = std::chrono::steady_clock::now() + kGrace;
    // Another Ctrl-C is impatience.
    while (!stopping_ && std::chrono::steady_clock::now() < patience && forget_ended()) {
      wait_until(patience);
    }
    for (Part& part : parts_) {
      part.child.reset();
    }
  }

  /// Whether one of them is still there.
  bool forget_ended() {
    for (Part& part : parts_) {
      if (part.child && part.child->ended()) {
        print_rest(part);
        part.child.reset();
      }
    }
    return std::any_of(parts_.begin(), parts_.end(),
                       [](const Part& part) { return part.child.has_value(); });
  }

  /// Makes the index anew; where that fails, says why and leaves the old one as it is.
  bool update_index() {
    const Result<hugo::Config> config = watch_and_load();
    if (!config) {
      return keep_index({config.error()});
    }
    const DevIndex made = make_dev_index(plan_.site, *config);
    for (const Error& warning : made.warnings) {
      // Once is enough: most are about files that nobody is working on.
      if (std::string text = warning.to_string(); warned_.insert(text).second) {
        say("warning: " + text);
      }
    }
    if (!made.errors.empty()) {
      return keep_index(made.errors);
    }
    address_ = config->main_language().base_url;
    if (made.json == json_) {
      if (std::exchange(index_is_old_, false)) {
        say("the index is right again");
      }
      return true;
    }
    if (const Result<void> written = write_file(plan_.posts_file, made.json); !written) {
      return keep_index({written.error()});
    }
    json_ = made.json;
    index_is_old_ = false;
    say(std::to_string(made.posts) + (made.posts == 1 ? " post" : " posts") + " can be liked");
    reload_server();
    return true;
  }

  /// The watching begins before the reading, so that no change falls between them.
  Result<hugo::Config> watch_and_load() {
    watch();
    Result<hugo::Config> config = load_dev_config(plan_.site, plan_.hugo_port.number());
    std::vector<std::filesystem::path> content;
    for (const hugo::Mount& mount : config ? config->mounts : std::vector<hugo::Mount>()) {
      content.push_back(mount.source);
    }
    if (config && content != content_) {
      content_ = std::move(content);
      watch();
      config = load_dev_config(plan_.site, plan_.hugo_port.number());
    }
    return config;
  }

  void watch() {
    std::vector<std::filesystem::path> trees = {std::filesystem::path(plan_.site.source) /
                                                "config"};
    trees.insert(trees.end(), content_.begin(), content_.end());
    Result<Watcher> watcher = Watcher::over(trees, config_files(plan_.site));
    if (watcher) {
      watcher_ = std::move(*watcher);
    } else {
      exit_ = report_failure(kProgram, watcher.error());
    }
  }

  bool keep_index(const std::vector<Error>& errors) {
    for (const Error& error : errors) {
      say(error.to_string());
    }
    if (!json_.empty()) {
      index_is_old_ = true;
      say("the index stays as it was");
    }
    return false;
  }

  const Plan& plan_;
  SignalReader signals_;
  std::array<Part, 2> parts_;
  std::optional<Watcher> watcher_;
  Debounce changes_;
  std::vector<std::filesystem::path> content_;  // What the mounts of the content name.
  std::string address_;
  std::string json_;
  std::set<std::string> warned_;
  bool index_is_old_ = false;
  bool reload_waits_ = false;
  bool was_complete_ = false;
  bool stopping_ = false;
  ExitCode exit_ = ExitCode::kOk;
};

}  // namespace

ExitCode run_session(const Plan& plan) {
  return Session(plan).run();
}

}  // namespace likes::dev
