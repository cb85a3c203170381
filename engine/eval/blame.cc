// Blame, and the logical connectives over any number of operands: the one place where it is decided which facts carry a
// truth value.
#include <algorithm>

#include "engine/eval/value.h"

namespace writ::eval {

void BlameSum::append(std::vector<facts::FactId>& to, std::unordered_set<std::uint32_t>& seen,
                      const std::vector<facts::FactId>& from) {
  for (facts::FactId f : from)
    if (seen.insert(f.index).second) to.push_back(f);
}

void BlameSum::because(const Blame& blame) { append(sum_.because, because_, blame.because); }

void BlameSum::missing(const Blame& blame) {
  append(sum_.missing, missing_, blame.missing);
  for (const MissingLaw& law : blame.law) {
    const auto same = [&](const MissingLaw& other) { return other.text == law.text && other.span == law.span; };
    if (std::none_of(sum_.law.begin(), sum_.law.end(), same)) sum_.law.push_back(law);
  }
}

void BlameSum::add(const Blame& blame) {
  because(blame);
  missing(blame);
}

Blame together(std::span<const Value* const> operands) {
  BlameSum sum;
  for (const Value* v : operands) sum.add(v->blame);
  return sum.take();
}

Value negated(Value value) {
  if (value.known()) value.scalar = !std::get<bool>(value.scalar);
  return value;
}

namespace {

// The deciding operand is the one that rests on the fewest facts; among equals the one whose facts were bound first, so
// that the order in which a condition is written does not matter.
bool lighter(const Value& a, const Value& b) {
  auto x = a.blame.because;
  auto y = b.blame.because;
  if (x.size() != y.size()) return x.size() < y.size();
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
}

// `absorbing`: false for and, true for or.
Value junction(std::span<const Value> operands, bool absorbing) {
  Truth result = Truth::of(!absorbing);
  const Value* decider = nullptr;
  for (const Value& v : operands) {
    const Truth t = v.truth();
    result = absorbing ? or_(result, t) : and_(result, t);
    if (t == Truth::of(absorbing) && (decider == nullptr || lighter(v, *decider))) decider = &v;
  }
  if (decider != nullptr) {
    Blame blame;
    blame.because = decider->blame.because;
    return Value::of(result, std::move(blame));
  }
  BlameSum sum;
  for (const Value& v : operands) {
    if (result.is_unknown() && v.unknown()) sum.missing(v.blame);
    if (result.is_error() && v.error()) sum.because(v.blame);
    if (!result.is_unknown() && !result.is_error()) sum.because(v.blame);
  }
  return Value::of(result, sum.take());
}

}  // namespace

Value any_of(std::span<const Value> operands) { return junction(operands, true); }
Value all_of(std::span<const Value> operands) { return junction(operands, false); }

}  // namespace writ::eval
