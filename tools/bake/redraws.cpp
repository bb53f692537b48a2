#include "tools/bake/redraws.h"

#include <algorithm>
#include <cstdint>
#include <sstream>

#include "tools/support/url.h"
#include "tools/support/utc_time.h"

namespace likes::bake {
namespace {

constexpr std::int64_t kDay = 86400;

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) {
    words.push_back(std::move(word));
  }
  return words;
}

/// Keys are encoded where a blank in them would part them; others may stand as they are.
bool is_key(const std::string& drawn, const std::string& key) {
  return drawn == key || percent_decode(drawn).value_or(drawn) == key;
}

bool is_better(const std::pair<std::int64_t, std::string>& a,
               const std::pair<std::int64_t, std::string>& b) {
  return a.first != b.first ? a.first > b.first : a.second < b.second;
}

std::int64_t likes_since(const formats::PostLikes& likes, const std::string& first,
                         const std::string& last) {
  std::int64_t sum = 0;
  for (const formats::DayCount& day : likes.days) {
    sum += day.day >= first && day.day <= last ? day.likes : 0;
  }
  return sum;
}

}  // namespace

Redraws::Redraws(const formats::LikeCounts& counts, const std::vector<formats::Post>* posts)
    : counts_(counts), has_posts_(posts != nullptr) {
  if (posts != nullptr) {
    for (const formats::Post& post : *posts) {
      posts_.emplace(post.key, &post);
    }
  }
}

bool Redraws::is_due(const html::Drawing& drawing) {
  const auto known = known_.find(drawing);
  if (known != known_.end()) {
    return known->second;
  }
  const bool due =
      drawing.kind == html::Drawing::Kind::kList ? is_list_due(drawing) : is_trend_due(drawing);
  known_.emplace(drawing, due);
  return due;
}

std::string Redraws::first_day(std::size_t days) const {
  return utc_day(counts_.newest - static_cast<std::int64_t>(days - 1) * kDay);
}

bool Redraws::is_in(const std::string& key, const html::Drawing& list) const {
  if (!has_posts_) {
    return true;
  }
  const auto post = posts_.find(key);
  return post != posts_.end() && (list.section.empty() || post->second->section == list.section) &&
         (list.lang.empty() || post->second->lang == list.lang);
}

Redraws::Ranking Redraws::ranking_of(const html::Drawing& list, bool only_drawn) const {
  const std::string last = utc_day(counts_.newest);
  const std::string first = list.days > 0 ? first_day(list.days) : "";
  const std::vector<std::string> drawn =
      only_drawn ? words_of(list.drawn) : std::vector<std::string>();
  const auto is_drawn = [&drawn](const std::string& key) {
    return std::any_of(drawn.begin(), drawn.end(),
                       [&key](const std::string& word) { return is_key(word, key); });
  };
  Ranking ranking;
  for (const auto& [key, likes] : counts_.likes) {
    const std::int64_t count = list.days > 0 ? likes_since(likes, first, last) : likes.total;
    if (count > 0 && (only_drawn ? is_drawn(key) : is_in(key, list))) {
      ranking.emplace_back(count, key);
    }
  }
  const std::size_t size = std::min(list.limit, ranking.size());
  std::partial_sort(ranking.begin(), ranking.begin() + static_cast<std::ptrdiff_t>(size),
                    ranking.end(), is_better);
  ranking.resize(size);
  return ranking;
}

bool Redraws::is_list_due(const html::Drawing& list) {
  const bool by_halves = !has_posts_ && !(list.section.empty() && list.lang.empty());
  judged_by_halves_ += by_halves ? 1 : 0;
  const Ranking ranking = ranking_of(list, by_halves);
  const std::vector<std::string> drawn = words_of(list.drawn);
  return !std::equal(
      drawn.begin(), drawn.end(), ranking.begin(), ranking.end(),
      [](const std::string& word, const auto& entry) { return is_key(word, entry.second); });
}

bool Redraws::is_trend_due(const html::Drawing& trend) const {
  std::map<std::string, std::int64_t> likes_of_day;
  const auto begin = trend.key.empty() ? counts_.likes.begin() : counts_.likes.find(trend.key);
  for (auto entry = begin; entry != counts_.likes.end(); ++entry) {
    for (const formats::DayCount& day : entry->second.days) {
      likes_of_day[day.day] += day.likes;
    }
    if (!trend.key.empty()) {
      break;
    }
  }
  std::vector<std::string> wanted;
  for (std::size_t left = trend.days; left > 0; --left) {
    const auto day = likes_of_day.find(first_day(left));
    wanted.push_back(std::to_string(day == likes_of_day.end() ? 0 : day->second));
  }
  return wanted != words_of(trend.drawn);
}

}  // namespace likes::bake
