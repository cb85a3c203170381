#include "tests/eval/build.h"

#include <algorithm>

namespace writ::eval::testing {

using facts::Fact;
using facts::FactId;
using facts::State;
using ir::NodeId;
using ir::Op;
using model::NumberRange;
using model::TypeId;
using model::TypeKind;

Rational rational(const char* text) { return Rational::parse(text).value(); }
Date date(const char* iso) { return Date::parse(iso).value(); }
DayInterval days(const char* from, const char* until) {
  DayInterval out;
  if (*from != '\0') out.from = date(from);
  if (*until != '\0') out.last = date(until);
  return out;
}

Given Given::unknown(model::Reason reason) {
  Given g;
  g.reason = reason;
  return g;
}
Given Given::absent() {
  Given g;
  g.kind = Kind::absent;
  return g;
}
Given Given::of(model::Scalar scalar) {
  Given g;
  g.kind = Kind::scalar;
  g.scalar = std::move(scalar);
  return g;
}
Given Given::number(const char* text) { return of(NumberRange::exactly(rational(text))); }
Given Given::range(const char* lo, const char* hi, bool lo_open, bool hi_open) {
  NumberRange r;
  if (lo != nullptr) r.lo = rational(lo);
  if (hi != nullptr) r.hi = rational(hi);
  r.lo_open = lo_open;
  r.hi_open = hi_open;
  return of(r);
}
Given Given::day(const char* iso) { return of(date(iso)); }
Given Given::country(const char* code) { return of(model::Country{code}); }
Given Given::list(std::vector<std::string> keys, std::vector<Given> elements, bool incomplete) {
  Given g;
  g.kind = Kind::list;
  g.keys = std::move(keys);
  g.parts = std::move(elements);
  g.incomplete = incomplete;
  return g;
}

Book::Book() : vocabulary(std::make_shared<model::Vocabulary>()) {
  program.vocabulary = vocabulary;
  vocabulary->root = vocabulary->records.add({});
  boolean = type(TypeKind::boolean);
  decimal = type(TypeKind::decimal);
  ratio = type(TypeKind::ratio);
  integer = type(TypeKind::integer);
  date_type = type(TypeKind::date);
  duration = type(TypeKind::duration);
  text = type(TypeKind::text);
  country = type(TypeKind::country);
  money = type(TypeKind::money);
}

TypeId Book::type(TypeKind kind) {
  model::Type t;
  t.kind = kind;
  return vocabulary->types.intern(t);
}
TypeId Book::enum_type(model::EnumId e) {
  model::Type t;
  t.kind = TypeKind::enumeration;
  t.enumeration = e;
  return vocabulary->types.intern(t);
}
TypeId Book::record_type(model::RecordId r) {
  model::Type t;
  t.kind = TypeKind::record;
  t.record = r;
  return vocabulary->types.intern(t);
}
TypeId Book::list_of(model::RecordId r) {
  model::Type t;
  t.kind = TypeKind::list;
  t.record = r;
  return vocabulary->types.intern(t);
}
TypeId Book::set_of(TypeId element) {
  model::Type t;
  t.kind = TypeKind::set;
  t.element = element;
  return vocabulary->types.intern(t);
}
TypeId Book::map_of(TypeId key, TypeId value) {
  model::Type t;
  t.kind = TypeKind::map;
  t.key = key;
  t.element = value;
  return vocabulary->types.intern(t);
}

model::EnumId Book::enumeration(std::string name, std::vector<std::string> members) {
  model::Enum e;
  e.name = std::move(name);
  for (std::string& m : members) e.members.push_back({std::move(m), {}});
  return vocabulary->enums.add(std::move(e));
}
model::RecordId Book::record(std::string name, bool keyed) {
  model::Record r;
  r.name = std::move(name);
  const model::RecordId id = vocabulary->records.add(std::move(r));
  if (keyed) {
    field(id, "id", text);
    vocabulary->records[id].key = 0;
  }
  return id;
}
void Book::field(model::RecordId record, std::string name, TypeId field_type, bool optional, bool dated) {
  model::Field f;
  f.name = std::move(name);
  f.type = field_type;
  f.optional = optional;
  f.dated = dated;
  vocabulary->records[record].fields.push_back(std::move(f));
}

NodeId Book::node(Op op, TypeId node_type, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint16_t v) {
  ir::Node n;
  n.op = op;
  n.var = v;
  n.a = a;
  n.b = b;
  n.c = c;
  const NodeId id = program.nodes.add(n);
  program.types.push_back(node_type);
  program.spans.emplace_back();
  return id;
}
NodeId Book::constant(model::Scalar scalar, TypeId node_type) {
  program.constants.push_back(std::move(scalar));
  return node(Op::constant, node_type, static_cast<std::uint32_t>(program.constants.size() - 1));
}
NodeId Book::member(model::EnumId e, std::size_t index) {
  return constant(model::Candidates::one(index, vocabulary->enums[e].members.size()), enum_type(e));
}
NodeId Book::get(NodeId base, const std::string& name) {
  const model::Record& r = vocabulary->records[vocabulary->types[program.types[base.index]].record];
  const int i = r.find(name);
  if (i < 0) throw std::runtime_error("no field " + name);
  return node(Op::field, r.fields[static_cast<std::size_t>(i)].type, base.index, static_cast<std::uint32_t>(i));
}
NodeId Book::fact(const std::string& path) {
  NodeId at = node(Op::root, record_type(vocabulary->root));
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    at = get(at, path.substr(begin, end - begin));
    begin = end + 1;
  }
  return at;
}
NodeId Book::var(std::uint16_t slot_number, TypeId node_type) {
  return node(Op::var, node_type, NodeId::kNone, NodeId::kNone, NodeId::kNone, slot_number);
}
std::pair<std::uint32_t, std::uint32_t> Book::list(const std::vector<NodeId>& nodes) {
  const auto first = static_cast<std::uint32_t>(program.lists.size());
  for (NodeId n : nodes) program.lists.push_back(n.index);
  return {first, static_cast<std::uint32_t>(nodes.size())};
}
NodeId Book::nary(Op op, const std::vector<NodeId>& operands) {
  const auto [first, count] = list(operands);
  return node(op, boolean, first, count);
}
NodeId Book::quantified(Op op, TypeId node_type, std::uint16_t variable, NodeId over, NodeId where, NodeId body) {
  return node(op, node_type, over.index, where.index, body.index, variable);
}
NodeId Book::set(TypeId element, std::vector<NodeId> members) {
  const auto [first, count] = list(members);
  return node(Op::set_literal, set_of(element), first, count);
}
NodeId Book::call(ir::TermId t, std::vector<NodeId> arguments) {
  const auto [first, count] = list(arguments);
  return node(Op::call, program.terms[t].type, t.index, first, count);
}
NodeId Book::classify(ir::ClassId c, std::vector<NodeId> arguments) {
  const auto [first, count] = list(arguments);
  return node(Op::classify, enum_type(program.classes[c].enumeration), c.index, first, count);
}
NodeId Book::lookup(ir::TableId t, std::vector<NodeId> keys) {
  const auto [first, count] = list(keys);
  return node(Op::lookup, program.tables[t].type, t.index, first, count);
}
NodeId Book::named(ir::SetId s) { return node(Op::named_set, set_of(program.sets[s].element), s.index); }
NodeId Book::at_least(NodeId value, const std::vector<std::uint32_t>& satisfying, std::size_t members) {
  const auto words = static_cast<std::uint32_t>((members + 31) / 32);
  const auto first = static_cast<std::uint32_t>(program.lists.size());
  program.lists.resize(first + words, 0);
  for (std::uint32_t m : satisfying) program.lists[first + m / 32] |= 1u << (m % 32);
  return node(Op::at_least, boolean, value.index, first, words);
}

