#include "tools/report/report_page.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <string_view>
#include <vector>

#include "tools/support/html_text.h"
#include "tools/support/utc_time.h"

namespace likes::report {
namespace {

constexpr std::int64_t kDay = 86400;

constexpr const char* kStyle = R"(
:root { color-scheme: light dark; --page: #fbfaf8; --card: #fff; --line: #e7e2da; --ink: #1f1b16;
  --soft: #6b6359; --accent: #c2255c; --wash: #c2255c22; --bar: #f3d3de; }
@media (prefers-color-scheme: dark) { :root { --page: #171513; --card: #211e1b; --line: #38332d;
  --ink: #f2ede6; --soft: #a89f92; --accent: #ff7aa2; --wash: #ff7aa22e; --bar: #57303d; } }
* { box-sizing: border-box; margin: 0; }
body { background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
  padding: clamp(1rem, 4vw, 3rem) clamp(1rem, 4vw, 2rem); }
main { max-width: 62rem; margin: 0 auto; display: grid; gap: 1.25rem;
  grid-template-columns: repeat(2, minmax(0, 1fr)); }
header, .wide { grid-column: 1 / -1; }
.column { display: grid; gap: 1.25rem; align-content: start; }
h1 { font-size: clamp(1.7rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -.02em; }
h2 { font-size: 1rem; margin-bottom: 1rem; }
p, small, figcaption, .soft { color: var(--soft); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: 1.25rem; }
.tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1.25rem; }
.tiles div { border-left: 3px solid var(--accent); padding-left: .9rem; }
.tiles strong { display: block; font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.2;
  letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--soft); font-size: .875rem; }
figure svg { display: block; width: 100%; overflow: visible; }
.axis { display: flex; justify-content: space-between; gap: .5rem; color: var(--soft);
  font-size: .8125rem; font-variant-numeric: tabular-nums; padding-top: .4rem; }
.top { padding: 0 0 .4rem; }
ol { list-style: none; padding: 0; display: grid; gap: .8rem; }
li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .15rem .9rem;
  align-items: center; }
li > :first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
li strong { font-variant-numeric: tabular-nums; }
li .bar { grid-column: 1 / -1; width: 100%; height: 6px; border-radius: 3px; background: var(--wash); }
.rising li { grid-template-columns: minmax(0, 1fr) clamp(3rem, 14vw, 5.5rem) 3rem; }
.rising svg { overflow: visible; width: 100%; }
.rising strong { color: var(--accent); text-align: right; }
.months { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 3rem); gap: 4px;
  text-align: center; font-size: .8125rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.months svg { width: 100%; height: 8rem; display: block; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.fill { fill: var(--accent); } .area { fill: var(--wash); }
.stroke { fill: none; stroke: var(--accent); stroke-width: 2; vector-effect: non-scaling-stroke;
  stroke-linejoin: round; stroke-linecap: round; }
.grid { stroke: var(--line); vector-effect: non-scaling-stroke; }
footer { grid-column: 1 / -1; color: var(--soft); font-size: .875rem; }
@media (max-width: 44rem) { main { grid-template-columns: minmax(0, 1fr); }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media print { section { break-inside: avoid; } }
)";

std::string escaped(std::string_view text) {
  std::string html;
  append_escaped(html, text);
  return html;
}

/// "12 345", with thin spaces that do not break.
std::string number(std::int64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, "\u202F");
  }
  return digits;
}

std::string likes_in_words(std::int64_t value) {
  return number(value) + (value == 1 ? " like" : " likes");
}

/// For coordinates: two decimals are finer than any screen.
std::string coordinate(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

/// "20 November 2026".
std::string day_in_words(const std::string& day) {
  constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
  const std::size_t month = std::stoul(day.substr(5, 2));
  return std::to_string(std::stoul(day.substr(8, 2))) + "\u00A0" + kMonths.at(month - 1) +
         "\u00A0" + day.substr(0, 4);
}

/// "Nov", or "2026" for a January: what fits below a column.
std::string month_label(const std::string& month) {
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::size_t number = std::stoul(month.substr(5, 2));
  return number == 1 ? month.substr(0, 4) : kMonths.at(number - 1);
}

std::string day_after(const std::string& day, std::size_t days) {
  return utc_day(parse_utc_timestamp(day + "T00:00:00Z").value_or(0) +
                 static_cast<std::int64_t>(days) * kDay);
}

std::string bar(std::int64_t value, std::int64_t max) {
  const double share =
      max > 0 ? 100.0 * static_cast<double>(value) / static_cast<double>(max) : 0.0;
  return "<svg class=\"bar\" viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" "
         "aria-hidden=\"true\"><rect class=\"fill\" width=\"" +
         coordinate(share) + "\" height=\"1\"/></svg>";
}

/// The points of a curve through values, from 0,height at the left to width at the right.
std::string points(const std::vector<std::int64_t>& values, double width, double height) {
  const std::int64_t max =
      std::max<std::int64_t>(1, *std::max_element(values.begin(), values.end()));
  const double step = values.size() > 1 ? width / static_cast<double>(values.size() - 1) : 0;
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += (i == 0 ? "" : " ") + coordinate(step * static_cast<double>(i)) + "," +
            coordinate(height - height * static_cast<double>(values[i]) / static_cast<double>(max));
  }
  return text;
}

/// A long period in weeks: hundreds of days in a row are noise.
struct Curve {
  std::vector<std::int64_t> values;
  std::size_t days_each = 1;
};

Curve curve_of(const std::vector<std::int64_t>& days) {
  constexpr std::size_t kMaxDays = 120;
  constexpr std::size_t kWeek = 7;
  if (days.size() <= kMaxDays) {
    return {days, 1};
  }
  Curve curve = {{}, kWeek};
  // The last week ends with the last day; an unfinished one at the front would look like a fall.
  for (std::size_t at = days.size() % kWeek; at < days.size(); at += kWeek) {
    const auto begin = days.begin() + static_cast<std::ptrdiff_t>(at);
    curve.values.push_back(std::accumulate(begin, begin + kWeek, std::int64_t{0}));
  }
  return curve;
}

std::string tile(const std::string& value, const std::string& label) {
  return "<div><strong>" + value + "</strong><span>" + label + "</span></div>\n";
}

std::string tiles(const Report& report) {
  const auto last = [&report](std::size_t from, std::size_t to) {
    std::int64_t sum = 0;
    for (std::size_t i = from; i < to && i < report.days.size(); ++i) {
      sum += report.days[report.days.size() - 1 - i];
    }
    return sum;
  };
  const std::int64_t week = last(0, kRisingDays);
  const std::int64_t difference = week - last(kRisingDays, 2 * kRisingDays);
  const std::string change = report.days.size() < 2 * kRisingDays ? ""
                             : difference == 0                    ? ", as many as the week before"
                                               : ", " + number(std::abs(difference)) +
                                                     (difference > 0 ? " more" : " fewer") +
                                                     " than the week before";
  return "<section class=\"wide tiles\" aria-label=\"Totals\">\n" +
         tile(number(report.total), "likes of all times") +
         tile(number(report.period), "since " + day_in_words(report.first_day)) +
         tile(number(week), "in the last 7 days" + change) +
         tile(number(static_cast<std::int64_t>(report.liked)),
              "of " + number(static_cast<std::int64_t>(report.posts)) + " posts have likes") +
         "</section>\n";
}

std::string trend(const Report& report) {
  constexpr double kWidth = 1000;
  constexpr double kHeight = 200;
  const Curve curve = curve_of(report.days);
  const auto best = std::max_element(curve.values.begin(), curve.values.end());
  if (best == curve.values.end() || *best == 0) {
    return "<section class=\"wide\"><h2>Trend</h2><p>No like of this time has a "
           "day.</p></section>\n";
  }
  const std::size_t skipped = report.days.size() - curve.values.size() * curve.days_each;
  const auto place = static_cast<std::size_t>(best - curve.values.begin());
  const std::string best_day = day_after(report.first_day, skipped + place * curve.days_each);
  const std::string unit = curve.days_each == 1 ? "day" : "week";
  const std::string curve_points = points(curve.values, kWidth, kHeight);
  return "<section class=\"wide\"><h2>Likes a " + unit +
         "</h2>\n<figure>\n<div class=\"axis top\">" + "<span>" + number(*best) +
         "</span><span>best " + unit + (curve.days_each == 1 ? ": " : " from ") +
         day_in_words(best_day) + "</span></div>\n" +
         "<svg viewBox=\"0 0 1000 200\" height=\"200\" preserveAspectRatio=\"none\" role=\"img\" "
         "aria-label=\"Likes a " +
         unit + " from " + day_in_words(report.first_day) + " to " + day_in_words(report.last_day) +
         "\">\n" + "<path class=\"grid\" d=\"M0 0H1000M0 100H1000M0 200H1000\"/>\n" +
         "<polygon class=\"area\" points=\"0,200 " + curve_points + " 1000,200\"/>\n" +
         "<polyline class=\"stroke\" points=\"" + curve_points + "\"/>\n</svg>\n" +
         "<div class=\"axis\"><span>" + day_in_words(day_after(report.first_day, skipped)) +
         "</span><span>" + day_in_words(report.last_day) + "</span></div>\n</figure></section>\n";
}

std::string linked(const PostLine& post) {
  const std::string title =
      "<span title=\"" + escaped(post.key) + "\">" + escaped(post.title) + "</span>";
  const bool is_web = post.url.starts_with("http://") || post.url.starts_with("https://");
  return is_web ? "<a href=\"" + escaped(post.url) + "\" title=\"" + escaped(post.key) + "\">" +
                      escaped(post.title) + "</a>"
                : title;
}

std::string most_liked(const Report& report) {
  std::string html = "<section><h2>Most liked</h2>\n";
  if (report.most_liked.empty()) {
    return html + "<p>No post has a like yet.</p></section>\n";
  }
  const bool by_period = report.period > 0;
  const auto count = [by_period](const PostLine& post) {
    return by_period ? post.likes : post.total;
  };
  html += "<ol>\n";
  for (const PostLine& post : report.most_liked) {
    html += "<li>" + linked(post) + "<strong>" + number(count(post)) + "</strong>" +
            bar(count(post), count(report.most_liked.front())) + "</li>\n";
  }
  return html + "</ol></section>\n";
}

std::string rising(const Report& report) {
  std::string html = "<section class=\"rising\"><h2>Rising this week</h2>\n";
  if (report.rising.empty()) {
    return html + "<p>No post has more likes than in the week before.</p></section>\n";
  }
  html += "<ol>\n";
  for (const RisingPost& each : report.rising) {
    html += "<li>" + linked(each.post) +
            "<svg viewBox=\"0 0 100 24\" height=\"24\" preserveAspectRatio=\"none\" role=\"img\" "
            "aria-label=\"" +
            number(each.before) + " likes in the week before, " + number(each.now) +
            " in this\"><polyline class=\"stroke\" points=\"" + points(each.trend, 100, 24) +
            "\"/></svg><strong>+" + number(each.now - each.before) + "</strong></li>\n";
  }
  return html + "</ol></section>\n";
}

std::string sections(const Report& report) {
  if (report.sections.empty()) {
    return "";
  }
  std::string html = "<section><h2>By section</h2>\n<ol>\n";
  for (const Group& section : report.sections) {
    html += "<li><span>" + escaped(section.name) + "</span><strong>" + number(section.likes) +
            "</strong>" + bar(section.likes, report.sections.front().likes) + "</li>\n";
  }
  return html + "</ol></section>\n";
}

std::string months(const Report& report) {
  if (report.period == 0) {
    return "";
  }
  constexpr std::size_t kMaxMonths = 24;
  constexpr std::size_t kLabelled = 8;  // So many names fit on a phone.
  const std::size_t skipped = report.months.size() - std::min(kMaxMonths, report.months.size());
  const std::vector<Group> shown(report.months.begin() + static_cast<std::ptrdiff_t>(skipped),
                                 report.months.end());
  const std::int64_t max =
      std::max_element(shown.begin(), shown.end(), [](const Group& a, const Group& b) {
        return a.likes < b.likes;
      })->likes;
  std::string html = "<section><h2>By month</h2>\n<div class=\"months\">\n";
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const double height =
        max > 0 ? 100.0 * static_cast<double>(shown[i].likes) / static_cast<double>(max) : 0;
    const bool is_labelled = i % ((shown.size() + kLabelled - 1) / kLabelled) == 0;
    html += "<div>" + (shown.size() <= kLabelled - 2 ? number(shown[i].likes) : "") +
            "<svg viewBox=\"0 0 10 100\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" +
            shown[i].name + ": " + likes_in_words(shown[i].likes) + "\"><title>" + shown[i].name +
            ": " + likes_in_words(shown[i].likes) + "</title><rect class=\"fill\" y=\"" +
            coordinate(100 - height) + "\" width=\"10\" height=\"" + coordinate(height) +
            "\"/></svg>" + (is_labelled ? month_label(shown[i].name) : "") + "</div>\n";
  }
  return html + "</div></section>\n";
}

}  // namespace

std::string report_page(const Report& report) {
  const std::string title =
      report.site.empty() ? "What readers like" : "What readers like on " + escaped(report.site);
  return "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         title + "</title>\n<style>" + kStyle + "</style>\n<main>\n<header><h1>" + title +
         "</h1>\n<p>" + day_in_words(report.first_day) + " to " + day_in_words(report.last_day) +
         "</p></header>\n" + tiles(report) + trend(report) + most_liked(report) +
         "<div class=\"column\">\n" + rising(report) + sections(report) + months(report) +
         "</div>\n<footer>Days are UTC. Made by likes report.</footer>\n</main>\n</html>\n";
}

}  // namespace likes::report
