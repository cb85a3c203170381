#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/days.h"
#include "engine/sema/expressions.h"
#include "engine/sema/items.h"
#include "engine/sema/types.h"
#include "engine/sema/vocabulary.h"

namespace writ::sema {

using K = model::TypeKind;

namespace {

void check_word(Context& context, const std::optional<ast::Name>& word, const std::vector<std::string>& known,
                std::string_view what) {
  if (!word || word->text.empty() || std::find(known.begin(), known.end(), word->text) != known.end()) return;
  std::string help = did_you_mean(word->text, known);
  if (help.empty()) help = fmt::format("it is one of {}", quoted_list(known));
  context.report(Code::unknown_word, word->span, fmt::format("unknown {} `{}`", what, word->text), std::move(help));
}

const std::vector<std::string> kSeverities{"critical", "high", "medium", "low"};
const std::vector<std::string> kStatuses{"binding", "draft", "unenforced", "soft", "project"};

class Rules {
 public:
  explicit Rules(Context& context) : context_(context) {
    each<ast::ScopeDecl>(context.files, [&](ItemRef ref, const ast::ScopeDecl& d) {
      if (const ItemRef* instrument = lookup(context.checked, context.files, ref.file, d.instrument.text))
        scopes_[*instrument].push_back(ref);
    });
  }

  void rule(ItemRef ref, const ast::RuleDecl& d) {
    const At at(context_, ref);
    law(ref, d);
    scope(ref, d);
    Expressions expressions(context_, ref.file);
    bool inside = false;
    if (d.for_each) inside = for_each(ref, d, expressions);
    expressions.require(d.judged_on, context_.basic.date, "`judged on`");
    for (const ast::EffectiveSpan& span : d.effective) expressions.condition(span.when, "`effective … when`");
    expressions.condition(d.applies, "`applies when`");
    for (const ast::Requirement& r : d.requirements) {
      expressions.condition(r.condition, r.forbids ? "`forbids`" : "`requires`");
      check_requirement(context_, ref.file, r.condition, r.forbids);
    }
    penalties(ref, d, expressions);
    if (!inside) return;
    const std::uint32_t v = context_.checked.item_variables[ref].front();
    if (!context_.used_variables.contains(v) && !is_error(context_, context_.checked.variables[v].type)) {
      context_.report(
          Code::unused_variable, d.for_each->variable.span,
          fmt::format("`{}` is never read: every element would get the same verdict", d.for_each->variable.text));
    }
  }

 private:
  void penalties(ItemRef ref, const ast::RuleDecl& d, Expressions& expressions) {
    if (d.for_each && d.for_each->variable.text == "bearer" && !d.penalties.empty()) {
      context_.report(Code::shadowed_variable, d.for_each->variable.span,
                      "`bearer` stands for the party that bears the duty in a penalty", "choose another name");
      return;
    }
    check_penalties(context_, expressions, ref.file, d.penalties);
  }

  void law(ItemRef ref, const ast::RuleDecl& d) {
    check_cites(context_, ref.file, d.cites);
    if (d.cites.empty())
      context_.report(Code::missing_citation, d.name.span, fmt::format("rule `{}` cites no provision", d.name.text),
                      "begin it with `cites INSTRUMENT \"Art. …\"`");
    for (const ast::Path& group : d.groups)
      static_cast<void>(
          find_target(context_, ref.file, group, {kItemIndex<ast::GroupDecl>}, "group", Code::unknown_name));
    for (const ast::Path& role : d.binds)
      static_cast<void>(find_target(context_, ref.file, role, {kItemIndex<ast::RoleDecl>}, "role", Code::unknown_name));
    if (d.effective.empty() && !d.never_effective)
      context_.report(Code::missing_effective, d.name.span,
                      fmt::format("rule `{}` does not say from when it is effective", d.name.text),
                      "add `effective from YYYY-MM-DD`");
    check_spans(context_, d.effective);
    if (d.requirements.empty())
      context_.report(Code::missing_requirement, d.name.span, fmt::format("rule `{}` requires nothing", d.name.text),
                      "add `requires CONDITION` or `forbids CONDITION`");
    check_labels(context_, ref.file, d.name, d.requirements);
    check_standing(context_, d.name, d.severity, d.status, d.sources);
    for (const ast::Penalty& p : d.penalties) check_cites(context_, ref.file, {p.citation});
  }

  void scope(ItemRef ref, const ast::RuleDecl& d) {
    if (d.scope) {
      if (d.scope->text() == "none") return;
      const TargetLookup found =
          find_target(context_, ref.file, *d.scope, {kItemIndex<ast::ScopeDecl>}, "scope", Code::unknown_name);
      if (found.ok) context_.checked.rule_scopes[ref] = found.target.item;
      return;
    }
    if (d.cites.empty()) return;
    const ItemRef* instrument = lookup(context_.checked, context_.files, ref.file, d.cites.front().instrument.text);
    if (instrument == nullptr) return;
    std::vector<ItemRef> visible;
    for (const ItemRef& scope : scopes_[*instrument]) {
      const std::string& owner = context_.package[scope.file];
      const auto& imports = context_.imports[ref.file];
      if (owner == context_.package[ref.file] || std::find(imports.begin(), imports.end(), owner) != imports.end())
        visible.push_back(scope);
    }
    if (visible.empty()) return;
    if (visible.size() > 1) {
      std::vector<std::string> names;
      for (const ItemRef& s : visible) names.push_back(name_of(context_.item(s))->text);
      context_.report(Code::ambiguous_scope, d.name.span,
                      fmt::format("`{}` has several scopes: {}", d.cites.front().instrument.text, quoted_list(names)),
                      "say which: `scope NAME`, or `scope none`");
      return;
    }
    context_.checked.rule_scopes[ref] = visible.front();
    context_.used_items.insert(visible.front());
  }

