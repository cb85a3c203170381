#include "engine/lower/expressions.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "engine/model/reference.h"

namespace writ::lower {

namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

using ir::Node;
using ir::NodeId;
using ir::Op;

Op binary_op(ast::BinaryOp op) {
  switch (op) {
    case ast::BinaryOp::and_: return Op::and_;
    case ast::BinaryOp::or_: return Op::or_;
    case ast::BinaryOp::eq: return Op::eq;
    case ast::BinaryOp::ne: return Op::ne;
    case ast::BinaryOp::lt: return Op::lt;
    case ast::BinaryOp::le: return Op::le;
    case ast::BinaryOp::gt: return Op::gt;
    case ast::BinaryOp::ge: return Op::ge;
    case ast::BinaryOp::in: return Op::in;
    case ast::BinaryOp::not_in: return Op::in;
    case ast::BinaryOp::includes: return Op::in;
    case ast::BinaryOp::includes_any: return Op::includes_any;
    case ast::BinaryOp::includes_all: return Op::includes_all;
    case ast::BinaryOp::at_least: return Op::at_least;
    case ast::BinaryOp::otherwise: return Op::otherwise;
    case ast::BinaryOp::union_: return Op::set_union;
    case ast::BinaryOp::minus: return Op::set_minus;
    case ast::BinaryOp::intersect: return Op::set_intersect;
    case ast::BinaryOp::add: return Op::add;
    case ast::BinaryOp::sub: return Op::sub;
    case ast::BinaryOp::mul: return Op::mul;
    case ast::BinaryOp::div: return Op::div;
    case ast::BinaryOp::of: return Op::mul;
    case ast::BinaryOp::on_day: return Op::on_day;
  }
  return Op::and_;
}

Op quantifier_op(const ast::Quantifier& quantifier) {
  switch (quantifier.op) {
    case ast::QuantifierOp::some: return Op::some;
    case ast::QuantifierOp::every: return Op::every;
    case ast::QuantifierOp::no: return Op::no;
    case ast::QuantifierOp::count: return quantifier.variable.text.empty() ? Op::size : Op::count;
    case ast::QuantifierOp::sum: return Op::sum;
    case ast::QuantifierOp::min: return Op::min;
    case ast::QuantifierOp::max: return Op::max;
    case ast::QuantifierOp::share: return Op::share;
  }
  return Op::some;
}

/// 1 = months, in seconds otherwise; nothing when the word is no duration.
Duration duration_of(const Rational& count, std::string_view unit) {
  std::int64_t n = 0;
  WRIT_CHECK(count.to_int64(n));  // sema: durations are whole numbers
  if (unit.ends_with('s')) unit.remove_suffix(1);
  if (unit == "month") return Duration{static_cast<std::int32_t>(n), 0};
  if (unit == "year") return Duration{static_cast<std::int32_t>(12 * n), 0};
  if (unit == "week") return Duration{0, n * 7 * 86400};
  if (unit == "day") return Duration{0, n * 86400};
  WRIT_CHECK(unit == "hour");
  return Duration{0, n * 3600};
}

}  // namespace

NodeId Expressions::emit(Node node, const Site& site) {
  const NodeId id = program_.nodes.add(node);
  program_.types.push_back(site.type);
  program_.spans.push_back(site.span);
  return id;
}

NodeId Expressions::emit_shared(Node node, const Site& site) {
  const auto key = std::make_tuple(node.op, node.var, node.a, node.b, node.c);
  const auto [it, fresh] = shared_.try_emplace(key);
  if (fresh) it->second = emit(node, site);
  return it->second;
}

NodeId Expressions::constant(model::Scalar scalar, const Site& site) {
  program_.constants.push_back(std::move(scalar));
  return emit(Node{.op = Op::constant, .a = static_cast<std::uint32_t>(program_.constants.size() - 1)}, site);
}

std::pair<std::uint32_t, std::uint32_t> Expressions::list(const std::vector<NodeId>& nodes) {
  const auto first = static_cast<std::uint32_t>(program_.lists.size());
  for (NodeId n : nodes) program_.lists.push_back(n.index);
  return {first, static_cast<std::uint32_t>(nodes.size())};
}

NodeId Expressions::negate(NodeId node, Span span) {
  return emit(Node{.op = Op::not_, .a = node.index}, Site{0, span, program_.types[node.index]});
}

