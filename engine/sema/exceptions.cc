// Exceptions and transitionals: what they attach to, and whose elements they read.
#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/expressions.h"
#include "engine/sema/items.h"
#include "engine/sema/types.h"

namespace writ::sema {

namespace {

class Attachments {
 public:
  explicit Attachments(Context& context) : context_(context) {
    each<ast::RuleDecl>(context.files, [&](ItemRef ref, const ast::RuleDecl& d) {
      for (const ast::Path& group : d.groups) {
        if (const ItemRef* g = lookup(context.checked, context.files, ref.file, group.text()))
          members_[*g].push_back(ref);
      }
    });
  }

  /// Resolves the targets into the table and returns the element type of a `for each`.
  template <class Declaration>
  model::TypeId attach(ItemRef ref, const Declaration& d, const std::set<std::size_t>& wanted, std::string_view what) {
    std::vector<Checked::Target>& out = context_.checked.targets[ref];
    model::TypeId element;
    std::map<std::pair<ItemRef, std::string>, Span> seen;
    bool complete = true;
    for (const ast::Path& path : d.targets) {
      const TargetLookup found = find_target(context_, ref.file, path, wanted, what, Code::unknown_target);
      complete = complete && found.ok;
      if (!found.ok) continue;
      out.push_back(found.target);
      check(ref, path, found.target);
      const auto [first, fresh] = seen.emplace(std::pair(found.target.item, found.target.label), path.span);
      if (!fresh)
        context_.report(Code::duplicate_name, path.span, fmt::format("`{}` is named twice", path.text()))
            .labels.push_back({first->second, "first here"});
      if (d.variable) element = element_of(d, path, found.target, element);
    }
    if (d.targets.empty())
      context_.report(Code::unknown_target, d.name.span, fmt::format("`{}` attaches to nothing", d.name.text));
    return element && complete ? element : (element ? element : context_.basic.error);
  }

 private:
  /// A target of the right kind that still cannot be attached to.
  void check(ItemRef ref, const ast::Path& path, const Checked::Target& target) {
    if (context_.get<ast::TransitionalDecl>(ref) != nullptr && !target.label.empty()) {
      context_.report(
          Code::wrong_kind_of_item, path.span,
          fmt::format("`{}` is one requirement: a transitional moves the dates of whole rules", path.text()));
    }
    if (const auto* role = context_.get<ast::RoleDecl>(target.item); role != nullptr && !role->means) {
      context_.report(Code::wrong_kind_of_item, path.span,
                      fmt::format("role `{}` is only stated: there is no derivation to except from", path.text()));
    }
    if (context_.get<ast::TermDecl>(target.item) == nullptr) return;
    const model::TypeId type = context_.checked.item_types[target.item];
    if (context_.kind(type) != model::TypeKind::boolean && !is_error(context_, type)) {
      context_.report(
          Code::wrong_kind_of_item, path.span,
          fmt::format("term `{}` is {}: an exception defeats what is true", path.text(), context_.describe(type)));
    }
  }

  template <class Declaration>
  model::TypeId element_of(const Declaration& d, const ast::Path& path, const Checked::Target& target,
                           model::TypeId so_far) {
    if (const auto* rule = context_.get<ast::RuleDecl>(target.item))
      return rule_element(d, path, target.item, *rule, so_far);
    if (context_.get<ast::GroupDecl>(target.item) == nullptr) {
      context_.report(Code::element_mismatch, path.span,
                      fmt::format("`{}` is a {} and has no elements for `{}`", path.text(),
                                  noun_of(context_.item(target.item)), d.variable->text));
      return so_far;
    }
    for (const ItemRef& member : members_[target.item])
      so_far = rule_element(d, path, member, *context_.get<ast::RuleDecl>(member), so_far);
    return so_far;
  }

  template <class Declaration>
  model::TypeId rule_element(const Declaration& d, const ast::Path& path, ItemRef ref, const ast::RuleDecl& rule,
                             model::TypeId so_far) {
    if (!rule.for_each) {
      context_
          .report(
              Code::element_mismatch, path.span,
              fmt::format("rule `{}` has no `for each`: there is no `{}` to read", rule.name.text, d.variable->text))
          .labels.push_back({rule.name.span, "declared here"});
      return so_far;
    }
    const std::vector<std::uint32_t>& variables = context_.checked.item_variables[ref];
    if (variables.empty()) return so_far;
    const model::TypeId type = context_.checked.variables[variables.front()].type;
    if (so_far && !agree(context_, so_far, type)) {
      context_.report(Code::element_mismatch, path.span,
                      fmt::format("`{}` would be {} here, and {} in another target", d.variable->text,
                                  context_.describe(type), context_.describe(so_far)),
                      "write one exception for each list");
      return so_far;
    }
    return so_far && !is_error(context_, so_far) ? so_far : type;
  }

