#include "engine/eval/plan.h"

#include <algorithm>

#include "engine/eval/value.h"

namespace writ::eval {

using ir::NodeId;
using ir::Op;

Plan::Plan(const ir::Program& program) : program_(program), guards_(2 * program.nodes.size(), kOpen) {
  for (std::uint32_t i = 0; i < program.nodes.size(); ++i)
    for (const bool holds : {false, true}) find_guards(NodeId(i), holds);
}

Plan::~Plan() = default;

bool Plan::all_guard(std::uint32_t begin, std::uint32_t count, std::uint32_t stride, std::uint32_t offset, bool holds) {
  bool any = false;
  for (std::uint32_t i = 0; i < count; ++i)
    any = find_guards(NodeId(program_.lists[begin + stride * i + offset]), holds) || any;
  return any;
}

// As Machine::guards, without a document: true where it could find one. INVARIANT: terms do not call themselves.
bool Plan::find_guards(NodeId id, bool holds) {
  if (!id.valid()) return false;
  std::uint8_t& known = guards_[2 * std::size_t{id.index} + std::size_t{holds}];
  if (known != kOpen) return known == kYes;
  const ir::Node& node = program_.nodes[id];
  bool may = false;
  switch (node.op) {
    case Op::present: may = holds; break;
    case Op::not_: may = find_guards(NodeId(node.a), !holds); break;
    case Op::and_: may = holds && all_guard(node.a, node.b, 1, 0, true); break;
    case Op::or_: may = !holds && all_guard(node.a, node.b, 1, 0, false); break;
    case Op::call: {
      const ir::Term& term = program_.terms[ir::TermId(node.a)];
      may = (holds || term.unless.empty()) && find_guards(term.means, holds);
      break;
    }
    case Op::edition: may = all_guard(node.a, node.b, 3, 2, holds); break;
    case Op::contested: may = all_guard(node.b, node.c, 1, 0, holds); break;
    default: break;
  }
  known = may ? kYes : kNo;
  return may;
}

const Plan::Stretches& Plan::stretches(ir::SetId id) const {
  const auto it = stretches_.find(id.index);
  if (it != stretches_.end()) return it->second;
  std::vector<ir::SetId> open{id};
  std::vector<NodeId> nodes;
  Stretches out{{Date::min()}, {}};
  const auto cut = [&](const DayInterval& days) {
    out.first.push_back(days.from);
    if (days.last < Date::max()) out.first.push_back(days.last.plus_days(1));
  };
  while (!open.empty() || !nodes.empty()) {
    if (!open.empty()) {
      const ir::Set& set = program_.sets[open.back()];
      open.pop_back();
      if (set.algebra.valid()) nodes.push_back(set.algebra);
      out.known.push_back(set.known);
      cut(set.known);
      for (const ir::SetEntry& e : set.entries) cut(e.days);
      continue;
    }
    const ir::Node node = program_.nodes[nodes.back()];
    nodes.pop_back();
    if (node.op == Op::named_set) open.emplace_back(node.a);
    if (node.op == Op::set_union || node.op == Op::set_minus || node.op == Op::set_intersect)
      nodes.insert(nodes.end(), {NodeId(node.a), NodeId(node.b)});
  }
  std::sort(out.first.begin(), out.first.end());
  out.first.erase(std::unique(out.first.begin(), out.first.end()), out.first.end());
  return stretches_.emplace(id.index, std::move(out)).first->second;
}

Plan::Stretch Plan::stretch(ir::SetId set, Date day) const {
  const Stretches& all = stretches(set);
  const auto known = [&](const DayInterval& days) { return days.contains(day); };
  return {*(std::upper_bound(all.first.begin(), all.first.end(), day) - 1),
          std::all_of(all.known.begin(), all.known.end(), known)};
}

const Value* Plan::members(ir::SetId set, Date day) const {
  const auto it = members_.find({set, day});
  return it == members_.end() ? nullptr : it->second.get();
}

const Value& Plan::keep_members(ir::SetId set, Date day, Value members) const {
  std::unique_ptr<Value>& kept = members_[{set, day}];
  kept = std::make_unique<Value>(std::move(members));
  return *kept;
}

const Value* Plan::members(ir::SetId set, Day day) const {
  const auto it = undated_.find({set, day});
  return it == undated_.end() ? nullptr : it->second.get();
}

const Value& Plan::keep_members(ir::SetId set, Day day, Value members) const {
  std::unique_ptr<Value>& kept = undated_[{set, day}];
  kept = std::make_unique<Value>(std::move(members));
  return *kept;
}

}  // namespace writ::eval
