#include "engine/eval/penalty.h"

#include <algorithm>

namespace writ::eval {

namespace {

// Nobody is paid a fine.
model::Scalar not_negative(model::Scalar scalar) {
  auto* money = std::get_if<model::Money>(&scalar);
  if (money == nullptr) return scalar;
  model::NumberRange& amount = money->amount;
  if (!amount.lo || amount.lo->sign() < 0) {
    amount.lo = Rational(0);
    amount.lo_open = false;
  }
  if (amount.hi && amount.hi->sign() < 0) amount.hi = Rational(0), amount.hi_open = false;
  return scalar;
}

Value bearing_party(Machine& machine, const Bearer& bearer) {
  if (bearer.party.valid()) return machine.read(bearer.party);
  Value nobody;  // the question is who it is
  const model::Vocabulary& vocabulary = *machine.program.vocabulary;
  const int parties = vocabulary.root ? vocabulary.records[vocabulary.root].find("parties") : -1;
  const std::vector<facts::FactId>& fields = machine.document[machine.document.root].children;
  if (parties >= 0 && static_cast<std::size_t>(parties) < fields.size())
    nobody.blame.missing = {fields[static_cast<std::size_t>(parties)]};
  return nobody;
}

}  // namespace

void price(Machine& machine, const Bearer& bearer, const ir::Rule& rule, const Case& shared, Finding& finding) {
  if (rule.penalties.empty()) return;
  (void)machine.take_errors();
  for (std::uint32_t i = 0; i < rule.penalties.size(); ++i) {
    const ir::Penalty& penalty = rule.penalties[i];
    PenaltyAmount out;
    out.penalty = i;
    out.applies = Truth::yes();
    if (penalty.amount.valid()) {
      Guards held = shared.guards;
      machine.guards(penalty.when, true, held);
      Value when, amount;
      machine.on(shared.day, [&] {
        return machine.with(machine.program.bearer, bearing_party(machine, bearer), [&] {
          when = machine.guarded(shared.guards, [&] { return machine.condition(penalty.when); });
          if (!when.truth().is_false()) amount = machine.guarded(held, [&] { return machine.strict(penalty.amount); });
          return Value{};
        });
      });
      out.applies = when.truth();
      if (!amount.error() && !out.applies.is_false()) out.amount = not_negative(amount.scalar);
      BlameSum sum;
      sum.add(when.blame);
      if (!out.applies.is_false()) sum.add(amount.blame);
      Blame blame = sum.take();
      out.because = std::move(blame.because);
      out.missing = std::move(blame.missing);
      out.law = std::move(blame.law);
    }
    finding.penalties.push_back(std::move(out));
  }
  for (DomainError& e : machine.take_errors()) {
    const auto same = [&](const DomainError& o) { return o.text == e.text && o.span == e.span; };
    if (std::none_of(finding.errors.begin(), finding.errors.end(), same)) finding.errors.push_back(std::move(e));
  }
}

}  // namespace writ::eval
