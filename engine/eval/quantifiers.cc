// some, every, no: or and and over the members, plus members that may exist where the list is unknown or incomplete.
#include <algorithm>

#include "engine/eval/machine.h"

namespace writ::eval {

using ir::NodeId;
using ir::Op;

void ask_for_list(Blame& blame, const facts::Document& document, facts::FactId phantom, const Blame& list) {
  const auto below = [&](facts::FactId f) { return document.lies_below(f, phantom); };
  for (auto* facts : {&blame.because, &blame.missing}) std::erase_if(*facts, below);
  BlameSum sum;
  sum.missing(list);
  sum.add(blame);
  blame = sum.take();
}

Elements Machine::elements(NodeId node) {
  if (program.nodes[node].op == Op::ancestors) return lineage(program.nodes[node]);
  Elements out;
  out.list = eval(node);
  const Value& list = out.list;
  if (list.absent()) return out;  // stated that there are none
  if (!list.fact.valid() || list.error()) {
    out.complete = false;
    if (list.set) {
      // A set that is no fact: its certain and possible members.
      for (const Listed& m : list.set->listed)
        if (!m.in.is_false() && !m.implied) out.all.push_back({Value::of(m.scalar, list.blame), !m.in.is_true()});
      out.complete = list.set->others.is_false();
    }
    if (!out.complete) out.all.push_back({Value{}, true});
    return out;
  }
  const facts::Fact& fact = document[list.fact];
  const model::Type& type = program.vocabulary->types[fact.type];
  if (list.known())
    for (facts::FactId child : fact.children) out.all.push_back({read(child), false});
  out.complete = list.known() && !fact.incomplete;
  if (type.kind == model::TypeKind::map && out.complete) {
    // A declared key that the document omits is unknown: so is its value.
    const model::Type& key = program.vocabulary->types[type.key];
    if (key.kind == model::TypeKind::enumeration &&
        fact.children.size() < program.vocabulary->enums[key.enumeration].members.size())
      out.complete = false;
  }
  if (!out.complete) {
    Element more;
    more.phantom = true;
    if (fact.phantom.valid()) more.value = read(fact.phantom);
    out.list.blame.missing = {list.fact};
    if (!fact.phantom.valid()) more.value.blame = out.list.blame;
    out.all.push_back(std::move(more));
  }
  return out;
}

Value Machine::quantifier(const ir::Node& node) {
  const Elements members = elements(NodeId(node.a));
  if (members.list.error()) return Value::failed(members.list.blame);
  // `some` is an `or` over the members that pass the filter, `every` an `and` over those that do not pass it or
  // satisfy; `no` is the opposite of `some`.
  const bool conjunction = node.op == Op::every;
  const NodeId where(node.b), body(node.c);
  Guards held;
  std::vector<Value> cases;
  for (const Element& member : members.all) {
    Value v = with(node.var, member, [&] {
      held.clear();
      guards(where, true, held);
      Value filter = condition(where);
      Value holds = guarded(held, [&] { return condition(body); });
      std::vector<Value> both{conjunction ? negated(std::move(filter)) : std::move(filter), std::move(holds)};
      if (member.phantom) both.push_back(Value::maybe({}, members.list.blame));
      return conjunction ? any_of(both) : all_of(both);
    });
    if (member.phantom && v.unknown()) ask_for_list(v.blame, document, member.value.fact, members.list.blame);
    cases.push_back(std::move(v));
  }
  Value found = conjunction ? all_of(cases) : any_of(cases);
  // That there is no such member (or none but such) rests on the list as well as on its members.
  if (found.truth() == Truth::of(conjunction)) {
    BlameSum sum;
    sum.because(members.list.blame);
    sum.because(found.blame);
    found.blame = sum.take();
  }
  return node.op == Op::no ? negated(std::move(found)) : found;
}

}  // namespace writ::eval
