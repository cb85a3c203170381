#include "engine/report/portfolio.h"

#include <fmt/format.h>

#include "engine/eval/evaluate.h"

namespace writ::report {

namespace {

/// One end of a range.
std::string number(const ir::Program& program, const Rational& value, const std::string& currency, model::TypeId type) {
  if (!currency.empty()) return value.display() + " " + currency;
  if (type.valid() && program.vocabulary->types[type].kind == model::TypeKind::ratio) {
    const auto percent = value.mul(Rational(100));
    return percent ? percent->display() + " %" : value.display();
  }
  if (type.valid() && program.vocabulary->types[type].kind == model::TypeKind::quantity)
    return eval::display(program, model::NumberRange::exactly(value), type);
  return value.display();
}

}  // namespace

std::string range_words(const ir::Program& program, const model::Scalar& value, model::TypeId type) {
  const auto* range = std::get_if<model::NumberRange>(&value);
  std::string currency;
  if (const auto* money = std::get_if<model::Money>(&value)) {
    range = &money->amount;
    currency = money->currency;
  }
  if (range == nullptr || (!range->lo && !range->hi)) return "not known";
  const auto shown = [&](const Rational& r) { return number(program, r, currency, type); };
  if (range->exact()) return shown(*range->lo);
  if (!range->hi) return "at least " + shown(*range->lo);
  if (!range->lo) return "at most " + shown(*range->hi);
  return fmt::format("between {} and {}", shown(*range->lo), shown(*range->hi));
}

std::string counted_words(const ir::Program& program, const eval::PortfolioResult& result) {
  const std::string& kind = program.portfolios[result.portfolio].kind;
  const auto many = [](std::uint64_t n, const std::string& one) {
    return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
  };
  if (result.members + result.perhaps + result.left_out + result.unread == 0)
    return fmt::format("no document of kind {} was checked: it cannot be judged", kind);
  std::string out = many(result.members, kind) + " counted in " + many(result.group_count, "group");
  if (result.perhaps > 0) out += fmt::format(", {} more may count", result.perhaps);
  if (result.left_out > 0) out += fmt::format(", {} left out", result.left_out);
  if (result.unread > 0)
    out += fmt::format("; {} could not be read and may be of any group and weight", many(result.unread, "document"));
  return out;
}

}  // namespace writ::report