NodeId Expressions::editions(const std::vector<std::pair<DayInterval, NodeId>>& texts, Span span) {
  WRIT_CHECK(!texts.empty());
  const bool one = std::all_of(texts.begin(), texts.end(), [&](const auto& t) { return t.second == texts[0].second; });
  if (one) return texts.front().second;
  const auto first = static_cast<std::uint32_t>(program_.lists.size());
  for (const auto& [days, text] : texts) {
    program_.lists.push_back(static_cast<std::uint32_t>(days.from.days));
    program_.lists.push_back(static_cast<std::uint32_t>(days.last.days));
    program_.lists.push_back(text.index);
  }
  return emit(Node{.op = Op::edition, .a = first, .b = static_cast<std::uint32_t>(texts.size())},
              Site{0, span, program_.types[texts.front().second.index]});
}

NodeId Expressions::contested(ir::ReadingsId id, const std::vector<NodeId>& readings, Span span) {
  const auto [first, count] = list(readings);
  return emit(Node{.op = Op::contested, .a = id.index, .b = first, .c = count},
              Site{0, span, program_.types[readings.front().index]});
}

NodeId Expressions::both(NodeId a, NodeId b, Span span) {
  if (!a || !b) return a ? a : b;
  const auto [first, count] = list({a, b});
  return emit(Node{.op = Op::and_, .a = first, .b = count}, Site{0, span, program_.types[a.index]});
}

NodeId Expressions::either(NodeId a, NodeId b, Span span) {
  const auto [first, count] = list({a, b});
  return emit(Node{.op = Op::or_, .a = first, .b = count}, Site{0, span, program_.types[a.index]});
}

NodeId Expressions::truth(bool value, Span span) {
  model::Type boolean;
  boolean.kind = model::TypeKind::boolean;
  return constant(value, Site{0, span, checked_.vocabulary->types.intern(boolean)});
}

NodeId Expressions::lower(std::uint32_t file, ast::ExprId id) {
  if (!id) return {};
  const ast::Expr& expr = files_[file].exprs[id];
  const sema::FileInfo& info = checked_.files[file];
  const Site site{file, expr.span, info.types[id.index]};
  return std::visit(
      Overloaded{
          [&](const ast::Hole&) -> NodeId {
            WRIT_CHECK(!"hole in a checked file");
            return {};
          },
          [&](const ast::BoolLit& n) { return constant(n.value, site); },
          [&](const ast::NumberLit& n) { return lower_number(n, site); },
          [&](const ast::DateLit& n) { return constant(n.value, site); },
          [&](const ast::InstantLit& n) { return constant(n.value, site); },
          [&](const ast::TextLit& n) { return constant(n.value, site); },
          [&](const ast::CountryLit& n) {
            if (const auto* member = std::get_if<sema::MemberOf>(&info.meanings[id.index]))
              return lower_name(*member, site);
            return constant(model::Country{n.code}, site);
          },
          [&](const ast::AsOf&) { return emit_shared(Node{.op = Op::as_of}, site); },
          [&](const ast::NameRef&) { return lower_name(info.meanings[id.index], site); },
          [&](const ast::Member& n) {
            const sema::Meaning& meaning = info.meanings[id.index];
            if (const auto* field = std::get_if<sema::FieldOf>(&meaning)) {
              const NodeId base = lower(file, n.base);
              if (kind_of(info.types[n.base.index]) == model::TypeKind::reference)
                return lower_referred(base, info.types[n.base.index], n.field.text, site);
              return emit_shared(Node{.op = Op::field, .a = base.index, .b = field->field}, site);
            }
            return lower_name(meaning, site);
          },
          [&](const ast::Index& n) {
            const NodeId base = lower(file, n.base);
            const NodeId key = lower(file, n.key);
            return emit(Node{.op = Op::index, .a = base.index, .b = key.index}, site);
          },
          [&](const ast::Call& n) {
            if (sema::is_year_start(n) && std::holds_alternative<std::monostate>(info.meanings[id.index]))
              return emit_shared(Node{.op = Op::year_start}, site);
            if (!std::holds_alternative<sema::ItemUse>(info.meanings[id.index])) return lower_measure(n, site);
            return lower_item(std::get<sema::ItemUse>(info.meanings[id.index]).item, n.args, site);
          },
          [&](const ast::SetLit& n) {
            std::vector<NodeId> members;
            members.reserve(n.members.size());
            for (ast::ExprId m : n.members) members.push_back(lower(file, m));
            const auto [first, count] = list(members);
            return emit(Node{.op = Op::set_literal, .a = first, .b = count}, site);
          },
          [&](const ast::Unary& n) { return lower_unary(n, site); },
          [&](const ast::Binary& n) { return lower_binary(n, site); },
          [&](const ast::Quantifier& n) { return lower_quantifier(n, info.quantifier_variables[id.index], site); },
          [&](const ast::Deadline& n) { return lower_deadline(n, site); },
          [&](const ast::Judged& n) { return lower_judged(n, site); },
          [&](const ast::Evidenced& n) {
            const NodeId fact = lower(file, n.fact);
            const NodeId limit = lower(file, n.max_age);
            return emit(Node{.op = Op::evidenced, .a = fact.index, .b = limit.index}, site);
          },
          [&](const ast::Ancestors& n) { return lower_ancestors(n, site); },
          [&](const ast::Extreme& n) {
            std::vector<NodeId> parts;
            for (ast::ExprId p : n.parts) parts.push_back(lower(file, p));
            const auto [first, count] = list(parts);
            return emit(Node{.op = n.higher ? Op::higher : Op::lower, .a = first, .b = count}, site);
          },
      },
      expr.node);
}

