#include "tools/index/site_options.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace likes::index {

void add_site_options(Command command, SiteOptions& options) {
  command.add_option("-s,--source", options.source);
  command.add_option("-c,--config", options.configs);
  command.add_option("-e,--environment", options.environment);
  command.add_flag("-D,--buildDrafts", options.drafts);
  command.add_flag("-F,--buildFuture", options.future);
  command.add_flag("-E,--buildExpired", options.expired);
  command.add_option("--clock", options.clock);
  command.add_option("--hugo-version", options.hugo_version);
}

hugo::ConfigRequest make_request(const SiteOptions& options) {
  hugo::ConfigRequest request;
  request.source = options.source;
  for (const std::string& file : split_commas(options.configs)) {
    request.files.emplace_back(file);
  }
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) {
      request.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  if (!options.environment.empty()) {
    request.environment = options.environment;
  } else if (const auto found = request.variables.find("HUGO_ENVIRONMENT");
             found != request.variables.end() && !found->second.empty()) {
    request.environment = found->second;
  }
  if (const Result<hugo::HugoVersion> version = hugo::HugoVersion::parse(options.hugo_version)) {
    request.hugo_version = *version;
  }
  request.build_drafts = options.drafts;
  request.build_future = options.future;
  request.build_expired = options.expired;
  return request;
}

std::string version_complaint(const SiteOptions& options) {
  const Result<hugo::HugoVersion> version = hugo::HugoVersion::parse(options.hugo_version);
  return options.hugo_version.empty() || version ? "" : version.error().message;
}

std::optional<hugo::Date> read_clock(const SiteOptions& options) {
  if (!options.clock.empty()) {
    return hugo::parse_date(options.clock, hugo::TimeZone());
  }
  const std::chrono::system_clock::duration now =
      std::chrono::system_clock::now().time_since_epoch();
  return hugo::Date::at(std::chrono::floor<std::chrono::seconds>(now).count(), 0);
}

std::string clock_complaint(const SiteOptions& options) {
  return "found --clock '" + options.clock + "', wanted a time such as 2026-11-20T08:30:00Z";
}

std::vector<std::string> split_commas(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (end > at) {
      parts.push_back(text.substr(at, end - at));
    }
    at = end + 1;
  }
  return parts;
}

}  // namespace likes::index
