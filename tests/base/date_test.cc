#include "engine/base/date.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace writ {
namespace {

Date day(std::string_view text) { return Date::parse(text).value(); }

TEST(Date, KnownDays) {
  struct Row {
    const char* text;
    std::int32_t days;
  };
  for (const Row& row : std::vector<Row>{{"1970-01-01", 0},
                                         {"1969-12-31", -1},
                                         {"2000-02-29", 11'016},
                                         {"2000-03-01", 11'017},
                                         {"1900-03-01", -25'508},
                                         {"2025-01-30", 20'118},
                                         {"2025-08-02", 20'302},
                                         {"2026-11-22", 20'779},
                                         {"9999-12-31", 2'932'896},
                                         {"0001-01-01", -719'162}}) {
    EXPECT_EQ(day(row.text).days, row.days) << row.text;
    EXPECT_EQ(Date{row.days}.text(), row.text);
  }
}

TEST(Date, AgreesWithTheLibraryOnEveryDayOfTheCalendar) {
  const Date last = day("9999-12-31");
  for (Date d = day("0001-01-01"); d <= last; d = d.plus_days(1)) {
    const std::chrono::year_month_day civil(std::chrono::sys_days(std::chrono::days(d.days)));
    const Date ours = Date::from_civil(static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()),
                                       static_cast<unsigned>(civil.day()));
    if (ours != d) FAIL() << d.days;
    if (d.days % 11 == 0 && Date::parse(d.text()) != d) FAIL() << d.text();
  }
}

TEST(Date, RefusesWhatIsNoDay) {
  for (const char* text : {"", "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "2025-01-00",
                           "0000-01-01", "2025-1-1", "25-01-01", "2025/01/01", "2025-01-01 ", " 2025-01-01",
                           "2025-01-01T00:00Z", "20250101", "+025-01-01", "2025-0a-01", "10000-01-01"}) {
    EXPECT_FALSE(Date::parse(text).has_value()) << text;
  }
  EXPECT_TRUE(Date::parse("2024-02-29").has_value());
}

TEST(Date, MonthsKeepTheDayOrTakeTheLast) {
  EXPECT_EQ(day("2025-01-31").plus_months(1), day("2025-02-28"));
  EXPECT_EQ(day("2024-01-31").plus_months(1), day("2024-02-29"));
  EXPECT_EQ(day("2024-02-29").plus_months(12), day("2025-02-28"));
  EXPECT_EQ(day("2025-03-31").plus_months(-1), day("2025-02-28"));
  EXPECT_EQ(day("2025-11-15").plus_months(2), day("2026-01-15"));
  EXPECT_EQ(day("2026-01-15").plus_months(-13), day("2024-12-15"));
}

TEST(Date, EndsOfTimeStayPut) {
  EXPECT_EQ(Date::max().plus_days(1), Date::max());
  EXPECT_EQ(Date::max().plus_days(-1), Date::max());
  EXPECT_EQ(Date::min().plus_months(5), Date::min());
  EXPECT_EQ((Date{INT32_MAX - 1}).plus_days(100), Date::max());
  EXPECT_EQ((Date{INT32_MIN + 1}).plus_months(-100), Date::min());
  EXPECT_EQ(Date::max().text(), "forever");
  EXPECT_EQ(Date::min().text(), "always");
  EXPECT_TRUE(DayInterval{}.contains(Date::min()));
  EXPECT_TRUE((DayInterval{day("2025-01-01"), day("2025-01-02")}).contains(day("2025-01-02")));
  EXPECT_FALSE((DayInterval{day("2025-01-01"), day("2025-01-02")}).contains(day("2025-01-03")));
}

TEST(Date, TodayIsAfterThisWasWritten) { EXPECT_GT(Date::today_utc(), day("2025-01-01")); }

TEST(Instant, Forms) {
  EXPECT_EQ(Instant::parse("1970-01-01T00:00Z")->seconds, 0);
  EXPECT_EQ(Instant::parse("2025-08-02T10:00Z")->text(), "2025-08-02T10:00Z");
  EXPECT_EQ(Instant::parse("2025-08-02T10:00:07Z")->text(), "2025-08-02T10:00:07Z");
  EXPECT_EQ(Instant::parse("2025-08-02T00:30+02:00")->text(), "2025-08-01T22:30Z");
  EXPECT_EQ(Instant::parse("2025-08-02T23:30-01:00")->text(), "2025-08-03T00:30Z");
  EXPECT_EQ(Instant::parse("1969-12-31T23:59:59Z")->date(), day("1969-12-31"));
}

TEST(Instant, Refused) {
  for (const char* text :
       {"", "2025-08-02", "2025-08-02T10:00", "2025-08-02T24:00Z", "2025-08-02T10:60Z", "2025-08-02T10:00:60Z",
        "2025-08-02T10:00z", "2025-08-02 10:00Z", "2025-02-30T10:00Z", "2025-08-02T10:00+2:00",
        "2025-08-02T10:00+15:00", "2025-08-02T10:00Z ", "2025-08-02T10:00:0Z", "2025-08-02T10:00:00",
        "2025-08-02T10:00+02:60", "0001-01-01T00:00+01:00", "2025-08-02T10:00+02:0"}) {
    EXPECT_FALSE(Instant::parse(text).has_value()) << text;
  }
}

TEST(Duration, Forms) {
  EXPECT_EQ(Duration::parse("14 days"), (Duration{0, 14 * 86'400}));
  EXPECT_EQ(Duration::parse("1 day"), (Duration{0, 86'400}));
  EXPECT_EQ(Duration::parse("12 months"), (Duration{12, 0}));
  EXPECT_EQ(Duration::parse("2 years"), (Duration{24, 0}));
  EXPECT_EQ(Duration::parse("72 hours"), (Duration{0, 259'200}));
  EXPECT_EQ(Duration::parse("1 year 6 months"), (Duration{18, 0}));
  EXPECT_EQ(Duration::parse("2 weeks"), (Duration{0, 14 * 86'400}));
  for (const char* text : {"", "14", "days", "14days", "14  days", "14 fortnights", "-1 days", "1.5 days",
                           "9999999 days", "14 days ", "1 day,2 days"}) {
    EXPECT_FALSE(Duration::parse(text).has_value()) << text;
  }
  for (const char* text :
       {"14 days", "72 hours", "12 months", "18 months 5 days", "90 minutes", "1 second", "1 month", "0 days"}) {
    EXPECT_EQ(Duration::parse(text).value().text(), text);
  }
}

}  // namespace
}  // namespace writ
