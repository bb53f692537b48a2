#include "server/exchange/ledger_lines.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/exchange/limits.h"
#include "server/likes/limits.h"
#include "tools/formats/json_text.h"
#include "tools/support/utc_time.h"
#include "tools/support/utf8.h"

namespace likes::exchange {
namespace {

using domain::CountedLikes;

constexpr std::string_view kHeader = "key,source,time,likes";

/// A line's four values, as text.
struct Line {
  std::string key;
  std::string source;
  std::string time;
  std::string likes;
};

std::string time_of(const CountedLikes& likes) {
  return likes.at ? utc_timestamp(*likes.at) : likes.day;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + "\"";
}

Result<CountedLikes> counted(const Line& line, const Location& where) {
  const auto wrong = [&where](const char* field, const std::string& found, const char* wanted) {
    return fail(ErrorCode::kInvalid,
                std::string(field) + ": found '" + found.substr(0, 100) + "', wanted " + wanted,
                where);
  };
  CountedLikes likes{line.key, line.source, std::nullopt, "", 0};
  if (line.key.empty() || line.key.size() > domain::kMaxKeyBytes || !is_utf8(line.key)) {
    return wrong("key", line.key, "1 to 512 bytes of UTF-8");
  }
  if (!is_source(line.source)) {
    return wrong("source", line.source, "at most 64 letters, digits, '.', '_' and '-'");
  }
  if (line.source.empty()) {
    likes.at = parse_utc_timestamp(line.time);
    if (!likes.at || *likes.at < 0) {
      return wrong("time", line.time, "a time like 2026-11-20T08:30:00Z");
    }
  } else if (!line.time.empty() && !is_utc_day(line.time)) {
    return wrong("time", line.time, "a day like 2026-11-20, or nothing");
  } else {
    likes.day = line.time;
  }
  const char* const end = line.likes.data() + line.likes.size();
  const auto [stop, error] = std::from_chars(line.likes.data(), end, likes.likes);
  if (error != std::errc() || stop != end || likes.likes < 1 || likes.likes > kMaxImportedLikes) {
    return wrong("likes", line.likes, "a number from 1 to 1000000000");
  }
  return likes;
}

Result<Line> json_line(std::string_view text, const Location& where) {
  const Result<nlohmann::json> parsed = formats::parse_json(text, where.file, kMaxImportBytes);
  if (!parsed) {
    return fail(parsed.error().code, parsed.error().message,
                {where.file, where.line, parsed.error().where.column});
  }
  Line line;
  const std::array<std::pair<const char*, std::string*>, 4> members{
      {{"key", &line.key}, {"source", &line.source}, {"time", &line.time}, {"likes", &line.likes}}};
  for (const auto& [name, value] : members) {
    const auto member = parsed->is_object() ? parsed->find(name) : parsed->end();
    if (!parsed->is_object() || member == parsed->end()) {
      return fail(ErrorCode::kInvalid,
                  "found " + formats::kind_of(*parsed) + " without \"" + name +
                      R"(", wanted {"key", "source", "time", "likes"})",
                  where);
    }
    *value = member->is_string() ? member->get<std::string>() : member->dump();
  }
  return line;
}

Result<std::vector<CountedLikes>> read_json_lines(std::string_view text, const std::string& name) {
  std::vector<CountedLikes> all;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
      continue;
    }
    const Location where{name, number};
    const Result<Line> values = json_line(line, where);
    if (!values) {
      return tl::unexpected<Error>(values.error());
    }
    Result<CountedLikes> likes = counted(*values, where);
    if (!likes) {
      return tl::unexpected<Error>(likes.error());
    }
    all.push_back(*std::move(likes));
  }
  return all;
}

/// Reads one record after the other; a quoted field may hold line ends.
class CsvReader {
 public:
  CsvReader(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {}

  [[nodiscard]] bool at_end() const { return place_ == text_.size(); }
  [[nodiscard]] Location where() const { return {name_, record_line_}; }

  Result<std::vector<std::string>> next() {
    record_line_ = line_;
    std::vector<std::string> fields(1);
    for (;;) {
      if (place_ < text_.size() && text_[place_] == '"' && fields.back().empty()) {
        if (!read_quoted(fields.back())) {
          return fail(ErrorCode::kInvalid, "a quoted field does not end", where());
        }
      } else if (at_end() || take("\r\n") || take("\n")) {
        ++line_;
        return fields;
      } else if (take(",")) {
        fields.emplace_back();
      } else {
        fields.back() += text_[place_++];
      }
    }
  }

 private:
  bool take(std::string_view what) {
    if (!text_.substr(place_).starts_with(what)) {
      return false;
    }
    place_ += what.size();
    return true;
  }

  bool read_quoted(std::string& field) {
    for (++place_; place_ < text_.size(); ++place_) {
      if (text_[place_] != '"') {
        line_ += text_[place_] == '\n' ? 1 : 0;
        field += text_[place_];
      } else if (text_.substr(place_ + 1).starts_with('"')) {
        field += text_[++place_];
      } else {
        ++place_;
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  std::string name_;
  std::size_t place_ = 0;
  std::size_t line_ = 1;
  std::size_t record_line_ = 1;
};

Result<std::vector<CountedLikes>> read_csv(std::string_view text, const std::string& name) {
  CsvReader reader(text, name);
  const Result<std::vector<std::string>> header = reader.next();
  if (!header || *header != std::vector<std::string>{"key", "source", "time", "likes"}) {
    return fail(ErrorCode::kInvalid, "wanted '" + std::string(kHeader) + "' as the first line",
                {name, 1});
  }
  std::vector<CountedLikes> all;
  while (!reader.at_end()) {
    Result<std::vector<std::string>> fields = reader.next();
    if (!fields) {
      return tl::unexpected<Error>(fields.error());
    }
    if (fields->size() != 4) {
      return fail(ErrorCode::kInvalid,
                  "found " + std::to_string(fields->size()) + " fields, wanted 4", reader.where());
    }
    Result<CountedLikes> likes =
        counted({(*fields)[0], (*fields)[1], (*fields)[2], (*fields)[3]}, reader.where());
    if (!likes) {
      return tl::unexpected<Error>(likes.error());
    }
    all.push_back(*std::move(likes));
  }
  return all;
}

}  // namespace

bool is_source(std::string_view source) {
  return source.size() <= kMaxSourceBytes && std::all_of(source.begin(), source.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

std::string write_lines(LineFormat format, std::span<const CountedLikes> likes) {
  std::string text = format == LineFormat::kCsv ? std::string(kHeader) + "\n" : "";
  for (const CountedLikes& each : likes) {
    if (format == LineFormat::kCsv) {
      text += csv_field(each.key) + "," + csv_field(each.source) + "," + time_of(each) + "," +
              std::to_string(each.likes) + "\n";
    } else {
      text += formats::to_line({{"key", each.key},
                                {"source", each.source},
                                {"time", time_of(each)},
                                {"likes", each.likes}}) +
              "\n";
    }
  }
  return text;
}

Result<std::vector<CountedLikes>> read_lines(LineFormat format, std::string_view text,
                                             const std::string& name) {
  return format == LineFormat::kCsv ? read_csv(text, name) : read_json_lines(text, name);
}

}  // namespace likes::exchange
