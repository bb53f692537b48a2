#include "tools/dev/dev_command.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "tools/dev/hugo_words.h"
#include "tools/dev/programs.h"
#include "tools/dev/session.h"

namespace likes::dev {
namespace {

constexpr const char* kProgram = "likes dev";
constexpr int kMaxPort = 65535;
constexpr int kHugoPort = 1313;
constexpr int kServerPort = 3000;

constexpr const char* kHelp =
    R"(Usage: likes dev [OPTIONS] [-- HUGO-OPTIONS]

Runs 'hugo server' and 'likes-server --dev' together while you write, and says
on which addresses. The like button of the pages talks to that server; a new
post can be liked within a second. Either program is started again when it
dies. Ctrl-C ends both and leaves nothing running; the exit code is 0 then.

Options for both, which mean what Hugo's own mean:
  -s, --source DIR       the site (default: .)
  -c, --config FILE,...  its configuration (default: hugo.toml, config.toml ...)
  -e, --environment ENV  the environment (default: development)
  -D, --buildDrafts      drafts too
  -F, --buildFuture      posts of the future too
  -E, --buildExpired     expired posts too
      --clock TIME       the time that this is judged by (default: now)
      --hugo-version V   the Hugo whose rules count for likes (default: that of
                         the hugo that is run)

More options:
      --port N           the site's port (default: 1313, or a free one)
      --likes-port N     the likes' port (default: 3000, or a free one)
  -h, --help             print this

What follows -- goes to 'hugo server' as it is.

Environment: that of both programs; DATABASE_URL says where the likes are kept
(default: an SQLite file in your cache folder). PATH is where hugo is found, and
likes-server where it is not beside this program. NO_COLOR: no colours.

Example:
  likes dev -D -- --navigateToChanged
)";

struct Options {
  index::SiteOptions site;
  std::optional<int> port;
  std::optional<int> likes_port;
  std::vector<std::string> hugo_words;
};

ExitCode usage_error(const std::string& message) {
  std::fprintf(stderr, "%s: %s\nTry: %s --help\n", kProgram, message.c_str(), kProgram);
  return ExitCode::kUsage;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// A folder in the system's place for temporary ones, gone with this object.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> make() {
    std::error_code code;
    const std::filesystem::path place = std::filesystem::temp_directory_path(code);
    if (code) {
      return fail(ErrorCode::kUnavailable,
                  "found no folder for temporary files: " + code.message() + "; is TMPDIR wrong?");
    }
    std::string name = (place / "likes-dev-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      return fail(ErrorCode::kUnavailable,
                  std::string("cannot make a temporary folder: ") + std::strerror(errno),
                  {place.string()});
    }
    return TemporaryFolder(name);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) {
      std::filesystem::remove_all(path_, ignored);
    }
  }
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

/// The port that an option asks for; none where it does not.
Result<Port> claim_port(const char* option, std::optional<int> number) {
  if (!number) {
    return Port();
  }
  std::optional<Port> port = Port::claim(*number);
  if (!port) {
    return fail(ErrorCode::kUnavailable, "another program uses port " + std::to_string(*number) +
                                             "; wanted a free one in " + option + ", or no " +
                                             option + " to have one chosen");
  }
  return std::move(*port);
}

Result<void> choose_ports(const Options& options, Plan& plan) {
  // Those that are asked for come first: they are not to be chosen for the other.
  Result<Port> hugo = claim_port("--port", options.port);
  Result<Port> server = claim_port("--likes-port", options.likes_port);
  if (hugo && hugo->number() == 0) {
    hugo = choose_port(kHugoPort);
  }
  if (server && server->number() == 0) {
    server = choose_port(kServerPort);
  }
  if (!hugo || !server) {
    return tl::unexpected(!hugo ? hugo.error() : server.error());
  }
  plan.hugo_port = std::move(*hugo);
  plan.server_port = std::move(*server);
  return {};
}

std::vector<std::string> words_for_hugo(const Options& options, int port) {
  const index::SiteOptions& site = options.site;
  std::vector<std::string> words = {"server",        "--source",           site.source,
                                    "--port",        std::to_string(port), "--environment",
                                    site.environment};
  if (!site.configs.empty()) {
    words.insert(words.end(), {"--config", site.configs});
  }
  if (!site.clock.empty()) {
    words.insert(words.end(), {"--clock", site.clock});
  }
  if (site.drafts) {
    words.emplace_back("--buildDrafts");
  }
  if (site.future) {
    words.emplace_back("--buildFuture");
  }
  if (site.expired) {
    words.emplace_back("--buildExpired");
  }
  words.insert(words.end(), options.hugo_words.begin(), options.hugo_words.end());
  return words;
}

