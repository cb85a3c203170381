#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/expressions.h"
#include "engine/sema/items.h"
#include "engine/sema/types.h"

namespace writ::sema {

namespace {

void check_order(Context& context, const ast::ClassifyDecl& d) {
  if (d.order.empty()) return;
  const auto given = [&](const std::string& value) {
    return std::any_of(d.branches.begin(), d.branches.end(),
                       [&](const ast::Branch& b) { return b.value.text == value; });
  };
  std::set<std::string> ordered;
  for (const ast::Name& name : d.order) {
    ordered.insert(name.text);
    if (name.text == "out_of_scope") {
      context.report(Code::wrong_order, name.span, "`out_of_scope` is neither high nor low",
                     "leave it out of the order");
    } else if (!given(name.text)) {
      std::vector<std::string> values;
      for (const ast::Branch& b : d.branches) values.push_back(b.value.text);
      context.report(Code::wrong_order, name.span, fmt::format("no branch of `{}` gives `{}`", d.name.text, name.text),
                     did_you_mean(name.text, values));
    }
  }
  std::set<std::string> reported;
  for (const ast::Branch& b : d.branches) {
    if (ordered.contains(b.value.text) || b.value.text.empty() || !reported.insert(b.value.text).second) continue;
    context.report(Code::wrong_order, b.value.span,
                   fmt::format("`{}` is not in the order of `{}`", b.value.text, d.name.text),
                   "the order names every value");
  }
}

void check_class(Context& context, ItemRef ref, const ast::ClassifyDecl& d) {
  const At at(context, ref);
  check_cites(context, ref.file, d.cites);
  if (d.within)
    static_cast<void>(
        find_target(context, ref.file, *d.within, {kItemIndex<ast::ScopeDecl>}, "scope", Code::unknown_name));
  Expressions expressions(context, ref.file);
  for (std::uint32_t v : context.checked.item_variables[ref]) expressions.show(v);
  const ast::Branch* last = nullptr;
  for (const ast::Branch& branch : d.branches) {
    if (last != nullptr) {
      context
          .report(Code::unreachable_branch, branch.span,
                  fmt::format("nothing reaches this branch of `{}`", d.name.text), "`otherwise` comes last")
          .labels.push_back({last->span, "everything ends here"});
    }
    if (branch.value.text == "out_of_scope" && d.within) {
      context.report(Code::wrong_order, branch.value.span, "`out_of_scope` is what the scope decides",
                     "choose another word for this value");
    }
    expressions.condition(branch.when, fmt::format("`{}` of `{}`", branch.value.text, d.name.text));
    if (!branch.when && last == nullptr) last = &branch;
  }
  if (last == nullptr && !d.branches.empty()) {
    context.report(Code::missing_otherwise, d.name.span,
                   fmt::format("`{}` does not say what holds when no branch does", d.name.text),
                   "end it with `VALUE otherwise`");
  }
  if (d.branches.empty())
    context.report(Code::missing_otherwise, d.name.span, fmt::format("`{}` has no branches", d.name.text));
  check_order(context, d);
  for (std::size_t i = 0; i < d.params.size(); ++i) {
    if (!context.used_variables.contains(context.checked.item_variables[ref][i])) {
      context.report(Code::unused_variable, d.params[i].name.span,
                     fmt::format("`{}` is never read in `{}`", d.params[i].name.text, d.name.text));
    }
  }
}

}  // namespace

void check_classes(Context& context) {
  each<ast::ClassifyDecl>(context.files,
                          [&](ItemRef ref, const ast::ClassifyDecl& d) { check_class(context, ref, d); });
}

}  // namespace writ::sema
