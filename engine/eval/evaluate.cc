#include "engine/eval/evaluate.h"

#include "engine/eval/rule.h"

namespace writ::eval {

const char* to_string(Basis basis) {
  switch (basis) {
    case Basis::evidenced: return "evidenced";
    case Basis::declared: return "declared";
    case Basis::estimated: return "estimated";
    case Basis::presumed: return "presumed";
  }
  return "declared";
}

const char* to_string(Reason reason) {
  switch (reason) {
    case Reason::none: return "none";
    case Reason::facts: return "facts";
    case Reason::law: return "law";
    case Reason::contested: return "contested";
    case Reason::judgement: return "judgement";
  }
  return "none";
}

const char* to_string(Assessed assessed) {
  switch (assessed) {
    case Assessed::met: return "met";
    case Assessed::not_met: return "not_met";
    case Assessed::missing: return "missing";
    case Assessed::unattributed: return "unattributed";
    case Assessed::stale: return "stale";
    case Assessed::reworded: return "reworded";
    case Assessed::dependent: return "dependent";
    case Assessed::contradicting: return "contradicting";
  }
  return "missing";
}

namespace {

ClassValue class_value(Machine& machine, ir::ClassId id) {
  const ir::Class& classification = machine.program.classes[id];
  Value v = machine.classify(id, {});
  ClassValue out{id, {}, std::move(v.blame.because), std::move(v.blame.missing)};
  if (const auto* members = std::get_if<model::Candidates>(&v.scalar)) {
    out.candidates = *members;
  } else {  // an error: no member is possible
    out.candidates.possible.assign(machine.program.vocabulary->enums[classification.enumeration].members.size(), false);
  }
  return out;
}

ScopeValue scope_value(Machine& machine, ir::ScopeId id) {
  Value v = machine.scope(id);
  return {id, v.truth(), std::move(v.blame.because), std::move(v.blame.missing)};
}

}  // namespace

DocumentResult evaluate(const ir::Program& program, const facts::Document& document, const Options& options,
                        const std::vector<ir::RuleId>& rules) {
  Machine machine(program, document, options);
  Parties parties(program, document, options);
  DocumentResult out;
  const auto judge_rule = [&](ir::RuleId rule) {
    machine.set_rule(rule);
    RuleJudge(machine, rule, &parties).run(out.findings);
  };
  if (rules.empty()) {
    for (std::uint32_t i = 0; i < program.rules.size(); ++i) judge_rule(ir::RuleId(i));
  } else {
    for (ir::RuleId rule : rules) judge_rule(rule);
  }
  machine.set_rule({});
  for (std::uint32_t i = 0; i < program.classes.size(); ++i)
    if (program.classes[ir::ClassId(i)].params.empty()) out.classes.push_back(class_value(machine, ir::ClassId(i)));
  for (std::uint32_t i = 0; i < program.scopes.size(); ++i) out.scopes.push_back(scope_value(machine, ir::ScopeId(i)));
  return out;
}

std::vector<Finding> judge(const ir::Program& program, const facts::Document& document, const Options& options,
                           std::span<const ir::RuleId> rules) {
  Machine machine(program, document, options);
  Parties parties(program, document, options);
  std::vector<Finding> out;
  for (ir::RuleId rule : rules) {
    machine.set_rule(rule);
    RuleJudge(machine, rule, &parties).run(out);
  }
  return out;
}

}  // namespace writ::eval
