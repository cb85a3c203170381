// Portfolio rules: which documents they range over, how these are grouped and weighed, and what may be required of the
// groups.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/sema/expressions.h"
#include "engine/sema/items.h"
#include "engine/sema/types.h"
#include "engine/sema/walk.h"

namespace writ::sema {

using K = model::TypeKind;

namespace {

constexpr auto kMeasures =
    std::to_array<std::string_view>({"members", "groups", "total", "top_share", "share_of", "herfindahl"});

bool is_measure(std::string_view name) {
  return std::find(kMeasures.begin(), kMeasures.end(), name) != kMeasures.end();
}

class Portfolios {
 public:
  explicit Portfolios(Context& context) : context_(context) {}

  void portfolio(ItemRef ref, const ast::PortfolioDecl& d) {
    const At at(context_, ref);
    law(ref, d);
    const std::string kind = kind_of(d.kind);
    Expressions expressions(context_, ref.file);
    model::TypeId document = context_.basic.error;
    if (!kind.empty()) {
      model::Type reference;  // what is known of it is read as of any document that is referred to
      reference.kind = K::reference;
      reference.name = kind;
      document = context_.vocabulary.types.intern(reference);
    }
    const std::uint32_t v = expressions.enter(d.variable, document);
    context_.checked.item_variables[ref] = {v};
    expressions.condition(d.where, "`where`");
    const model::TypeId key = expressions.infer(d.key);
    const K shape = context_.kind(key);
    if (!d.key) {
      context_.report(Code::missing_requirement, d.name.span,
                      fmt::format("portfolio rule `{}` does not say by what it groups", d.name.text),
                      "add `group by FACT`");
    } else if (shape != K::text && shape != K::enumeration && shape != K::country && shape != K::party &&
               shape != K::reference && shape != K::error) {
      context_.report(Code::type_mismatch, context_.expr(ref.file, d.key).span,
                      fmt::format("`group by` wants a text, a member of an enumeration, a country, a party or a "
                                  "reference, but `{}` is {}",
                                  excerpt(context_, context_.expr(ref.file, d.key).span), shown(context_, key)));
    }
    model::TypeId weight = context_.basic.integer;
    if (d.weight) {
      weight = expressions.infer(d.weight);
      if (!is_number(context_.type(weight)) && context_.kind(weight) != K::money && !is_error(context_, weight)) {
        context_.report(
            Code::type_mismatch, context_.expr(ref.file, d.weight).span,
            fmt::format("`weigh` wants a number or an amount of money, but `{}` is {}",
                        excerpt(context_, context_.expr(ref.file, d.weight).span), shown(context_, weight)));
      }
    }
    expressions.leave();
    expressions.measuring(key, weight);
    for (const ast::Requirement& r : d.requirements) {
      expressions.condition(r.condition, r.forbids ? "`forbids`" : "`requires`");
      reads_no_document(ref.file, r.condition);
    }
    if (d.key && !context_.used_variables.contains(v) && !is_error(context_, document)) {
      context_.report(Code::unused_variable, d.variable.span,
                      fmt::format("`{}` is never read: every document would be in one group", d.variable.text));
    }
  }

 private:
  void law(ItemRef ref, const ast::PortfolioDecl& d) {
    check_cites(context_, ref.file, d.cites);
    if (d.cites.empty())
      context_.report(Code::missing_citation, d.name.span, fmt::format("rule `{}` cites no provision", d.name.text),
                      "begin it with `cites INSTRUMENT \"Art. …\"`");
    for (const ast::Path& role : d.binds)
      static_cast<void>(find_target(context_, ref.file, role, {kItemIndex<ast::RoleDecl>}, "role", Code::unknown_name));
    if (d.effective.empty())
      context_.report(Code::missing_effective, d.name.span,
                      fmt::format("rule `{}` does not say from when it is effective", d.name.text),
                      "add `effective from YYYY-MM-DD`");
    check_spans(context_, d.effective);
    for (const ast::EffectiveSpan& s : d.effective) {
      if (s.when)
        context_.report(Code::portfolio_clause, s.span, "a portfolio rule is in force for all documents alike",
                        "leave documents out with `where`");
    }
    if (d.scope && d.scope->text() != "none")
      context_.report(Code::portfolio_clause, d.scope->span, "a portfolio rule has no scope",
                      "write the condition as `where`");
    if (d.requirements.empty())
      context_.report(Code::missing_requirement, d.name.span, fmt::format("rule `{}` requires nothing", d.name.text),
                      "add `requires CONDITION`, for instance `requires top_share(1) <= 50 %`");
    check_labels(context_, ref.file, d.name, d.requirements);
    check_standing(context_, d.name, d.severity, d.status, d.sources);
    for (const ast::Penalty& p : d.penalties)
      context_.report(Code::portfolio_clause, p.span, "a portfolio rule has no penalty: nobody owes it by himself",
                      "say what follows in `remedy`");
    for (const ast::Requirement& r : d.requirements) {
      if (!r.presumptions.empty())
        context_.report(Code::portfolio_clause, r.presumptions.front().span, "a portfolio rule presumes nothing",
                        "what is not known of a document widens the measures");
    }
  }

