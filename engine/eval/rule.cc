#include "engine/eval/rule.h"

#include <algorithm>

namespace writ::eval {

using ir::NodeId;

RuleJudge::RuleJudge(Machine& machine, ir::RuleId rule) : m_(machine), id_(rule), rule_(machine.program.rules[rule]) {}

std::vector<Subject> RuleJudge::subjects(Blame& list) {
  if (!rule_.for_each) return {Subject{}};
  const Elements members = m_.elements(rule_.for_each->list);
  list = members.list.blame;
  std::vector<Subject> out;
  for (const Element& e : members.all) out.push_back({e.value, e.phantom, members.list.blame});
  return out;
}

void RuleJudge::bind(const Subject& subject) {
  element_ = subject.element;
  if (rule_.for_each) m_.slot(rule_.for_each->var) = element_;
}

Case RuleJudge::prepare(const Subject& subject) {
  Case out;
  const NodeId where = rule_.for_each ? rule_.for_each->where : NodeId{};
  const ir::Scope* scope = rule_.scope.valid() ? &m_.program.scopes[rule_.scope] : nullptr;
  m_.guards(where, true, out.guards);
  if (scope != nullptr) m_.guards(scope->means, true, out.guards);
  m_.guards(rule_.applies, true, out.guards);
  (void)m_.take_errors();

  out.day = m_.day();  // the as-of date
  if (rule_.judged_on.valid()) out.day = m_.guarded(out.guards, [&] { return m_.strict(rule_.judged_on); });

  m_.on(out.day, [&] {
    return m_.guarded(out.guards, [&] {
      out.force = force_of(m_, rule_.effective, rule_.transitionals, rule_.for_each ? &element_ : nullptr);
      return Value{};
    });
  });
  out.force_errors = m_.take_errors();

  m_.on(out.day, [&] {
    std::vector<Value> all;
    if (subject.phantom) {
      Blame exists;
      exists.missing = subject.list.missing;
      exists.law = subject.list.law;
      all.push_back(Value::maybe({}, std::move(exists)));
    }
    // Each is read under the guards of the others, as the operands of one `and` are.
    out.where = m_.guarded(out.guards, [&] { return m_.condition(where); });
    out.scope = m_.guarded(out.guards, [&] {
      return scope != nullptr ? m_.defeasible(scope->means, scope->unless) : Value::of(Truth::yes());
    });
    out.applies = m_.guarded(out.guards, [&] { return m_.condition(rule_.applies); });
    for (const Value* v : {&out.where, &out.scope, &out.applies}) all.push_back(*v);
    out.condition = all_of(all);
    return Value{};
  });
  out.condition_errors = m_.take_errors();
  return out;
}

bool RuleJudge::covers(const ir::Exception& exception, const std::string& label) const {
  bool limited = false;
  for (const auto& [rule, only] : exception.only_labels) {
    if (rule != id_) continue;
    if (only == label) return true;
    limited = true;
  }
  return !limited;
}

std::vector<ExceptionState> RuleJudge::exceptions(const Case& shared, std::uint32_t requirement) {
  std::vector<ExceptionState> out;
  m_.on(shared.day, [&] {
    for (ir::ExceptionId id : rule_.exceptions) {
      const ir::Exception& e = m_.program.exceptions[id];
      if (!covers(e, rule_.requirements[requirement].label)) continue;
      if (e.var) m_.slot(*e.var) = element_;
      ExceptionState state;
      state.exception = id;
      Guards held = shared.guards;
      m_.guards(e.when, true, held);
      state.effective = m_.guarded(held, [&] { return in_force(m_, e.effective); });
      state.when = m_.guarded(shared.guards, [&] { return m_.condition(e.when); });
      std::vector<Value> all{state.effective, state.when};
      for (const ir::Defeater& d : e.but_not) {
        state.defeaters.push_back(m_.guarded(held, [&] { return m_.condition(d.when); }));
        all.push_back(negated(state.defeaters.back()));
      }
      state.operative = all_of(all);
      out.push_back(std::move(state));
    }
    return Value{};
  });
  return out;
}

Value RuleJudge::holds(const Case& shared, std::uint32_t requirement) {
  return m_.on(shared.day, [&] {
    return m_.guarded(shared.guards, [&] { return m_.condition(rule_.requirements[requirement].holds); });
  });
}

Finding RuleJudge::start(const Case& shared, std::uint32_t requirement) const {
  Finding f;
  f.rule = id_;
  f.requirement = requirement;
  if (shared.day.known()) f.governing_day = std::get<Date>(shared.day.scalar);
  f.scope = shared.scope.truth();
  f.applies = and_(shared.where.truth(), shared.applies.truth());
  return f;
}

namespace {

// The facts that carry the verdict: those of every input that the table had to look at.
void explain(Finding& f, const facts::Document& document, const Subject& subject, const Case& shared,
             const Value& exempt, const Value& holds) {
  BlameSum sum;
  const Verdict verdict = f.judgement.verdict;
  const Value& condition = shared.condition;
  switch (verdict) {
    case Verdict::not_effective:
    case Verdict::not_yet_due: sum.because(shared.force.blame); break;
    case Verdict::not_applicable:
      f.out_of_scope = shared.scope.truth().is_false();
      if (f.out_of_scope) {
        sum.because(shared.scope.blame);
      } else {
        sum.because(condition.truth().is_false() ? condition.blame : shared.force.blame);
      }
      break;
    case Verdict::compliant:
    case Verdict::pending:
      sum.because(shared.force.blame);
      sum.because(condition.blame);
      sum.because(holds.blame);
      break;
    case Verdict::exempt:
      sum.because(shared.force.blame);
      sum.because(condition.blame);
      sum.because(exempt.blame);
      break;
    case Verdict::gap:
    case Verdict::error:
    case Verdict::conflict:
    case Verdict::waived:
      sum.because(shared.force.blame);
      sum.because(condition.blame);
      sum.because(exempt.blame);
      sum.because(holds.blame);
      break;
    case Verdict::undetermined: {
      const Relevant open =
          relevant(shared.force.state, condition.truth(), exempt.truth(), Requirement::of(holds.truth()));
      if (open.f) sum.missing(shared.force.blame);
      if (open.a) sum.missing(condition.blame);
      if (open.x) sum.missing(exempt.blame);
      if (open.r) sum.missing(holds.blame);
      if (!open.f) sum.because(shared.force.blame);
      for (const Value* v : {&condition, &exempt, &holds})
        if (v->known()) sum.because(v->blame);
      break;
    }
  }
  Blame blame = sum.take();
  if (subject.phantom && subject.element.fact.valid())
    ask_for_list(blame, document, subject.element.fact, verdict == Verdict::undetermined ? subject.list : Blame{});
  f.because = std::move(blame.because);
  f.missing = std::move(blame.missing);
  f.law = std::move(blame.law);
  f.norms = std::move(blame.norms);
  f.presumptions = std::move(blame.presumptions);
}

// Errors of the inputs that the table looked at: a requirement that divides by zero where the rule does not apply
// concerns nobody.
void collect_errors(Finding& f, const Case& shared, std::vector<DomainError> exempt, std::vector<DomainError> holds) {
  const auto add = [&](const std::vector<DomainError>& errors) {
    for (const DomainError& e : errors)
      if (std::none_of(f.errors.begin(), f.errors.end(),
                       [&](const DomainError& o) { return o.text == e.text && o.span == e.span; }))
        f.errors.push_back(e);
  };
  const Effectiveness& force = shared.force.state;
  add(shared.force_errors);
  if (!force.can_be_effective && !force.can_be_error && !force.error) return;
  add(shared.condition_errors);
  if (shared.condition.truth().is_false()) return;
  add(exempt);
  if (!f.exempt.is_true()) add(holds);
}

// The weakest fact on the deciding path. What stands behind a record or list stands behind its facts (binding says so).
Basis basis_of(const Machine& m, const Finding& f) {
  const auto estimated = [&](facts::FactId id) {
    const facts::Fact& fact = m.document[id];
    return fact.state == facts::State::known && !std::holds_alternative<std::monostate>(fact.scalar) &&
           !is_exact(fact.scalar);
  };
  const auto evidenced = [&](facts::FactId id) { return m.document[id].evidence != UINT32_MAX; };
  if (std::any_of(f.because.begin(), f.because.end(), estimated)) return Basis::estimated;
  const bool all = !f.because.empty() && std::all_of(f.because.begin(), f.because.end(), evidenced);
  return all ? Basis::evidenced : Basis::declared;
}

}  // namespace

void RuleJudge::judge_subject(const Subject& subject, const Case& shared, std::vector<Finding>& out) {
  for (std::uint32_t r = 0; r < rule_.requirements.size(); ++r) {
    Finding f = start(shared, r);
    f.phantom = subject.phantom;
    if (!subject.phantom && subject.element.fact.valid()) {
      f.element = subject.element.fact;
      f.element_key = m_.document[f.element].key;
    }
    std::vector<Value> operative;
    for (ExceptionState& e : exceptions(shared, r)) {
      ExceptionTrace trace{e.exception, e.operative.truth(), e.when.truth(), {}};
      for (const Value& d : e.defeaters) trace.defeaters.push_back(d.truth());
      f.exceptions.push_back(std::move(trace));
      operative.push_back(std::move(e.operative));
    }
    const Value exempt = any_of(operative);
    std::vector<DomainError> exempt_errors = m_.take_errors();
    const Value met = holds(shared, r);
    std::vector<DomainError> met_errors = m_.take_errors();

    f.exempt = exempt.truth();
    f.holds = met.truth();
    f.judgement = judge(shared.force.state, shared.condition.truth(), f.exempt, Requirement::of(f.holds));
    if (f.judgement.verdict == Verdict::not_effective) f.not_effective = shared.force.kind;
    if (f.judgement.verdict == Verdict::not_effective || f.judgement.verdict == Verdict::not_yet_due)
      f.effective_date = shared.force.date;
    if (f.judgement.verdict == Verdict::not_yet_due) f.transitional = shared.force.transitional;
    if (f.judgement.verdict == Verdict::pending) f.due = met.due;
    explain(f, m_.document, subject, shared, exempt, met);
    collect_errors(f, shared, std::move(exempt_errors), std::move(met_errors));
    f.basis = basis_of(m_, f);
    out.push_back(std::move(f));
  }
}

// Nothing to judge: not applicable, and the list says why; a rule that is not in force stays not effective, as it is
// for any element.
void RuleJudge::nothing_listed(const Blame& list, std::vector<Finding>& out) {
  Subject nobody;
  nobody.phantom = true;
  bind(nobody);
  Case shared = prepare(nobody);
  Blame why;
  why.because = list.because;
  shared.where = shared.condition = Value::of(Truth::no(), std::move(why));
  shared.scope = Value::of(Truth::yes());
  shared.force_errors.clear();
  const std::size_t first = out.size();
  judge_subject(nobody, shared, out);
  for (std::size_t i = first; i < out.size(); ++i) out[i].phantom = false;
}

void RuleJudge::run(std::vector<Finding>& out) {
  Blame list;
  const std::vector<Subject> all = subjects(list);
  (void)m_.take_errors();
  bool any = false;
  for (const Subject& subject : all) {
    bind(subject);
    const Case shared = prepare(subject);
    if (rule_.for_each && shared.where.truth().is_false()) continue;
    any = true;
    judge_subject(subject, shared, out);
  }
  if (!any) nothing_listed(list, out);
}

}  // namespace writ::eval
