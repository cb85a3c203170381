// Explanations: the walk is repeated for one finding, and only the operands that carry each value are followed.
#include <algorithm>

#include "engine/eval/phrase.h"
#include "engine/eval/rule.h"

namespace writ::eval {

using ir::NodeId;
using ir::Op;

namespace {

const char* holds_text(Truth t) {
  if (t.is_pending()) return "is not due yet";
  switch (t.kind) {
    case Truth::Kind::true_: return "holds";
    case Truth::Kind::false_: return "does not hold";
    case Truth::Kind::unknown: return "is unknown";
    case Truth::Kind::error: return "fails";
  }
  return "fails";
}

std::string cited(const ir::Program& program, const std::vector<ir::Citation>& cites) {
  std::string out;
  for (const ir::Citation& c : cites) out += (out.empty() ? "" : ", ") + ir::text(program, c);
  return out;
}

std::string item(const ir::Program& program, const char* kind, const std::string& name, const std::string& title,
                 const std::vector<ir::Citation>& cites) {
  std::string out = std::string(kind) + " `" + name + "`";
  const std::string where = cited(program, cites);
  if (!title.empty() || !where.empty())
    out += " (" + title + (title.empty() || where.empty() ? "" : ", ") + where + ")";
  return out;
}

Truth truth_of(const Value& v) {
  if (v.error() || v.absent()) return Truth::failed();
  if (v.unknown() || std::holds_alternative<bool>(v.scalar)) return v.truth();
  return Truth::yes();
}

class Tracer {
 public:
  Tracer(Machine& machine, std::vector<Step>& out) : m_(machine), p_(machine.program), out_(out) {}

  void item_step(Span span, std::string text, Truth truth, int depth) {
    out_.push_back({span, std::move(text), truth, {}, depth});
  }

  /// The condition `id`, whose value is what `wanted` says: follows what carries it.
  void condition(NodeId id, int depth) {
    if (!id.valid()) return;
    const ir::Node& n = p_.nodes[id];
    switch (n.op) {
      case Op::and_: return junction(n, depth, true);
      case Op::or_: return junction(n, depth, false);
      case Op::not_: return condition(NodeId(n.a), depth);
      case Op::on_day: return on_day(n, depth);
      case Op::edition: {
        const std::vector<NodeId> texts = m_.texts(n);
        if (texts.size() == 1) return condition(texts.front(), depth);
        break;
      }
      case Op::contested: return contested(n, depth);
      case Op::call: return term(id, n, depth);
      case Op::some:
      case Op::every:
      case Op::no: return quantifier(id, n, depth);
      default: return leaf(id, depth);
    }
  }

  void defeasible(NodeId means, const std::vector<ir::Unless>& unless, int depth) {
    Guards held;
    m_.guards(means, true, held);
    std::vector<Value> values{m_.strict(means)};
    for (const ir::Unless& u : unless)
      values.push_back(negated(m_.guarded(held, [&] { return m_.defeated(u.when, u.but_not); })));
    const std::vector<bool> carries = carriers(values, true);
    if (carries[0]) condition(means, depth);
    for (std::size_t i = 0; i < unless.size(); ++i) {
      const Truth operative = not_(truth_of(values[i + 1]));
      if (!carries[i + 1] || operative.is_false()) continue;  // an exception that does not help is no step
      item_step(unless[i].span,
                "unless " + (unless[i].title.empty() ? phrase(p_, unless[i].when) : unless[i].title) +
                    bracketed(unless[i].cites) + " " + holds_text(operative),
                operative, depth);
      condition(unless[i].when, depth + 1);
      for (const ir::Defeater& d : unless[i].but_not) defeater(d, depth + 1);
    }
  }

  void defeater(const ir::Defeater& d, int depth) {
    const Truth t = truth_of(m_.condition(d.when));
    item_step(d.span, "but not when " + phrase(p_, d.when) + bracketed(d.cites) + ": " + holds_text(t), t, depth);
    condition(d.when, depth + 1);
  }

  [[nodiscard]] std::string bracketed(const std::vector<ir::Citation>& cites) const {
    const std::string text = cited(p_, cites);
    return text.empty() ? "" : " (" + text + ")";
  }

  void facts(const Blame& blame, int depth) {
    for (facts::FactId f : blame.because) fact(f, depth);
    for (facts::FactId f : blame.missing)
      if (std::find(blame.because.begin(), blame.because.end(), f) == blame.because.end()) fact(f, depth);
    for (const MissingLaw& law : blame.law) item_step(law.span, law.text, Truth::maybe(), depth);
    for (const NormTrace& n : blame.norms) {
      const Truth t = n.state == Assessed::met       ? Truth::yes()
                      : n.state == Assessed::not_met ? Truth::no()
                                                     : Truth::maybe();
      item_step(p_.norms[n.norm].span, words(p_.norms[n.norm], n), t, depth);
    }
  }

