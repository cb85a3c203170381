#include "engine/eval/rule.h"

#include <algorithm>

#include "engine/eval/penalty.h"

namespace writ::eval {

using ir::NodeId;

RuleJudge::RuleJudge(Machine& machine, ir::RuleId rule, Parties* parties)
    : m_(machine), id_(rule), rule_(machine.program.rules[rule]), parties_(parties) {}

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
  // A clause guards by the text in force on a day: before the governing day is known, by what all its texts share.
  const auto guards_on = [&](const Value& day) {
    Guards held;
    m_.on(day, [&] {
      m_.guards(where, true, held);
      if (scope != nullptr) m_.guards(scope->means, true, held);
      m_.guards(rule_.applies, true, held);
      return Value{};
    });
    return held;
  };
  out.day = m_.day();  // the as-of date
  if (rule_.judged_on.valid()) {
    const Guards always = guards_on(Value::maybe({}, {}));
    (void)m_.take_errors();
    out.day = m_.guarded(always, [&] { return m_.strict(rule_.judged_on); });
    const std::vector<DomainError> day_errors = m_.take_errors();
    out.guards = guards_on(out.day);
    (void)m_.take_errors();
    for (const DomainError& e : day_errors) m_.report(e.text, e.span);
  } else {
    out.guards = guards_on(out.day);
    (void)m_.take_errors();
  }