  /// "deployments": the documents of kind deployment. Empty: reported.
  std::string kind_of(const ast::Name& name) {
    const auto& kinds = context_.vocabulary.kinds;
    std::vector<std::string> plurals;
    for (const std::string& kind : kinds) {
      plurals.push_back(kind + "s");
      if (name.text == plurals.back()) return kind;
    }
    std::string help = did_you_mean(name.text, plurals);
    if (help.empty()) help = fmt::format("it is one of {}", quoted_list(plurals));
    context_.report(Code::unknown_kind, name.span, fmt::format("`{}` are no kind of documents", name.text),
                    std::move(help));
    return {};
  }

  void reads_no_document(std::uint32_t file, ast::ExprId root) {
    bool told = false;
    walk(context_.files[file], root, [&](ast::ExprId id, const ast::Expr& e) {
      const Meaning& meaning = context_.checked.files[file].meanings[id.index];
      const bool reads = std::holds_alternative<FieldOf>(meaning) || std::holds_alternative<Variable>(meaning) ||
                         std::holds_alternative<ItemUse>(meaning) || std::holds_alternative<ast::AsOf>(e.node) ||
                         std::holds_alternative<ast::Quantifier>(e.node) ||
                         std::holds_alternative<ast::Deadline>(e.node) || std::holds_alternative<ast::Judged>(e.node) ||
                         std::holds_alternative<ast::Evidenced>(e.node) ||
                         std::holds_alternative<ast::Ancestors>(e.node);
      if (!reads || told) return;
      told = true;
      context_.report(Code::portfolio_requirement, e.span,
                      "what a portfolio rule requires compares measures with constants",
                      "read facts in `where`, `group by` and `weigh`");
    });
  }

  Context& context_;
};

}  // namespace

std::optional<model::TypeId> Expressions::measure(ast::ExprId id, const ast::Call& call) {
  const std::string name = call.callee.text();
  if (!is_measure(name)) return std::nullopt;
  if (!measured_) {
    context_.report(
        Code::misplaced_measure, call.callee.span,
        fmt::format("`{}` measures a portfolio, and stands only in what a `portfolio rule` requires", name));
    return error();
  }
  const std::size_t wanted = name == "top_share" || name == "share_of" ? 1 : 0;
  if (call.args.size() != wanted) {
    report(Code::wrong_argument_count, id,
           fmt::format("`{}` takes {} argument{}, not {}", name, wanted, wanted == 1 ? "" : "s", call.args.size()));
    for (ast::ExprId a : call.args) infer(a);
    return error();
  }
  if (name == "top_share") {
    require(call.args[0], context_.basic.integer, "the number of groups of `top_share`");
    const auto* literal = std::get_if<ast::NumberLit>(&expr(call.args[0]).node);
    if (literal == nullptr || literal->unit || !literal->value.is_integer() || literal->value.sign() <= 0)
      report(Code::not_constant, call.args[0], "`top_share` takes a whole number of groups, written out",
             "for instance `top_share(1)`");
  } else if (name == "share_of") {
    require(call.args[0], measured_->first, "the group of `share_of`");
    const auto& node = expr(call.args[0]).node;
    const bool member = std::holds_alternative<MemberOf>(info_.meanings[call.args[0].index]);
    if (!member && !std::holds_alternative<ast::TextLit>(node) && !std::holds_alternative<ast::CountryLit>(node))
      report(Code::not_constant, call.args[0], "`share_of` takes one group, written out",
             "for instance `share_of(CN)`");
  }
  if (name == "members" || name == "groups") return context_.basic.integer;
  if (name == "total") return measured_->second;
  return name == "herfindahl" ? context_.basic.decimal : context_.basic.ratio;
}

void check_portfolios(Context& context) {
  Portfolios portfolios(context);
  each<ast::PortfolioDecl>(context.files,
                           [&](ItemRef ref, const ast::PortfolioDecl& d) { portfolios.portfolio(ref, d); });
}

}  // namespace writ::sema
