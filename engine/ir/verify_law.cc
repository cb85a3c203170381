// The records of the law: what evaluation and reports take without asking is there.
#include <fmt/format.h>

#include <algorithm>

#include "engine/ir/verify.h"

namespace writ::ir {

namespace {

using Wrong = std::optional<std::string>;

class Law {
 public:
  explicit Law(const Program& program) : p_(program), v_(*program.vocabulary) {}

  Wrong run() {
    for (const Role& r : p_.roles) role(r);
    for (const Scope& s : p_.scopes) {
      what_ = "scope `" + s.name + "`";
      need(s.instrument.valid(), "no instrument");
      condition(s.means, true);
      unlesses(s.unless);
      cites(s.cites);
    }
    for (const Term& t : p_.terms) {
      what_ = "term `" + t.name + "`";
      need(t.type.valid() && t.means.valid() && family(t.means) == family_of(v_.types[t.type].kind), "no meaning");
      need(t.unless.empty() || family(t.means) == Family::boolean, "an exception of what is no condition");
      slots(t.params);
      unlesses(t.unless);
      cites(t.cites);
    }
    for (const Set& s : p_.sets) set(s);
    for (const Table& t : p_.tables) table(t);
    for (const Class& c : p_.classes) classification(c);
    for (const Rule& r : p_.rules) rule(r);
    for (const Exception& e : p_.exceptions) exception(e);
    for (const Transitional& t : p_.transitionals) {
      what_ = "transitional clause `" + t.name + "`";
      condition(t.when, true);
      slot(t.var);
      effective(t.effective);
      history(t.history);
      cites(t.cites);
    }
    for (const Portfolio& p : p_.portfolios) portfolio(p);
    for (const Presumption& p : p_.presumptions) {
      what_ = "presumption";
      need(p.fact.valid() && p.value.valid() && family(p.fact) == family(p.value), "no fact or value");
      condition(p.when);
      cites(p.cites);
    }
    for (const Calendar& c : p_.calendars) {
      what_ = "calendar `" + c.name + "`";
      need(c.weekend < 0x7f, "no day of the week is worked");
      need(std::is_sorted(c.holidays.begin(), c.holidays.end()), "holidays out of order");
      cites(c.cites);
    }
    for (const Amendment& a : p_.amendments) {
      what_ = "amendment";
      need(a.target.valid() && a.by.valid(), "no instrument");
      cites(a.cites);
    }
    orders();
    return wrong_;
  }

 private:
  void need(bool right, std::string_view wrong) {
    if (!right && !wrong_) wrong_ = fmt::format("{}: {}", what_, wrong);
  }
  [[nodiscard]] Family family(NodeId node) const { return family_of(v_.types[p_.types[node.index]].kind); }
  void condition(NodeId node, bool must = false) {
    need(!must || node.valid(), "no condition");
    need(!node.valid() || family(node) == Family::boolean, "a condition that is none");
  }
  void slot(std::optional<std::uint16_t> var) { need(!var || *var < p_.slots, "no such slot"); }
  void slots(const std::vector<std::uint16_t>& vars) {
    for (const std::uint16_t var : vars) slot(var);
  }
  void cites(const std::vector<Citation>& list) {
    for (const Citation& c : list) need(c.instrument.valid(), "a citation of nothing");
  }
  void but_not(const std::vector<Defeater>& list) {
    for (const Defeater& d : list) {
      condition(d.when, true);
      cites(d.cites);
    }
  }
  void unlesses(const std::vector<Unless>& list) {
    for (const Unless& u : list) {
      condition(u.when, true);
      but_not(u.but_not);
      cites(u.cites);
    }
  }
  void effective(const std::vector<Effective>& list) {
    for (const Effective& e : list) condition(e.when);
  }
  void history(const History& h) {
    for (const Amended& a : h.amended) {
      need(a.amendment.valid(), "amended by nothing");
      cites(a.cites);
    }
  }
  template <class T>
  void all_valid(const std::vector<Id<T>>& ids) {
    for (const Id<T> id : ids) need(id.valid(), "a link to nothing");
  }

  void role(const Role& r);
  void set(const Set& s);
  void table(const Table& t);
  void classification(const Class& c);
  template <class R>
  void standing(const R& r);
  void rule(const Rule& r);
  void exception(const Exception& e);
  void portfolio(const Portfolio& p);
  void orders();

