#include "server/app/app.h"

#include <malloc.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "server/app/listed_posts.h"
#include "server/app/posts_watch.h"
#include "server/app/service_manager.h"
#include "server/http/api.h"
#include "server/http/router.h"
#include "server/http/visitor_hash.h"
#include "server/likes/like_service.h"
#include "server/store/open_store.h"
#include "server/telemetry/log.h"
#include "server/telemetry/metrics.h"
#include "server/telemetry/traces.h"

namespace likes::app {
namespace {

/// How often visitor hashes are looked through for those whose window is over.
constexpr std::chrono::seconds kHousekeeping{60};
constexpr std::size_t kAdminWorkers = 2;
/// A server whose threads do not get round to their work in this time is not well.
constexpr std::chrono::seconds kAlive{5};

Result<std::unique_ptr<domain::Store>> open_migrated(const std::string& database_url,
                                                     const store::StoreOptions& options) {
  const Result<std::vector<std::string>> applied = store::migrate(database_url);
  if (!applied) {
    return tl::unexpected<Error>(applied.error());
  }
  for (const std::string& name : *applied) {
    telemetry::log_info("migrated the database: " + name);
  }
  return store::open_store(database_url, options);
}

Result<std::unique_ptr<http::Listener>> open_listener(const char* variable,
                                                      const http::ListenAddress& address,
                                                      Descriptor passed, http::Router& router,
                                                      const http::ListenerLimits& limits) {
  if (passed.is_open()) {
    return http::Listener::adopt(std::move(passed), router.handlers(), limits);
  }
  Result<std::unique_ptr<http::Listener>> listener =
      http::Listener::open(address, router.handlers(), limits);
  if (!listener) {
    return fail(listener.error().code, std::string(variable) + ": " + listener.error().message);
  }
  return listener;
}

/// Once for each time that the database fails, however many likes are refused meanwhile.
void log_trouble(const std::optional<Error>& trouble) {
  if (trouble) {
    telemetry::log_error("the database fails, and likes are refused until it works: " +
                         trouble->to_string());
  } else {
    telemetry::log_info("the database works again");
  }
}

std::optional<http::StaticSite> site_of(const Settings& settings) {
  return settings.site.empty() ? std::nullopt : std::optional(http::StaticSite(settings.site));
}

}  // namespace

class App::Impl {
 public:
  Impl(const Settings& settings, const domain::Clock& clock, std::unique_ptr<domain::Store> store,
       std::shared_ptr<store::StoreFigures> figures)
      : settings_(settings),
        metrics_(LIKES_VERSION),
        traces_(settings.traces, LIKES_VERSION),
        store_(std::move(store)),
        service_(*store_, clock, settings.like_window),
        api_({settings.trusted_proxies, settings.rate_limit, settings.rate_ceiling,
              settings.visitor_key, LIKES_VERSION, settings.dev},
             service_, *store_, clock, metrics_),
        public_router_(http::Surface::kPublic, api_, metrics_, traces_, site_of(settings)),
        admin_router_(http::Surface::kAdmin, api_, metrics_, traces_) {
    const char* database = settings.database_url.starts_with("sqlite:") ? "sqlite" : "postgresql";
    service_.follow_batches(
        {&telemetry::Working::current, [this, database](std::span<const domain::Origin> likes) {
           metrics_.observe_batch(likes.size());
           return traces_.begin_batch(database, likes);
         }});
    service_.follow_trouble(&log_trouble);
    metrics_.set_source([this, figures = std::move(figures)] {
      return telemetry::Metrics::Live{service_.waiting(),
                                      std::chrono::duration<double>(service_.cache_age()).count(),
                                      figures->connections, figures->errors};
    });
  }

  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// Reads the posts file; unless `even_if_same`, does nothing when its bytes are those in force.
  Result<void> load(bool even_if_same) {
    const std::lock_guard lock(load_mutex_);
    Result<void> loaded = load_locked(even_if_same);
    if (!loaded) {
      metrics_.count_posts_failure();
    }
    return loaded;
  }

  Result<void> load_first() { return load(true); }

  Result<void> watch_posts() {
    return posts_watch_.start(settings_.posts_file, [this] { reload(false); });
  }

  /// What both SIGHUP and a changed file come to.
  void reload(bool even_if_same) {
    notify_manager(reloading_state());
    if (const Result<void> loaded = load(even_if_same); !loaded) {
      telemetry::log_error("the posts stay as they were: " + loaded.error().to_string());
    }
    notify_manager("READY=1");
  }

  Result<void> listen() {
    Result<std::map<std::string, Descriptor>> passed = take_passed_sockets();
    if (!passed) {
      return tl::unexpected<Error>(passed.error());
    }
    Result<std::unique_ptr<http::Listener>> listener = open_listener(
        "BIND_ADDRESS", settings_.bind_address, std::move((*passed)["public"]), public_router_, {});
    if (!listener) {
      return tl::unexpected<Error>(listener.error());
    }
    listener_ = std::move(*listener);
    Descriptor admin = std::move((*passed)["admin"]);
    if (settings_.admin_address || admin.is_open()) {
      if (Result<void> listening = listen_for_admin(std::move(admin)); !listening) {
        return listening;
      }
    }
    listener_->start();
    housekeeper_ = std::thread([this] { keep_house(); });
    watchdog_ = std::thread([this] { keep_watchdog_quiet(); });
    telemetry::log_info("listening on http://" + listener_->address().to_string());
    return {};
  }

