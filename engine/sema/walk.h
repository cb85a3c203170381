// Walks over expression trees, for the passes that look and do not type.
#pragma once

#include "engine/sema/context.h"

namespace writ::sema {

/// The direct operands of an expression, in order of the text; invalid ones are left out.
[[nodiscard]] std::vector<ast::ExprId> operands(const ast::Expr& expr);

/// f(id, expr) for the expression and everything below it, outer first. Nothing for an invalid id.
template <class F>
void walk(const ast::File& file, ast::ExprId id, F&& f) {
  std::vector<ast::ExprId> pending;
  if (id) pending.push_back(id);
  while (!pending.empty()) {
    const ast::ExprId at = pending.back();
    pending.pop_back();
    const ast::Expr& expr = file.exprs[at];
    f(at, expr);
    const std::vector<ast::ExprId> inner = operands(expr);
    pending.insert(pending.end(), inner.rbegin(), inner.rend());
  }
}

/// Where an expression of an item stands.
enum class Clause : std::uint8_t {
  list,
  where,
  judged_on,
  effective,
  applies,
  requires_,
  forbids,
  when,
  unless,
  but_not,
  means,
  branch,
  algebra,
  entry,
  presumed,
  penalty,
  amended  // what an amendment puts in the place of a clause
};
/// The expressions of an item, in order of evaluation.
[[nodiscard]] std::vector<std::pair<Clause, ast::ExprId>> roots(const ast::Item& item);

}  // namespace writ::sema
