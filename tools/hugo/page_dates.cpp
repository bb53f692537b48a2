#include "tools/hugo/page_dates.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace likes::hugo {
namespace {

std::string trim(std::string_view text, std::string_view characters) {
  const std::size_t begin = text.find_first_not_of(characters);
  if (begin == std::string_view::npos) {
    return "";
  }
  return std::string(text.substr(begin, text.find_last_not_of(characters) + 1 - begin));
}

class DateFinder {
 public:
  DateFinder(const ContentFile& source, const Value& front_matter, const Config& config)

      : source_(source),
        front_matter_(front_matter),
        rules_(config.rules),
        language_(config.languages[source.language]) {}

  Result<PageDates> find() {
    const DateChains& chains = language_.dates;
    const struct {
      const char* key;
      const std::vector<std::string>& chain;
      Date& target;
    } kinds[] = {{"date", chains.date, found_.date},
                 {"lastmod", chains.lastmod, found_.lastmod},
                 {"publishdate", chains.publish_date, found_.publish_date},
                 {"expirydate", chains.expiry_date, found_.expiry_date}};
    for (const auto& kind : kinds) {
      for (const std::string& handler : kind.chain) {
        const Result<std::optional<Date>> date = ask(handler);
        if (!date) {
          return tl::unexpected(date.error());
        }
        if (date->has_value()) {
          kind.target = **date;
          // A later chain sees it as if it had been written in front matter.
          if (rules_.sets_publish_date && front_matter_.find(kind.key) == nullptr) {
            known_.emplace_back(kind.key, as_known(**date));
          }
          break;
        }
      }
    }
    return found_;
  }

 private:
  /// Passed on through a text without fractions, but for a date of the site's own zone.
  [[nodiscard]] Date as_known(const Date& date) const {
    const int own = language_.time_zone.offset_at(date.unix_seconds());
    const bool is_elsewhere = date.civil().offset_seconds.value_or(0) != own;
    return is_elsewhere ? date.without_fraction() : date;
  }

  Result<std::optional<Date>> ask(const std::string& handler) {
    if (!handler.starts_with(':')) {
      return ask_field(handler);
    }
    if (handler == ":filename") {
      return ask_file_name();
    }
    if (handler == ":filemodtime") {
      return std::optional<Date>(Date::at_nanoseconds(source_.modified));
    }
    if (handler == ":git") {
      return source_.committed.is_zero() ? std::nullopt : std::optional<Date>(source_.committed);
    }
    return ask_field(handler);
  }

  Result<std::optional<Date>> ask_field(const std::string& key) {
    for (const auto& [known, date] : known_) {
      if (known == key) {
        return std::optional<Date>(date);
      }
    }
    // Several chains ask for the same field.
    if (last_ && last_->first == key) {
      return std::optional<Date>(last_->second);
    }
    Result<std::optional<Date>> date = read_field(key);
    if (date && date->has_value() && rules_.keeps_fractions) {
      last_.emplace(key, **date);
    } else if (date && date->has_value()) {
      known_.emplace_back(key, as_known(**date));  // For whoever asks again, without its fraction.
    }
    return date;
  }

  [[nodiscard]] Result<std::optional<Date>> read_field(const std::string& key) const {
    const Value* value = front_matter_.find(key);
    const bool is_empty = value == nullptr || value->is_null() ||
                          (value->text() != nullptr && value->text()->empty());
    if (is_empty) {
      return std::nullopt;
    }
    const std::optional<Date> date = to_date(*value, language_.time_zone);
    if (!date && !rules_.strict_dates) {
      return std::nullopt;
    }
    if (!date) {
      const std::string text = value->to_text();
      return fail(ErrorCode::kInvalid,
                  "found " + key + " " + (text.empty() ? value->type_name() : "'" + text + "'") +
                      ", wanted a date such as 2026-11-20 or 2026-11-20T08:30:00+01:00",
                  {source_.place, value->line, value->column});
    }
    return date;
  }

  /// 2026-11-20-some-title.md, or with a time of day, 2026-11-20-08-30-00-some-title.md.
  Result<std::optional<Date>> ask_file_name() {
    const std::string_view name = source_.path.raw_name();
    const std::string base(name.substr(0, name.rfind('.')));
    constexpr std::size_t kDay = 10;
    constexpr std::size_t kTime = 19;
    if (base.size() < kDay) {
      return std::nullopt;
    }
    const std::string day = base.substr(0, kDay);
    std::optional<Date> date;
    std::size_t used = kTime;
    if (base.size() >= kTime && rules_.time_in_file_name) {
      std::string time = base.substr(kDay + 1, kTime - kDay - 1);
      std::replace(time.begin(), time.end(), '-', ':');
      date = parse_date(day + "T" + time, language_.time_zone);
    }
    if (!date) {
      used = kDay;
      date = parse_date(day, language_.time_zone);
    }
    if (date) {
      found_.slug_of_file_name = trim(std::string_view(base).substr(used), " -_");
    }
    return date;
  }

  const ContentFile& source_;
  const Value& front_matter_;
  const VersionRules& rules_;
  const Language& language_;
  std::vector<std::pair<std::string_view, Date>> known_;
  std::optional<std::pair<std::string_view, Date>> last_;  // The field that was read last.
  PageDates found_;
};

}  // namespace

Result<PageDates> find_page_dates(const ContentFile& source, const Value& front_matter,
                                  const Config& config) {
  return DateFinder(source, front_matter, config).find();
}

}  // namespace likes::hugo
