// The higher and the lower of several amounts: ranges, and what is not known, widen the result.
#include <algorithm>

#include "engine/eval/machine.h"
#include "engine/eval/numbers.h"

namespace writ::eval {

using ir::NodeId;
using model::Money;
using model::NumberRange;

namespace {

// The higher of two: at least each of them, at most the one that can reach further.
NumberRange higher(const NumberRange& a, const NumberRange& b) {
  NumberRange out;
  for (const NumberRange* r : {&a, &b}) {
    if (!r->lo || (out.lo && *r->lo < *out.lo)) continue;
    out.lo_open = (out.lo && *r->lo == *out.lo && out.lo_open) || r->lo_open;
    out.lo = r->lo;
  }
  if (!a.hi || !b.hi) return out;
  out.hi = std::max(*a.hi, *b.hi);
  out.hi_open = (*a.hi < *out.hi || a.hi_open) && (*b.hi < *out.hi || b.hi_open);
  return out;
}

}  // namespace

NumberRange extreme_of(bool highest, const NumberRange& a, const NumberRange& b) {
  return highest ? higher(a, b) : negate(higher(negate(a), negate(b)));
}

Value Machine::extreme(NodeId id, const ir::Node& node) {
  std::vector<Value> parts;
  for (NodeId n : list(node.a, node.b)) parts.push_back(strict(n));
  BlameSum sum;
  bool unknown = false, failed = false, may_error = false;
  std::string currency;  // of the first amount that has one
  for (const Value& v : parts) {
    sum.add(v.blame);
    unknown = unknown || v.unknown();
    failed = failed || v.error();
    may_error = may_error || v.may_error;
    if (const auto* money = std::get_if<Money>(&v.scalar); money != nullptr && currency.empty())
      currency = money->currency;
  }
  if (failed && !unknown) return Value::failed(sum.take());

  std::optional<NumberRange> all;
  Blame law;
  for (const Value& v : parts) {
    NumberRange range;  // an error or an unknown amount: anything
    if (const auto* number = std::get_if<NumberRange>(&v.scalar)) range = *number;
    if (const auto* money = std::get_if<Money>(&v.scalar)) {
      if (money->currency == currency || (money->amount.exact() && money->amount.lo->is_zero())) {
        range = money->amount;
      } else {
        law.law.push_back({"no table of exchange rates between " + std::min(money->currency, currency) + " and " +
                               std::max(money->currency, currency),
                           span_of(id)});
      }
    }
    all = all ? extreme_of(node.op == ir::Op::higher, *all, range) : range;
  }
  sum.missing(law);
  Blame blame = sum.take();
  const bool money = kind_of(id) == model::TypeKind::money;
  if (money && currency.empty()) return Value::maybe({}, std::move(blame), may_error || failed);
  const model::Scalar scalar = money ? model::Scalar(Money{*all, currency}) : model::Scalar(*all);
  if (is_exact(scalar) && !may_error && !failed) {
    // One of them decides, whatever the others may be.
    blame.missing.clear();
    blame.law.clear();
  }
  return shaped(scalar, std::move(blame), may_error || failed);
}

}  // namespace writ::eval
