#include "tools/refresh/generations.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <system_error>

#include "tools/formats/json_text.h"
#include "tools/support/file_io.h"
#include "tools/support/utc_time.h"

namespace likes::refresh {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxStateBytes = 1 << 20;
constexpr const char* kState = "state.json";

/// A generation's name is a number, so that nothing else in the folder is taken for one.
std::optional<unsigned long> number_of(const std::string& name) {
  constexpr std::size_t kMaxDigits = 9;
  if (name.empty() || name.size() > kMaxDigits ||
      name.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  return std::stoul(name);
}

tl::unexpected<Error> failure(const std::string& what, const fs::path& path) {
  const int number = errno;
  return fail(ErrorCode::kUnavailable, what + ": " + std::strerror(number), {path.string()});
}

/// After a crash of the machine the link must not point to nothing.
void flush_folder(const fs::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.is_open()) {
    ::fsync(descriptor.get());
  }
}

}  // namespace

Result<std::optional<Generations>> Generations::open(const fs::path& link) {
  std::error_code code;
  const fs::path name = fs::absolute(link.has_filename() ? link : link.parent_path(), code);
  const fs::file_status status = fs::symlink_status(name, code);
  if (fs::exists(status) && !fs::is_symlink(status)) {
    return fail(ErrorCode::kInvalid,
                "is there and no symbolic link; wanted a name that is free or a link to switch",
                {link.string()});
  }
  const fs::path folder = name.string() + ".likes";
  fs::create_directories(folder, code);
  if (code) {
    return fail(ErrorCode::kUnavailable, "cannot make the folder: " + code.message(),
                {folder.string()});
  }
  Descriptor lock(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!lock.is_open()) {
    return failure("cannot open", folder / "lock");
  }
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return std::optional<Generations>();
    }
    return failure("cannot lock", folder / "lock");
  }
  Generations generations(name, folder, std::move(lock));
  generations.load();
  generations.clear_away();
  return std::optional<Generations>(std::move(generations));
}

void Generations::load() {
  // A state that is gone or damaged costs the generations their reuse, and no more.
  const Result<std::string> text = read_file(folder_ / kState, kMaxStateBytes);
  const Result<nlohmann::json> state =
      text ? formats::parse_json(*text, kState, kMaxStateBytes) : tl::unexpected(text.error());
  if (state && state->is_object()) {
    const nlohmann::json rebuilt = state->value("rebuilt", nlohmann::json());
    if (rebuilt.is_string()) {
      rebuilt_ = parse_utc_timestamp(rebuilt.get_ref<const std::string&>()).value_or(0);
    }
    for (const nlohmann::json& entry : state->value("generations", nlohmann::json::array())) {
      const bool whole = entry.is_object() && entry.contains("name") && entry["name"].is_string() &&
                         entry.contains("build") && entry["build"].is_string();
      std::error_code code;
      if (whole && fs::is_directory(folder_ / entry["name"].get<std::string>(), code) &&
          number_of(entry["name"].get<std::string>())) {
        known_.push_back({entry["name"].get<std::string>(), entry["build"].get<std::string>()});
      }
    }
  }
  const std::string live = live_name();
  if (!live.empty() && !move_to_front(live)) {
    known_.insert(known_.begin(), {live, ""});
  }
}

bool Generations::move_to_front(const std::string& name) {
  const auto found =
      std::find_if(known_.begin(), known_.end(),
                   [&name](const Generation& generation) { return generation.name == name; });
  if (found == known_.end()) {
    return false;
  }
  std::rotate(known_.begin(), found, found + 1);
  return true;
}

Result<void> Generations::save() const {
  nlohmann::ordered_json state;
  state["rebuilt"] = utc_timestamp(rebuilt_);
  state["generations"] = nlohmann::ordered_json::array();
  for (const Generation& generation : known_) {
    state["generations"].push_back({{"name", generation.name}, {"build", generation.build}});
  }
  return write_file(folder_ / kState, formats::to_line(state) + "\n");
}

void Generations::clear_away() const {
  std::error_code code;
  std::vector<fs::path> leftovers;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, code)) {
    const std::string name = entry.path().filename().string();
    const bool is_known =
        std::any_of(known_.begin(), known_.end(),
                    [&name](const Generation& generation) { return generation.name == name; });
    if ((number_of(name) && !is_known) || name.ends_with(".likes-bake")) {
      leftovers.push_back(entry.path());
    }
  }
  for (const fs::path& path : leftovers) {
    fs::remove_all(path, code);
  }
}

std::string Generations::live_name() const {
  std::error_code code;
  const fs::path target = fs::read_symlink(link_, code);
  const std::string name = target.filename().string();
  const bool is_ours = !code && number_of(name) && fs::is_directory(folder_ / name, code) &&
                       fs::equivalent(link_, folder_ / name, code);
  return is_ours && !code ? name : "";
}

std::optional<Generation> Generations::live() const {
  const std::string name = live_name();
  for (const Generation& generation : known_) {
    if (generation.name == name) {
      return generation;
    }
  }
  return std::nullopt;
}

std::optional<std::string> Generations::spare(const std::string& build, std::size_t keep) const {
  const bool there_are_others = known_.size() > std::max(keep, std::size_t{1});
  return there_are_others && known_.back().build == build ? std::optional(known_.back().name)
                                                          : std::nullopt;
}

std::string Generations::new_name() const {
  unsigned long highest = 0;
  for (const Generation& generation : known_) {
    highest = std::max(highest, number_of(generation.name).value_or(0));
  }
  return std::to_string(highest + 1);
}

Result<void> Generations::add(const Generation& generation) {
  std::erase_if(known_, [&](const Generation& known) { return known.name == generation.name; });
  known_.push_back(generation);
  return save();
}

Result<void> Generations::publish(const std::string& name) {
  const fs::path beside = link_.parent_path() / ("." + link_.filename().string() + ".likes-link");
  ::unlink(beside.c_str());
  const fs::path target = folder_.filename() / name;
  if (::symlink(target.c_str(), beside.c_str()) != 0 ||
      ::rename(beside.c_str(), link_.c_str()) != 0) {
    const tl::unexpected<Error> failed = failure("cannot switch it", link_);
    ::unlink(beside.c_str());
    return failed;
  }
  flush_folder(link_.parent_path());
  static_cast<void>(move_to_front(name));
  return save();
}

Result<void> Generations::prune(std::size_t keep) {
  std::vector<std::string> removed;
  while (known_.size() > keep + 1) {  // The live one is in front.
    removed.push_back(known_.back().name);
    known_.pop_back();
  }
  if (removed.empty()) {
    return {};
  }
  // Forgotten first: a run that is killed now leaves what the next one clears away.
  if (Result<void> saved = save(); !saved) {
    return saved;
  }
  for (const std::string& name : removed) {
    std::error_code code;
    fs::remove_all(folder_ / name, code);
  }
  return {};
}

Result<void> Generations::set_rebuilt(std::int64_t now) {
  rebuilt_ = now;
  return save();
}

}  // namespace likes::refresh
