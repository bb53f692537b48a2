#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <thread>
#include <utility>

#include "server/likes/recent_likes.h"
#include "server/likes/store.h"
#include "tools/support/result.h"

namespace likes::domain {

/// The store's counts in memory, kept in step with it: what this server changes is here at once,
/// what others change a moment later. While the store is away it goes on with what it knows, and
/// says that it is stale. Safe to call from many threads.
class CountMirror {
 public:
  /// Told once when trouble begins, and of nothing once it is over.
  using Told = std::function<void(const std::optional<Error>& trouble)>;

  /// `current_window` says at which second the window of this moment began.
  CountMirror(Store& store, std::function<std::int64_t()> current_window);
  ~CountMirror();
  CountMirror(const CountMirror&) = delete;
  CountMirror& operator=(const CountMirror&) = delete;

  /// Set before load(). `told` must not ask the mirror: all others wait for its return.
  void tell_trouble_to(Told told) { told_ = std::move(told); }

  /// Reads everything, and follows the store from then on.
  [[nodiscard]] Result<void> load();

  /// Whoever changes what the store has of a post holds this from before the change until it has
  /// been noted here: no reading comes between, which would count the change twice or undo it.
  [[nodiscard]] std::unique_lock<std::mutex> hold() { return std::unique_lock(changing_); }
  void note_recorded(const Like& like, const LikeResult& result);
  void note_taken_back(const Like& like, const TakenBack& result);
  /// That the store was asked for something else than counts and could not do it for now. It goes
  /// on being asked: a store that can be read is no trouble().
  void note_failed(const Error& error);

  /// Nothing for a post that is not listed.
  [[nodiscard]] std::optional<std::int64_t> total(const std::string& key) const;
  /// Nothing where the store must be asked.
  [[nodiscard]] std::optional<bool> liked(const std::string& key, const Visitor& visitor,
                                          std::int64_t window) const;

  /// Whether liked() always knows.
  [[nodiscard]] bool knows_all_liked() const;

  /// Shows all totals as they are at one moment. Another number than last time, another content.
  using Look = std::function<void(const Totals& totals)>;
  void look(const Look& look) const;
  [[nodiscard]] std::uint64_t revision() const;

  /// How long ago it last heard of the store.
  [[nodiscard]] std::chrono::milliseconds age() const;

  /// Why the store could not be reached when it was last looked at; nothing while all is well.
  [[nodiscard]] std::optional<Error> trouble() const;

 private:
  void follow();
  [[nodiscard]] Result<void> read(const Changes& changes);
  void merge(News news);
  void set_trouble(Error error);
  /// For whoever holds mutex_, so that what is told comes in its order.
  void tell_of_trouble(const Error& newest);
  /// Returns early, with true, when the mirror is to end.
  [[nodiscard]] bool rest(std::chrono::milliseconds time);

  Store& store_;
  const std::function<std::int64_t()> current_window_;
  Told told_;  ///< Does not change once it follows the store.

  std::mutex changing_;
  std::unique_ptr<Watch> watch_;  ///< Of the follower, once it runs.

  mutable std::shared_mutex mutex_;  ///< Guards what follows.
  Totals totals_;
  RecentLikes recent_;
  std::uint64_t revision_ = 0;
  std::optional<Error> trouble_;
  bool fails_ = false;  ///< Since note_failed(), until something is changed or the store is back.
  bool told_of_trouble_ = false;
  std::atomic<std::chrono::steady_clock::time_point> heard_{};

  std::mutex ending_mutex_;
  std::condition_variable ending_changed_;
  bool ending_ = false;
  std::thread follower_;
};

}  // namespace likes::domain
