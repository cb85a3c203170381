#include "engine/sema/calendars.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/sema/days.h"
#include "engine/sema/items.h"

namespace writ::sema {

namespace {

constexpr std::array<const char*, 7> kWeek{"monday", "tuesday",  "wednesday", "thursday",
                                           "friday", "saturday", "sunday"};

int weekday_of(Date day) { return ((day.days % 7) + 7 + 3) % 7; }  // 1970-01-01 was a Thursday

void check_calendar(Context& context, ItemRef ref, const ast::CalendarDecl& d) {
  const At at(context, ref);
  check_cites(context, ref.file, d.cites);
  if (d.cites.empty())
    context.report(Code::missing_citation, d.name.span, fmt::format("calendar `{}` cites nothing", d.name.text),
                   "add `cites INSTRUMENT \"…\"`: where its holidays are published");
  if (!d.known_from || !d.known_until) {
    context.report(Code::undated_calendar, d.name.span,
                   fmt::format("calendar `{}` does not say which days it knows", d.name.text),
                   "add `known from D until E`: holidays beyond them are not written down");
  }
  const DayInterval known = days_of(d.known_from, d.known_until, {});
  report_inverted(context, known, d.name.span);
  std::array<bool, 7> free{};
  for (const ast::Name& word : d.weekend) {
    const int day = weekday_named(word.text);
    if (day < 0) {
      const std::vector<std::string> week(kWeek.begin(), kWeek.end());
      context.report(Code::unknown_word, word.span, fmt::format("`{}` is no day of the week", word.text),
                     did_you_mean(word.text, week));
      continue;
    }
    if (free[static_cast<std::size_t>(day)])
      context.report(Code::wrong_holiday, word.span, fmt::format("`{}` stands twice in the weekend", word.text));
    free[static_cast<std::size_t>(day)] = true;
  }
  if (std::all_of(free.begin(), free.end(), [](bool b) { return b; }))
    context.report(Code::wrong_holiday, d.name.span,
                   fmt::format("calendar `{}` has no working day in the week", d.name.text));
  std::map<Date, Span> seen;
  for (const ast::CalendarDecl::Holiday& h : d.holidays) {
    if (!empty(known) && !known.contains(h.day))
      context.report(Code::wrong_holiday, h.span,
                     fmt::format("{} is not among the days that calendar `{}` knows", h.day.text(), d.name.text));
    const auto [first, fresh] = seen.emplace(h.day, h.span);
    if (!fresh)
      context.report(Code::wrong_holiday, h.span, fmt::format("{} is a holiday twice", h.day.text()))
          .labels.push_back({first->second, "first here"});
  }
}

}  // namespace

int weekday_named(std::string_view name) {
  const auto* it = std::find(kWeek.begin(), kWeek.end(), name);
  return it == kWeek.end() ? -1 : static_cast<int>(it - kWeek.begin());
}

std::optional<Date> first_unknown_day(const ast::CalendarDecl& calendar, Date start, std::int64_t count) {
  if (!calendar.known_from || !calendar.known_until) return std::nullopt;  // reported where it is declared
  const DayInterval known = days_of(calendar.known_from, calendar.known_until, {});
  for (Date day = start; count > 0;) {
    day = day.plus_days(1);
    if (!known.contains(day)) return day;
    const bool weekend = std::any_of(calendar.weekend.begin(), calendar.weekend.end(),
                                     [&](const ast::Name& n) { return weekday_named(n.text) == weekday_of(day); });
    const bool holiday = std::any_of(calendar.holidays.begin(), calendar.holidays.end(),
                                     [&](const ast::CalendarDecl::Holiday& h) { return h.day == day; });
    if (!weekend && !holiday) --count;
  }
  return std::nullopt;
}

void check_calendars(Context& context) {
  each<ast::CalendarDecl>(context.files,
                          [&](ItemRef ref, const ast::CalendarDecl& d) { check_calendar(context, ref, d); });
}

}  // namespace writ::sema
