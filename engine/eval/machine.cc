#include "engine/eval/machine.h"

#include <algorithm>
#include <utility>

namespace writ::eval {

using facts::FactId;
using ir::NodeId;
using ir::Op;

Machine::Machine(const ir::Program& p, const facts::Document& d, const Options& o)
    : program(p),
      document(d),
      options(o),
      slots_(p.slots),
      day_(Value::of(model::Scalar(o.as_of))),
      readings_(o.readings.begin(), o.readings.end()) {}

void Machine::step() {
  if (++steps_ > options.max_steps) throw StepLimit{rule_};
}

model::TypeKind Machine::kind_of(NodeId node) const {
  return program.vocabulary->types[program.types[node.index]].kind;
}

Span Machine::span_of(NodeId node) const {
  return node.valid() && node.index < program.spans.size() ? program.spans[node.index] : Span{};
}

std::vector<NodeId> Machine::list(std::uint32_t begin, std::uint32_t count) const {
  std::vector<NodeId> out;
  out.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) out.emplace_back(program.lists[begin + i]);
  return out;
}

std::vector<Value> Machine::arguments(std::uint32_t begin, std::uint32_t count) {
  std::vector<Value> out;
  out.reserve(count);
  for (NodeId n : list(begin, count)) out.push_back(eval(n));
  return out;
}

void Machine::report(std::string text, Span span) {
  for (const DomainError& e : errors_)
    if (e.text == text && e.span == span) return;
  errors_.push_back({std::move(text), span});
}

namespace {

// Puts a value in place and the old one back at the end of the scope.
template <class T>
class Replaced {
 public:
  Replaced(T& place, T value) : place_(place), old_(std::exchange(place, std::move(value))) {}
  ~Replaced() { place_ = std::move(old_); }
  Replaced(const Replaced&) = delete;
  Replaced& operator=(const Replaced&) = delete;

 private:
  T& place_;
  T old_;
};

}  // namespace

Value Machine::on(Value day, const std::function<Value()>& body) {
  const Replaced scope(day_, std::move(day));
  const Replaced surroundings(context_, kOpen);
  return body();
}

Value Machine::with(std::uint16_t var, Value value, const std::function<Value()>& body) {
  const Replaced scope(slots_[var], std::move(value));
  return body();
}

Value Machine::with(std::uint16_t var, const Element& member, const std::function<Value()>& body) {
  if (!member.phantom || guards_.empty()) return with(var, member.value, body);
  Guards others = guards_;
  std::erase_if(others, [&](const Guard& g) { return document.lies_below(g.fact, member.value.fact); });
  const Replaced scope(guards_, std::move(others));
  const Replaced surroundings(context_, kOpen);
  return with(var, member.value, body);
}

Value Machine::guarded(const Guards& more, const std::function<Value()>& body) {
  if (more.empty()) return body();
  Guards all = guards_;
  all.insert(all.end(), more.begin(), more.end());
  const Replaced scope(guards_, std::move(all));
  const Replaced surroundings(context_, kOpen);
  return body();
}

Value Machine::presuming(const Presumptions& more, const std::function<Value()>& body) {
  Presumptions all = more;
  all.insert(presumed_.begin(), presumed_.end());
  const Replaced scope(presumed_, std::move(all));
  const Replaced surroundings(context_, kOpen);
  return body();
}

void Machine::choose(Chosen chosen) {
  readings_ = std::move(chosen);
  context_ = kOpen;
}

namespace {

void write(std::string& key, std::uint32_t word) {
  for (int i = 0; i < 4; ++i) key += static_cast<char>(word >> (8 * i));
}
void write(std::string& key, const std::vector<FactId>& facts) {
  write(key, static_cast<std::uint32_t>(facts.size()));
  for (FactId f : facts) write(key, f.index);
}

}  // namespace

std::optional<std::uint32_t> Machine::context() {
  const Blame& why = day_.blame;
  const bool shaped = !day_.known() && !std::holds_alternative<std::monostate>(day_.scalar);
  const bool plain = !shaped && presumed_.empty() && why.law.empty() && why.norms.empty() && why.contested.empty() &&
                     why.presumptions.empty();
  if (options.plan == nullptr || !plain) return std::nullopt;
  if (context_ != kOpen) return context_;
  std::string key;
  key += static_cast<char>(day_.state);
  key += static_cast<char>(int{day_.may_error} + 2 * int{day_.may_absent} + 4 * int{day_.exists});
  if (day_.known()) write(key, static_cast<std::uint32_t>(std::get<Date>(day_.scalar).days));
  write(key, why.because);
  write(key, why.missing);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> guards;
  for (const Guard& g : guards_) guards.emplace_back(g.fact.index, g.node.index);
  std::sort(guards.begin(), guards.end());
  guards.erase(std::unique(guards.begin(), guards.end()), guards.end());
  write(key, static_cast<std::uint32_t>(guards.size()));
  for (const auto& [fact, node] : guards) {
    write(key, fact);
    write(key, node);
  }
  for (const auto& [readings, chosen] : readings_) {
    write(key, readings.index);
    write(key, chosen);
  }
  context_ = contexts_.emplace(std::move(key), static_cast<std::uint32_t>(contexts_.size())).first->second;
  return context_;
}