/// The rules that count are those of the Hugo that is run, unless an option names others.
Result<void> choose_version(const std::filesystem::path& hugo, index::SiteOptions& site) {
  if (!site.hugo_version.empty()) {
    return {};
  }
  Result<std::string> said = ask_hugo_version(hugo);
  if (!said) {
    return tl::unexpected(said.error());
  }
  site.hugo_version = std::move(*said);
  if (std::string complaint = index::version_complaint(site); !complaint.empty()) {
    return fail(ErrorCode::kInvalid, std::move(complaint), {hugo.string()});
  }
  return {};
}

/// Fills in which programs are run, how and where.
Result<void> make_plan(const Options& options, const std::filesystem::path& folder, Plan& plan) {
  const Result<std::filesystem::path> hugo = find_hugo();
  const Result<std::filesystem::path> server = find_likes_server();
  if (!hugo || !server) {
    return tl::unexpected(!hugo ? hugo.error() : server.error());
  }
  plan.site = options.site;
  if (Result<void> known = choose_version(*hugo, plan.site); !known) {
    return known;
  }
  if (Result<void> chosen = choose_ports(options, plan); !chosen) {
    return chosen;
  }
  plan.posts_file = folder / "posts.json";
  const std::string likes = "http://localhost:" + std::to_string(plan.server_port.number());
  // The theme component reads the second one in other environments than development.
  plan.hugo = {"hugo",
               *hugo,
               words_for_hugo(options, plan.hugo_port.number()),
               {{"HUGO_PARAMS_LIKES_DEVAPI", likes}, {"HUGO_PARAMS_LIKES_API", likes}}};
  plan.server = {
      "likes",
      *server,
      {"--dev", "--bind-address", "127.0.0.1:" + std::to_string(plan.server_port.number()),
       "--posts-file", plan.posts_file.string()},
      {}};
  plan.coloured =
      ::isatty(STDOUT_FILENO) == 1 && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
  return {};
}

/// What is wrong with the numbers of the two ports, or "".
std::string port_complaint(const Options& options) {
  for (const auto& [option, port] :
       {std::pair("--port", options.port), std::pair("--likes-port", options.likes_port)}) {
    if (port && (*port < 1 || *port > kMaxPort)) {
      return std::string("found ") + option + " " + std::to_string(*port) +
             ", wanted a port from 1 to " + std::to_string(kMaxPort);
    }
  }
  if (options.port && options.port == options.likes_port) {
    return "found " + std::to_string(*options.port) +
           " for both --port and --likes-port, wanted two ports";
  }
  return "";
}

ExitCode run(Options options) {
  if (const Result<void> checked = check_hugo_words(options.hugo_words); !checked) {
    return usage_error(checked.error().message);
  }
  if (!index::read_clock(options.site)) {
    return usage_error(index::clock_complaint(options.site));
  }
  if (const std::string complaint = index::version_complaint(options.site); !complaint.empty()) {
    return usage_error("--hugo-version: " + complaint);
  }
  if (const std::string complaint = port_complaint(options); !complaint.empty()) {
    return usage_error(complaint);
  }
  if (options.site.environment.empty()) {
    const std::string said = variable("HUGO_ENVIRONMENT");
    options.site.environment = said.empty() ? "development" : said;
  }
  const Result<TemporaryFolder> folder = TemporaryFolder::make();
  if (!folder) {
    return report_failure(kProgram, folder.error());
  }
  Plan plan;
  if (const Result<void> made = make_plan(options, folder->path(), plan); !made) {
    return report_failure(kProgram, made.error());
  }
  return run_session(plan);
}

}  // namespace

void add_dev_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command = command_line.add_command("dev", kHelp, [options] { return run(*options); });
  index::add_site_options(command, options->site);
  command.add_option("--port", options->port);
  command.add_option("--likes-port", options->likes_port);
  command.add_option("hugo", options->hugo_words);
}

}  // namespace likes::dev
