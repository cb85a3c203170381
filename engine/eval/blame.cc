// Blame, and the logical connectives over any number of operands: the one place where it is decided which facts carry a
// truth value.
#include <algorithm>
#include <compare>

#include "engine/eval/value.h"

namespace writ::eval {

void BlameSum::append(std::vector<facts::FactId>& to, std::unordered_set<std::uint32_t>& seen,
                      const std::vector<facts::FactId>& from) {
  for (facts::FactId f : from)
    if (seen.insert(f.index).second) to.push_back(f);
}

namespace {

void append_norm(std::vector<NormTrace>& to, const NormTrace& norm) {
  const auto same = [&](const NormTrace& n) { return n.norm == norm.norm && n.assessment == norm.assessment; };
  if (std::none_of(to.begin(), to.end(), same)) to.push_back(norm);
}

template <class T>
void append_each(std::vector<T>& to, const std::vector<T>& from) {
  for (const T& t : from)
    if (std::find(to.begin(), to.end(), t) == to.end()) to.push_back(t);
}

bool judged(const NormTrace& norm) { return norm.state == Assessed::met || norm.state == Assessed::not_met; }

}  // namespace

void BlameSum::because(const Blame& blame) {
  append(sum_.because, because_, blame.because);
  for (const NormTrace& n : blame.norms)
    if (judged(n)) append_norm(sum_.norms, n);
  append_each(sum_.presumptions, blame.presumptions);
}

void BlameSum::missing(const Blame& blame) {
  append(sum_.missing, missing_, blame.missing);
  for (const MissingLaw& law : blame.law) {
    const auto same = [&](const MissingLaw& other) { return other.text == law.text && other.span == law.span; };
    if (std::none_of(sum_.law.begin(), sum_.law.end(), same)) sum_.law.push_back(law);
  }
  for (const NormTrace& n : blame.norms)
    if (!judged(n)) append_norm(sum_.norms, n);
  append_each(sum_.contested, blame.contested);
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
  WRIT_CHECK(!value.pending);
  if (value.known()) value.scalar = !std::get<bool>(value.scalar);
  return value;
}

namespace {

template <class T>
std::strong_ordering smaller(std::vector<T> a, std::vector<T> b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a <=> b;
}

// The deciding operand is the one that rests on the fewest facts and presumptions; among equals the one whose facts
// were bound first, so that the order in which a condition is written does not matter.
bool lighter(const Value& a, const Value& b) {
  if (const auto by_facts = smaller(a.blame.because, b.blame.because); by_facts != 0) return by_facts < 0;
  return smaller(a.blame.presumptions, b.blame.presumptions) < 0;
}

// `and` is in time until the first of its deadlines.
std::optional<Date> earliest_due(std::span<const Value> operands) {
  std::optional<Date> due;
  for (const Value& v : operands)
    if (v.truth().is_pending() && v.due && (!due || *v.due < *due)) due = v.due;
  return due;
}

// `absorbing`: false for and, true for or.
Value junction(std::span<const Value> operands, bool absorbing) {
  std::vector<Truth> truths;
  truths.reserve(operands.size());
  for (const Value& v : operands) truths.push_back(v.truth());
  const Truth result = absorbing ? any_true(truths) : all_true(truths);
  const Value* decider = nullptr;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    // Of an `or` that is pending, the deadline that ends last: the others may pass.
    const bool decides = result == Truth::of(absorbing) || (absorbing && result.is_pending());
    if (!decides || truths[i] != result) continue;
    const Value& v = operands[i];
    const bool later = decider != nullptr && result.is_pending() && decider->due != v.due;
    if (decider == nullptr || (later ? decider->due < v.due : lighter(v, *decider))) decider = &v;
  }
  if (decider != nullptr) {
    BlameSum sum;
    sum.because(decider->blame);
    Value out = Value::of(result, sum.take());
    out.due = decider->due;
    return out;
  }
  BlameSum sum;
  for (const Value& v : operands) {
    if (result.is_unknown() && v.unknown()) sum.missing(v.blame);
    if (result.is_error() && v.error()) sum.because(v.blame);
    if (!result.is_unknown() && !result.is_error()) sum.because(v.blame);
  }
  Value out = Value::of(result, sum.take());
  if (result.is_pending()) out.due = earliest_due(operands);
  return out;
}

}  // namespace

Value any_of(std::span<const Value> operands) { return junction(operands, true); }
Value all_of(std::span<const Value> operands) { return junction(operands, false); }

}  // namespace writ::eval
