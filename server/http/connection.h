#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.h"

namespace likes::http {

/// What one client's connection says, without the socket: bytes in, requests out; answers in, bytes
/// out. One request at a time: while one waits for its answer, the next ones stay where they are.
class Connection {
 public:
  /// More than this is not taken in before it has been looked at.
  static constexpr std::size_t kMaxInputBytes = std::size_t{32} << 10;

  /// More than this waits to be sent before the next request is looked at.
  static constexpr std::size_t kMuchOutput = std::size_t{64} << 10;

  /// `refuse` makes the answer to what is no request. Both must outlive the connection.
  Connection(std::string peer, const std::function<Response(int status)>& refuse)
      : peer_(std::move(peer)), refuse_(refuse) {}

  /// Takes in what has come, when it wants more.
  void take_in(std::string_view bytes);
  [[nodiscard]] bool wants_input() const;

  /// The next request, once its head is here and the one before it has been answered. What is no
  /// request is refused on the way, and then the connection is over.
  [[nodiscard]] std::optional<Request> next_request();

  /// The answer to the request that was given out.
  void answer(const Response& response);

  /// The next answer shall be the last one.
  void set_last() { is_last_ = true; }
  /// Answers that the request took too long to come in.
  void time_out() { refuse(408); }
  /// Answers that there is no room for another connection.
  void turn_away() { refuse(503); }

  [[nodiscard]] bool is_answering() const { return is_answering_; }
  /// Whether a part of a request, or of its body, is here and the rest is not.
  [[nodiscard]] bool is_reading() const { return !input_.empty() || body_left_ > 0; }
  /// Whether no request will be answered any more.
  [[nodiscard]] bool is_over() const { return is_over_; }

  /// What is to be sent next; "" once all is sent.
  [[nodiscard]] std::string_view unsent() const;
  /// Of all that is to be sent.
  [[nodiscard]] std::size_t unsent_bytes() const;
  /// Whether that shall be on its way before another request is taken: because it is much, or as
  /// nothing can stand behind a body that is shared.
  [[nodiscard]] bool must_send() const { return tail_ != nullptr || unsent_bytes() > kMuchOutput; }
  /// So many bytes of it are on their way.
  void sent(std::size_t bytes);

 private:
  void skip_body();
  void refuse(int status);
  void write(const Response& response, bool to_head);

  std::string peer_;
  const std::function<Response(int status)>& refuse_;
  std::string input_;
  std::size_t known_ = 0;  ///< How much of an incomplete head was looked at already.
  std::uint64_t body_left_ = 0;
  std::string output_;
  std::shared_ptr<const std::string> tail_;  ///< To be sent behind it, and last.
  std::size_t sent_ = 0;                     ///< Of both.
  bool is_answering_ = false;
  bool is_to_head_ = false;  ///< The request that waits for its answer is HEAD.
  bool is_last_ = false;
  bool is_over_ = false;
};

}  // namespace likes::http
