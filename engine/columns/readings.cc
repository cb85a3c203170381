// Contested law: which of it a rule reads, and the ways of reading it.
#include "engine/columns/compile.h"

namespace writ::columns {

using ir::NodeId;
using ir::Op;

const std::set<ir::ReadingsId>& Compiler::contested(NodeId id) {
  static const std::set<ir::ReadingsId> none;
  if (!id.valid()) return none;
  const auto it = contested_.find(id.index);
  if (it != contested_.end()) return it->second;
  const ir::Node& n = program_.nodes[id];
  std::set<ir::ReadingsId> out;
  const auto add = [&](NodeId node) {
    const std::set<ir::ReadingsId>& more = contested(node);
    out.insert(more.begin(), more.end());
  };
  const auto unless = [&](const std::vector<ir::Unless>& all) {
    for (const ir::Unless& u : all) {
      add(u.when);
      for (const ir::Defeater& d : u.but_not) add(d.when);
    }
  };
  if (n.op == Op::contested) out.insert(ir::ReadingsId(n.a));
  for (NodeId operand : operands(id)) add(operand);
  if (n.op == Op::call) {
    const ir::Term& term = program_.terms[ir::TermId(n.a)];
    add(term.means);
    unless(term.unless);
  }
  if (n.op == Op::classify) {
    const ir::Class& c = program_.classes[ir::ClassId(n.a)];
    for (const ir::Branch& b : c.branches) add(b.when);
    if (c.within.valid()) {
      add(program_.scopes[c.within].means);
      unless(program_.scopes[c.within].unless);
    }
  }
  if (n.op == Op::named_set) add(program_.sets[ir::SetId(n.a)].algebra);
  return contested_[id.index] = std::move(out);
}

std::set<ir::ReadingsId> Compiler::contested(const ir::Rule& rule) {
  std::set<ir::ReadingsId> out;
  const auto add = [&](NodeId node) {
    const std::set<ir::ReadingsId>& more = contested(node);
    out.insert(more.begin(), more.end());
  };
  const auto effective = [&](const std::vector<ir::Effective>& all) {
    for (const ir::Effective& e : all) add(e.when);
  };
  if (rule.for_each) add(rule.for_each->where);
  if (rule.scope.valid()) {
    const ir::Scope& scope = program_.scopes[rule.scope];
    add(scope.means);
    for (const ir::Unless& u : scope.unless) {
      add(u.when);
      for (const ir::Defeater& d : u.but_not) add(d.when);
    }
  }
  add(rule.judged_on);
  add(rule.applies);
  effective(rule.effective);
  for (const ir::Requirement& r : rule.requirements) add(r.holds);
  for (ir::ExceptionId id : rule.exceptions) {
    const ir::Exception& x = program_.exceptions[id];
    add(x.when);
    for (const ir::Defeater& d : x.but_not) add(d.when);
    add(x.instead);
    effective(x.effective);
  }
  for (ir::TransitionalId id : rule.transitionals) {
    add(program_.transitionals[id].when);
    effective(program_.transitionals[id].effective);
  }
  for (const auto& [chosen, reading] : plan_.options.readings) out.erase(chosen);
  return out;
}

std::vector<eval::Readings> Compiler::combinations(const std::set<ir::ReadingsId>& items) const {
  constexpr std::size_t kMost = 4;  // each is as much work as the rule itself
  std::vector<eval::Readings> out{{}};
  for (ir::ReadingsId item : items) {
    const std::size_t readings = program_.readings[item].readings.size();
    if (out.size() * readings > kMost) return {};
    std::vector<eval::Readings> more;
    for (const eval::Readings& chosen : out)
      for (std::uint32_t i = 0; i < readings; ++i) {
        more.push_back(chosen);
        more.back().emplace_back(item, i);
      }
    out = std::move(more);
  }
  return out;
}

}  // namespace writ::columns
