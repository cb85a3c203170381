// Random law: typed expressions over every operation, guarded and unguarded reads of optional facts alike.
#include <algorithm>

#include "engine/eval/phrase.h"
#include "tests/eval/generate.h"

namespace writ::eval::testing {

using ir::NodeId;
using ir::Op;

namespace {
const std::vector<const char*> kDays{"2019-06-01", "2021-01-01", "2022-07-15",
                                     "2024-02-29", "2026-11-22", "2028-01-01"};
const std::vector<const char*> kNumbers{"0", "1", "2", "0.5", "3", "-1", "10"};
const std::vector<const char*> kLands{"CN", "US", "US-CA", "JP", "GB"};
}  // namespace

World::World(std::uint64_t seed) : dice_(seed) {
  vocabulary();
  sets_and_tables();
  law();
}

void World::vocabulary() {
  tier_ = book.enumeration("tier", {"low", "mid", "high", "top"});
  tier_type_ = book.enum_type(tier_);
  tier_set_ = book.set_of(tier_type_);
  country_set_ = book.set_of(book.country);
  class_enum_ = book.enumeration("test.class", {"red", "amber", "green", "out_of_scope"});

  licence_ = book.record("licence", false);
  book.field(licence_, "held", book.boolean);
  book.field(licence_, "tier", tier_type_, true);
  book.field(licence_, "weight", book.decimal);

  element_ = book.record("element", true);
  book.field(element_, "ok", book.boolean);
  book.field(element_, "maybe", book.boolean, true);
  book.field(element_, "tier", tier_type_, true);
  book.field(element_, "k", tier_type_);
  book.field(element_, "amount", book.decimal);
  book.field(element_, "extra", book.decimal, true);
  book.field(element_, "cost", book.money);
  book.field(element_, "day", book.date_type);
  book.field(element_, "late", book.date_type, true);
  book.field(element_, "where", book.country);
  book.field(element_, "gen", tier_set_);
  book.field(element_, "lic", book.record_type(licence_), true);
  element_type_ = book.record_type(element_);

  finding_ = book.enumeration("finding", {"met", "not_met"});
  assessment_ = book.record("assessment", false);
  book.field(assessment_, "finding", book.enum_type(finding_));
  book.field(assessment_, "by", book.text, true);
  book.field(assessment_, "on", book.date_type, true);
  book.field(assessment_, "independent", book.boolean, true);

  book.root("ok", book.boolean);
  book.root("b", book.boolean);
  book.root("maybe", book.boolean, true);
  book.root("flag", book.boolean, false, true);
  book.root("tier", tier_type_, true);
  book.root("k", tier_type_);
  book.root("phase", tier_type_, true, true);
  book.root("amount", book.decimal);
  book.root("extra", book.decimal, true);
  book.root("rate", book.decimal, false, true);
  book.root("cost", book.money);
  book.root("day", book.date_type);
  book.root("late", book.date_type, true);
  book.root("where", book.country);
  book.root("origin", book.country, true);
  book.root("gen", tier_set_);
  book.root("spare", tier_set_, true);
  book.root("sites", country_set_);
  book.root("lic", book.record_type(licence_), true);
  book.root("things", book.list_of(element_));
  book.root("more", book.list_of(element_), true);
  book.root("split", book.map_of(tier_type_, book.decimal));
  book.root("test", book.record_type(assessment_), true);
  book.root("audit", book.record_type(assessment_));
}

void World::sets_and_tables() {
  ir::Set named;
  named.name = "listed";
  named.element = book.country;
  if (dice_.chance(60)) named.known = days(dice_.pick(kDays), dice_.chance(50) ? "2028-06-01" : "");
  for (const char* land : kLands)
    if (dice_.chance(60))
      named.entries.push_back(
          {model::Country{land},
           dice_.chance(50) ? DayInterval{} : days(kDays[dice_.below(3)], kDays[3 + dice_.below(3)]),
           {}});
  country_sets_.push_back(book.program.sets.add(named));
  ir::Set other = named;
  other.name = "other";
  other.known = {};
  std::reverse(other.entries.begin(), other.entries.end());
  if (!other.entries.empty()) other.entries.pop_back();
  country_sets_.push_back(book.program.sets.add(other));
  ir::Set algebra;
  algebra.name = "algebra";
  algebra.element = book.country;
  const Op op = std::vector<Op>{Op::set_union, Op::set_minus, Op::set_intersect}[dice_.below(3)];
  algebra.algebra = book.node(op, country_set_, book.named(country_sets_[0]).index, book.named(country_sets_[1]).index);
  country_sets_.push_back(book.program.sets.add(algebra));

  ir::Table table;
  table.name = "fees";
  table.keys = {tier_type_};
  table.type = book.decimal;
  for (std::size_t i = 0; i < 4; ++i)
    if (dice_.chance(60))
      table.rows.push_back({{model::Candidates::one(i, 4)},
                            model::NumberRange::exactly(rational(dice_.pick(kNumbers))),
                            dice_.chance(50) ? DayInterval{} : days(dice_.pick(kDays)),
                            {}});
  table.otherwise_absent = dice_.chance(40);
  if (!table.otherwise_absent && dice_.chance(50)) table.otherwise = model::NumberRange::exactly(1);
  table_ = book.program.tables.add(table);
}

NodeId World::element_list() { return book.fact(dice_.chance(70) ? "things" : "more"); }

// A field of the document, of its licence, or of an element in scope.
NodeId World::base(const Scope& scope, const char* root_field, const char* element_field) {
  if (element_field != nullptr && !scope.vars.empty() && dice_.chance(60))
    return book.get(book.var(dice_.pick(scope.vars), element_type_), element_field);
  return book.fact(root_field);
}

NodeId World::tiered(const Scope& scope) {
  const std::size_t roll = dice_.below(10);
  if (roll < 3) return book.member(tier_, dice_.below(4));
  if (roll < 6) return base(scope, "k", "k");
  if (roll < 7) return base(scope, "phase", "tier");
  if (roll < 9 || scope.depth <= 0) {
    const NodeId a = base(scope, "tier", "tier"), b = base(scope, "k", "k");
    return book.node(Op::otherwise, tier_type_, a.index, b.index);
  }
  return base(scope, "tier", "tier");
}

NodeId World::place(const Scope& scope) {
  const std::size_t roll = dice_.below(6);
  if (roll == 0) return book.land(dice_.pick(kLands));
  if (roll == 1)
    return book.node(Op::otherwise, book.country, book.fact("origin").index, base(scope, "where", "where").index);
  return base(scope, "where", "where");
}

NodeId World::places(const Scope& scope) {
  switch (dice_.below(scope.depth > 0 ? 6 : 3)) {
    case 0: return book.named(dice_.pick(country_sets_));
    case 1: return book.set(book.country, {book.land(dice_.pick(kLands)), book.land(dice_.pick(kLands))});
    case 2: return book.fact("sites");
    case 3: return book.set(book.country, {place(scope.deeper()), book.land(dice_.pick(kLands))});
    case 4: {
      const Op op = std::vector<Op>{Op::set_union, Op::set_minus, Op::set_intersect}[dice_.below(3)];
      const NodeId a = places(scope.deeper()), b = places(scope.deeper());
      return book.node(op, country_set_, a.index, b.index);
    }
    default: {
      const NodeId a = book.named(dice_.pick(country_sets_)), d = dated(scope.deeper());
      return book.node(Op::on_day, country_set_, a.index, d.index);
    }
  }
}

NodeId World::dated(const Scope& scope) {
  const std::size_t roll = dice_.below(6);
  if (roll == 0) return book.day(dice_.pick(kDays));
  if (roll == 1) return book.node(Op::as_of, book.date_type);
  if (roll == 2) {
    const NodeId d = base(scope, "day", "day"),
                 n = book.constant(Duration{static_cast<std::int32_t>(dice_.below(14)), 0}, book.duration);
    return book.node(dice_.chance(50) ? Op::add : Op::sub, book.date_type, d.index, n.index);
  }
  if (roll == 3)
    return book.node(Op::otherwise, book.date_type, base(scope, "late", "late").index,
                     book.day(dice_.pick(kDays)).index);
  return base(scope, "day", "day");
}

NodeId World::amount(const Scope& scope) {
  if (dice_.chance(40))
    return book.constant(
        model::Money{model::NumberRange::exactly(rational(dice_.pick(kNumbers))), dice_.chance(70) ? "EUR" : "USD"},
        book.money);
  return base(scope, "cost", "cost");
}

NodeId World::aggregate(const Scope& scope) {
  const std::uint16_t slot = book.slot();
  const NodeId list = element_list();
  const NodeId where = dice_.chance(60) ? condition(scope.with(slot)) : NodeId{};
  switch (dice_.below(6)) {
    case 0: return book.quantified(Op::count, book.decimal, slot, list, where);
    case 1: return book.quantified(Op::share, book.decimal, slot, list, where);
    case 2:
      return book.quantified(Op::sum, book.decimal, slot, list, where,
                             book.get(book.var(slot, element_type_), "amount"));
    case 3:
      return book.quantified(dice_.chance(50) ? Op::min : Op::max, book.decimal, slot, list, where,
                             book.get(book.var(slot, element_type_), "amount"));
    case 4:
      return book.node(Op::size, book.decimal,
                       (dice_.chance(50) ? list : book.fact(dice_.chance(50) ? "gen" : "spare")).index);
    default: {
      const NodeId body = numeric(scope.with(slot));
      return book.quantified(Op::sum, book.decimal, slot, list, where, body);
    }
  }
}

NodeId World::numeric(const Scope& scope) {
  if (scope.depth <= 0 || dice_.chance(40)) {
    switch (dice_.below(5)) {
      case 0: return book.number(dice_.pick(kNumbers));
      case 1: return base(scope, "rate", "amount");
      case 2:
        return dice_.chance(30) ? base(scope, "extra", "extra")
                                : book.node(Op::otherwise, book.decimal, base(scope, "extra", "extra").index,
                                            book.number(dice_.pick(kNumbers)).index);
      default: return base(scope, "amount", "amount");
    }
  }
  switch (dice_.below(8)) {
    case 0:
    case 1: return aggregate(scope.deeper());
    case 2: return book.node(Op::neg, book.decimal, numeric(scope.deeper()).index);
    case 3: {
      const NodeId key = tiered(scope.deeper());
      const NodeId row = book.lookup(table_, {key});
      return dice_.chance(60) ? book.node(Op::otherwise, book.decimal, row.index, book.number("2").index) : row;
    }
    case 4: {
      const NodeId key = tiered(scope.deeper()), map = book.fact("split");
      return book.node(Op::index, book.decimal, map.index, key.index);
    }
    default: {
      const Op op = std::vector<Op>{Op::add, Op::sub, Op::mul, Op::div}[dice_.below(4)];
      const NodeId a = numeric(scope.deeper()), b = numeric(scope.deeper());
      return book.math(op, a, b);
    }
  }
}

NodeId World::guarded(const Scope& scope) {
  struct Optional {
    const char* root;
    const char* element;
  };
  const Optional which =
      std::vector<Optional>{{"maybe", "maybe"}, {"tier", "tier"}, {"extra", "extra"}, {"lic", "lic"}}[dice_.below(4)];
  const NodeId x = base(scope, which.root, which.element);
  NodeId use;
  const std::string name = which.root;
  if (name == "maybe") use = x;
  if (name == "tier") use = book.compare(dice_.chance(50) ? Op::eq : Op::ne, x, book.member(tier_, dice_.below(4)));
  if (name == "extra") use = book.compare(Op::gt, x, book.number(dice_.pick(kNumbers)));
  if (name == "lic") use = book.get(x, "held");
  const NodeId there = book.present(x);
  switch (dice_.below(6)) {
    case 0: return use;  // unguarded: what escapes is an error value
    case 1: return there;
    case 2: return book.any({book.negate(there), use});
    case 3: return book.any({use, book.negate(there), atom(scope.deeper())});
    case 4: return book.node(Op::answered, book.boolean, x.index);
    default:
      return book.all(dice_.chance(50) ? std::vector<NodeId>{there, use}
                                       : std::vector<NodeId>{use, atom(scope.deeper()), there});
  }
}

NodeId World::quantifier(const Scope& scope) {
  const std::uint16_t slot = book.slot();
  const Op op = std::vector<Op>{Op::some, Op::every, Op::no}[dice_.below(3)];
  const NodeId list = element_list();
  const NodeId where = op == Op::every || dice_.chance(40) ? condition(scope.with(slot)) : NodeId{};
  const NodeId body = op == Op::every || !where.valid() || dice_.chance(40) ? condition(scope.with(slot)) : NodeId{};
  return book.quantified(op, book.boolean, slot, list, where, body);
}

NodeId World::atom(const Scope& scope) {
  const Scope in = scope.deeper();
  const std::vector<Op> order{Op::eq, Op::ne, Op::lt, Op::le, Op::gt, Op::ge};
  switch (dice_.below(scope.depth > 0 ? 14 : 4)) {
    case 0: return dice_.chance(15) ? book.truth(dice_.chance(50)) : base(scope, "b", "ok");
    case 1: return base(scope, dice_.chance(50) ? "ok" : "flag", "ok");
    case 2:
      return book.compare(dice_.chance(50) ? Op::eq : Op::ne, base(scope, "k", "k"),
                          book.member(tier_, dice_.below(4)));
    case 3: return book.compare(dice_.pick(order), base(scope, "day", "day"), book.day(dice_.pick(kDays)));
    case 4: {
      const NodeId a = numeric(in), b = numeric(in);
      return book.compare(dice_.pick(order), a, b);
    }
    case 5: {
      const NodeId a = tiered(in), b = tiered(in);
      return book.compare(dice_.chance(50) ? Op::eq : Op::ne, a, b);
    }
    case 6: {
      const NodeId a = place(in), s = places(in);
      return book.node(Op::in, book.boolean, a.index, s.index);
    }
    case 7: {
      const NodeId a = places(in), b = places(in);
      return book.node(std::vector<Op>{Op::includes_any, Op::includes_all, Op::eq}[dice_.below(3)], book.boolean,
                       a.index, b.index);
    }
    case 8: {
      const NodeId x = tiered(in);
      const NodeId s =
          dice_.chance(50)
              ? base(scope, dice_.chance(50) ? "gen" : "spare", "gen")
              : book.set(tier_type_, {book.member(tier_, dice_.below(4)), book.member(tier_, dice_.below(4)),
                                      book.member(tier_, dice_.below(4))});
      return book.node(Op::in, book.boolean, x.index, s.index);
    }
    case 9: {
      const NodeId a = dated(in), b = dated(in);
      return book.compare(dice_.pick(order), a, b);
    }
    case 10: {
      const NodeId a = amount(in), b = amount(in);
      return book.compare(dice_.pick(order), a, b);
    }
    case 11: {
      if (classes_.empty()) return base(scope, "b", "ok");
      const ir::ClassId c = classes_.front();
      const NodeId v = book.classify(c);
      if (dice_.chance(50))
        return book.at_least(v, dice_.chance(50) ? std::vector<std::uint32_t>{0} : std::vector<std::uint32_t>{0, 1}, 4);
      return book.compare(dice_.chance(50) ? Op::eq : Op::ne, v, book.member(class_enum_, dice_.below(4)));
    }
    case 12: {
      if (!element_terms_.empty() && !scope.vars.empty())
        return book.call(dice_.pick(element_terms_), {book.var(dice_.pick(scope.vars), element_type_)});
      if (!terms_.empty()) return book.call(dice_.pick(terms_));
      return base(scope, "b", "ok");
    }
    default: {
      const NodeId a = place(in), b = place(in);
      return book.compare(dice_.chance(50) ? Op::eq : Op::ne, a, b);
    }
  }
}

NodeId World::condition(const Scope& scope) {
  if (scope.depth <= 0) return dice_.chance(25) ? guarded(scope) : atom(scope);
  switch (dice_.below(9)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      std::vector<NodeId> operands;
      for (std::size_t n = 2 + dice_.below(2); n > 0; --n) operands.push_back(condition(scope.deeper()));
      return dice_.chance(50) ? book.all(operands) : book.any(operands);
    }
    case 4: return book.negate(condition(scope.deeper()));
    case 5: return quantifier(scope.deeper());
    case 6: return guarded(scope);
    case 7: {
      if (!dice_.chance(30)) return atom(scope);
      const NodeId a = condition(scope.deeper()), d = dated(scope.deeper());
      return book.node(Op::on_day, book.boolean, a.index, d.index);
    }
    default: return atom(scope);
  }
}

