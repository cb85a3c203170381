// Deadlines: done in time, still in time, or too late. They look at the as-of date and never at the governing day: what
// is owed follows the law of its day, and whether it is late follows the day on which one looks.
#include <string>

#include "engine/base/check.h"
#include "engine/eval/machine.h"

namespace writ::eval {

using ir::NodeId;

namespace {

Date day_of(const model::Scalar& scalar) {
  if (const auto* instant = std::get_if<Instant>(&scalar)) return instant->date();
  return std::get<Date>(scalar);
}

// Moments compare as moments; beside a day the whole day of a moment counts.
bool on_or_before(const model::Scalar& done, const model::Scalar& due) {
  const auto *a = std::get_if<Instant>(&done), *b = std::get_if<Instant>(&due);
  return a != nullptr && b != nullptr ? *a <= *b : day_of(done) <= day_of(due);
}

Value pending_until(Date due, Blame blame) {
  Value v = Value::of(Truth::in_time(), std::move(blame));
  v.blame.missing.clear();
  v.blame.law.clear();
  v.due = due;
  return v;
}

}  // namespace

Value Machine::within(const ir::Node& node) {
  const Value done = eval(NodeId(node.a));  // absence says that it has not been done
  const Value due = strict(NodeId(node.b));
  Blame blame = together(done, due);
  const bool happened = done.known() && day_of(done.scalar) <= options.as_of;
  if (due.unknown() || (done.unknown() && due.error())) {
    const bool may_error = due.may_error || done.may_error || due.error() || done.error();
    return Value::of(Truth::maybe(may_error, !happened), std::move(blame));
  }
  if (due.error()) return Value::failed(std::move(blame));
  const bool in_time = options.as_of <= day_of(due.scalar);
  if (done.error()) return Value::failed(std::move(blame));
  if (done.unknown()) {
    // Before the day it is done in time, or pending: nothing is held against anybody either way.
    if (in_time && !done.may_error) return pending_until(day_of(due.scalar), std::move(blame));
    return Value::of(Truth::maybe(done.may_error, in_time), std::move(blame));
  }
  if (happened) return Value::of(Truth::of(on_or_before(done.scalar, due.scalar)), std::move(blame));
  if (in_time) return pending_until(day_of(due.scalar), std::move(blame));
  return Value::of(Truth::no(), std::move(blame));
}

Value Machine::working_days(NodeId id, const ir::Node& node) {
  const Value start = strict(NodeId(node.a)), number = strict(NodeId(node.b));
  if (start.unknown() || number.unknown())
    return Value::maybe({}, together(start, number),
                        start.may_error || number.may_error || start.error() || number.error());
  if (start.error() || number.error()) return Value::failed(together(start, number));
  const ir::Calendar& calendar = program.calendars[ir::CalendarId(node.c)];
  const auto* range = std::get_if<model::NumberRange>(&number.scalar);
  std::int64_t left = 0;
  WRIT_CHECK(range != nullptr && range->lo && range->lo->to_int64(left));  // the checker wants a whole number
  Date day = day_of(start.scalar);
  while (left > 0) {
    day = day.plus_days(1);  // the first day is not counted
    if (!calendar.known.contains(day)) {
      Blame blame = together(start, number);
      blame.law.push_back({"calendar `" + calendar.name + "` does not reach " + day.text(), span_of(id)});
      return Value::maybe({}, std::move(blame));
    }
    step();
    if (ir::is_working_day(calendar, day)) --left;
  }
  return Value::of(model::Scalar(day), together(start, number));
}

Value Machine::year_start() {
  if (!day_.known()) return day_.error() ? Value::failed(day_.blame) : Value::maybe({}, day_.blame, day_.may_error);
  const int year = std::stoi(std::get<Date>(day_.scalar).text());  // "2026-11-22"
  Blame blame;
  blame.because = day_.blame.because;
  return Value::of(model::Scalar(Date::from_civil(year, 1, 1)), std::move(blame));
}

}  // namespace writ::eval
