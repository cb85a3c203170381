// Spans of days as rules, sets and tables write them.
#pragma once

#include <optional>

#include "engine/base/date.h"
#include "engine/sema/context.h"

namespace writ::sema {

/// `from D until E` includes E, `from D before E` does not.
[[nodiscard]] inline DayInterval days_of(std::optional<Date> from, std::optional<Date> until,
                                         std::optional<Date> before) {
  DayInterval out;
  if (from) out.from = *from;
  if (until) out.last = *until;
  if (before) out.last = before->plus_days(-1);
  return out;
}
[[nodiscard]] inline bool empty(const DayInterval& days) { return days.last < days.from; }
[[nodiscard]] inline bool overlap(const DayInterval& a, const DayInterval& b) {
  return !empty(a) && !empty(b) && a.from <= b.last && b.from <= a.last;
}
/// Reports a span that ends before it begins; true when it is one.
inline bool report_inverted(Context& context, const DayInterval& days, Span span) {
  if (!empty(days)) return false;
  context.report(Code::inverted_span, span, "the days end before they begin",
                 "`until` names the last day, `before` the day after it");
  return true;
}

}  // namespace writ::sema
