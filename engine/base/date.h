// Calendar days (proleptic Gregorian, ISO 8601), instants to the second in UTC, durations, and sets of days. Law is
// written in days: intervals hold their last day (`until`); text written [from, to) (`before`) is converted once, at
// the border.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

struct Date {
  std::int32_t days = 0;                                   // since 1970-01-01
  static std::optional<Date> parse(std::string_view iso);  // exactly YYYY-MM-DD, a real day, years 0001..9999
  static Date from_civil(int year, unsigned month, unsigned day);
  static Date today_utc();
  static constexpr Date min() { return Date{INT32_MIN}; }
  static constexpr Date max() { return Date{INT32_MAX}; }
  [[nodiscard]] std::string text() const;
  /// Keeps the day of the month or takes the month's last (31 January + 1 month = 28 or 29 February).
  [[nodiscard]] Date plus_months(int months) const;
  [[nodiscard]] Date plus_days(int n) const;  // saturates at min()/max()
  friend auto operator<=>(Date, Date) = default;
};

/// Seconds since 1970-01-01T00:00Z. Text: YYYY-MM-DDThh:mm[:ss](Z|±hh:mm).
struct Instant {
  std::int64_t seconds = 0;
  static std::optional<Instant> parse(std::string_view iso);
  [[nodiscard]] std::string text() const;
  [[nodiscard]] Date date() const;
  friend auto operator<=>(Instant, Instant) = default;
};

/// Calendar duration. Months and seconds do not convert into one another; text "14 days", "12 months", "72 hours".
struct Duration {
  std::int32_t months = 0;
  std::int64_t seconds = 0;
  static std::optional<Duration> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Duration&, const Duration&) = default;
};

struct DayInterval {
  Date from = Date::min();  // first day
  Date last = Date::max();  // last day, inclusive
  [[nodiscard]] bool contains(Date d) const { return from <= d && d <= last; }
  friend bool operator==(const DayInterval&, const DayInterval&) = default;
};

}  // namespace writ