ir::RuleId Book::rule(std::string name, NodeId applies, std::vector<NodeId> requirements,
                      std::vector<ir::Effective> effective) {
  ir::Rule r;
  r.name = std::move(name);
  r.package = "test";
  r.applies = applies;
  r.effective = std::move(effective);
  for (std::size_t i = 0; i < requirements.size(); ++i) {
    ir::Requirement q;
    if (requirements.size() > 1) q.label = "r" + std::to_string(i);
    q.holds = requirements[i];
    r.requirements.push_back(std::move(q));
  }
  return program.rules.add(std::move(r));
}
ir::ExceptionId Book::exception(std::string name, std::vector<ir::RuleId> rules, NodeId when,
                                std::vector<NodeId> but_not) {
  ir::Exception e;
  e.name = std::move(name);
  e.package = "test";
  e.when = when;
  for (NodeId n : but_not) e.but_not.push_back({n, {}, {}});
  const ir::ExceptionId id = program.exceptions.add(std::move(e));
  for (ir::RuleId r : rules) program.rules[r].exceptions.push_back(id);
  return id;
}
ir::TransitionalId Book::transitional(std::string name, std::vector<ir::RuleId> rules, NodeId when,
                                      std::vector<ir::Effective> effective) {
  ir::Transitional t;
  t.name = std::move(name);
  t.package = "test";
  t.when = when;
  t.effective = std::move(effective);
  const ir::TransitionalId id = program.transitionals.add(std::move(t));
  for (ir::RuleId r : rules) program.rules[r].transitionals.push_back(id);
  return id;
}
ir::TermId Book::term(std::string name, TypeId term_type, NodeId means, std::vector<std::uint16_t> params) {
  ir::Term t;
  t.name = std::move(name);
  t.package = "test";
  t.type = term_type;
  t.means = means;
  t.params = std::move(params);
  return program.terms.add(std::move(t));
}