Value Machine::remembered(Memo::What what, std::uint32_t item, std::vector<Value> arguments,
                          const std::function<Value(std::span<const Value>)>& body) {
  const std::optional<std::uint32_t> surroundings = context();
  if (!surroundings) return body(arguments);
  const Remembered* found = memo_.find(what, item, *surroundings, arguments);
  if (found == nullptr) {
    // Its own errors, also those that somebody has reported before.
    std::vector<DomainError> others = take_errors();
    Remembered fresh;
    fresh.value = body(arguments);
    fresh.arguments = std::move(arguments);
    fresh.errors = std::exchange(errors_, std::move(others));
    found = &memo_.keep(what, item, *surroundings, std::move(fresh));
  }
  for (const DomainError& e : found->errors) report(e.text, e.span);
  return found->value;
}

Value Machine::eval(NodeId id) {
  step();
  const ir::Node& node = program.nodes[id];
  switch (node.op) {
    case Op::constant: return constant(id, node);
    case Op::root: return read(document.root);
    case Op::var: return slots_[node.var];
    case Op::field: return field(node);
    case Op::index: return index(node);
    case Op::and_: return junction(node, true);
    case Op::or_: return junction(node, false);
    case Op::not_: return negated(strict(NodeId(node.a)));
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge: return comparison(id, node);
    case Op::in: return membership(node);
    case Op::includes_any:
    case Op::includes_all: return includes(node);
    case Op::at_least: return at_least(node);
    case Op::set_literal: return set_literal(node);
    case Op::named_set: return named_set(ir::SetId(node.a));
    case Op::set_union:
    case Op::set_minus:
    case Op::set_intersect: return set_algebra(node);
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::div: return arithmetic(id, node);
    case Op::neg: return negative(id, node);
    case Op::present: return present(node);
    case Op::answered: return answered(node);
    case Op::otherwise: return otherwise(node);
    case Op::some:
    case Op::every:
    case Op::no: return quantifier(node);
    case Op::count:
    case Op::sum:
    case Op::min:
    case Op::max:
    case Op::share: return aggregate(id, node);
    case Op::size: return size(node);
    case Op::higher:
    case Op::lower: return extreme(id, node);
    case Op::call: return call(ir::TermId(node.a), arguments(node.b, node.c));
    case Op::classify: return classify(ir::ClassId(node.a), arguments(node.b, node.c));
    case Op::lookup: return lookup(id, node);
    case Op::on_day: return on(strict(NodeId(node.b)), [&] { return eval(NodeId(node.a)); });
    case Op::ancestors: return lineage(node).list;
    case Op::deref: return deref(node);
    case Op::measure: return measure ? measure(id) : Value::failed();
    case Op::as_of: return Value::of(model::Scalar(options.as_of));
    case Op::year_start: return year_start();
    case Op::within: return within(node);
    case Op::working_days: return working_days(id, node);
    case Op::judged: return judged(node);
    case Op::evidenced: return evidenced(node);
    case Op::edition: return edition(node);
    case Op::contested: return contested(node);
  }
  WRIT_CHECK(!"an operation without a meaning");
  return Value::failed();
}

Value Machine::strict(NodeId id) {
  Value v = eval(id);
  if (v.absent()) {
    if (!is_guarded(v.fact, id)) {
      const std::string what = v.fact.valid() ? "`" + document[v.fact].path + "`" : "the value";
      report(what + " is absent, and its absence is not provided for", span_of(id));
    }
    return Value::failed(std::move(v.blame));
  }
  if (v.unknown() && v.may_absent) {
    v.may_absent = false;
    if (!is_guarded(v.fact, id)) v.may_error = true;
  }
  return v;
}

Value Machine::condition(NodeId node) { return node.valid() ? strict(node) : Value::of(Truth::yes()); }

Value Machine::constant(NodeId id, const ir::Node& node) {
  const model::Scalar& scalar = program.constants[node.a];
  if (kind_of(id) != model::TypeKind::set) return Value::of(scalar);
  // A set of enumeration members.
  auto set = std::make_shared<SetValue>();
  if (const auto* members = std::get_if<model::Candidates>(&scalar)) {
    const std::size_t n = members->possible.size();
    for (std::size_t i = 0; i < n; ++i)
      if (members->possible[i]) set->listed.push_back({model::Candidates::one(i, n), Truth::yes()});
  } else {
    set->listed.push_back({scalar, Truth::yes()});
  }
  Value v = Value::of(model::Scalar{});
  v.set = std::move(set);
  return v;
}

Value Machine::junction(const ir::Node& node, bool conjunction) {
  const std::vector<NodeId> operands = list(node.a, node.b);
  std::vector<Guards> held(operands.size());
  bool any = false;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (options.plan != nullptr && !options.plan->may_guard(operands[i], conjunction)) continue;
    guards(operands[i], conjunction, held[i]);
    any = any || !held[i].empty();
  }
  std::vector<Value> values;
  values.reserve(operands.size());
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (!any) {
      values.push_back(strict(operands[i]));
      continue;
    }
    // Each operand is read under the guards of all others: where a guard fails, it alone decides.
    Guards others;
    for (std::size_t j = 0; j < operands.size(); ++j)
      if (j != i) others.insert(others.end(), held[j].begin(), held[j].end());
    values.push_back(guarded(others, [&] { return strict(operands[i]); }));
  }
  return conjunction ? all_of(values) : any_of(values);
}

}  // namespace writ::eval
