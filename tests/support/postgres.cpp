#include "tests/support/postgres.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <pqxx/pqxx>
#include <sstream>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

#if PQXX_VERSION_MAJOR < 7
// libpqxx 6 does not free the result of a statement in which it loses its connection.
extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "leak:PQmakeEmptyPGresult\n";
}
#endif

namespace likes::testing {
namespace {

constexpr std::chrono::seconds kStartPatience{60};
constexpr std::chrono::milliseconds kPollInterval{10};

/// Where initdb and postgres are: Debian keeps them out of the PATH. Empty when nowhere.
std::filesystem::path find_programs() {
  std::vector<std::filesystem::path> folders;
  std::error_code ignored;
  for (const std::filesystem::directory_entry& version :
       std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
    folders.push_back(version.path() / "bin");
  }
  std::sort(folders.rbegin(), folders.rend());
  const char* path = std::getenv("PATH");
  std::istringstream words(path == nullptr ? "" : path);
  for (std::string word; std::getline(words, word, ':');) {
    folders.emplace_back(word);
  }
  for (const std::filesystem::path& folder : folders) {
    if (std::filesystem::exists(folder / "initdb", ignored) &&
        std::filesystem::exists(folder / "postgres", ignored)) {
      return folder;
    }
  }
  return {};
}

const passwd* postgres_user() {
  const passwd* user = ::getpwnam("postgres");
  if (user == nullptr) {
    FAIL("there is no user postgres: install the Debian package postgresql");
  }
  return user;
}

/// Starts a program with its output in `log`; PostgreSQL refuses to run as root.
pid_t spawn(const std::vector<std::string>& words, const std::filesystem::path& log) {
  const passwd* user = ::geteuid() == 0 ? postgres_user() : nullptr;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t process = ::fork();
  if (process != 0) {
    return process;
  }
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  const bool redirected = ::dup2(output, 1) == 1 && ::dup2(output, 2) == 2;
  const bool is_user =
      user == nullptr || (::initgroups(user->pw_name, user->pw_gid) == 0 &&
                          ::setgid(user->pw_gid) == 0 && ::setuid(user->pw_uid) == 0);
  // The user may not see the folder that root runs the tests in.
  const bool is_placed = ::chdir("/") == 0;
  // Set after the change of user, which would clear it.
  const bool tied = ::prctl(PR_SET_PDEATHSIG, SIGQUIT) == 0 && ::getppid() == parent;
  if (redirected && is_user && is_placed && tied) {
    ::execv(arguments[0], arguments.data());
  }
  ::perror(arguments[0]);
  ::_exit(127);
}

int wait_for(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

bool accepts_connections(const std::string& url) {
  try {
    const pqxx::connection connection(url);
    return connection.is_open();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

PostgresServer::PostgresServer() : programs_(find_programs()) {
  make_data({programs_ / "initdb", "--pgdata", folder_.path() / "data", "--username", "likes",
             "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync",
             "--no-instructions"});
}

PostgresServer::PostgresServer(StandbyOf standby) : programs_(find_programs()) {
  make_data({programs_ / "pg_basebackup", "--pgdata", folder_.path() / "data", "--host",
             standby.primary.folder(), "--username", "likes", "--checkpoint", "fast", "--no-sync",
             "--write-recovery-conf"});
}

void PostgresServer::make_data(const std::vector<std::string>& words) {
  if (programs_.empty()) {
    FAIL("initdb and postgres are missing: install the Debian package postgresql");
  }
  if (::geteuid() == 0) {
    const passwd* user = postgres_user();
    REQUIRE(::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) == 0);
  }
  if (wait_for(spawn(words, folder_.path() / "log")) != 0) {
    FAIL(words.front() << " failed: " << tail_of_log());
  }
  start();
}

void PostgresServer::commit_on_standby() const {
  const PostgresSession session(url("postgres"));
  session.execute("alter system set synchronous_standby_names = '*'");
  session.execute("select pg_reload_conf()");
}

void PostgresServer::promote() const {
  PostgresSession(url("postgres")).execute("select pg_promote()");
}

PostgresServer::~PostgresServer() {
  stop(SIGQUIT);
}

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

std::string PostgresServer::url(const std::string& database) const {
  return "postgresql:///" + database + "?user=likes&host=" + folder_.path().string();
}

std::string PostgresServer::socket() const {
  return (folder_.path() / ".s.PGSQL.5432").string();
}

std::string PostgresServer::new_database() {
  const std::string name = "likes_" + std::to_string(++databases_);
  pqxx::connection connection(url("postgres"));
  pqxx::nontransaction(connection).exec("create database " + name);
  return url(name);
}

void PostgresServer::execute(const std::string& url, const std::string& sql) {
  pqxx::connection connection(url);
  pqxx::work work(connection);
  work.exec(sql);
  work.commit();
}

void PostgresServer::start() {
  // Nothing here outlives the test, so nothing needs to reach the disk.
  process_ = spawn({programs_ / "postgres", "-D", folder_.path() / "data", "-k", folder_.path(),
                    "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=100"},
                   folder_.path() / "log");
  const auto give_up = std::chrono::steady_clock::now() + kStartPatience;
  while (!accepts_connections(url("postgres"))) {
    if (::waitpid(process_, nullptr, WNOHANG) != 0) {
      process_ = -1;
      FAIL("postgres did not start: " << tail_of_log());
    }
    if (std::chrono::steady_clock::now() > give_up) {
      FAIL("postgres does not answer: " << tail_of_log());
    }
    std::this_thread::sleep_for(kPollInterval);
  }
}

void PostgresServer::stop_immediately() {
  stop(SIGQUIT);
}

void PostgresServer::stop(int signal) {
  if (process_ > 0) {
    ::kill(process_, signal);
    wait_for(process_);
    process_ = -1;
  }
}

std::string PostgresServer::tail_of_log() const {
  constexpr std::size_t kTail = 2000;
  std::ifstream file(folder_.path() / "log");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return text.size() > kTail ? text.substr(text.size() - kTail) : text;
}

struct PostgresSession::Connection {
  pqxx::connection open;
};

PostgresSession::PostgresSession(const std::string& url)
    : connection_(new Connection{pqxx::connection(url)}) {}

PostgresSession::~PostgresSession() = default;

void PostgresSession::execute(const std::string& sql) const {
  pqxx::nontransaction(connection_->open).exec(sql);
}

}  // namespace likes::testing
