#include "engine/sema/expressions.h"

#include <fmt/format.h>

#include "engine/sema/types.h"
#include "engine/sema/vocabulary.h"

namespace writ::sema {

using K = model::TypeKind;

std::string Expressions::show_type(model::TypeId type) const { return shown(context_, type); }
std::string Expressions::text(ast::ExprId id) const { return excerpt(context_, expr(id).span); }

model::TypeId Expressions::infer(ast::ExprId id, model::TypeId expected) {
  if (!id) return error();
  const model::TypeId type = node(id, expr(id), expected);
  info_.types[id.index] = type;
  return type;
}

model::TypeId Expressions::node(ast::ExprId id, const ast::Expr& e, model::TypeId expected) {
  const BasicTypes& basic = context_.basic;
  return std::visit(Overloaded{
                        [&](const ast::Hole&) { return error(); },
                        [&](const ast::BoolLit&) { return basic.boolean; },
                        [&](const ast::NumberLit& n) { return number(id, n); },
                        [&](const ast::DateLit&) { return basic.date; },
                        [&](const ast::InstantLit&) { return basic.instant; },
                        [&](const ast::TextLit&) { return basic.text; },
                        [&](const ast::CountryLit& n) { return country(id, n, expected); },
                        [&](const ast::AsOf&) { return basic.date; },
                        [&](const ast::NameRef& n) { return name(id, n, expected); },
                        [&](const ast::Member&) { return path(id); },
                        [&](const ast::Index& n) { return index(id, n); },
                        [&](const ast::Call& n) { return call(id, n); },
                        [&](const ast::SetLit& n) { return set_literal(id, n, expected); },
                        [&](const ast::Unary& n) { return unary(id, n, expected); },
                        [&](const ast::Binary& n) { return binary(id, n, expected); },
                        [&](const ast::Quantifier& n) { return quantifier(id, n); },
                        // INVARIANT: the parser refuses these until their own passes are built.
                        [&](const ast::Deadline& n) { return deadline(id, n); },
                        [&](const ast::Judged& n) { return judged(id, n); },
                        [&](const ast::Evidenced& n) { return evidenced(n); },
                        [&](const ast::Ancestors& n) { return misplaced_ancestors(id, n); },
                        [&](const ast::Extreme& n) { return extreme(id, n); },
                    },
                    e.node);
}

void Expressions::condition(ast::ExprId id, std::string_view clause) {
  if (!id) return;
  const model::TypeId type = infer(id, context_.basic.boolean);
  if (context_.kind(type) == K::boolean || is_error(context_, type)) return;
  std::string help;
  if (context_.kind(type) == K::set) help = "ask what it includes: `… includes member`";
  if (context_.kind(type) == K::list) help = fmt::format("ask about its members: `some x in {} where …`", text(id));
  if (context_.kind(type) == K::record) help = "name one of its fields";
  report(Code::condition_not_boolean, id,
         fmt::format("{} must be true or false, but `{}` is {}", clause, text(id), show_type(type)), std::move(help));
}

model::TypeId Expressions::require(ast::ExprId id, model::TypeId wanted, std::string_view clause) {
  if (!id) return error();
  const model::TypeId type = infer(id, wanted);
  if (agree(context_, type, wanted)) {
    const model::Type& w = context_.type(wanted);
    if (w.kind == K::quantity && w.name == "%") static_cast<void>(bare_number(id, id, type, wanted));
    const auto* literal = std::get_if<ast::NumberLit>(&expr(id).node);
    if (w.kind == K::integer && literal != nullptr && !literal->value.is_integer()) {
      report(Code::type_mismatch, id, fmt::format("{} wants a whole number, but it is `{}`", clause, text(id)));
    }
    return type;
  }
  if (is_number(context_.type(type)) && is_number(context_.type(wanted))) {
    const Dimension none;
    const bool bare = dimension_of(context_.type(type)) == none;
    report(bare ? Code::bare_number : Code::unit_mismatch, id,
           fmt::format(
               "{} is measured in `{}`, but `{}` {}", clause, unit_of(context_, context_.type(wanted)), text(id),
               bare ? std::string("has no unit") : fmt::format("is in `{}`", unit_of(context_, context_.type(type)))),
           bare ? fmt::format("write `{} {}`", text(id), unit_of(context_, context_.type(wanted))) : "");
    return type;
  }
  std::string help;
  const auto* quoted = std::get_if<ast::TextLit>(&expr(id).node);
  const K want = context_.kind(wanted);
  if (quoted != nullptr && (want == K::enumeration || want == K::country))
    help = fmt::format("write `{}` without quotes", quoted->value);
  if (want == K::money && is_number(context_.type(type))) help = "write the amount with its currency: `15 million EUR`";
  report(Code::type_mismatch, id,
         fmt::format("{} wants {}, but `{}` is {}", clause, show_type(wanted), text(id), show_type(type)),
         std::move(help));
  return type;
}

// ---- literals
// ----------------------------------------------------------------------------------------------------------

model::TypeId Expressions::number(ast::ExprId id, const ast::NumberLit& literal) {
  if (!literal.unit) return literal.value.is_integer() ? context_.basic.integer : context_.basic.decimal;
  const std::string& text = literal.unit->text;
  const Span span = literal.unit->span;
  if (context_.duration_words.contains(text)) {
    std::int64_t whole = 0;
    constexpr std::int64_t kMost = 100'000'000;
    if (!literal.value.to_int64(whole) || whole > kMost || whole < -kMost) {
      report(Code::invalid_duration, id, fmt::format("a duration is a whole number of {}", text),
             "use a smaller unit: 36 hours instead of 1.5 days");
      return error();
    }
    return context_.basic.duration;
  }
  const UnitTable& units = context_.vocabulary.units;
  const auto unit = units.parse(text);
  if (!unit) {
    std::vector<std::string> names = units.names();
    names.insert(names.end(), context_.duration_words.begin(), context_.duration_words.end());
    context_.report(Code::unknown_unit, span, fmt::format("unknown unit `{}`", unit.error()),
                    did_you_mean(unit.error(), names));
    return error();
  }
  if (units.is_currency(text)) return context_.basic.money;
  if (!literal.value.mul(unit->factor)) {
    report(Code::number_out_of_range, id, fmt::format("`{}` is too large in base units", this->text(id)));
    return error();
  }
  return quantity_type(context_, *unit, text);
}

model::TypeId Expressions::country(ast::ExprId id, const ast::CountryLit& literal, model::TypeId expected) {
  const model::Type& wanted = context_.type(expected);
  if (wanted.kind == K::enumeration) {
    const int member = context_.vocabulary.enums[wanted.enumeration].find(literal.code);
    if (member >= 0) {
      mean(id, MemberOf{wanted.enumeration, static_cast<std::uint32_t>(member)});
      return expected;
    }
  }
  const model::CountryCheck check = model::check_country(literal.code);
  if (!check.ok) {
    std::string help = check.suggestion;
    if (!help.empty() && help.find(' ') == std::string::npos) help = fmt::format("did you mean `{}`?", help);
    report(Code::invalid_country, id, fmt::format("`{}` is no country", literal.code), std::move(help));
    return error();
  }
  return context_.basic.country;
}

// ---- operators
// ---------------------------------------------------------------------------------------------------------

model::TypeId Expressions::unary(ast::ExprId id, const ast::Unary& unary, model::TypeId expected) {
  using U = ast::UnaryOp;
  switch (unary.op) {
    case U::not_: condition(unary.operand, "the operand of `not`"); return context_.basic.boolean;
    case U::is_present:
    case U::is_absent:
    case U::is_answered: infer(unary.operand); return context_.basic.boolean;
    case U::neg: {
      const model::TypeId type = infer(unary.operand, expected);
      const K kind = context_.kind(type);
      if (is_number(context_.type(type)) || kind == K::money || kind == K::duration || kind == K::error) return type;
      report(Code::type_mismatch, id,
             fmt::format("`-` wants a number, but `{}` is {}", text(unary.operand), show_type(type)));
      return error();
    }
  }
  return error();
}

model::TypeId Expressions::binary(ast::ExprId id, const ast::Binary& binary, model::TypeId expected) {
  using B = ast::BinaryOp;
  switch (binary.op) {
    case B::and_:
    case B::or_: {
      const char* clause = binary.op == B::and_ ? "an operand of `and`" : "an operand of `or`";
      condition(binary.left, clause);
      condition(binary.right, clause);
      return context_.basic.boolean;
    }
    case B::eq:
    case B::ne:
    case B::lt:
    case B::le:
    case B::gt:
    case B::ge: return comparison(id, binary);
    case B::in:
    case B::not_in: return membership(id, binary);
    case B::includes:
    case B::includes_any:
    case B::includes_all: return inclusion(id, binary);
    case B::at_least: return at_least(id, binary);
    case B::otherwise: return otherwise(binary, id, expected);
    case B::union_:
    case B::minus:
    case B::intersect: return algebra(id, binary, expected);
    case B::add:
    case B::sub: return sum(id, binary);
    case B::of: return share_of(id, binary);
    case B::mul:
    case B::div: return product(id, binary);
    case B::on_day: return on_day(id, binary, expected);
  }
  return error();
}

}  // namespace writ::sema