NodeId Expressions::lower_deadline(const ast::Deadline& d, const Site& site) {
  const auto simple = [&](model::TypeKind kind) {
    model::Type type;
    type.kind = kind;
    return checked_.vocabulary->types.find(type);
  };
  const NodeId done = lower(site.file, d.done);
  NodeId due = lower(site.file, d.start);
  Site at = site;
  if (d.working_days) {
    at.type = simple(model::TypeKind::integer);
    const NodeId count = constant(model::NumberRange::exactly(*d.working_days), at);
    const sema::ItemRef* calendar = sema::lookup(checked_, files_, site.file, d.calendar->text());
    WRIT_CHECK(calendar != nullptr);  // sema resolved it
    at.type = simple(model::TypeKind::date);
    due = emit(Node{.op = Op::working_days, .a = due.index, .b = count.index, .c = ids_.calendars.at(*calendar).index},
               at);
  } else if (d.period) {
    const NodeId period = lower(site.file, d.period);
    at.type = program_.types[due.index];
    due = emit(Node{.op = Op::add, .a = due.index, .b = period.index}, at);
  }
  return emit(Node{.op = Op::within, .a = done.index, .b = due.index}, site);
}

std::optional<Duration> Expressions::age(std::uint32_t file, ast::ExprId id) const {
  if (!id) return std::nullopt;
  const auto& literal = std::get<ast::NumberLit>(files_[file].exprs[id].node);  // sema wants it written out
  return duration_of(literal.value, literal.unit->text);
}

NodeId Expressions::lower_judged(const ast::Judged& j, const Site& site) {
  const NodeId assessment = lower(site.file, j.assessment);
  const ir::NormId norm =
      program_.norms.add({j.criterion.text, age(site.file, j.max_age), j.independent, j.worded, site.span});
  return emit(Node{.op = Op::judged, .a = assessment.index, .b = norm.index}, site);
}

NodeId Expressions::lower_number(const ast::NumberLit& number, const Site& site) {
  const model::Type& type = checked_.vocabulary->types[site.type];
  if (!number.unit) return constant(model::NumberRange::exactly(number.value), site);
  if (type.kind == model::TypeKind::duration) return constant(duration_of(number.value, number.unit->text), site);
  if (type.kind == model::TypeKind::money) {
    return constant(model::Money{model::NumberRange::exactly(number.value), number.unit->text}, site);
  }
  const auto unit = checked_.vocabulary->units.parse(number.unit->text);
  WRIT_CHECK(unit.has_value());
  const auto value = number.value.mul(unit->factor);
  WRIT_CHECK(value.has_value());  // sema refuses literals that overflow in base units
  return constant(model::NumberRange::exactly(*value), site);
}

model::TypeKind Expressions::kind_of(model::TypeId type) const { return checked_.vocabulary->types[type].kind; }

NodeId Expressions::lower_referred(NodeId reference, model::TypeId type, const std::string& field, const Site& site) {
  model::Vocabulary& vocabulary = *checked_.vocabulary;
  const auto found = model::referred_field(vocabulary, vocabulary.types[type].name, field);
  WRIT_CHECK(found.has_value());
  Site at = site;
  at.type = vocabulary.types.intern(model::TypePool::record_type(vocabulary.root));
  NodeId record = emit_shared(Node{.op = Op::deref, .a = reference.index}, at);
  if (found->kind) {
    at.type = vocabulary.types.intern(model::TypePool::record_type(found->record));
    record = emit_shared(Node{.op = Op::field, .a = record.index, .b = *found->kind}, at);
  }
  return emit_shared(Node{.op = Op::field, .a = record.index, .b = found->field}, site);
}

