// What nodes stand for before any document: records and facts by their place, and values that need no fact.
#include <algorithm>

#include "engine/columns/compile.h"

namespace writ::columns {

using ir::NodeId;
using ir::Op;

std::vector<NodeId> Compiler::list(std::uint32_t begin, std::uint32_t count) const {
  std::vector<NodeId> out;
  for (std::uint32_t i = 0; i < count; ++i) out.emplace_back(program_.lists[begin + i]);
  return out;
}

NodeId Compiler::text(const ir::Node& edition) const {
  for (std::uint32_t i = 0; i < edition.b; ++i) {
    const std::uint32_t* at = program_.lists.data() + edition.a + 3 * static_cast<std::size_t>(i);
    const DayInterval days{Date{static_cast<std::int32_t>(at[0])}, Date{static_cast<std::int32_t>(at[1])}};
    if (days.contains(plan_.options.as_of)) return NodeId(at[2]);
  }
  WRIT_CHECK(!"editions cover every day");
  return {};
}

std::vector<NodeId> Compiler::operands(NodeId id) const {
  const ir::Node& n = program_.nodes[id];
  const auto some_of = [](std::initializer_list<std::uint32_t> all) {
    std::vector<NodeId> out;
    for (std::uint32_t i : all)
      if (NodeId(i).valid()) out.emplace_back(i);
    return out;
  };
  switch (n.op) {
    case Op::constant:
    case Op::root:
    case Op::var:
    case Op::named_set:
    case Op::as_of:
    case Op::year_start: return {};
    case Op::field:
    case Op::not_:
    case Op::at_least:
    case Op::neg:
    case Op::present:
    case Op::answered:
    case Op::size:
    case Op::judged:
    case Op::ancestors:
    case Op::deref: return some_of({n.a});
    case Op::index:
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
    case Op::in:
    case Op::includes_any:
    case Op::includes_all:
    case Op::set_union:
    case Op::set_minus:
    case Op::set_intersect:
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::div:
    case Op::otherwise:
    case Op::on_day:
    case Op::within:
    case Op::working_days:
    case Op::evidenced: return some_of({n.a, n.b});
    case Op::and_:
    case Op::or_:
    case Op::set_literal:
    case Op::higher:
    case Op::lower: return list(n.a, n.b);
    case Op::some:
    case Op::every:
    case Op::no:
    case Op::count:
    case Op::sum:
    case Op::min:
    case Op::max:
    case Op::share: return some_of({n.a, n.b, n.c});
    case Op::call:
    case Op::classify:
    case Op::lookup:
    case Op::contested: return list(n.b, n.c);
    case Op::edition: {
      std::vector<NodeId> out;
      for (std::uint32_t i = 0; i < n.b; ++i)
        out.emplace_back(program_.lists[n.a + 3 * static_cast<std::size_t>(i) + 2]);
      return out;
    }
    case Op::measure: return some_of({n.b});
  }
  return {};
}

namespace {

bool binds(Op op) {
  return op == Op::some || op == Op::every || op == Op::no || op == Op::count || op == Op::sum || op == Op::min ||
         op == Op::max || op == Op::share;
}

}  // namespace

const std::set<std::uint16_t>& Compiler::variables(NodeId id) {
  const auto it = variables_.find(id.index);
  if (it != variables_.end()) return it->second;
  const ir::Node& n = program_.nodes[id];
  std::set<std::uint16_t> out;
  if (n.op == Op::var) out.insert(n.var);
  for (NodeId operand : operands(id)) {
    std::set<std::uint16_t> below = variables(operand);
    if (binds(n.op) && operand.index != n.a) below.erase(n.var);
    out.insert(below.begin(), below.end());
  }
  return variables_.emplace(id.index, std::move(out)).first->second;
}

std::optional<Compiler::Key> Compiler::key_of(NodeId id) {
  Key key{id.index};
  if (!day_is_fixed_ && day_moves(id)) {
    if (!day_) return std::nullopt;
    key.insert(key.end(), {kNone, day_table_, day_->slot, static_cast<std::uint32_t>(day_->day.days),
                           static_cast<std::uint32_t>(day_->months), static_cast<std::uint32_t>(day_->days)});
  }
  for (const auto& [item, reading] : chosen_)
    if (contested(id).contains(item)) key.insert(key.end(), {kNone - 1, item.index, reading});
  for (std::uint16_t var : variables(id)) {
    const std::optional<Ref>& ref = bound_[var];
    if (ref && ref->kind == Ref::Kind::value) return std::nullopt;
    key.insert(key.end(), {var, ref ? static_cast<std::uint32_t>(ref->kind) : kNone, ref ? ref->table : 0,
                           ref ? ref->slot : 0, ref ? ref->shape : 0});
  }
  return key;
}

std::vector<eval::Binding> Compiler::bindings() {
  std::vector<eval::Binding> out;
  for (std::uint16_t var = 0; var < bound_.size(); ++var) {
    if (!bound_[var]) continue;
    if (bound_[var]->kind == Ref::Kind::value) {
      out.emplace_back(var, bound_[var]->value);
    } else if (bound_[var]->fact.valid()) {
      out.emplace_back(var, bound_[var]->fact);
    }
  }
  return out;
}

std::optional<std::vector<std::pair<std::uint16_t, std::optional<Ref>>>> Compiler::bind(
    const std::vector<std::uint16_t>& params, const std::vector<NodeId>& arguments) {
  std::vector<Ref> refs;
  for (NodeId argument : arguments) {
    std::optional<Ref> ref = resolve(argument);
    if (!ref) return std::nullopt;
    refs.push_back(std::move(*ref));
  }
  std::vector<std::pair<std::uint16_t, std::optional<Ref>>> before;
  for (std::size_t i = 0; i < params.size(); ++i) {
    before.emplace_back(params[i], bound_[params[i]]);
    bound_[params[i]] = refs[i];
  }
  return before;
}

void Compiler::restore(const std::vector<std::pair<std::uint16_t, std::optional<Ref>>>& before) {
  for (std::size_t i = before.size(); i-- > 0;) bound_[before[i].first] = before[i].second;
}

std::optional<model::Scalar> Compiler::value(NodeId id) {
  std::set<Place> read;
  if (!reads(id, read) || !read.empty()) return std::nullopt;
  if (!day_is_fixed_ && day_moves(id)) return std::nullopt;
  return fixed_.scalar(id, bindings());
}

std::optional<Ref> Compiler::resolve(NodeId id) {
  const ir::Node& n = program_.nodes[id];
  const Layout& layout = plan_.layout;
  switch (n.op) {
    case Op::root: return Ref{Ref::Kind::record, 0, kNone, layout.tables[0].shape, layout.tables[0].element, {}};
    case Op::var: return bound_[n.var];
    case Op::field: {
      const std::optional<Ref> base = resolve(NodeId(n.a));
      if (!base || base->kind != Ref::Kind::record) return std::nullopt;
      const Shape& shape = layout.shapes[base->shape];
      if (n.b >= shape.slots.size()) return std::nullopt;
      const std::uint32_t slot = shape.slots[n.b];
      const Slot& s = layout.slots[base->table][slot];
      if (s.cell == Cell::record && s.below != kNone)
        return Ref{Ref::Kind::record, base->table, slot, s.below, s.fact, {}};
      return Ref{Ref::Kind::slot, base->table, slot, kNone, s.fact, {}};
    }
    case Op::call: {
      const ir::Term& term = program_.terms[ir::TermId(n.a)];
      if (!term.unless.empty()) return std::nullopt;
      const auto before = bind(term.params, list(n.b, n.c));
      if (!before) return std::nullopt;
      std::optional<Ref> out = resolve(term.means);
      restore(*before);
      return out;
    }
    case Op::edition:
      if (day_is_fixed_) return resolve(text(n));
      break;
    default: break;
  }
  if (std::optional<model::Scalar> scalar = value(id)) {
    Ref out;
    out.value = std::move(*scalar);
    return out;
  }
  return std::nullopt;
}

bool Compiler::reads_all(std::span<const NodeId> nodes, std::set<Place>& out) {
  bool known = true;
  for (NodeId node : nodes)
    if (node.valid()) known = reads(node, out) && known;
  return known;
}

bool Compiler::reads(NodeId id, std::set<Place>& out) {
  const ir::Node& n = program_.nodes[id];
  const auto unless = [&](const std::vector<ir::Unless>& all) {
    bool known = true;
    for (const ir::Unless& u : all) {
      known = reads(u.when, out) && known;
      for (const ir::Defeater& d : u.but_not) known = reads(d.when, out) && known;
    }
    return known;
  };
  switch (n.op) {
    case Op::var:
      if (const std::optional<Ref>& ref = bound_[n.var]) {
        if (ref->kind == Ref::Kind::value) return true;
        if (ref->slot != kNone) out.insert({ref->table, ref->slot});
        if (deep_ && ref->kind == Ref::Kind::record && (ref->slot != kNone || ref->table != 0)) {
          insert_below({ref->table, ref->slot}, out);
          return true;
        }
        return ref->kind == Ref::Kind::slot;
      }
      return false;
    case Op::root: return false;
    case Op::field: {
      // resolve() would ask for the value of what is no fact, and that for what it reads.
      std::optional<Ref> base;
      const Op inner = program_.nodes[NodeId(n.a)].op;
      if (inner == Op::root || inner == Op::var || inner == Op::field || inner == Op::call || inner == Op::edition)
        base = resolve(NodeId(n.a));
      if (base && base->kind == Ref::Kind::record) {
        const Shape& shape = plan_.layout.shapes[base->shape];
        if (n.b >= shape.slots.size()) return false;
        out.insert({base->table, shape.slots[n.b]});
        return true;
      }
      (void)reads(NodeId(n.a), out);
      return false;
    }
    case Op::ancestors: {
      const std::optional<Ref> base = resolve(NodeId(n.a));
      if (base && base->kind == Ref::Kind::record && n.b < plan_.layout.shapes[base->shape].slots.size())
        out.insert({base->table, plan_.layout.shapes[base->shape].slots[n.b]});
      if (!deep_ || !base || base->kind != Ref::Kind::record) return false;
      // Documents side by side are not linked: the walk ends at whatever they refer to.
      const Place bases{base->table, plan_.layout.shapes[base->shape].slots[n.b]};
      insert_below(bases, out);
      return plan_.layout[bases].cell == Cell::list && plan_.layout[bases].below != kNone;
    }
    case Op::call: {
      const ir::Term& term = program_.terms[ir::TermId(n.a)];
      const auto before = bind(term.params, list(n.b, n.c));
      if (!before) {
        (void)reads_all(list(n.b, n.c), out);
        return false;
      }
      bool known = reads(term.means, out);
      known = unless(term.unless) && known;
      restore(*before);
      return known;
    }
    case Op::classify: {
      const ir::Class& c = program_.classes[ir::ClassId(n.a)];
      const auto before = bind(c.params, list(n.b, n.c));
      if (!before) {
        (void)reads_all(list(n.b, n.c), out);
        return false;
      }
      bool known = true;
      if (c.within.valid()) {
        const ir::Scope& within = program_.scopes[c.within];
        known = reads(within.means, out);
        known = unless(within.unless) && known;
      }
      for (const ir::Branch& b : c.branches)
        if (b.when.valid()) known = reads(b.when, out) && known;
      restore(*before);
      return known;
    }
    case Op::measure: anything_ = true; return false;
    case Op::deref: {
      const std::optional<Ref> from = resolve(NodeId(n.a));
      if (from && from->kind == Ref::Kind::record && from->slot == kNone) anything_ = true;  // the document itself
      (void)reads(NodeId(n.a), out);
      return false;
    }
    case Op::named_set: {
      const ir::Set& set = program_.sets[ir::SetId(n.a)];
      return !set.algebra.valid() || reads(set.algebra, out);
    }
    default: break;
  }
  if (binds(n.op)) {
    std::optional<Ref> members = resolve(NodeId(n.a));
    bool known = reads(NodeId(n.a), out);
    if (const ir::Node& walk = program_.nodes[NodeId(n.a)]; deep_ && walk.op == Op::ancestors) {
      members = resolve(NodeId(walk.a));
      if (members && members->kind == Ref::Kind::record)
        members =
            Ref{Ref::Kind::slot, members->table, plan_.layout.shapes[members->shape].slots[walk.b], kNone, {}, {}};
    }
    std::optional<Ref> element;
    if (members && members->kind == Ref::Kind::slot) {
      const Slot& s = plan_.layout.slots[members->table][members->slot];
      if (s.cell == Cell::list && s.below != kNone) {
        const Table& table = plan_.layout.tables[s.below];
        element = Ref{Ref::Kind::record, s.below, kNone, table.shape, table.element, {}};
      }
    }
    const std::optional<Ref> before = std::exchange(bound_[n.var], element);
    std::set<Place> inner;
    for (std::uint32_t part : {n.b, n.c})
      if (NodeId(part).valid()) known = reads(NodeId(part), inner) && known;
    bound_[n.var] = before;
    // What is below an element is stated only where the list is.
    for (const Place& p : inner)
      if (deep_ || !element || !plan_.layout.lies_within(p.table, element->table)) out.insert(p);
    return known;
  }
  if (n.op == Op::evidenced) evidence_ = true;
  if (n.op == Op::judged && deep_) {  // looks at every assessment in a list
    const std::optional<Ref> all = resolve(NodeId(n.a));
    if (!all || all->kind == Ref::Kind::value) return false;
    if (all->slot != kNone) out.insert({all->table, all->slot});
    insert_below({all->table, all->slot}, out);
    return all->table != 0 || all->slot != kNone;
  }
  const bool plain = deep_ || (n.op != Op::judged && n.op != Op::on_day);
  const std::vector<NodeId> all = operands(id);
  return reads_all(all, out) && plain;
}

}  // namespace writ::columns
