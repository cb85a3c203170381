#include "engine/sema/walk.h"

#include <string_view>

namespace writ::sema {

std::vector<ast::ExprId> operands(const ast::Expr& expr) {
  std::vector<ast::ExprId> out;
  const auto add = [&](ast::ExprId id) {
    if (id) out.push_back(id);
  };
  std::visit(Overloaded{
                 [&](const ast::Member& n) { add(n.base); },
                 [&](const ast::Index& n) { add(n.base), add(n.key); },
                 [&](const ast::Call& n) {
                   for (ast::ExprId a : n.args) add(a);
                 },
                 [&](const ast::SetLit& n) {
                   for (ast::ExprId m : n.members) add(m);
                 },
                 [&](const ast::Unary& n) { add(n.operand); },
                 [&](const ast::Binary& n) { add(n.left), add(n.right); },
                 [&](const ast::Quantifier& n) { add(n.list), add(n.where), add(n.body); },
                 [&](const ast::Deadline& n) { add(n.done), add(n.start), add(n.period); },
                 [&](const ast::Judged& n) { add(n.assessment), add(n.max_age); },
                 [&](const ast::Evidenced& n) { add(n.fact), add(n.max_age); },
                 [&](const ast::Ancestors& n) { add(n.of); },
                 [&](const ast::Extreme& n) {
                   for (ast::ExprId p : n.parts) add(p);
                 },
                 [](const auto&) {},
             },
             expr.node);
  return out;
}

namespace {

// What replaces a clause stands where that clause stands.
Clause amended_clause(std::string_view clause) {
  if (clause == "requires") return Clause::requires_;
  if (clause == "forbids") return Clause::forbids;
  if (clause == "applies") return Clause::applies;
  if (clause == "where") return Clause::where;
  if (clause == "when") return Clause::when;
  if (clause == "means") return Clause::means;
  return Clause::amended;
}

}  // namespace

std::vector<std::pair<Clause, ast::ExprId>> roots(const ast::Item& item) {
  std::vector<std::pair<Clause, ast::ExprId>> out;
  const auto add = [&](Clause clause, ast::ExprId id) {
    if (id) out.emplace_back(clause, id);
  };
  const auto unless = [&](const std::vector<ast::Unless>& all) {
    for (const ast::Unless& u : all) {
      add(Clause::unless, u.condition);
      for (const ast::ButNotWhen& b : u.but_not) add(Clause::but_not, b.condition);
    }
  };
  const auto effective = [&](const std::vector<ast::EffectiveSpan>& spans) {
    for (const ast::EffectiveSpan& s : spans) add(Clause::effective, s.when);
  };
  const auto presumptions = [&](const std::vector<ast::Presumption>& all) {
    for (const ast::Presumption& p : all)
      add(Clause::presumed, p.fact), add(Clause::presumed, p.value), add(Clause::when, p.when);
  };
  const auto penalties = [&](const std::vector<ast::Penalty>& all) {
    for (const ast::Penalty& p : all) add(Clause::penalty, p.amount), add(Clause::penalty, p.when);
  };
  const auto requirements = [&](const std::vector<ast::Requirement>& all) {
    for (const ast::Requirement& r : all) {
      add(r.forbids ? Clause::forbids : Clause::requires_, r.condition);
      presumptions(r.presumptions);
    }
  };
  const auto entries = [&](const std::vector<ast::SetEntry>& all) {
    for (const ast::SetEntry& e : all) {
      add(Clause::entry, e.member);
      for (ast::ExprId m : e.including) add(Clause::entry, m);
    }
  };
  const auto rows = [&](const std::vector<ast::TableRow>& all) {
    for (const ast::TableRow& r : all) {
      for (ast::ExprId k : r.keys) add(Clause::entry, k);
      add(Clause::entry, r.value);
    }
  };
  std::visit(Overloaded{
                 [&](const ast::RoleDecl& d) { add(Clause::means, d.means), unless(d.unless); },
                 [&](const ast::ScopeDecl& d) { add(Clause::means, d.means), unless(d.unless); },
                 [&](const ast::TermDecl& d) {
                   add(Clause::means, d.means);
                   for (const ast::Reading& r : d.readings) add(Clause::means, r.means);
                   unless(d.unless);
                 },
                 [&](const ast::SetDecl& d) {
                   add(Clause::algebra, d.algebra);
                   entries(d.entries);
                 },
                 [&](const ast::TableDecl& d) {
                   rows(d.rows);
                   add(Clause::entry, d.otherwise);
                 },
                 [&](const ast::ClassifyDecl& d) {
                   for (const ast::Branch& b : d.branches) add(Clause::branch, b.when);
                 },
                 [&](const ast::RuleDecl& d) {
                   if (d.for_each) add(Clause::list, d.for_each->list), add(Clause::where, d.for_each->where);
                   add(Clause::judged_on, d.judged_on);
                   effective(d.effective);
                   add(Clause::applies, d.applies);
                   requirements(d.requirements);
                   presumptions(d.presumptions);
                   penalties(d.penalties);
                 },
                 [&](const ast::ExceptionDecl& d) {
                   add(Clause::when, d.when);
                   for (const ast::ButNotWhen& b : d.but_not) add(Clause::but_not, b.condition);
                   effective(d.effective);
                   add(Clause::requires_, d.instead);
                   presumptions(d.presumptions);
                 },
                 [&](const ast::TransitionalDecl& d) { add(Clause::when, d.when), effective(d.effective); },
                 [&](const ast::AmendDecl& d) {
                   for (const ast::Amendment& a : d.amendments) {
                     effective(a.effective);
                     add(amended_clause(a.clause.text), a.value);
                     entries(a.entries);
                     rows(a.rows);
                   }
                 },
                 [&](const ast::PortfolioDecl& d) {
                   effective(d.effective);
                   add(Clause::where, d.where);
                   add(Clause::list, d.key);
                   add(Clause::list, d.weight);
                   requirements(d.requirements);
                   penalties(d.penalties);
                 },
                 [](const auto&) {},
             },
             item);
  return out;
}

}  // namespace writ::sema