  bool for_each(ItemRef ref, const ast::RuleDecl& d, Expressions& expressions) {
    const ast::ForEach& each = *d.for_each;
    const model::TypeId list = expressions.infer(each.list);
    const model::Type type = context_.type(list);
    model::TypeId element = context_.basic.error;
    const Span span = each.list ? context_.expr(ref.file, each.list).span : each.span;
    if (type.kind == K::list) {
      element = record_type(context_, type.record);
      const model::Record& record = context_.vocabulary.records[type.record];
      if (!record.key) {
        context_
            .report(Code::unkeyed_list, span, fmt::format("the records of `{}` have no key", excerpt(context_, span)),
                    fmt::format("declare one: `record {} … key FIELD`", record.name))
            .labels.push_back({record.span, "declared here"});
      }
      if (!d.judged_on) {
        for (const model::Field& f : record.fields) {
          if (!f.event) continue;
          context_.report(Code::unjudged_event, each.span,
                          fmt::format("`{}` happens on `{}`, but is judged by the law of the as-of date",
                                      each.variable.text, f.name),
                          fmt::format("add `judged on {}.{}`", each.variable.text, f.name));
          break;
        }
      }
    } else if (type.kind != K::error) {
      context_.report(Code::not_a_list, span,
                      fmt::format("`for each` walks a list of records, but `{}` is {}", excerpt(context_, span),
                                  context_.describe(list)));
    }
    const std::uint32_t v = expressions.enter(each.variable, element);
    context_.checked.item_variables[ref] = {v};
    expressions.condition(each.where, "`where`");
    return true;
  }

  Context& context_;
  std::map<ItemRef, std::vector<ItemRef>> scopes_;
};

}  // namespace

void check_labels(Context& context, std::uint32_t file, const ast::Name& rule,
                  const std::vector<ast::Requirement>& requirements) {
  std::map<std::string, Span> seen;
  for (const ast::Requirement& r : requirements) {
    check_cites(context, file, r.cites);
    check_word(context, r.severity, kSeverities, "severity");
    if (!r.label) {
      if (requirements.size() > 1) {
        context.report(Code::missing_label, r.condition ? context.expr(file, r.condition).span : rule.span,
                       fmt::format("rule `{}` has several requirements, and this one has no label", rule.text),
                       "write `requires LABEL: CONDITION`");
      }
      continue;
    }
    const auto [first, fresh] = seen.emplace(r.label->text, r.label->span);
    if (!fresh)
      context
          .report(Code::duplicate_label, r.label->span,
                  fmt::format("rule `{}` has two requirements `{}`", rule.text, r.label->text))
          .labels.push_back({first->second, "first here"});
  }
}

void check_standing(Context& context, const ast::Name& rule, const std::optional<ast::Name>& severity,
                    const std::optional<ast::Name>& status, const std::vector<ast::Text>& sources) {
  check_word(context, severity, kSeverities, "severity");
  check_word(context, status, kStatuses, "status");
  std::set<std::string> named;
  for (const ast::Text& s : sources) named.insert(s.text);
  if (status && status->text == "binding" && named.size() < 2) {
    context.report(
        Code::unsupported_binding, status->span,
        fmt::format("rule `{}` is binding and names {}", rule.text, named.empty() ? "no source" : "one source"),
        "name two different sources with `sources`, or call it a `draft`");
  }
}

void check_requirement(Context& context, std::uint32_t file, ast::ExprId condition, bool forbids) {
  const auto* constant = condition ? std::get_if<ast::BoolLit>(&context.expr(file, condition).node) : nullptr;
  if (constant == nullptr) return;
  const bool always = constant->value != forbids;
  context.report(
      Code::constant_requirement, context.expr(file, condition).span,
      always ? "this requirement is always met" : "nobody can meet this requirement",
      always ? "a rule that asks for nothing is none" : "a prohibition says what it forbids: `forbids CONDITION`");
}

void check_spans(Context& context, const std::vector<ast::EffectiveSpan>& spans) {
  std::vector<std::pair<DayInterval, Span>> seen;
  for (const ast::EffectiveSpan& s : spans) {
    const DayInterval days = days_of(s.from, s.until, s.before);
    if (report_inverted(context, days, s.span) || s.when) continue;
    for (const auto& [other, first] : seen) {
      if (!overlap(days, other)) continue;
      context.report(Code::overlapping_spans, s.span, "two effective spans share days")
          .labels.push_back({first, "the other one"});
      break;
    }
    seen.emplace_back(days, s.span);
  }
}

void check_rules(Context& context) {
  Rules rules(context);
  each<ast::RuleDecl>(context.files, [&](ItemRef ref, const ast::RuleDecl& d) { rules.rule(ref, d); });
}

}  // namespace writ::sema