// ---- documents
// ---------------------------------------------------------------------------------------------------------

namespace {

class Binder {
 public:
  explicit Binder(const model::Vocabulary& vocabulary) : v_(vocabulary) {}
  facts::Document document;

  FactId record(model::RecordId record_id, const Given& given, Fact fact) {
    const model::Record& r = v_.records[record_id];
    const State below = given.kind == Given::Kind::absent ? State::absent : State::unknown;
    fact.state = given.kind == Given::Kind::record ? State::known : below;
    const FactId id = document.facts.add(fact);
    if (std::find(above_.begin(), above_.end(), record_id) != above_.end()) return id;
    above_.push_back(record_id);
    std::vector<FactId> children;
    for (std::uint32_t i = 0; i < r.fields.size(); ++i) {
      Fact child;
      child.type = r.fields[i].type;
      child.record = record_id;
      child.field = i;
      child.parent = id;
      child.path = fact.path.empty() ? r.fields[i].name : fact.path + "." + r.fields[i].name;
      Given nothing = below == State::absent ? Given::absent() : Given::unknown(given.reason);
      children.push_back(
          field(given.kind == Given::Kind::record ? given.parts[i] : nothing, std::move(child), r.fields[i].dated));
    }
    above_.pop_back();
    document.facts[id].children = std::move(children);
    return id;
  }