NodeId Expressions::lower_measure(const ast::Call& call, const Site& site) {
  const std::string name = call.callee.text();
  ir::Measure measure = ir::Measure::members;
  if (name == "groups") measure = ir::Measure::groups;
  if (name == "total") measure = ir::Measure::total;
  if (name == "top_share") measure = ir::Measure::top_share;
  if (name == "share_of") measure = ir::Measure::share_of;
  if (name == "herfindahl") measure = ir::Measure::herfindahl;
  const NodeId argument = call.args.empty() ? NodeId() : lower(site.file, call.args.front());
  return emit(Node{.op = Op::measure, .a = static_cast<std::uint32_t>(measure), .b = argument.index}, site);
}

NodeId Expressions::lower_ancestors(const ast::Ancestors& ancestors, const Site& site) {
  model::Vocabulary& vocabulary = *checked_.vocabulary;
  const model::TypeId type = checked_.files[site.file].types[ancestors.of.index];
  const auto* name = std::get_if<ast::NameRef>(&files_[site.file].exprs[ancestors.of].node);
  const model::Lineage line = model::lineage(vocabulary, type, name != nullptr ? name->name : "", ancestors.via.text);
  WRIT_CHECK(line.problem == model::Lineage::Problem::none);
  Site at = site;
  at.type = vocabulary.types.intern(model::TypePool::record_type(vocabulary.root));
  NodeId record;
  if (line.from_root) {
    record = lower_root(site);
  } else {
    record = lower(site.file, ancestors.of);
    if (kind_of(type) == model::TypeKind::reference) {
      record = emit_shared(Node{.op = Op::deref, .a = record.index}, at);
      at.type = vocabulary.types.intern(model::TypePool::record_type(line.record));
      if (line.kind) record = emit_shared(Node{.op = Op::field, .a = record.index, .b = *line.kind}, at);
    }
  }
  return emit(Node{.op = Op::ancestors, .a = record.index, .b = line.list, .c = line.reference.value_or(NodeId::kNone)},
              site);
}

// Shared by all reads, so its type is its own and not that of the field read first.
NodeId Expressions::lower_root(const Site& site) {
  Site root = site;
  root.type = checked_.vocabulary->types.intern(model::TypePool::record_type(checked_.vocabulary->root));
  return emit_shared(Node{.op = Op::root}, root);
}

NodeId Expressions::lower_name(const sema::Meaning& meaning, const Site& site) {
  return std::visit(Overloaded{
                        [&](std::monostate) -> NodeId {
                          WRIT_CHECK(!"name without meaning");
                          return {};
                        },
                        [&](sema::Root) { return lower_root(site); },
                        [&](sema::Namespace) -> NodeId {
                          WRIT_CHECK(!"namespace as a value");
                          return {};
                        },
                        [&](sema::FieldOf field) {
                          const NodeId root = lower_root(site);
                          return emit_shared(Node{.op = Op::field, .a = root.index, .b = field.field}, site);
                        },
                        [&](sema::Variable variable) {
                          return emit(Node{.op = Op::var, .var = static_cast<std::uint16_t>(variable.variable)}, site);
                        },
                        [&](sema::MemberOf member) {
                          const auto count = checked_.vocabulary->enums[member.enumeration].members.size();
                          return constant(model::Candidates::one(member.member, count), site);
                        },
                        [&](sema::ItemUse use) { return lower_item(use.item, {}, site); },
                    },
                    meaning);
}

NodeId Expressions::lower_item(sema::ItemRef item, const std::vector<ast::ExprId>& args, const Site& site) {
  std::vector<NodeId> nodes;
  nodes.reserve(args.size());
  for (ast::ExprId a : args) nodes.push_back(lower(site.file, a));
  if (const auto it = ids_.sets.find(item); it != ids_.sets.end()) {
    return emit(Node{.op = Op::named_set, .a = it->second.index}, site);
  }
  const auto [first, count] = list(nodes);
  if (const auto it = ids_.terms.find(item); it != ids_.terms.end()) {
    return emit(Node{.op = Op::call, .a = it->second.index, .b = first, .c = count}, site);
  }
  if (const auto it = ids_.classes.find(item); it != ids_.classes.end()) {
    return emit(Node{.op = Op::classify, .a = it->second.index, .b = first, .c = count}, site);
  }
  const auto it = ids_.tables.find(item);
  WRIT_CHECK(it != ids_.tables.end());
  return emit(Node{.op = Op::lookup, .a = it->second.index, .b = first, .c = count}, site);
}