 private:
  // Which operands carry a junction: the deciding one, or all that are unknown, or all.
  std::vector<bool> carriers(const std::vector<Value>& values, bool conjunction) const {
    const Value whole = conjunction ? all_of(values) : any_of(values);
    const Truth t = whole.truth();
    std::vector<bool> out(values.size(), false);
    if (t == Truth::of(!conjunction)) {
      for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i].truth() == t && values[i].blame.because == whole.blame.because) {
          out[i] = true;
          return out;
        }
    }
    for (std::size_t i = 0; i < values.size(); ++i)
      out[i] = t.is_unknown()   ? values[i].unknown()
               : t.is_error()   ? values[i].error()
               : t.is_pending() ? values[i].truth() == t
                                : true;
    return out;
  }

  void junction(const ir::Node& n, int depth, bool conjunction) {
    const std::vector<NodeId> operands = m_.list(n.a, n.b);
    std::vector<Value> values;
    for (NodeId o : operands) values.push_back(m_.strict(o));
    const std::vector<bool> carries = carriers(values, conjunction);
    for (std::size_t i = 0; i < operands.size(); ++i)
      if (carries[i]) condition(operands[i], depth);
  }

  // Each reading, or the one that was chosen.
  void contested(const ir::Node& n, int depth) {
    if (const auto chosen = m_.chosen_reading(n)) return condition(*chosen, depth);
    const ir::Readings& law = p_.readings[ir::ReadingsId(n.a)];
    const std::vector<NodeId> readings = m_.list(n.b, n.c);
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const ir::Readings::Reading& r = law.readings[i];
      const Truth truth = truth_of(m_.eval(readings[i]));
      item_step(r.span, item(p_, "reading", r.name, r.title, r.cites) + " " + holds_text(truth), truth, depth);
      condition(readings[i], depth + 1);
    }
  }

  void on_day(const ir::Node& n, int depth) {
    const Value day = m_.strict(NodeId(n.b));
    m_.on(day, [&] {
      condition(NodeId(n.a), depth);
      return Value{};
    });
  }

  void term(NodeId id, const ir::Node& n, int depth) {
    const ir::Term& t = p_.terms[ir::TermId(n.a)];
    const Value v = m_.eval(id);
    item_step(m_.span_of(id), item(p_, "term", t.name, t.title, t.cites) + " " + holds_text(truth_of(v)), truth_of(v),
              depth);
    within(t.params, m_.arguments(n.b, n.c), [&] { defeasible(t.means, t.unless, depth + 1); });
  }

  template <class Body>
  void within(const std::vector<std::uint16_t>& params, std::vector<Value> values, Body body) {
    for (std::size_t i = 0; i < values.size(); ++i) std::swap(m_.slot(params[i]), values[i]);
    body();
    for (std::size_t i = values.size(); i-- > 0;) std::swap(m_.slot(params[i]), values[i]);
  }

  void quantifier(NodeId id, const ir::Node& n, int depth) {
    const Value v = m_.eval(id);
    item_step(m_.span_of(id), phrase(p_, id) + ": " + holds_text(truth_of(v)), truth_of(v), depth);
    const Elements members = m_.elements(NodeId(n.a));
    if (members.all.empty()) return facts(members.list.blame, depth + 1);
    for (const Element& member : members.all) {
      if (member.phantom) {
        if (v.unknown()) facts(members.list.blame, depth + 1);
        continue;
      }
      m_.with(n.var, member.value, [&] {
        const Truth filter = truth_of(m_.condition(NodeId(n.b)));
        const Truth body = truth_of(m_.condition(NodeId(n.c)));
        const bool every = n.op == Op::every;
        const Truth hit = every ? or_(not_(filter), body) : and_(filter, body);
        // One member settles it; otherwise all of them do, or those that are unknown.
        const bool settled = truth_of(v) == Truth::of(n.op == Op::some);
        const bool carries = settled                    ? hit == Truth::of(!every)
                             : v.unknown()              ? hit.is_unknown()
                             : v.error()                ? hit.is_error()
                             : truth_of(v).is_pending() ? hit.is_pending()
                                                        : true;
        if (!carries) return Value{};
        if (member.value.fact.valid())
          item_step(m_.document[member.value.fact].span, "for " + m_.document[member.value.fact].path, hit, depth + 1);
        if (!filter.is_true()) condition(NodeId(n.b), depth + 2);
        if (!filter.is_false()) condition(NodeId(n.c), depth + 2);
        return Value{};
      });
      if (truth_of(v) == Truth::of(n.op == Op::some) && out_.back().depth > depth + 1) return;
    }
  }

  void leaf(NodeId id, int depth) {
    const Value v = m_.strict(id);
    const Truth t = truth_of(v);
    if (v.fact.valid()) return fact(v.fact, depth, t);  // a boolean fact speaks for itself
    item_step(m_.span_of(id), phrase(p_, id) + ": " + holds_text(t), t, depth);
    inner_terms(id, depth + 1);
    facts(v.blame, depth + 1);
  }

  // Terms and classifications whose value is compared.
  void inner_terms(NodeId id, int depth) {
    const ir::Node& n = p_.nodes[id];
    for (std::uint32_t child : {n.a, n.b}) {
      if (n.op == Op::constant || n.op == Op::set_literal || n.op == Op::named_set || n.op == Op::edition ||
          child >= id.index)
        continue;
      const NodeId c(child);
      const Op op = p_.nodes[c].op;
      if (op == Op::call || op == Op::classify) {
        const Value v = m_.eval(c);
        const bool call = op == Op::call;
        const auto named = [&](const auto& i) {
          return item(p_, call ? "term" : "classification", i.name, i.title, i.cites);
        };
        const std::string text =
            call ? named(p_.terms[ir::TermId(p_.nodes[c].a)]) : named(p_.classes[ir::ClassId(p_.nodes[c].a)]);
        item_step(m_.span_of(c), text + " = " + value_text(v, p_.types[c.index]), truth_of(v), depth);
      }
      if (op == Op::add || op == Op::sub || op == Op::mul || op == Op::div) inner_terms(c, depth);
      if (n.op == Op::at_least || n.op == Op::present || n.op == Op::field) break;  // b is no node
    }
  }

  [[nodiscard]] std::string value_text(const Value& v, model::TypeId type) const {
    if (v.absent()) return "absent";
    if (v.error()) return "an error";
    if (v.unknown() && std::holds_alternative<std::monostate>(v.scalar)) return "unknown";
    return display(p_, v.scalar, type);
  }

  void fact(facts::FactId id, int depth, std::optional<Truth> truth = std::nullopt) {
    const facts::Fact& f = m_.document[id];
    std::string text = f.path;
    Truth t = Truth::yes();
    if (const Presumed* p = m_.presumed(id); p != nullptr && f.state == facts::State::unknown) {
      text += " = " + display(p_, p->value.scalar, f.type) + ", presumed" + bracketed(p_.presumptions[p->by].cites);
      if (const bool* b = std::get_if<bool>(&p->value.scalar)) t = Truth::of(*b);
    } else if (f.state == facts::State::absent) {
      text += " is absent";
    } else if (f.state == facts::State::unknown) {
      text += std::string(" is unknown (") + model::to_string(f.reason) + ")";
      t = Truth::maybe();
    } else if (!std::holds_alternative<std::monostate>(f.scalar)) {
      text += " = " + (f.written.empty() ? display(p_, f.scalar, f.type) : f.written);
      if (const bool* b = std::get_if<bool>(&f.scalar)) t = Truth::of(*b);
    } else if (!f.dated.empty()) {
      text += " is dated";
    } else {
      const std::size_t n = f.children.size();
      const model::TypeKind kind = p_.vocabulary->types[f.type].kind;
      if (kind == model::TypeKind::list || kind == model::TypeKind::map || kind == model::TypeKind::set)
        text += n == 0 ? " is empty" : " has " + std::to_string(n) + (n == 1 ? " entry" : " entries");
    }
    out_.push_back({f.span, std::move(text), truth.value_or(t), id, depth});
  }

  Machine& m_;
  const ir::Program& p_;
  std::vector<Step>& out_;
};

