// What the grammar reads and no later stage judges yet. It is refused by name, so that nothing is judged by guessing
// what it would mean. One block for each part of the language: who builds the part deletes its block.
#include <fmt/format.h>

#include "engine/sema/items.h"
#include "engine/sema/walk.h"

namespace writ::sema {
namespace {

class Refusals {
 public:
  explicit Refusals(Context& context) : context_(context) {}

  void item(const ast::File& file, const ast::Item& item) {
    // roles that are derived
    if (const auto* d = std::get_if<ast::RoleDecl>(&item); d != nullptr && (d->of || d->means))
      refuse(d->name.span, "roles that are derived from facts are not built yet",
             "state the role of each party in the document, under `parties`");
    // calendars
    if (const auto* d = std::get_if<ast::CalendarDecl>(&item))
      refuse(d->name.span, "calendars of working days are not built yet", "");
    // penalties as data
    if (const auto* d = std::get_if<ast::RuleDecl>(&item)) {
      for (const ast::Penalty& p : d->penalties) {
        if (p.amount)
          refuse(p.span, "penalties as data are not built yet",
                 "write the penalty as text: penalty AIA \"Art. 101\" \"up to 15 million EUR\"");
      }
    }
    // tests
    if (const auto* d = std::get_if<ast::TestDecl>(&item)) {
      for (const ast::Expectation& e : d->expect) {
        if (e.due) refuse(e.span, "expected due dates are not built yet", "");
      }
    }
    for (const auto& [clause, root] : roots(item))
      walk(file, root, [&](ast::ExprId, const ast::Expr& e) { expression(e); });
  }

 private:
  void expression(const ast::Expr& e) {
    // deadlines
    if (std::holds_alternative<ast::Deadline>(e.node))
      refuse(e.span, "deadlines (`within … of`, `by`) are not built yet",
             "let a fact say that it was done in time, and require that fact");
    // open norms
    if (std::holds_alternative<ast::Judged>(e.node))
      refuse(e.span, "open norms (`judged \"…\" in …`) are not built yet",
             "declare a fact for the finding of the assessment, and require that");
    // evidence
    if (std::holds_alternative<ast::Evidenced>(e.node))
      refuse(e.span, "demands for evidence are not built yet",
             "declare a fact that says whether the evidence exists, and require that");
    // amounts: the higher of several, and shares of one
    if (std::holds_alternative<ast::Extreme>(e.node))
      refuse(e.span, "`higher of` and `lower of` are not built yet", "");
    if (const auto* b = std::get_if<ast::Binary>(&e.node); b != nullptr && b->op == ast::BinaryOp::of)
      refuse(e.span, "shares of an amount (`of`) are not built yet", "write `*`");
  }
  }
  void refuse(Span span, std::string what, std::string help) {
    context_.report(Code::not_built, span, std::move(what), std::move(help));
  }

  Context& context_;
};

}  // namespace

void refuse_not_built(Context& context) {
  Refusals refusals(context);
  for (const ast::File& file : context.files) {
    for (const ast::Item& item : file.items) refusals.item(file, item);
  }
}

}  // namespace writ::sema