  m_.on(out.day, [&] {
    return m_.guarded(out.guards, [&] {
      out.force =
          force_of(m_, {rule_.effective, rule_.history, rule_.transitionals}, rule_.for_each ? &element_ : nullptr);
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
    out.scope =
        m_.guarded(out.guards, [&] { return scope != nullptr ? m_.scope(rule_.scope) : Value::of(Truth::yes()); });
    out.applies = m_.guarded(out.guards, [&] { return m_.condition(rule_.applies); });
    for (const Value* v : {&out.where, &out.scope, &out.applies}) all.push_back(*v);
    out.condition = all_of(all);
    return Value{};
  });
  out.condition_errors = m_.take_errors();
  return out;
}

namespace {

// Those that are yielded to before those that yield. INVARIANT: nobody yields to himself, also not through others.
std::vector<std::size_t> order_of_yielding(const std::vector<ExceptionState>& all) {
  std::vector<std::size_t> out;
  std::vector<bool> done(all.size(), false);
  while (out.size() < all.size()) {
    const std::size_t before = out.size();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto waits = [&](std::uint32_t j) { return !done[j]; };
      if (done[i] || std::any_of(all[i].yields_to.begin(), all[i].yields_to.end(), waits)) continue;
      done[i] = true;
      out.push_back(i);
    }
    WRIT_CHECK(out.size() > before);  // the checker has refused circles
  }
  return out;
}

}  // namespace

bool RuleJudge::covers(const ir::Exception& exception, const std::string& label) const {
  bool limited = false;
  for (const auto& [rule, only] : exception.only_labels) {
    if (rule != id_) continue;
    if (only == label) return true;
    limited = true;
  }
  return !limited;
}

ExceptionState RuleJudge::exception(const Case& shared, ir::ExceptionId id) {
  const ir::Exception& e = m_.program.exceptions[id];
  if (e.var) m_.slot(*e.var) = element_;
  ExceptionState state;
  state.exception = id;
  Guards held = shared.guards;
  m_.guards(e.when, true, held);
  state.effective = m_.guarded(held, [&] { return in_force(m_, e.effective, e.history); });
  state.when = m_.guarded(shared.guards, [&] { return m_.condition(e.when); });
  std::vector<Value> all{state.effective, state.when};
  for (const ir::Defeater& d : e.but_not) {
    state.defeaters.push_back(m_.guarded(held, [&] { return m_.condition(d.when); }));
    all.push_back(negated(state.defeaters.back()));
  }
  state.condition = all_of(all);
  if (e.instead.valid()) {
    std::vector<DomainError> before = m_.take_errors();
    state.instead = m_.guarded(held, [&] { return m_.condition(e.instead); });
    state.instead_errors = m_.take_errors();
    for (DomainError& error : before) m_.report(std::move(error.text), error.span);
  }
  return state;
}

std::vector<ExceptionState> RuleJudge::exceptions(const Case& shared, std::uint32_t requirement) {
  std::vector<ExceptionState> out;
  m_.on(shared.day, [&] {
    for (ir::ExceptionId id : rule_.exceptions) {
      if (!covers(m_.program.exceptions[id], rule_.requirements[requirement].label)) continue;
      const auto own = exception_presumes_.find(id);
      m_.presuming(own == exception_presumes_.end() ? Presumptions{} : own->second, [&] {
        out.push_back(exception(shared, id));
        return Value{};
      });
    }
    return Value{};
  });
  for (ExceptionState& state : out)
    for (std::uint32_t i = 0; i < out.size(); ++i) {
      const auto& yields = m_.program.exceptions[state.exception].yields_to;
      if (std::find(yields.begin(), yields.end(), out[i].exception) != yields.end()) state.yields_to.push_back(i);
    }
  for (std::size_t i : order_of_yielding(out)) {
    std::vector<Value> all{out[i].condition};
    for (std::uint32_t j : out[i].yields_to) all.push_back(negated(out[j].operative));
    out[i].operative = all.size() == 1 ? out[i].condition : all_of(all);
  }
  return out;
}

bool some_operates(const std::vector<ExceptionState>& exceptions) {
  return std::any_of(exceptions.begin(), exceptions.end(),
                     [](const ExceptionState& e) { return e.operative.truth().is_true(); });
}

Value RuleJudge::holds(const Case& shared, std::uint32_t requirement) {
  return m_.on(shared.day, [&] {
    return m_.presuming(requirement_presumes_, [&] {
      return m_.guarded(shared.guards, [&] { return m_.condition(rule_.requirements[requirement].holds); });
    });
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

Requirement requirement_of(const Value& v) { return Requirement::of(v.truth()); }

std::vector<ExceptionInput> inputs_of(const std::vector<ExceptionState>& exceptions) {
  std::vector<ExceptionInput> out;
  for (const ExceptionState& e : exceptions)
    out.push_back(
        {e.condition.truth(), e.instead ? std::optional(requirement_of(*e.instead)) : std::nullopt, e.yields_to});
  return out;
}

// What decides about the exceptions: those that operate, with what they require, or why none does.
void because_of(BlameSum& sum, const std::vector<ExceptionState>& exceptions) {
  for (const ExceptionState& e : exceptions) {
    if (!e.operative.unknown()) sum.because(e.operative.blame);
    if (e.instead && !e.operative.truth().is_false()) sum.because(e.instead->blame);
  }
}

// What would decide the verdict, of everything that the table had to look at.
void missing_of(BlameSum& sum, const Case& shared, const std::vector<ExceptionState>& exceptions, const Value& holds) {
  const Truth a = shared.condition.truth();
  const std::vector<ExceptionInput> inputs = inputs_of(exceptions);
  const Relevant open = relevant(shared.force.state, a, excepted(inputs), requirement_of(holds));
  const std::vector<RelevantException> each = relevant(shared.force.state, a, inputs, requirement_of(holds));
  if (open.f) sum.missing(shared.force.blame);
  if (open.a) sum.missing(shared.condition.blame);
  for (std::size_t i = 0; i < exceptions.size(); ++i) {
    if (each[i].condition) sum.missing(exceptions[i].condition.blame);
    if (each[i].instead) sum.missing(exceptions[i].instead->blame);
  }
  if (open.r) sum.missing(holds.blame);
  if (!open.f) sum.because(shared.force.blame);
  if (shared.condition.known()) sum.because(shared.condition.blame);
  for (const ExceptionState& e : exceptions) {
    if (e.operative.known()) sum.because(e.operative.blame);
    if (e.instead && e.instead->known() && !e.operative.truth().is_false()) sum.because(e.instead->blame);
  }
  if (holds.known()) sum.because(holds.blame);
}

// The facts that carry the verdict: those of every input that the table had to look at.
void explain(Finding& f, const facts::Document& document, const Subject& subject, const Case& shared,
             const std::vector<ExceptionState>& exceptions, const Value& holds,
             std::vector<ir::ReadingsId>& contested) {
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
      for (const ExceptionState& e : exceptions) {  // whoever is not exempt owes what the others require
        if (e.operative.truth().is_true()) sum.because(e.operative.blame);
        if (e.instead && !e.operative.truth().is_false()) sum.because(e.instead->blame);
      }
      if (!some_operates(exceptions)) sum.because(holds.blame);
      break;
    case Verdict::exempt: {
      sum.because(shared.force.blame);
      sum.because(condition.blame);
      std::vector<Value> operative;
      for (const ExceptionState& e : exceptions) operative.push_back(e.operative);
      sum.because(any_of(operative).blame);
      break;
    }
    case Verdict::gap:
    case Verdict::error:
    case Verdict::conflict:
    case Verdict::waived:
      sum.because(shared.force.blame);
      sum.because(condition.blame);
      because_of(sum, exceptions);
      if (!some_operates(exceptions)) sum.because(holds.blame);
      break;
    case Verdict::undetermined: missing_of(sum, shared, exceptions, holds); break;
  }
  Blame blame = sum.take();
  if (subject.phantom && subject.element.fact.valid())
    ask_for_list(blame, document, subject.element.fact, verdict == Verdict::undetermined ? subject.list : Blame{});
  f.because = std::move(blame.because);
  f.missing = std::move(blame.missing);
  f.law = std::move(blame.law);
  f.norms = std::move(blame.norms);
  f.presumptions = std::move(blame.presumptions);
  contested = std::move(blame.contested);
}

// Why it is undetermined, where nobody has said so already.
Reason reason_of(const Finding& f) {
  if (f.judgement.verdict != Verdict::undetermined) return Reason::none;
  if (f.reason != Reason::none) return f.reason;
  const auto open = [](const NormTrace& n) { return n.state != Assessed::met && n.state != Assessed::not_met; };
  if (std::any_of(f.norms.begin(), f.norms.end(), open)) return Reason::judgement;
  return f.missing.empty() && !f.law.empty() ? Reason::law : Reason::facts;
}

// The first day on which something of what is owed ends to be in time.
std::optional<Date> due_of(const std::vector<ExceptionState>& exceptions, const Value& holds) {
  std::optional<Date> due;
  const auto add = [&](const Value& v) {
    if (v.pending && v.due && (!due || *v.due < *due)) due = v.due;
  };
  for (const ExceptionState& e : exceptions)
    if (e.instead && !e.operative.truth().is_false()) add(*e.instead);
  if (!some_operates(exceptions)) add(holds);
  return due;
}

// Errors of the inputs that the table looked at: a requirement that divides by zero where the rule does not apply
// concerns nobody.
void collect_errors(Finding& f, const Case& shared, std::vector<DomainError> exempt,
                    const std::vector<ExceptionState>& exceptions, std::vector<DomainError> holds) {
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
  for (const ExceptionState& e : exceptions)
    if (!e.operative.truth().is_false()) add(e.instead_errors);
  if (!some_operates(exceptions)) add(holds);
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

Finding RuleJudge::judge_requirement(const Subject& subject, const Case& shared, std::uint32_t r,
                                     std::vector<ir::ReadingsId>& contested) {
  Finding f = start(shared, r);
  f.phantom = subject.phantom;
  if (!subject.phantom && subject.element.fact.valid()) {
    f.element = subject.element.fact;
    f.element_key = m_.document[f.element].key;
  }
  const std::vector<ExceptionState> states = exceptions(shared, r);
  std::vector<DomainError> exempt_errors = m_.take_errors();
  std::vector<Value> exempting;
  for (const ExceptionState& e : states) {
    ExceptionTrace trace{e.exception, e.operative.truth(), e.when.truth(), {}, Truth::maybe()};
    for (const Value& d : e.defeaters) trace.defeaters.push_back(d.truth());
    if (e.instead) trace.instead = e.instead->truth();
    if (!e.instead) exempting.push_back(e.operative);
    f.exceptions.push_back(std::move(trace));
  }
  const Value met = holds(shared, r);
  std::vector<DomainError> met_errors = m_.take_errors();

  f.exempt = any_of(exempting).truth();
  f.holds = met.truth();
  f.judgement = judge(shared.force.state, shared.condition.truth(), excepted(inputs_of(states)), requirement_of(met));
  if (f.judgement.verdict == Verdict::not_effective) {
    f.not_effective = shared.force.kind;
    f.until_date = shared.force.until;
  }
  if (f.judgement.verdict == Verdict::not_effective || f.judgement.verdict == Verdict::not_yet_due)
    f.effective_date = shared.force.date;
  if (f.judgement.verdict == Verdict::not_yet_due) f.transitional = shared.force.transitional;
  if (f.judgement.verdict == Verdict::pending) f.due = due_of(states, met);
  explain(f, m_.document, subject, shared, states, met, contested);
  if (f.judgement.verdict == Verdict::undetermined) f.uncertain = shared.force.uncertain;
  collect_errors(f, shared, std::move(exempt_errors), states, std::move(met_errors));
  f.basis = basis_of(m_, f);
  f.reason = reason_of(f);
  return f;
}

void RuleJudge::judge_subject(const Subject& subject, const Case& shared, std::vector<Finding>& out) {
  for (std::uint32_t r = 0; r < rule_.requirements.size(); ++r) {
    std::vector<ir::ReadingsId> contested;
    Finding f = judge_requirement(subject, shared, r, contested);
    under_readings(subject, f, contested);
    judge_again(f, subject, shared);  // what the facts decide stands
    if (f.judgement.verdict == Verdict::gap && parties_ != nullptr)
      price(m_, parties_->bearer_of(rule_), rule_, shared, f);
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
