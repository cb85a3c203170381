#include "engine/ir/program.h"

#include <algorithm>

namespace writ::ir {

const char* to_string(Severity severity) {
  switch (severity) {
    case Severity::low: return "low";
    case Severity::medium: return "medium";
    case Severity::high: return "high";
    case Severity::critical: return "critical";
  }
  return "";
}

const char* to_string(Status status) {
  switch (status) {
    case Status::binding: return "binding";
    case Status::draft: return "draft";
    case Status::unenforced: return "unenforced";
    case Status::soft: return "soft";
    case Status::project: return "project";
  }
  return "";
}

const char* to_string(Op op) {
  switch (op) {
    case Op::constant: return "constant";
    case Op::root: return "root";
    case Op::var: return "var";
    case Op::field: return "field";
    case Op::index: return "index";
    case Op::and_: return "and";
    case Op::or_: return "or";
    case Op::not_: return "not";
    case Op::eq: return "eq";
    case Op::ne: return "ne";
    case Op::lt: return "lt";
    case Op::le: return "le";
    case Op::gt: return "gt";
    case Op::ge: return "ge";
    case Op::in: return "in";
    case Op::includes_any: return "includes_any";
    case Op::includes_all: return "includes_all";
    case Op::at_least: return "at_least";
    case Op::set_literal: return "set_literal";
    case Op::named_set: return "named_set";
    case Op::set_union: return "set_union";
    case Op::set_minus: return "set_minus";
    case Op::set_intersect: return "set_intersect";
    case Op::add: return "add";
    case Op::sub: return "sub";
    case Op::mul: return "mul";
    case Op::div: return "div";
    case Op::neg: return "neg";
    case Op::present: return "present";
    case Op::answered: return "answered";
    case Op::otherwise: return "otherwise";
    case Op::some: return "some";
    case Op::every: return "every";
    case Op::no: return "no";
    case Op::count: return "count";
    case Op::sum: return "sum";
    case Op::min: return "min";
    case Op::max: return "max";
    case Op::share: return "share";
    case Op::size: return "size";
    case Op::call: return "call";
    case Op::classify: return "classify";
    case Op::lookup: return "lookup";
    case Op::on_day: return "on_day";
    case Op::as_of: return "as_of";
    case Op::edition: return "edition";
    case Op::within: return "within";
    case Op::working_days: return "working_days";
    case Op::judged: return "judged";
    case Op::evidenced: return "evidenced";
    case Op::ancestors: return "ancestors";
    case Op::deref: return "deref";
    case Op::higher: return "higher";
    case Op::lower: return "lower";
    case Op::contested: return "contested";
    case Op::year_start: return "year_start";
    case Op::measure: return "measure";
  }
  return "";
}

bool is_working_day(const Calendar& calendar, Date day) {
  const int weekday = ((day.days % 7) + 7 + 3) % 7;  // 1970-01-01 was a Thursday; Monday is 0
  if (((calendar.weekend >> weekday) & 1) != 0) return false;
  return !std::binary_search(calendar.holidays.begin(), calendar.holidays.end(), day);
}

std::string text(const Program& program, const Citation& citation) {
  std::string out = citation.instrument ? program.instruments[citation.instrument].name : std::string();
  if (!citation.provision.empty()) out += (out.empty() ? "" : " ") + citation.provision;
  return out;
}

}  // namespace writ::ir