  Context& context_;
  std::map<ItemRef, std::vector<ItemRef>> members_;
};

template <class Declaration>
void common(Context& context, ItemRef ref, const Declaration& d, model::TypeId element, Expressions& expressions) {
  check_cites(context, ref.file, d.cites);
  if (d.cites.empty())
    context.report(Code::missing_citation, d.name.span,
                   fmt::format("{} `{}` cites no provision", noun_of(context.item(ref)), d.name.text),
                   "add `cites INSTRUMENT \"Art. …\"`");
  if (d.variable) context.checked.item_variables[ref] = {expressions.enter(*d.variable, element)};
  check_spans(context, d.effective);
  for (const ast::EffectiveSpan& span : d.effective) expressions.condition(span.when, "`effective … when`");
  expressions.condition(d.when, "`when`");
}

template <class Declaration>
void variable_used(Context& context, ItemRef ref, const Declaration& d) {
  if (!d.variable) return;
  const std::uint32_t v = context.checked.item_variables[ref].front();
  if (context.used_variables.contains(v) || is_error(context, context.checked.variables[v].type)) return;
  context.report(Code::unused_variable, d.variable->span, fmt::format("`{}` is never read", d.variable->text),
                 "leave `for each` out: the condition is the same for every element");
}

/// An exception to a term or scope makes it false, and nothing else: there is no duty that another could replace, and
/// no rule for which something could be presumed.
void only_of_rules(Context& context, ItemRef ref, const ast::ExceptionDecl& d) {
  const std::vector<Checked::Target>& targets = context.checked.targets[ref];
  const auto to_a_meaning = [&](const Checked::Target& t) {
    return context.get<ast::TermDecl>(t.item) != nullptr || context.get<ast::ScopeDecl>(t.item) != nullptr ||
           context.get<ast::RoleDecl>(t.item) != nullptr;
  };
  const auto it = std::find_if(targets.begin(), targets.end(), to_a_meaning);
  if (it == targets.end()) return;
  const std::string target =
      fmt::format("{} `{}`", noun_of(context.item(it->item)), name_of(context.item(it->item))->text);
  if (d.instead) {
    context.report(Code::misplaced_effect, context.expr(ref.file, d.instead).span,
                   fmt::format("{} requires nothing that another duty could replace", target),
                   "write `requires instead` in an exception to the rules that read it");
  }
  for (const ast::Presumption& p : d.presumptions) {
    context.report(Code::misplaced_presumption, p.span, fmt::format("a presumption in an exception to {}", target),
                   "a term means the same for every rule: presume in the rules that read it");
  }
}

}  // namespace

void check_exceptions(Context& context) {
  Attachments attachments(context);
  const std::set<std::size_t> excepted{kItemIndex<ast::RuleDecl>, kItemIndex<ast::GroupDecl>, kItemIndex<ast::TermDecl>,
                                       kItemIndex<ast::ScopeDecl>, kItemIndex<ast::RoleDecl>};
  each<ast::ExceptionDecl>(context.files, [&](ItemRef ref, const ast::ExceptionDecl& d) {
    const At at(context, ref);
    const model::TypeId element = attachments.attach(ref, d, excepted, "rule, group, term, scope or role");
    Expressions expressions(context, ref.file);
    common(context, ref, d, element, expressions);
    for (const ast::EffectiveSpan& span : d.effective) {
      const bool defeats_terms = std::any_of(d.targets.begin(), d.targets.end(), [&](const ast::Path& path) {
        const ItemRef* item = lookup(context.checked, context.files, ref.file, path.text());
        return item != nullptr &&
               (context.get<ast::TermDecl>(*item) != nullptr || context.get<ast::ScopeDecl>(*item) != nullptr);
      });
      if (span.uncertain && defeats_terms)
        context.report(Code::not_amendable, span.uncertain->span,
                       "an exception to a term or scope is in force or not: `uncertain` has no place in a definition",
                       "attach the exception to the rules");
    }
    for (const ast::ButNotWhen& but : d.but_not) {
      check_cites(context, ref.file, but.cites);
      expressions.condition(but.condition, "`but not when`");
    }
    expressions.condition(d.instead, "`requires instead`");
    check_requirement(context, ref.file, d.instead, false);
    only_of_rules(context, ref, d);
    variable_used(context, ref, d);
  });
  each<ast::TransitionalDecl>(context.files, [&](ItemRef ref, const ast::TransitionalDecl& d) {
    const At at(context, ref);
    const model::TypeId element =
        attachments.attach(ref, d, {kItemIndex<ast::RuleDecl>, kItemIndex<ast::GroupDecl>}, "rule or group");
    Expressions expressions(context, ref.file);
    common(context, ref, d, element, expressions);
    variable_used(context, ref, d);
  });
}

}  // namespace writ::sema