void trace_exceptions(Machine& machine, Tracer& tracer, const std::vector<ExceptionState>& exceptions,
                      const Case& shared) {
  for (const ExceptionState& state : exceptions) {
    const ir::Exception& e = machine.program.exceptions[state.exception];
    const Truth t = state.operative.truth();
    tracer.item_step(e.span, item(machine.program, "exception", e.name, e.title, e.cites) + " " + holds_text(t), t, 0);
    for (std::uint32_t i : state.yields_to) {
      const ir::Exception& other = machine.program.exceptions[exceptions[i].exception];
      if (state.condition.truth().is_false() || exceptions[i].operative.truth().is_false()) continue;
      tracer.item_step(other.span,
                       "it yields to " + item(machine.program, "exception", other.name, other.title, other.cites),
                       exceptions[i].operative.truth(), 1);
    }
    machine.on(shared.day, [&] {
      tracer.condition(e.when, 1);
      if (!state.when.truth().is_false())
        for (const ir::Defeater& d : e.but_not) tracer.defeater(d, 1);
      if (!state.instead || t.is_false()) return Value{};
      const Truth met = state.instead->truth();
      tracer.item_step(machine.span_of(e.instead), std::string("what it requires instead: ") + holds_text(met), met, 1);
      tracer.condition(e.instead, 2);
      return Value{};
    });
  }
}

