// Calendars of working days, as rules declare them.
#pragma once

#include <optional>

#include "engine/sema/context.h"

namespace writ::sema {

/// Names, days and citations of every calendar.
void check_calendars(Context& context);
/// The first day that the calendar does not know, of those that counting `count` working days from `start` looks at;
/// nothing when it reaches.
[[nodiscard]] std::optional<Date> first_unknown_day(const ast::CalendarDecl& calendar, Date start, std::int64_t count);
/// 0: Monday … 6: Sunday; -1: no day of the week.
[[nodiscard]] int weekday_named(std::string_view name);

}  // namespace writ::sema