  const Program& p_;
  const model::Vocabulary& v_;
  std::string what_;
  Wrong wrong_;
};

void Law::role(const Role& r) {
  what_ = "role `" + r.name + "`";
  const model::EnumId roles = v_.find_enum("party_role");
  need(!roles || r.member < v_.enums[roles].members.size(), "no member of party_role");
  slot(r.var);
  condition(r.means);
  need(r.means.valid() == r.var.has_value(), "derived of nobody");
  unlesses(r.unless);
  cites(r.cites);
}

void Law::set(const Set& s) {
  what_ = "set `" + s.name + "`";
  need(s.element.valid(), "no type");
  if (wrong_) return;
  for (const SetEntry& e : s.entries) need(fits(v_, s.element, e.member), "an entry of another type");
  need(!s.algebra.valid() || family(s.algebra) == Family::set, "made of what is no set");
  cites(s.cites);
}

void Law::table(const Table& t) {
  what_ = "table `" + t.name + "`";
  need(t.type.valid() && t.columns.size() == t.keys.size(), "no type or no columns");
  all_valid(t.keys);
  if (wrong_) return;
  for (const TableRow& row : t.rows) {
    need(row.keys.size() == t.keys.size() && fits(v_, t.type, row.value), "a row of another type");
    for (std::size_t i = 0; i < t.keys.size() && !wrong_; ++i)
      need(fits(v_, t.keys[i], row.keys[i]), "a key of another type");
  }
  need(!t.otherwise || fits(v_, t.type, *t.otherwise), "otherwise of another type");
  cites(t.cites);
}

void Law::classification(const Class& c) {
  what_ = "classification `" + c.name + "`";
  need(c.enumeration.valid(), "no values");
  if (wrong_) return;
  const std::size_t members = v_.enums[c.enumeration].members.size();
  need(members > 0, "no values");
  for (const std::uint32_t m : c.order) need(m < members, "an order of other values");
  for (const Branch& b : c.branches) {
    need(b.member < members, "a branch of another value");
    condition(b.when);
  }
  slots(c.params);
  cites(c.cites);
}

// What ordinary and portfolio rules say alike.
template <class R>
void Law::standing(const R& r) {
  need(r.pack.valid(), "no pack");
  need(!r.cites.empty() && !r.requirements.empty(), "no citation or no requirement");
  all_valid(r.binds);
  cites(r.cites);
  effective(r.effective);
  for (const Requirement& q : r.requirements) {
    condition(q.holds, true);
    need(!q.cites.empty(), "a requirement without citation");
    cites(q.cites);
    all_valid(q.presumptions);
  }
  for (const Penalty& p : r.penalties) {
    need(p.citation.instrument.valid(), "a penalty without citation");
    need(!p.amount.valid() || family(p.amount) == Family::money, "a penalty of no money");
    condition(p.when);
  }
}

void Law::rule(const Rule& r) {
  what_ = "rule `" + r.name + "`";
  standing(r);
  all_valid(r.groups);
  all_valid(r.exceptions);
  all_valid(r.transitionals);
  all_valid(r.presumptions);
  history(r.history);
  condition(r.applies);
  need(!r.judged_on.valid() || family(r.judged_on) == Family::moment, "judged on what is no day");
  if (!r.for_each) return;
  need(r.for_each->var < p_.slots, "no such slot");
  need(r.for_each->list.valid(), "for each of nothing");
  if (wrong_) return;
  const Family over = family(r.for_each->list);
  need(over == Family::list || over == Family::map || over == Family::set, "for each of what is no list");
  condition(r.for_each->where);
}

void Law::exception(const Exception& e) {
  what_ = "exception `" + e.name + "`";
  condition(e.when, true);
  condition(e.instead);
  slot(e.var);
  but_not(e.but_not);
  effective(e.effective);
  history(e.history);
  all_valid(e.yields_to);
  all_valid(e.presumptions);
  for (const auto& [rule, label] : e.only_labels) need(rule.valid(), "limited to nothing");
  cites(e.cites);
}

void Law::portfolio(const Portfolio& p) {
  what_ = "portfolio rule `" + p.name + "`";
  standing(p);
  need(p.var < p_.slots, "no such slot");
  condition(p.where);
  need(p.key.valid(), "no key");
  need(!p.weight.valid() || family(p.weight) == Family::number || family(p.weight) == Family::money, "no weight");
}

void Law::orders() {
  what_ = "program";
  const auto by_id = [](const auto& a, const auto& b) { return a.id() < b.id(); };
  need(std::is_sorted(p_.rules.begin(), p_.rules.end(), by_id), "rules out of order");
  need(std::is_sorted(p_.portfolios.begin(), p_.portfolios.end(), by_id), "portfolio rules out of order");
  need(std::is_sorted(p_.publications.begin(), p_.publications.end()), "publications out of order");
}

}  // namespace

Wrong verify_law(const Program& program) { return Law(program).run(); }

}  // namespace writ::ir