 private:
  FactId field(const Given& given, Fact fact, bool dated) {
    if (dated && given.kind == Given::Kind::dated) {
      fact.state = State::known;
      const FactId id = document.facts.add(fact);
      std::vector<facts::DatedValue> periods;
      for (std::size_t i = 0; i < given.parts.size(); ++i) {
        Fact period = fact;
        period.parent = id;
        periods.push_back({given.periods[i], field(given.parts[i], std::move(period), false)});
      }
      document.facts[id].dated = std::move(periods);
      return id;
    }
    const model::Type type = v_.types[fact.type];
    fact.reason = given.kind == Given::Kind::unknown ? given.reason : model::Reason::none;
    if (type.kind == TypeKind::record) return record(type.record, given, std::move(fact));
    fact.state = given.kind == Given::Kind::unknown  ? State::unknown
                 : given.kind == Given::Kind::absent ? State::absent
                                                     : State::known;
    fact.incomplete = given.incomplete;
    fact.scalar = given.scalar;
    const FactId id = document.facts.add(fact);
    if (type.kind == TypeKind::list && (given.kind == Given::Kind::unknown || given.incomplete)) {
      const FactId phantom = element(fact, id, type.record, "?", Given::unknown());
      document.facts[id].phantom = phantom;
    }
    std::vector<FactId> children;
    for (std::size_t i = 0; i < given.parts.size(); ++i) {
      if (type.kind == TypeKind::list) {
        children.push_back(element(fact, id, type.record, given.keys[i], given.parts[i]));
        continue;
      }
      Fact member;
      member.type = type.element;
      member.parent = id;
      member.path = fact.path + "[" + std::to_string(i) + "]";
      children.push_back(field(given.parts[i], std::move(member), false));
    }
    document.facts[id].children = std::move(children);
    document.facts[id].keys = given.map_keys;
    return id;
  }

  FactId element(const Fact& list, FactId id, model::RecordId record_id, const std::string& key, const Given& given) {
    Fact e;
    e.type = v_.types.find(model::TypePool::record_type(record_id));
    e.parent = id;
    e.path = list.path + "[" + key + "]";
    if (key != "?") e.key = key;
    return record(record_id, given, std::move(e));
  }

  const model::Vocabulary& v_;
  std::vector<model::RecordId> above_;
};

}  // namespace

Given Book::blank() const {
  Given g;
  g.kind = Given::Kind::record;
  g.parts.resize(vocabulary->records[vocabulary->root].fields.size());
  return g;
}

void Book::state(Given& document, const std::string& path, Given value) const {
  Given* at = &document;
  model::RecordId in = vocabulary->root;
  bool in_list = false;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string name = path.substr(begin, end - begin);
    begin = end + 1;
    if (in_list) {
      const auto it = std::find(at->keys.begin(), at->keys.end(), name);
      if (it == at->keys.end()) throw std::runtime_error("no element " + name);
      at = &at->parts[static_cast<std::size_t>(it - at->keys.begin())];
      in_list = false;
    } else {
      const model::Record& r = vocabulary->records[in];
      const int i = r.find(name);
      if (i < 0) throw std::runtime_error("no field " + name);
      if (at->kind != Given::Kind::record) {
        *at = Given{};
        at->kind = Given::Kind::record;
        at->parts.resize(r.fields.size());
      }
      at = &at->parts[static_cast<std::size_t>(i)];
      const model::Type& t = vocabulary->types[r.fields[static_cast<std::size_t>(i)].type];
      if (t.record.valid()) in = t.record;
      in_list = t.kind == TypeKind::list;
    }
  }
  *at = std::move(value);
}

facts::Document Book::bind(const Given& given) const {
  Binder binder(*vocabulary);
  Fact root;
  root.type = vocabulary->types.find(model::TypePool::record_type(vocabulary->root));
  binder.document.root = binder.record(vocabulary->root, given, std::move(root));
  binder.document.id = "test";
  return std::move(binder.document);
}

DocumentResult Book::run(const Given& document, const char* as_of, std::vector<ir::RuleId> rules) const {
  return evaluate(program, bind(document), Options{date(as_of)}, rules);
}

std::string text(const Finding& f) {
  std::string out = to_string(f.judgement.verdict);
  if (f.judgement.verdict == Verdict::undetermined) {
    std::string inner;
    for (Verdict v : f.judgement.could_be.list()) inner += (inner.empty() ? "" : ", ") + std::string(to_string(v));
    out += " {" + inner + "}";
    if (f.judgement.at_risk) out += " at risk";
  }
  if (f.effective_date) out += " " + f.effective_date->text();
  return out;
}

std::vector<std::string> paths(const facts::Document& document, const std::vector<FactId>& facts) {
  std::vector<std::string> out;
  for (FactId f : facts) out.push_back(document[f].path);
  return out;
}

}  // namespace writ::eval::testing
