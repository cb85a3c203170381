#include "engine/base/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

namespace writ {
namespace {

constexpr std::int64_t kDay = 86'400;

/// Exactly `count` digits at `at`.
bool number(std::string_view text, std::size_t at, std::size_t count, int& out) {
  if (text.size() < at + count) return false;
  out = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return false;
    out = out * 10 + (c - '0');
  }
  return true;
}

struct Civil {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

// Howard Hinnant's days_from_civil and civil_from_days, in 64 bits, because Date spans more years than
// std::chrono::year.
std::int64_t days_of(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + static_cast<std::int64_t>(day_of_era) - 719'468;
}

Civil civil_of(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146'097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted = (5 * day_of_year + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  const std::int64_t year = static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day_of_year - (153 * shifted + 2) / 5 + 1};
}

unsigned last_day(std::int64_t year, unsigned month) {
  constexpr std::array<unsigned, 12> kLengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kLengths[month - 1];
}

Date saturated(std::int64_t days) {
  return Date{static_cast<std::int32_t>(std::clamp<std::int64_t>(days, INT32_MIN, INT32_MAX))};
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

struct DurationUnit {
  std::string_view name;
  std::int64_t months;
  std::int64_t seconds;
};
constexpr auto kUnits = std::to_array<DurationUnit>({{"year", 12, 0},
                                                     {"month", 1, 0},
                                                     {"week", 0, 7 * kDay},
                                                     {"day", 0, kDay},
                                                     {"hour", 0, 3'600},
                                                     {"minute", 0, 60},
                                                     {"second", 0, 1}});

std::string amount(std::int64_t count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

}  // namespace

std::optional<Date> Date::parse(std::string_view iso) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  if (!number(iso, 0, 4, year) || !number(iso, 5, 2, month) || !number(iso, 8, 2, day)) return std::nullopt;
  if (year < 1 || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (static_cast<unsigned>(day) > last_day(year, static_cast<unsigned>(month))) return std::nullopt;
  return from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

Date Date::from_civil(int year, unsigned month, unsigned day) { return saturated(days_of(year, month, day)); }

Date Date::today_utc() {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return saturated(today.time_since_epoch().count());
}

std::string Date::text() const {
  if (*this == min()) return "always";
  if (*this == max()) return "forever";
  const Civil civil = civil_of(days);
  return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
}

Date Date::plus_months(int months) const {
  if (*this == min() || *this == max()) return *this;
  const Civil civil = civil_of(days);
  const std::int64_t total = civil.year * 12 + static_cast<std::int64_t>(civil.month) - 1 + months;
  const std::int64_t year = floor_div(total, 12);
  const auto month = static_cast<unsigned>(total - year * 12 + 1);
  return saturated(days_of(year, month, std::min(civil.day, last_day(year, month))));
}

Date Date::plus_days(int n) const {
  if (*this == min() || *this == max()) return *this;
  return saturated(std::int64_t{days} + n);
}

std::optional<Instant> Instant::parse(std::string_view iso) {
  const auto date = Date::parse(iso.substr(0, 10));
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!date || iso.size() < 17 || iso[10] != 'T' || !number(iso, 11, 2, hour) || iso[13] != ':' ||
      !number(iso, 14, 2, minute)) {
    return std::nullopt;
  }
  std::size_t at = 16;
  if (iso[at] == ':') {
    if (!number(iso, 17, 2, second)) return std::nullopt;
    at = 19;
  }
  if (hour > 23 || minute > 59 || second > 59 || at >= iso.size()) return std::nullopt;
  std::int64_t offset = 0;
  if (iso[at] == 'Z') {
    if (iso.size() != at + 1) return std::nullopt;
  } else {
    int offset_hours = 0;
    int offset_minutes = 0;
    if ((iso[at] != '+' && iso[at] != '-') || iso.size() != at + 6 || iso[at + 3] != ':') return std::nullopt;
    if (!number(iso, at + 1, 2, offset_hours) || !number(iso, at + 4, 2, offset_minutes)) return std::nullopt;
    if (offset_hours > 14 || offset_minutes > 59) return std::nullopt;  // UTC+14 is the farthest zone there is
    offset = (offset_hours * 60 + offset_minutes) * 60 * (iso[at] == '-' ? -1 : 1);
  }
  const Instant out{date->days * kDay + hour * 3'600 + minute * 60 + second - offset};
  const Date day = out.date();
  if (day < Date::from_civil(1, 1, 1) || day > Date::from_civil(9999, 12, 31)) return std::nullopt;
  return out;
}

std::string Instant::text() const {
  const std::int64_t of_day = seconds - floor_div(seconds, kDay) * kDay;
  const std::string clock = fmt::format("{}T{:02}:{:02}", date().text(), of_day / 3'600, of_day / 60 % 60);
  return of_day % 60 == 0 ? clock + "Z" : fmt::format("{}:{:02}Z", clock, of_day % 60);
}

Date Instant::date() const { return saturated(floor_div(seconds, kDay)); }

std::optional<Duration> Duration::parse(std::string_view text) {
  Duration out;
  bool any = false;
  std::int64_t months = 0;
  while (!text.empty()) {
    if (any) {
      if (text.front() != ' ') return std::nullopt;
      text.remove_prefix(1);
    }
    std::size_t digits = 0;
    std::int64_t count = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
      count = count * 10 + (text[digits++] - '0');
    if (digits == 0 || digits > 6 || digits >= text.size() || text[digits] != ' ')
      return std::nullopt;  // 999,999 days: enough for any law
    text.remove_prefix(digits + 1);
    std::string_view unit = text.substr(0, text.find(' '));
    text.remove_prefix(unit.size());
    if (unit.ends_with('s')) unit.remove_suffix(1);
    const auto found =
        std::find_if(kUnits.begin(), kUnits.end(), [&](const DurationUnit& u) { return u.name == unit; });
    if (found == kUnits.end()) return std::nullopt;
    months += count * found->months;
    out.seconds += count * found->seconds;
    any = true;
  }
  if (!any || months > INT32_MAX || out.seconds < 0) return std::nullopt;
  out.months = static_cast<std::int32_t>(months);
  return out;
}

std::string Duration::text() const {
  std::string out;
  const auto put = [&](std::int64_t count, std::string_view unit) {
    if (count != 0) out += (out.empty() ? "" : " ") + amount(count, unit);
  };
  put(months, "month");
  // One unit, the largest that divides evenly; law counts up to three days in hours.
  if (seconds % kDay == 0 && seconds > 3 * kDay) {
    put(seconds / kDay, "day");
  } else if (seconds % 3'600 == 0) {
    put(seconds / 3'600, "hour");
  } else if (seconds % 60 == 0) {
    put(seconds / 60, "minute");
  } else {
    put(seconds, "second");
  }
  return out.empty() ? "0 days" : out;
}

}  // namespace writ
