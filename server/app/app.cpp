#include "server/app/app.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "server/http/api.h"
#include "server/http/router.h"
#include "server/http/visitor_hash.h"
#include "server/likes/like_service.h"
#include "server/store/open_store.h"
#include "server/telemetry/log.h"
#include "server/telemetry/metrics.h"
#include "tools/formats/posts_index.h"
#include "tools/support/file_io.h"
#include "tools/support/url.h"

namespace likes::app {
namespace {

/// How often visitor hashes are looked through for those whose window is over.
constexpr std::chrono::seconds kHousekeeping{60};
constexpr std::size_t kAdminThreads = 2;

Result<std::vector<domain::Post>> load_posts(const std::filesystem::path& file) {
  const Result<std::string> json = read_file(file, formats::kMaxIndexBytes);
  if (!json) {
    return tl::unexpected<Error>(json.error());
  }
  Result<std::vector<formats::Post>> entries = formats::read_posts_index(*json, file.string());
  if (!entries) {
    return tl::unexpected<Error>(entries.error());
  }
  std::vector<domain::Post> posts;
  posts.reserve(entries->size());
  for (formats::Post& entry : *entries) {
    posts.push_back({std::move(entry.key), std::move(entry.url), std::move(entry.aliases)});
  }
  return posts;
}

/// Browsers send host names in lower case.
std::vector<std::string> origins_of(const std::vector<domain::Post>& posts) {
  std::set<std::string> origins;
  for (const domain::Post& post : posts) {
    if (const Result<Url> url = parse_url(post.url); url) {
      std::string origin = url->origin();
      std::transform(origin.begin(), origin.end(), origin.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      });
      origins.insert(std::move(origin));
    }
  }
  return {origins.begin(), origins.end()};
}

Result<std::unique_ptr<domain::Store>> open_migrated(const std::string& database_url) {
  const Result<std::vector<std::string>> applied = store::migrate(database_url);
  if (!applied) {
    return tl::unexpected<Error>(applied.error());
  }
  for (const std::string& name : *applied) {
    telemetry::log_info("migrated the database: " + name);
  }
  return store::open_store(database_url);
}

Result<std::unique_ptr<http::Listener>> open_listener(const char* variable,
                                                      const http::ListenAddress& address,
                                                      http::Router& router,
                                                      const http::ListenerLimits& limits) {
  Result<std::unique_ptr<http::Listener>> listener =
      http::Listener::open(address, router.handlers(), limits);
  if (!listener) {
    return fail(listener.error().code, std::string(variable) + ": " + listener.error().message);
  }
  return listener;
}

std::optional<http::StaticSite> site_of(const Settings& settings) {
  return settings.site.empty() ? std::nullopt : std::optional(http::StaticSite(settings.site));
}

}  // namespace

class App::Impl {
 public:
  Impl(const Settings& settings, const domain::Clock& clock, std::unique_ptr<domain::Store> store)
      : settings_(settings),
        metrics_(LIKES_VERSION),
        store_(std::move(store)),
        service_(*store_, clock, settings.like_window),
        api_({settings.trusted_proxies, settings.rate_limit, settings.visitor_key, LIKES_VERSION},
             service_, *store_, clock, metrics_),
        public_router_(http::Surface::kPublic, api_, metrics_, site_of(settings)),
        admin_router_(http::Surface::kAdmin, api_, metrics_) {}

  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> load() {
    Result<std::vector<domain::Post>> posts = load_posts(settings_.posts_file);
    if (!posts) {
      return tl::unexpected<Error>(posts.error());
    }
    http::Origins origins{settings_.allowed_origins, settings_.dev, !settings_.site.empty()};
    if (origins.allowed.empty()) {
      origins.allowed = origins_of(*posts);
    }
    const std::size_t count = posts->size();
    if (Result<void> listed = service_.list_posts(std::move(*posts)); !listed) {
      return listed;
    }
    public_router_.set_origins(std::move(origins));
    metrics_.set_posts(count);
    telemetry::log_info(std::to_string(count) + " posts from " + settings_.posts_file.string());
    return {};
  }

  Result<void> listen() {
    Result<std::unique_ptr<http::Listener>> listener =
        open_listener("BIND_ADDRESS", settings_.bind_address, public_router_, {});
    if (!listener) {
      return tl::unexpected<Error>(listener.error());
    }
    listener_ = std::move(*listener);
    if (settings_.admin_address) {
      http::ListenerLimits limits;
      limits.threads = kAdminThreads;
      Result<std::unique_ptr<http::Listener>> admin =
          open_listener("ADMIN_ADDRESS", *settings_.admin_address, admin_router_, limits);
      if (!admin) {
        return tl::unexpected<Error>(admin.error());
      }
      admin_listener_ = std::move(*admin);
      admin_listener_->start();
      telemetry::log_info("metrics on http://" + admin_listener_->address().to_string() +
                          "/metrics");
    }
    listener_->start();
    housekeeper_ = std::thread([this] { keep_house(); });
    telemetry::log_info("listening on http://" + listener_->address().to_string());
    return {};
  }

  [[nodiscard]] http::ListenAddress address() const { return listener_->address(); }

  [[nodiscard]] std::optional<http::ListenAddress> admin_address() const {
    return admin_listener_ ? std::optional(admin_listener_->address()) : std::nullopt;
  }

  void stop() {
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
    if (housekeeper_.joinable()) {
      housekeeper_.join();
    }
  }

 private:
  void keep_house() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      if (const Result<void> forgotten = service_.forget_visitors(); !forgotten) {
        telemetry::log_warning("old visitor hashes are still there: " +
                               forgotten.error().to_string());
      }
      lock.lock();
      stopped_.wait_for(lock, kHousekeeping, [this] { return stopping_; });
    }
  }

  Settings settings_;
  telemetry::Metrics metrics_;
  std::unique_ptr<domain::Store> store_;
  domain::LikeService service_;
  http::Api api_;
  http::Router public_router_;
  http::Router admin_router_;
  std::unique_ptr<http::Listener> listener_;
  std::unique_ptr<http::Listener> admin_listener_;

  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread housekeeper_;
};

Result<std::unique_ptr<App>> App::start(const Settings& settings, const domain::Clock& clock) {
  if (const Result<void> prepared = http::prepare_hashing(); !prepared) {
    return tl::unexpected<Error>(prepared.error());
  }
  Result<std::unique_ptr<domain::Store>> store = open_migrated(settings.database_url);
  if (!store) {
    return tl::unexpected<Error>(store.error());
  }
  auto impl = std::make_unique<Impl>(settings, clock, std::move(*store));
  if (const Result<void> loaded = impl->load(); !loaded) {
    return tl::unexpected<Error>(loaded.error());
  }
  if (const Result<void> listening = impl->listen(); !listening) {
    return tl::unexpected<Error>(listening.error());
  }
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

Result<void> App::reload_posts() {
  return impl_->load();
}

void App::stop() {
  impl_->stop();
}

}  // namespace likes::app