NodeId World::deadline(const Scope& scope) {
  const NodeId done = base(scope, dice_.chance(70) ? "late" : "day", dice_.chance(70) ? "late" : "day");
  NodeId due = dated({scope.vars, 0});
  if (dice_.chance(60)) {
    const NodeId period = book.constant(
        Duration{static_cast<std::int32_t>(dice_.below(20)), static_cast<std::int64_t>(dice_.below(15)) * 86'400},
        book.duration);
    due = book.node(Op::add, book.date_type, due.index, period.index);
  }
  return book.node(Op::within, book.boolean, done.index, due.index);
}

NodeId World::judged() {
  ir::Norm norm;
  norm.criterion = "good";
  if (dice_.chance(40)) norm.max_age = Duration{12, 0};
  if (dice_.chance(30)) norm.worded = date(dice_.pick(kDays));
  norm.independent = dice_.chance(30);
  const NodeId assessment = book.fact(dice_.chance(50) ? "test" : "audit");
  return book.node(Op::judged, book.boolean, assessment.index, book.program.norms.add(norm).index);
}

NodeId World::duty(const Scope& scope) {
  switch (dice_.below(10)) {
    case 0:
    case 1:
    case 2: return deadline(scope);
    case 3: return judged();
    case 4:
    case 5: {
      if (scope.depth <= 0) return deadline(scope);
      const NodeId a = duty(scope.deeper()), b = duty(scope.deeper());
      return dice_.chance(50) ? book.all({a, b}) : book.any({a, b});
    }
    default: return clause(scope);
  }
}

NodeId World::clause(const Scope& scope) {
  if (!dice_.chance(15)) return condition(scope);
  const char* first = kDays[dice_.below(3)];
  const char* second = kDays[3 + dice_.below(3)];
  const NodeId a = condition(scope), b = condition(scope), c = condition(scope);
  const auto begin = static_cast<std::uint32_t>(book.program.lists.size());
  const auto text = [&](Date from, Date last, NodeId node) {
    for (std::uint32_t word :
         {static_cast<std::uint32_t>(from.days), static_cast<std::uint32_t>(last.days), node.index})
      book.program.lists.push_back(word);
  };
  text(Date::min(), date(first).plus_days(-1), a);
  text(date(first), date(second).plus_days(-1), b);
  text(date(second), Date::max(), c);
  return book.node(Op::edition, book.boolean, begin, 3);
}

std::vector<ir::Effective> World::effective(const Scope& scope, bool may_be_empty) {
  std::vector<ir::Effective> out;
  for (std::size_t n = dice_.below(3) + (may_be_empty ? 0 : 1); n > 0; --n) {
    ir::Effective e;
    if (dice_.chance(70))
      e.days = dice_.chance(50) ? days(dice_.pick(kDays)) : days(kDays[dice_.below(3)], kDays[3 + dice_.below(3)]);
    if (dice_.chance(30)) e.when = condition({scope.vars, 1});
    if (dice_.chance(8)) e.uncertain = "a court has still to decide";
    out.push_back(e);
  }
  return out;
}

void World::law() {
  const auto unless = [&](const Scope& scope) {
    std::vector<ir::Unless> out;
    if (dice_.chance(50)) {
      ir::Unless u;
      u.when = condition(scope);
      if (dice_.chance(50)) u.but_not.push_back({condition(scope), {}, {}});
      out.push_back(std::move(u));
    }
    return out;
  };
  ir::Scope scope;
  scope.name = "scope";
  scope.means = condition({{}, 1});
  scope.unless = unless({{}, 1});
  const ir::ScopeId scope_id = book.program.scopes.add(scope);

  NodeId disputed = condition({{}, 2});
  if (dice_.chance(25)) {
    ir::Readings readings;
    readings.name = "t0";
    readings.readings = {{"wide", "", {}, {}}, {"narrow", "", {}, {}}};
    const NodeId narrow = dice_.chance(50) ? book.all({disputed, condition({{}, 1})}) : condition({{}, 1});
    const auto [begin, count] = book.list({disputed, narrow});
    disputed = book.node(Op::contested, book.boolean, book.program.readings.add(readings).index, begin, count);
  }
  const ir::TermId t0 = book.term("t0", book.boolean, disputed);
  book.program.terms[t0].unless = unless({{}, 1});
  terms_.push_back(t0);  // only now: no term calls itself
  const std::uint16_t parameter = book.slot();
  const NodeId means = condition({{parameter}, 2});
  const ir::TermId t1 = book.term("t1", book.boolean, means, {parameter});
  book.program.terms[t1].unless = unless({{parameter}, 1});
  element_terms_.push_back(t1);

  ir::Class c;
  c.name = "class";
  c.enumeration = class_enum_;
  if (dice_.chance(70)) c.within = scope_id;
  for (std::size_t n = 1 + dice_.below(3); n > 0; --n)
    c.branches.push_back({static_cast<std::uint32_t>(dice_.below(3)), condition({{}, 2}), {}});
  c.branches.push_back({static_cast<std::uint32_t>(dice_.below(3)), {}, {}});
  classes_.push_back(book.program.classes.add(c));

  for (std::size_t i = 0; i < 3; ++i) {
    std::vector<std::uint16_t> vars;
    std::optional<ir::ForEach> each;
    NodeId judged_on;
    if (i > 0) {
      const std::uint16_t slot = book.slot();
      vars.push_back(slot);
      each = ir::ForEach{slot, "e", element_list(), dice_.chance(50) ? condition({vars, 1}) : NodeId{}, "things"};
    }
    if (dice_.chance(i == 2 ? 80 : 25)) judged_on = dated({vars, 1});
    const NodeId applies = dice_.chance(85) ? clause({vars, 2}) : NodeId{};
    std::vector<NodeId> requirements{duty({vars, 2})};
    if (dice_.chance(25)) requirements.push_back(duty({vars, 1}));
    const ir::RuleId r =
        book.rule("r" + std::to_string(i), applies, requirements, effective({vars, 1}, dice_.chance(10)));
    ir::Rule& rule = book.program.rules[r];
    rule.for_each = each;
    rule.judged_on = judged_on;
    if (dice_.chance(40)) rule.scope = scope_id;
    if (dice_.chance(25)) rule.presumptions = presumptions({vars, 1});
    for (ir::Requirement& q : rule.requirements)
      if (dice_.chance(10)) q.presumptions = presumptions({vars, 1});
    for (std::size_t n = dice_.below(7) / 2; n > 0; --n) except(r, i > 0);
    for (std::size_t n = dice_.below(5) / 2; n > 0; --n) {
      const std::uint16_t slot = book.slot();
      const std::vector<std::uint16_t> own = i > 0 ? std::vector<std::uint16_t>{slot} : std::vector<std::uint16_t>{};
      const NodeId when = condition({own, 1});
      const ir::TransitionalId t = book.transitional("t", {r}, when, effective({own, 1}, false));
      if (i > 0) book.program.transitionals[t].var = slot;
    }
  }
}

void World::except(ir::RuleId r, bool elements) {
  const std::uint16_t slot = book.slot();
  const std::vector<std::uint16_t> own = elements ? std::vector<std::uint16_t>{slot} : std::vector<std::uint16_t>{};
  const NodeId when = clause({own, 1});
  std::vector<NodeId> but_not;
  if (dice_.chance(50)) but_not.push_back(condition({own, 1}));
  const std::vector<ir::ExceptionId> earlier = book.program.rules[r].exceptions;
  const ir::ExceptionId id = book.exception("e", {r}, when, but_not);
  ir::Exception e = book.program.exceptions[id];
  if (elements) e.var = slot;
  if (dice_.chance(30)) e.effective = effective({own, 1}, false);
  if (book.program.rules[r].requirements.size() > 1 && dice_.chance(40)) e.only_labels.push_back({r, "r0"});
  if (dice_.chance(45)) e.instead = duty({own, 1});
  for (ir::ExceptionId other : earlier)
    if (dice_.chance(30)) e.yields_to.push_back(other);
  if (dice_.chance(15)) e.presumptions = presumptions({own, 1});
  book.program.exceptions[id] = std::move(e);
}

std::vector<ir::PresumptionId> World::presumptions(const Scope& scope) {
  std::vector<ir::PresumptionId> out;
  for (std::size_t n = 1 + dice_.below(2); n > 0; --n) {
    NodeId fact, value;
    switch (dice_.below(6)) {
      case 0:
        fact = base(scope, "amount", "amount");
        value = book.number(dice_.pick(kNumbers));
        break;
      case 1:
        fact = base(scope, "k", "k");
        value = book.member(tier_, dice_.below(4));
        break;
      case 2:
        fact = base(scope, "day", "day");
        value = dated({scope.vars, 0});
        break;
      case 3:
        fact = base(scope, "maybe", "maybe");
        value = book.truth(dice_.chance(50));
        break;
      case 4:
        fact = base(scope, "lic.held", "ok");
        value = book.truth(dice_.chance(50));
        break;
      default: fact = base(scope, dice_.chance(50) ? "ok" : "b", "ok"); value = book.truth(dice_.chance(50));
    }
    out.push_back(book.presumption(fact, value, dice_.chance(40) ? condition({scope.vars, 1}) : NodeId{}));
  }
  return out;
}

ir::Program World::permuted() {
  ir::Program p = book.program;
  for (const ir::Node& n : p.nodes)
    if (n.op == Op::and_ || n.op == Op::or_) dice_.shuffle(p.lists.begin() + n.a, p.lists.begin() + n.a + n.b);
  for (ir::Rule& r : p.rules) {
    dice_.shuffle(r.exceptions.begin(), r.exceptions.end());
    dice_.shuffle(r.transitionals.begin(), r.transitionals.end());
    dice_.shuffle(r.effective.begin(), r.effective.end());
  }
  for (ir::Set& s : p.sets) dice_.shuffle(s.entries.begin(), s.entries.end());
  for (ir::Table& t : p.tables) dice_.shuffle(t.rows.begin(), t.rows.end());
  return p;
}

std::string World::describe(const Given& given) const {
  const ir::Program& p = book.program;
  const auto ph = [&](NodeId n) { return n.valid() ? phrase(p, n) : std::string("-"); };
  std::string out;
  const auto unless = [&](const std::vector<ir::Unless>& us) {
    for (const ir::Unless& u : us) {
      out += "    unless " + ph(u.when) + "\n";
      for (const ir::Defeater& d : u.but_not) out += "      but not when " + ph(d.when) + "\n";
    }
  };
  const auto spans = [&](const std::vector<ir::Effective>& es) {
    for (const ir::Effective& e : es)
      out += "    effective " + (e.days.from == Date::min() ? "-" : e.days.from.text()) + " .. " +
             (e.days.last == Date::max() ? "-" : e.days.last.text()) + " when " + ph(e.when) + "\n";
  };
  for (const ir::Scope& s : p.scopes) out += "scope means " + ph(s.means) + "\n", unless(s.unless);
  for (const ir::Term& t : p.terms) out += "term " + t.name + " means " + ph(t.means) + "\n", unless(t.unless);
  for (const ir::Class& c : p.classes)
    for (const ir::Branch& b : c.branches)
      out += "class " + std::to_string(b.member) + " when " + ph(b.when) + (c.within.valid() ? " (within scope)" : "") +
             "\n";
  const auto presumed = [&](const std::vector<ir::PresumptionId>& ids) {
    for (ir::PresumptionId id : ids)
      out += "      presume " + ph(p.presumptions[id].fact) + " = " + ph(p.presumptions[id].value) + " when " +
             ph(p.presumptions[id].when) + "\n";
  };
  for (const ir::Rule& r : p.rules) {
    out += "rule " + r.name + (r.scope.valid() ? " (scope)" : "") + " applies when " + ph(r.applies) + "\n";
    if (r.for_each) out += "    for each in " + ph(r.for_each->list) + " where " + ph(r.for_each->where) + "\n";
    if (r.judged_on.valid()) out += "    judged on " + ph(r.judged_on) + "\n";
    spans(r.effective);
    presumed(r.presumptions);
    for (const ir::Requirement& q : r.requirements) {
      out += "    requires " + ph(q.holds) + "\n";
      presumed(q.presumptions);
    }
    for (ir::ExceptionId e : r.exceptions) {
      out += "    exception " + std::to_string(e.index) + " when " + ph(p.exceptions[e].when) + "\n";
      for (const ir::Defeater& d : p.exceptions[e].but_not) out += "      but not when " + ph(d.when) + "\n";
      spans(p.exceptions[e].effective);
      if (p.exceptions[e].instead.valid()) out += "      requires instead " + ph(p.exceptions[e].instead) + "\n";
      for (ir::ExceptionId y : p.exceptions[e].yields_to) out += "      yields to " + std::to_string(y.index) + "\n";
      presumed(p.exceptions[e].presumptions);
    }
    for (ir::TransitionalId t : r.transitionals) {
      out += "    transitional when " + ph(p.transitionals[t].when) + "\n";
      spans(p.transitionals[t].effective);
    }
  }
  const facts::Document document = book.bind(given);
  for (const facts::Fact& f : document.facts) {
    if (f.state == facts::State::unknown) continue;
    out += f.path + " = " +
           (f.state == facts::State::absent                                       ? "absent"
            : f.type.valid() && !std::holds_alternative<std::monostate>(f.scalar) ? display(p, f.scalar, f.type)
                                                                                  : "…");
    for (const facts::DatedValue& d : f.dated) out += " [" + d.days.from.text() + " .. " + d.days.last.text() + "]";
    out += f.incomplete ? " (incomplete)\n" : "\n";
  }
  return out;
}

}  // namespace writ::eval::testing
