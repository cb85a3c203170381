// Derived roles, and what a penalty may say: the party that bears the duty, and the amount that it may cost.
#include <fmt/format.h>

#include "engine/sema/expressions.h"
#include "engine/sema/items.h"
#include "engine/sema/types.h"
#include "engine/sema/vocabulary.h"

namespace writ::sema {

using K = model::TypeKind;

namespace {

constexpr std::string_view kParty = "party_entry";

model::TypeId party_type(Context& context) {
  for (std::uint32_t r = 0; r < context.vocabulary.records.size(); ++r) {
    if (context.vocabulary.records[model::RecordId(r)].name == kParty) return record_type(context, model::RecordId(r));
  }
  return {};
}

void check_role(Context& context, ItemRef ref, const ast::RoleDecl& d) {
  const At at(context, ref);
  const bool derived = d.means || !d.unless.empty();
  if (!d.of && !derived) return;  // only stated
  const std::string help = fmt::format("write `role {} of p: {} … means …`", d.name.text, kParty);
  if (!d.of) {
    context.report(Code::underivable_role, d.name.span,
                   fmt::format("role `{}` is derived, and does not say of whom", d.name.text), help);
    return;
  }
  if (!d.means) {
    context.report(Code::underivable_role, d.name.span,
                   fmt::format("role `{}` does not say when a party holds it", d.name.text),
                   "add `means CONDITION`, or leave `of` out: the role is only stated then");
  }
  const std::uint32_t variable = context.checked.item_variables[ref].front();
  const model::TypeId type = context.checked.variables[variable].type;
  const model::TypeId party = party_type(context);
  if (!is_error(context, type) && type != party) {
    context.report(Code::underivable_role, d.of->name.span,
                   fmt::format("roles are held by parties, but `{}` is {}", d.of->name.text, context.describe(type)),
                   help);
  }
  Expressions expressions(context, ref.file);
  expressions.show(variable);
  expressions.condition(d.means, fmt::format("role `{}`", d.name.text));
  check_unless(context, expressions, ref.file, d.unless);
  if (!context.used_variables.contains(variable) && !is_error(context, type)) {
    context.report(
        Code::unused_variable, d.of->name.span,
        fmt::format("`{}` is never read: every party would hold the role `{}`, or none", d.of->name.text, d.name.text));
  }
}

}  // namespace

void check_roles(Context& context) {
  if (const model::TypeId party = party_type(context)) {
    context.checked.bearer = static_cast<std::uint32_t>(context.checked.variables.size());
    context.checked.variables.push_back({"bearer", party});
  }
  each<ast::RoleDecl>(context.files, [&](ItemRef ref, const ast::RoleDecl& d) { check_role(context, ref, d); });
}

void check_penalties(Context& context, Expressions& expressions, std::uint32_t file,
                     const std::vector<ast::Penalty>& penalties) {
  const bool known = context.checked.bearer != UINT32_MAX;
  if (known) expressions.show(context.checked.bearer);
  for (const ast::Penalty& p : penalties) {
    check_cites(context, file, {p.citation});
    expressions.require(p.amount, context.basic.money, "the amount of a penalty");
    expressions.condition(p.when, "`when` of a penalty");
  }
  if (known) expressions.leave();
}

// ---- amounts
// ------------------------------------------------------------------------------------------------------------

/// `3 % of TURNOVER`: a share of an amount.
model::TypeId Expressions::share_of(ast::ExprId id, const ast::Binary& binary) {
  const model::TypeId left = infer(binary.left);
  const model::TypeId right = infer(binary.right);
  if (is_error(context_, left) || is_error(context_, right)) return error();
  const model::Type& l = context_.type(left);
  const model::Type& r = context_.type(right);
  const bool share = l.kind == K::ratio || (l.kind == K::quantity && l.name == "%");
  if (!share) {
    const auto* literal = std::get_if<ast::NumberLit>(&expr(binary.left).node);
    std::string help;
    if (literal != nullptr && !literal->unit) {
      if (const auto percent = literal->value.mul(100))
        help = fmt::format("write `{} %` or `{} %`", literal->value.exact(), percent->exact());
    }
    report(Code::misplaced_of, binary.left,
           fmt::format("`of` takes a share of an amount, but `{}` is {}", text(binary.left), show_type(left)),
           std::move(help));
    return error();
  }
  if (r.kind == K::money || is_number(r)) return r.kind == K::integer ? context_.basic.decimal : right;
  report(Code::misplaced_of, id,
         fmt::format("`of` takes a share of an amount, but `{}` is {}", text(binary.right), show_type(right)));
  return error();
}

model::TypeId Expressions::extreme(ast::ExprId id, const ast::Extreme& extreme) {
  const char* what = extreme.higher ? "higher of" : "lower of";
  if (extreme.parts.size() < 2) {
    report(Code::wrong_argument_count, id, fmt::format("`{}` compares two amounts or more", what),
           fmt::format("write `{} (…, …)`", what));
  }
  model::TypeId out;
  std::string currency;
  for (ast::ExprId part : extreme.parts) {
    const model::TypeId type = infer(part);
    if (is_error(context_, type)) return error();
    const model::Type& t = context_.type(type);
    if (t.kind != K::money && !is_number(t)) {
      report(
          Code::type_mismatch, part,
          fmt::format("`{}` compares numbers or amounts of money, but `{}` is {}", what, text(part), show_type(type)));
      return error();
    }
    const auto* literal = std::get_if<ast::NumberLit>(&expr(part).node);
    if (t.kind == K::money && literal != nullptr && literal->unit) {
      if (!currency.empty() && currency != literal->unit->text) {
        report(Code::currency_mismatch, part,
               fmt::format("`{}` is in another currency than an amount before it, in `{}`", text(part), currency));
        return error();
      }
      currency = literal->unit->text;
    }
    if (!out) {
      out = type;
      continue;
    }
    const model::Type& first = context_.type(out);
    const bool same =
        t.kind == K::money ? first.kind == K::money : is_number(first) && dimension_of(first) == dimension_of(t);
    if (!same) {
      report(
          Code::type_mismatch, part,
          fmt::format("`{}` is {}, but what stands before it is {}", text(part), show_type(type), show_type(out)),
          t.kind == K::money || first.kind == K::money ? "write the amount with its currency: `15 million EUR`" : "");
      return error();
    }
    if (t.kind == K::quantity) out = type;
    if (t.kind == K::decimal && context_.kind(out) == K::integer) out = type;
  }
  return out ? out : error();
}

}  // namespace writ::sema
