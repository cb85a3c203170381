// Nodes one by one: operands are there, stand before, and have types that fit.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "engine/ir/verify.h"

namespace writ::ir {

using model::TypeId;
using model::TypeKind;

namespace {

class Nodes {
 public:
  explicit Nodes(const Program& program) : p_(program), v_(*program.vocabulary), slots_(program.slots) {}

  std::optional<std::string> run() {
    if (p_.types.size() != p_.nodes.size() || p_.spans.size() != p_.nodes.size()) return "nodes without type or place";
    if (p_.bearer >= p_.slots) return "no slot for the bearer";
    for (std::uint32_t i = 0; i < p_.nodes.size(); ++i) {
      at_ = i;
      const Node& node = p_.nodes[NodeId(i)];
      if (node.op > Op::measure) return fmt::format("node {}: no operation", i);
      if (!p_.types[i]) return fmt::format("node {}: no type", i);
      if (const char* wrong = check(node)) return fmt::format("node {} ({}): {}", i, to_string(node.op), wrong);
    }
    for (std::uint32_t i = 0; i < p_.nodes.size(); ++i) {
      at_ = i;
      const Node& node = p_.nodes[NodeId(i)];
      if (const char* wrong = check_slots(node)) return fmt::format("node {} ({}): {}", i, to_string(node.op), wrong);
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] const model::Type& type(std::uint32_t node) const { return v_.types[p_.types[node]]; }
  [[nodiscard]] const model::Type& own() const { return type(at_); }
  [[nodiscard]] Family family(std::uint32_t node) const { return family_of(type(node).kind); }
  [[nodiscard]] Family mine() const { return family(at_); }
  [[nodiscard]] bool before(std::uint32_t node) const { return node < at_; }
  [[nodiscard]] bool is(std::uint32_t node, Family f) const { return before(node) && family(node) == f; }
  [[nodiscard]] bool none_or(std::uint32_t node, Family f) const { return node == NodeId::kNone || is(node, f); }
  [[nodiscard]] bool in_lists(std::uint32_t first, std::uint64_t count) const {
    return first <= p_.lists.size() && count <= p_.lists.size() - first;
  }
  /// Calls f for the nodes of a list; false when one is not there or f refuses it.
  template <class F>
  [[nodiscard]] bool all(std::uint32_t first, std::uint32_t count, F f) const {
    if (!in_lists(first, count)) return false;
    for (std::uint32_t i = 0; i < count; ++i)
      if (!before(p_.lists[first + i]) || !f(p_.lists[first + i])) return false;
    return true;
  }
  [[nodiscard]] static const char* unless(bool right, const char* wrong) { return right ? nullptr : wrong; }

  [[nodiscard]] const char* check(const Node& n) const;
  [[nodiscard]] const char* check_field(const Node& n) const;
  [[nodiscard]] const char* check_constant(const Node& n) const;
  [[nodiscard]] const char* check_over(const Node& n) const;
  [[nodiscard]] const char* check_call(const Node& n) const;
  [[nodiscard]] const char* check_arithmetic(const Node& n) const;
  [[nodiscard]] const char* check_law(const Node& n) const;
  [[nodiscard]] const char* check_lineage(const Node& n) const;
  [[nodiscard]] const char* check_slots(const Node& n);
  [[nodiscard]] const char* slot(std::uint16_t var, TypeId type);

  const Program& p_;
  const model::Vocabulary& v_;
  std::vector<TypeId> slots_;  // the type under which a slot is read
  std::uint32_t at_ = 0;
};

const char* Nodes::check(const Node& n) const {
  constexpr const char* kOperand = "an operand is not of a type that it takes";
  const auto logic = [&] { return mine() == Family::boolean; };
  switch (n.op) {
    case Op::constant: return check_constant(n);
    case Op::root: return unless(own().kind == TypeKind::record && own().record == v_.root, "not the root record");
    case Op::var: return unless(n.var < p_.slots, "no such slot");
    case Op::field: return check_field(n);
    case Op::index:
      return unless(is(n.a, Family::map) && before(n.b) && family(n.b) == family_of(v_.types[type(n.a).key].kind) &&
                        p_.types[at_] == type(n.a).element,
                    kOperand);
    case Op::and_:
    case Op::or_:
      return unless(logic() && n.b > 0 && all(n.a, n.b, [&](auto x) { return is(x, Family::boolean); }), kOperand);
    case Op::not_: return unless(logic() && is(n.a, Family::boolean), kOperand);
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge: return unless(logic() && before(n.a) && before(n.b) && family(n.a) == family(n.b), kOperand);
    case Op::in: return unless(logic() && before(n.a) && is(n.b, Family::set), kOperand);
    case Op::includes_any:
    case Op::includes_all: return unless(logic() && is(n.a, Family::set) && is(n.b, Family::set), kOperand);
    case Op::at_least: return unless(logic() && is(n.a, Family::member) && in_lists(n.b, n.c), kOperand);
    case Op::set_literal:
      return unless(mine() == Family::set && all(n.a, n.b, [&](auto x) { return family(x) != Family::set; }), kOperand);
    case Op::named_set: return unless(mine() == Family::set && n.a < p_.sets.size(), "no such set");
    case Op::set_union:
    case Op::set_minus:
    case Op::set_intersect:
      return unless(mine() == Family::set && is(n.a, Family::set) && is(n.b, Family::set), kOperand);
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::div:
    case Op::neg: return check_arithmetic(n);
    case Op::present:
    case Op::answered: return unless(logic() && before(n.a), kOperand);
    case Op::otherwise:
      return unless(before(n.a) && before(n.b) && family(n.a) == mine() && family(n.b) == mine(), kOperand);
    case Op::some:
    case Op::every:
    case Op::no:
    case Op::count:
    case Op::sum:
    case Op::min:
    case Op::max:
    case Op::share: return check_over(n);
    case Op::size:
      return unless(mine() == Family::number && (is(n.a, Family::list) || is(n.a, Family::set) || is(n.a, Family::map)),
                    kOperand);
    case Op::call:
    case Op::classify:
    case Op::lookup: return check_call(n);
    case Op::on_day: return unless(before(n.a) && family(n.a) == mine() && is(n.b, Family::moment), kOperand);
    case Op::as_of:
    case Op::year_start: return unless(own().kind == TypeKind::date, "not a date");
    case Op::edition:
    case Op::within:
    case Op::working_days:
    case Op::judged:
    case Op::evidenced:
    case Op::contested: return check_law(n);
    case Op::ancestors:
    case Op::deref: return check_lineage(n);
    case Op::higher:
    case Op::lower:
      return unless((mine() == Family::number || mine() == Family::money) && n.b > 0 &&
                        all(n.a, n.b, [&](auto x) { return family(x) == mine(); }),
                    kOperand);
    case Op::measure:
      return unless(mine() == Family::number && n.a <= static_cast<std::uint32_t>(Measure::herfindahl) &&
                        (n.b == NodeId::kNone || before(n.b)),
                    kOperand);
  }
  return "no operation";
}

const char* Nodes::check_constant(const Node& n) const {
  if (n.a >= p_.constants.size()) return "no such constant";
  const model::Scalar& scalar = p_.constants[n.a];
  if (own().kind != TypeKind::set) return unless(fits(v_, p_.types[at_], scalar), "not of its type");
  const model::TypeId element = own().element;
  if (const auto* members = std::get_if<model::Candidates>(&scalar))
    return unless(v_.types[element].kind == TypeKind::enumeration &&
                      v_.enums[v_.types[element].enumeration].members.size() == members->possible.size(),
                  "not members of its type");
  return unless(fits(v_, element, scalar), "not of its type");
}

const char* Nodes::check_field(const Node& n) const {
  if (!before(n.a)) return "its record does not stand before it";
  const model::Type& base = type(n.a);
  if (base.kind != TypeKind::record) return "it reads no record";
  const auto& fields = v_.records[base.record].fields;
  if (n.b >= fields.size()) return "no such field";
  return unless(fields[n.b].type == p_.types[at_], "not of the type of its field");
}

// Quantifiers and aggregates; the slot is looked at in check_slots.
const char* Nodes::check_over(const Node& n) const {
  const bool truth = n.op == Op::some || n.op == Op::every || n.op == Op::no;
  if (n.var >= p_.slots) return "no such slot";
  if (!is(n.a, Family::list) && !is(n.a, Family::map) && !is(n.a, Family::set)) return "it goes over no list";
  if (!none_or(n.b, Family::boolean)) return "its condition is no condition";
  if (truth) return unless(mine() == Family::boolean && none_or(n.c, Family::boolean), "no condition");
  if (n.op == Op::count || n.op == Op::share)
    return unless(mine() == Family::number && (n.c == NodeId::kNone || before(n.c)), "no number");
  return unless(before(n.c) && family(n.c) == mine(), "it adds or compares something else");
}

const char* Nodes::check_call(const Node& n) const {
  if (!all(n.b, n.c, [](std::uint32_t) { return true; })) return "its arguments do not stand before it";
  if (n.op == Op::call) {
    if (n.a >= p_.terms.size()) return "no such term";
    const Term& term = p_.terms[TermId(n.a)];
    if (!term.type) return "a term without a type";
    return unless(term.params.size() == n.c && family_of(v_.types[term.type].kind) == mine(), "not as its term is");
  }
  if (n.op == Op::classify) {
    if (n.a >= p_.classes.size()) return "no such classification";
    const Class& c = p_.classes[ClassId(n.a)];
    return unless(c.params.size() == n.c && own().kind == TypeKind::enumeration && own().enumeration == c.enumeration,
                  "not as its classification is");
  }
  if (n.a >= p_.tables.size()) return "no such table";
  const Table& table = p_.tables[TableId(n.a)];
  if (!table.type) return "a table without a type";
  if (table.keys.size() != n.c || family_of(v_.types[table.type].kind) != mine()) return "not as its table is";
  for (std::uint32_t i = 0; i < n.c; ++i)
    if (!table.keys[i] || family_of(v_.types[table.keys[i]].kind) != family(p_.lists[n.b + i]))
      return "a key of another type";
  return nullptr;
}

const char* Nodes::check_arithmetic(const Node& n) const {
  const auto simple = [](Family f) {
    return f == Family::number || f == Family::money || f == Family::moment || f == Family::duration;
  };
  if (!before(n.a) || !simple(family(n.a)) || !simple(mine())) return "it counts with no number";
  if (n.op == Op::neg) return unless(family(n.a) == mine(), "the sign of something else");
  return unless(before(n.b) && simple(family(n.b)), "it counts with no number");
}

const char* Nodes::check_law(const Node& n) const {
  const auto same = [&](std::uint32_t x) { return family(x) == mine(); };
  if (n.op == Op::edition) {
    if (n.b == 0 || !in_lists(n.a, 3 * std::uint64_t{n.b})) return "no texts";
    for (std::uint32_t i = 0; i < n.b; ++i) {
      const std::uint32_t text = p_.lists[n.a + 3 * i + 2];
      if (!before(text) || !same(text)) return "a text of another type";
    }
    return nullptr;
  }
  if (n.op == Op::contested) {
    if (n.a >= p_.readings.size()) return "no such readings";
    return unless(n.c > 0 && n.c == p_.readings[ReadingsId(n.a)].readings.size() && all(n.b, n.c, same),
                  "its readings are of another type");
  }
  if (n.op == Op::working_days)
    return unless(
        is(n.a, Family::moment) && is(n.b, Family::number) && n.c < p_.calendars.size() && mine() == Family::moment,
        "no day, number or calendar");
  if (mine() != Family::boolean || !before(n.a)) return "no condition";
  if (n.op == Op::within) return unless(is(n.a, Family::moment) && is(n.b, Family::moment), "no days");
  if (n.op == Op::judged)
    return unless((is(n.a, Family::record) || is(n.a, Family::list)) && n.b < p_.norms.size(), "no assessment or norm");
  return unless(none_or(n.b, Family::duration), "no duration");
}

const char* Nodes::check_lineage(const Node& n) const {
  if (n.op == Op::deref)
    return unless(before(n.a) && type(n.a).kind == TypeKind::reference && own().kind == TypeKind::record &&
                      own().record == v_.root,
                  "no reference");
  if (!is(n.a, Family::record) || mine() != Family::list) return "no record";
  const auto& fields = v_.records[type(n.a).record].fields;
  if (n.b >= fields.size()) return "no such field";
  const model::Type& list = v_.types[fields[n.b].type];
  if (list.kind != TypeKind::list) return "no list of bases";
  return unless(n.c == NodeId::kNone || n.c < v_.records[list.record].fields.size(), "no such reference");
}

// A slot has one type for all that read it, and what is put into it has that type.
const char* Nodes::slot(std::uint16_t var, TypeId type) {
  TypeId& known = slots_[var];
  if (!known) known = type;
  return unless(known == type || family_of(v_.types[known].kind) == family_of(v_.types[type].kind),
                "a slot of two types");
}

const char* Nodes::check_slots(const Node& n) {
  if (n.op == Op::var) return slot(n.var, p_.types[at_]);
  const bool over = n.op == Op::some || n.op == Op::every || n.op == Op::no || n.op == Op::count || n.op == Op::sum ||
                    n.op == Op::min || n.op == Op::max || n.op == Op::share;
  if (over) {
    const model::Type& list = type(n.a);
    if (list.kind == TypeKind::list) return slot(n.var, v_.types.find(model::TypePool::record_type(list.record)));
    return slot(n.var, list.kind == TypeKind::set ? list.element : list.key);
  }
  if (n.op != Op::call && n.op != Op::classify) return nullptr;
  const auto& params = n.op == Op::call ? p_.terms[TermId(n.a)].params : p_.classes[ClassId(n.a)].params;
  for (std::uint32_t i = 0; i < n.c; ++i) {
    if (params[i] >= p_.slots) return "no slot for an argument";
    if (const char* wrong = slot(params[i], p_.types[p_.lists[n.b + i]])) return wrong;
  }
  return nullptr;
}

}  // namespace

std::optional<std::string> verify_nodes(const Program& program) { return Nodes(program).run(); }

}  // namespace writ::ir