  [[nodiscard]] http::ListenAddress address() const { return listener_->address(); }

  [[nodiscard]] std::optional<http::ListenAddress> admin_address() const {
    return admin_listener_ ? std::optional(admin_listener_->address()) : std::nullopt;
  }

  void stop() {
    if (!std::exchange(stop_begun_, true)) {
      notify_manager("STOPPING=1");
    }
    if (listener_) {
      listener_->stop();
    }
    if (admin_listener_) {
      admin_listener_->stop();
    }
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    stopped_.notify_all();
    for (std::thread* const thread : {&housekeeper_, &watchdog_}) {
      if (thread->joinable()) {
        thread->join();
      }
    }
  }

 private:
  Result<void> load_locked(bool even_if_same) {
    Result<ListedPosts> listed = read_listed_posts(settings_.posts_file);
    if (!listed) {
      return tl::unexpected<Error>(listed.error());
    }
    if (posts_digest_ == listed->digest && !even_if_same) {
      metrics_.set_posts(posts_count_);
      return {};
    }
    http::Origins origins{settings_.allowed_origins, settings_.dev, !settings_.site.empty()};
    if (origins.allowed.empty()) {
      origins.allowed = std::move(listed->origins);
    }
    const std::size_t count = listed->posts.size();
    if (Result<void> taken = service_.list_posts(std::move(listed->posts)); !taken) {
      return taken;
    }
    public_router_.set_origins(std::move(origins));
    // Reading the file took several times its size, which the C library would keep for later.
    ::malloc_trim(0);
    posts_digest_ = listed->digest;
    posts_count_ = count;
    metrics_.set_posts(count);
    telemetry::log_info(std::to_string(count) + " posts from " + settings_.posts_file.string());
    return {};
  }

  Result<void> listen_for_admin(Descriptor passed) {
    http::ListenerLimits limits;
    limits.loops = 1;
    limits.workers = kAdminWorkers;
    Result<std::unique_ptr<http::Listener>> admin =
        open_listener("ADMIN_ADDRESS", settings_.admin_address.value_or(http::ListenAddress{}),
                      std::move(passed), admin_router_, limits);
    if (!admin) {
      return tl::unexpected<Error>(admin.error());
    }
    admin_listener_ = std::move(*admin);
    admin_listener_->start();
    telemetry::log_info("metrics on http://" + admin_listener_->address().to_string() + "/metrics");
    return {};
  }

  /// Tells the manager, if it wants to hear it, that the readers' address is being served.
  void keep_watchdog_quiet() {
    const std::optional<std::chrono::microseconds> interval = watchdog_interval();
    std::unique_lock lock(mutex_);
    while (interval && !stopping_) {
      lock.unlock();
      if (listener_->is_alive(kAlive)) {
        notify_manager("WATCHDOG=1");
      }
      lock.lock();
      stopped_.wait_for(lock, *interval, [this] { return stopping_; });
    }
  }

  void keep_house() {
    bool has_failed = false;
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      const Result<void> forgotten = service_.forget_visitors();
      // A database that is away has been told of, and is asked again in a minute.
      if (!forgotten && has_failed && !service_.is_stale()) {
        telemetry::log_warning("old visitor hashes are still there: " +
                               forgotten.error().to_string());
      }
      has_failed = !forgotten;
      lock.lock();
      stopped_.wait_for(lock, kHousekeeping, [this] { return stopping_; });
    }
  }

  Settings settings_;
  telemetry::Metrics metrics_;
  telemetry::Traces traces_;
  std::unique_ptr<domain::Store> store_;
  domain::LikeService service_;
  http::Api api_;
  http::Router public_router_;
  http::Router admin_router_;
  std::unique_ptr<http::Listener> listener_;
  std::unique_ptr<http::Listener> admin_listener_;

  std::mutex load_mutex_;
  std::optional<std::size_t> posts_digest_;
  std::size_t posts_count_ = 0;
  bool stop_begun_ = false;

  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread housekeeper_;
  std::thread watchdog_;
  PostsWatch posts_watch_;  ///< Last, because it calls all the others.
};

Result<std::unique_ptr<App>> App::start(const Settings& settings, const domain::Clock& clock) {
  if (const Result<void> prepared = http::prepare_hashing(); !prepared) {
    return tl::unexpected<Error>(prepared.error());
  }
  const store::StoreOptions options;
  Result<std::unique_ptr<domain::Store>> store = open_migrated(settings.database_url, options);
  if (!store) {
    return tl::unexpected<Error>(store.error());
  }
  auto impl = std::make_unique<Impl>(settings, clock, std::move(*store), options.figures);
  using Step = Result<void> (Impl::*)();
  for (const Step step : {&Impl::load_first, &Impl::watch_posts, &Impl::listen}) {
    if (const Result<void> done = (*impl.*step)(); !done) {
      return tl::unexpected<Error>(done.error());
    }
  }
  notify_manager("READY=1");
  return std::unique_ptr<App>(new App(std::move(impl)));
}

App::App(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

App::~App() = default;

http::ListenAddress App::address() const {
  return impl_->address();
}

std::optional<http::ListenAddress> App::admin_address() const {
  return impl_->admin_address();
}

void App::reload_posts() {
  impl_->reload(true);
}

void App::stop() {
  impl_->stop();
}

}  // namespace likes::app
