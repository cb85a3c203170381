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
    // readings of contested law
    if (const auto* d = std::get_if<ast::TermDecl>(&item); d != nullptr && !d->readings.empty())
      refuse(d->readings[0].span, "readings of contested law are not built yet",
             "write the reading that the project follows as a rule of status `project`");
    // sets and tables that the user supplies
    const auto* set = std::get_if<ast::SetDecl>(&item);
    const auto* table = std::get_if<ast::TableDecl>(&item);
    if (set != nullptr && set->supplied) supplied(set->name.span);
    if (table != nullptr && table->supplied) supplied(table->name.span);
    // the day from which law is known
    if (set != nullptr) {
      for (const ast::SetEntry& e : set->entries) published(e.published, e.span);
    }
    if (table != nullptr) {
      for (const ast::TableRow& r : table->rows) published(r.published, r.span);
    }
    if (const auto* d = std::get_if<ast::RuleDecl>(&item)) published(d->published, d->name.span);
    if (const auto* d = std::get_if<ast::ExceptionDecl>(&item)) published(d->published, d->name.span);
    if (const auto* d = std::get_if<ast::TransitionalDecl>(&item)) published(d->published, d->name.span);
    // calendars
    if (const auto* d = std::get_if<ast::CalendarDecl>(&item))
      refuse(d->name.span, "calendars of working days are not built yet", "");
    // amendments
    if (const auto* d = std::get_if<ast::AmendDecl>(&item))
      refuse(d->target.span, "amendments (`amend`) are not built yet",
             "write the texts as two rules, each with its `effective from … until …`");
    // rules over a portfolio
    if (const auto* d = std::get_if<ast::PortfolioDecl>(&item))
      refuse(d->name.span, "rules over a portfolio are not built yet", "judge the deployments one by one");
    // law that is uncertain, and law that never took effect
    if (const auto* d = std::get_if<ast::RuleDecl>(&item)) {
      uncertain(d->effective);
      if (d->never_effective)
        refuse(d->name.span, "`effective never` is not built yet",
               "leave the rule out, or give it status `unenforced`");
    }
    if (const auto* d = std::get_if<ast::ExceptionDecl>(&item)) uncertain(d->effective);
    if (const auto* d = std::get_if<ast::TransitionalDecl>(&item)) uncertain(d->effective);
    // presumptions
    if (const auto* d = std::get_if<ast::RuleDecl>(&item)) {
      presumed(d->presumptions);
      for (const ast::Requirement& r : d->requirements) presumed(r.presumptions);
    }
    if (const auto* d = std::get_if<ast::ExceptionDecl>(&item)) presumed(d->presumptions);
    // exceptions that require something else, and the order of exceptions
    if (const auto* d = std::get_if<ast::ExceptionDecl>(&item)) {
      if (d->instead)
        refuse(file.exprs[d->instead].span,
               "exceptions that require something else (`requires instead`) are not built yet",
               "exempt from the rule, and write a second rule for the other duty");
      for (const auto* paths : {&d->yields_to, &d->prevails_over}) {
        if (!paths->empty())
          refuse(paths->front().span, "the order of exceptions is not built yet",
                 "write the condition of the other exception into this one, with `and not`");
      }
    }
    // tests
    if (const auto* d = std::get_if<ast::TestDecl>(&item)) {
      if (d->known_at) refuse(d->title.span, "tests of the law known on a day are not built yet", "");
      if (!d->readings.empty()) refuse(d->readings[0].first.span, "tests of a reading are not built yet", "");
      if (d->inventory) refuse(d->inventory->span, "tests of an inventory are not built yet", "");
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
    // lineage
    if (std::holds_alternative<ast::Ancestors>(e.node)) refuse(e.span, "lineage (`ancestors of`) is not built yet", "");
  }
  void supplied(Span span) {
    refuse(span, "lists that the user supplies are not built yet", "write the entries into the rule file");
  }
  void published(const std::optional<Date>& day, Span span) {
    if (day)
      refuse(span, "the date on which law became known (`published`) is not built yet",
             "write the entries as they stand today");
  }
  void uncertain(const std::vector<ast::EffectiveSpan>& spans) {
    for (const ast::EffectiveSpan& s : spans) {
      if (s.uncertain)
        refuse(s.uncertain->span, "uncertain law (`uncertain`) is not built yet",
               "write the dates as they stand today and say in `note` what is uncertain");
    }
  }
  void presumed(const std::vector<ast::Presumption>& all) {
    for (const ast::Presumption& p : all)
      refuse(p.span, "presumptions (`presume`) are not built yet",
             "a fact that nobody states stays unknown, which no presumption changes here");
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