NodeId Expressions::lower_unary(const ast::Unary& unary, const Site& site) {
  const NodeId operand = lower(site.file, unary.operand);
  switch (unary.op) {
    case ast::UnaryOp::not_: return emit(Node{.op = Op::not_, .a = operand.index}, site);
    case ast::UnaryOp::neg: return emit(Node{.op = Op::neg, .a = operand.index}, site);
    case ast::UnaryOp::is_present: return emit(Node{.op = Op::present, .a = operand.index}, site);
    case ast::UnaryOp::is_absent: {
      const NodeId present = emit(Node{.op = Op::present, .a = operand.index}, site);
      return emit(Node{.op = Op::not_, .a = present.index}, site);
    }
    case ast::UnaryOp::is_answered: return emit(Node{.op = Op::answered, .a = operand.index}, site);
  }
  return {};
}

NodeId Expressions::flatten(ast::BinaryOp op, const ast::Binary& binary, const Site& site) {
  // `a and b and c` is one n-ary node; chains lean left, so walk down the left side.
  std::vector<NodeId> parts;
  std::vector<ast::ExprId> pending{binary.right, binary.left};
  while (!pending.empty()) {
    const ast::ExprId id = pending.back();
    pending.pop_back();
    const auto* inner = std::get_if<ast::Binary>(&files_[site.file].exprs[id].node);
    if (inner != nullptr && inner->op == op) {
      pending.push_back(inner->right);
      pending.push_back(inner->left);
    } else {
      parts.push_back(lower(site.file, id));
    }
  }
  const auto [first, count] = list(parts);
  return emit(Node{.op = binary_op(op), .a = first, .b = count}, site);
}

NodeId Expressions::lower_binary(const ast::Binary& binary, const Site& site) {
  using B = ast::BinaryOp;
  if (binary.op == B::and_ || binary.op == B::or_) return flatten(binary.op, binary, site);
  if (binary.op == B::at_least) return lower_at_least(binary, site);
  const NodeId left = lower(site.file, binary.left);
  const NodeId right = lower(site.file, binary.right);
  if (binary.op == B::includes) return emit(Node{.op = Op::in, .a = right.index, .b = left.index}, site);
  const NodeId node = emit(Node{.op = binary_op(binary.op), .a = left.index, .b = right.index}, site);
  return binary.op == B::not_in ? emit(Node{.op = Op::not_, .a = node.index}, site) : node;
}

NodeId Expressions::lower_at_least(const ast::Binary& binary, const Site& site) {
  const NodeId left = lower(site.file, binary.left);
  const auto member = std::get<sema::MemberOf>(checked_.files[site.file].meanings[binary.right.index]);
  const ir::Class* classification = nullptr;
  for (const ir::Class& c : program_.classes) {
    if (c.enumeration == member.enumeration) classification = &c;
  }
  WRIT_CHECK(classification != nullptr);
  const auto words =
      static_cast<std::uint32_t>((checked_.vocabulary->enums[member.enumeration].members.size() + 31) / 32);
  const auto first = static_cast<std::uint32_t>(program_.lists.size());
  program_.lists.resize(first + words, 0);
  for (std::uint32_t m : classification->order) {  // highest first, down to and with the named one
    program_.lists[first + m / 32] |= 1u << (m % 32);
    if (m == member.member) break;
  }
  return emit(Node{.op = Op::at_least, .a = left.index, .b = first, .c = words}, site);
}

NodeId Expressions::lower_quantifier(const ast::Quantifier& quantifier, std::uint32_t variable, const Site& site) {
  const NodeId over = lower(site.file, quantifier.list);
  const Op op = quantifier_op(quantifier);
  if (op == Op::size) return emit(Node{.op = op, .a = over.index}, site);
  const NodeId where = lower(site.file, quantifier.where);
  const NodeId body = lower(site.file, quantifier.body);
  return emit(
      Node{.op = op, .var = static_cast<std::uint16_t>(variable), .a = over.index, .b = where.index, .c = body.index},
      site);
}

model::Scalar Expressions::literal(std::uint32_t file, ast::ExprId id, model::TypeId type) {
  static_cast<void>(type);
  const NodeId node = lower(file, id);
  const Node& n = program_.nodes[node];
  if (n.op == Op::neg) {
    model::Scalar inner = program_.constants[program_.nodes[NodeId(n.a)].a];
    auto& range = std::get<model::NumberRange>(inner);
    return model::NumberRange::exactly(range.lo->neg());
  }
  WRIT_CHECK(n.op == Op::constant);
  return program_.constants[n.a];
}

}  // namespace writ::lower
