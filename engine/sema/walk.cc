#include "engine/sema/walk.h"

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
                 [](const auto&) {},
             },
             expr.node);
  return out;
}

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
  std::visit(Overloaded{
                 [&](const ast::ScopeDecl& d) { add(Clause::means, d.means), unless(d.unless); },
                 [&](const ast::TermDecl& d) { add(Clause::means, d.means), unless(d.unless); },
                 [&](const ast::SetDecl& d) {
                   add(Clause::algebra, d.algebra);
                   for (const ast::SetEntry& e : d.entries) {
                     add(Clause::entry, e.member);
                     for (ast::ExprId m : e.including) add(Clause::entry, m);
                   }
                 },
                 [&](const ast::TableDecl& d) {
                   for (const ast::TableRow& r : d.rows) {
                     for (ast::ExprId k : r.keys) add(Clause::entry, k);
                     add(Clause::entry, r.value);
                   }
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
                   for (const ast::Requirement& r : d.requirements)
                     add(r.forbids ? Clause::forbids : Clause::requires_, r.condition);
                 },
                 [&](const ast::ExceptionDecl& d) {
                   add(Clause::when, d.when);
                   for (const ast::ButNotWhen& b : d.but_not) add(Clause::but_not, b.condition);
                   effective(d.effective);
                 },
                 [&](const ast::TransitionalDecl& d) { add(Clause::when, d.when), effective(d.effective); },
                 [](const auto&) {},
             },
             item);
  return out;
}

}  // namespace writ::sema