bool same_subject(const Subject& s, const Finding& f) {
  return f.phantom ? s.phantom : !s.phantom && s.element.fact == f.element;
}

// The steps of one finding, under whatever presumptions are in force.
void walk(Machine& machine, RuleJudge& judge, Tracer& tracer, const Subject& subject, const Finding& finding) {
  const ir::Program& program = machine.program;
  const ir::Rule& rule = program.rules[finding.rule];
  const Case shared = judge.prepare(subject);
  const Verdict verdict = finding.judgement.verdict;
  if (finding.transitional.valid()) {
    const ir::Transitional& t = program.transitionals[finding.transitional];
    tracer.item_step(t.span, item(program, "transitional clause", t.name, t.title, t.cites) + " holds", Truth::yes(),
                     0);
  }
  if (verdict == Verdict::not_effective || verdict == Verdict::not_yet_due) return tracer.facts(shared.force.blame, 1);
  machine.on(shared.day, [&] {
    const Truth scope = shared.scope.truth();
    if (rule.scope.valid() && (scope.is_false() || !shared.condition.truth().is_false())) {
      const ir::Scope& s = program.scopes[rule.scope];
      tracer.item_step(s.span, item(program, "scope", s.name, s.title, s.cites) + " " + holds_text(scope), scope, 0);
      tracer.defeasible(s.means, s.unless, 1);
    }
    if (scope.is_false()) return Value{};
    if (subject.phantom) tracer.facts(subject.list, 0);
    if (rule.for_each && rule.for_each->where.valid()) tracer.condition(rule.for_each->where, 0);
    tracer.condition(rule.applies, 0);
    return Value{};
  });
  if (shared.condition.truth().is_false()) return;
  const std::vector<ExceptionState> exceptions = judge.exceptions(shared, finding.requirement);
  trace_exceptions(machine, tracer, exceptions, shared);
  if (some_operates(exceptions)) return;
  const ir::Requirement& requirement = rule.requirements[finding.requirement];
  tracer.item_step(requirement.span,
                   std::string(requirement.forbids ? "what is forbidden is avoided" : "the requirement") +
                       (requirement.label.empty() ? "" : " `" + requirement.label + "`") + ": " +
                       holds_text(finding.holds),
                   finding.holds, 0);
  machine.on(shared.day, [&] {
    tracer.condition(requirement.holds, 1);
    return Value{};
  });
}

}  // namespace

std::vector<Step> trace(const ir::Program& program, const facts::Document& document, const Options& options,
                        const Finding& finding) {
  return Explainer(program, document, options).trace(finding);
}

Explainer::Explainer(const ir::Program& program, const facts::Document& document, const Options& options)
    : machine_(std::make_unique<Machine>(program, document, options)) {}
Explainer::~Explainer() = default;

std::vector<Step> Explainer::trace(const Finding& finding) {
  std::vector<Step> out;
  Machine& machine = *machine_;
  machine.restart(finding.rule);
  RuleJudge judge(machine, finding.rule);
  Tracer tracer(machine, out);
  Blame list;
  const std::vector<Subject> subjects = judge.subjects(list);
  const auto it =
      std::find_if(subjects.begin(), subjects.end(), [&](const Subject& s) { return same_subject(s, finding); });
  if (it == subjects.end()) {  // empty, absent or wholly filtered
    tracer.facts(list, 0);
    return out;
  }
  judge.bind(*it);
  const auto steps = [&] { walk(machine, judge, tracer, *it, finding); };
  if (finding.basis == Basis::presumed && judge.presume(judge.prepare(*it), finding.requirement)) {
    judge.under_presumptions(steps);
  } else {
    steps();
  }
  return out;
}

}  // namespace writ::eval
