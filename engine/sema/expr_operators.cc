// What the operators of expressions take and give.
#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/expressions.h"
#include "engine/sema/types.h"
#include "engine/sema/vocabulary.h"

namespace writ::sema {

using K = model::TypeKind;

/// Types both sides; the side that explains itself says what the other may be.
std::pair<model::TypeId, model::TypeId> Expressions::both(const ast::Binary& binary) {
  // A name compared with a set is wrong, but it is meant as a member.
  const auto hint = [&](ast::ExprId side, model::TypeId other) {
    const bool member = context_.kind(other) == K::set && std::holds_alternative<ast::NameRef>(expr(side).node);
    return member ? context_.type(other).element : other;
  };
  if (self_explaining(binary.left) || !self_explaining(binary.right)) {
    const model::TypeId left = infer(binary.left);
    return {left, infer(binary.right, binary.right ? hint(binary.right, left) : left)};
  }
  const model::TypeId right = infer(binary.right);
  const model::TypeId left = infer(binary.left, hint(binary.left, right));
  return {left, right};
}

/// A number without unit where a quantity is compared: reported with the unit it lacks. Zero is zero in per cent, too.
bool Expressions::bare_number(ast::ExprId id, ast::ExprId other, model::TypeId type, model::TypeId wanted) {
  const model::Type& t = context_.type(type);
  const model::Type& w = context_.type(wanted);
  if (!is_number(t) || w.kind != K::quantity || !dimension_of(t).dimensionless()) return false;
  if (!w.dimension.dimensionless()) {
    report(Code::bare_number, id,
           fmt::format("`{}` is measured in `{}`, but `{}` has no unit", text(other), unit_of(context_, w), text(id)),
           std::holds_alternative<ast::NumberLit>(expr(id).node)
               ? fmt::format("write `{} {}`", text(id), unit_of(context_, w))
               : "");
    return true;
  }
  const auto* literal = std::get_if<ast::NumberLit>(&expr(id).node);
  if (w.name != "%" || literal == nullptr || literal->unit || literal->value.is_zero()) return false;
  const auto percent = literal->value.mul(100);
  report(Code::bare_number, id, fmt::format("`{}` may mean per cent or a fraction", text(id)),
         percent ? fmt::format("write `{} %` or `{} %`", literal->value.exact(), percent->exact()) : "write it in `%`");
  return true;
}

void Expressions::report_units(ast::ExprId id, const ast::Binary& binary, model::TypeId left, model::TypeId right) {
  if (bare_number(binary.left, binary.right, left, right) || bare_number(binary.right, binary.left, right, left))
    return;
  report(Code::unit_mismatch, id,
         fmt::format("`{}` is in `{}`, but `{}` is in `{}`", text(binary.left), unit_of(context_, context_.type(left)),
                     text(binary.right), unit_of(context_, context_.type(right))));
}

/// Two amounts written in the text must be in one currency; amounts of facts meet theirs when they are judged.
bool Expressions::same_currency(ast::ExprId id, const ast::Binary& binary) {
  const auto currency = [&](ast::ExprId side) -> std::string {
    while (const auto* u = std::get_if<ast::Unary>(&expr(side).node)) side = u->operand;
    const auto* literal = std::get_if<ast::NumberLit>(&expr(side).node);
    return literal != nullptr && literal->unit ? literal->unit->text : std::string();
  };
  const std::string left = currency(binary.left);
  const std::string right = currency(binary.right);
  if (left.empty() || right.empty() || left == right) return true;
  report(Code::currency_mismatch, id,
         fmt::format("`{}` and `{}` are amounts in two currencies", text(binary.left), text(binary.right)));
  return false;
}

model::TypeId Expressions::comparison(ast::ExprId id, const ast::Binary& binary) {
  const auto [left, right] = both(binary);
  const model::TypeId result = context_.basic.boolean;
  if (is_error(context_, left) || is_error(context_, right)) return result;
  const model::Type& l = context_.type(left);
  const model::Type& r = context_.type(right);
  const bool equality = binary.op == ast::BinaryOp::eq || binary.op == ast::BinaryOp::ne;
  if (is_number(l) && is_number(r)) {
    if (dimension_of(l) == dimension_of(r)) {
      if (!bare_number(binary.left, binary.right, left, right))
        static_cast<void>(bare_number(binary.right, binary.left, right, left));
    } else {
      report_units(id, binary, left, right);
    }
    return result;
  }
  if (!agree(context_, left, right)) {
    std::string help;
    const auto quoted = [&](ast::ExprId side, const model::Type& other) {
      const auto* literal = std::get_if<ast::TextLit>(&expr(side).node);
      if (literal != nullptr && (other.kind == K::enumeration || other.kind == K::country))
        help = fmt::format("write `{}` without quotes", literal->value);
    };
    quoted(binary.left, r);
    quoted(binary.right, l);
    if (l.kind == K::set && agree(context_, l.element, right))
      help = fmt::format("write `{} includes {}`", text(binary.left), text(binary.right));
    if (r.kind == K::set && agree(context_, r.element, left))
      help = fmt::format("write `{} in {}`", text(binary.left), text(binary.right));
    if (l.kind == K::money || r.kind == K::money) help = "write the amount with its currency: `15 million EUR`";
    if ((l.kind == K::date && r.kind == K::instant) || (l.kind == K::instant && r.kind == K::date))
      help = "a day and a moment do not compare: write the moment as `2025-08-02T00:00Z`";
    report(Code::type_mismatch, id,
           fmt::format("`{}` is {}, but `{}` is {}", text(binary.left), show_type(left), text(binary.right),
                       show_type(right)),
           std::move(help));
    return result;
  }
  if (l.kind == K::money) {
    static_cast<void>(same_currency(id, binary));
    return result;
  }
  if (l.kind == K::set || l.kind == K::map || l.kind == K::list || l.kind == K::record) {
    report(Code::not_comparable, id,
           fmt::format("`{}` is {}: it cannot be compared as a whole", text(binary.left), show_type(left)),
           l.kind == K::set ? "ask with `includes`, `includes any of` or `includes all of`" : "");
    return result;
  }
  const bool ordered = l.kind == K::date || l.kind == K::instant || l.kind == K::duration;
  if (!equality && !ordered) {
    report(Code::not_comparable, id,
           fmt::format("`{}` is {}, which has no smaller and larger", text(binary.left), show_type(left)),
           l.kind == K::enumeration ? "classifications with an `order` compare with `at least`" : "");
  }
  return result;
}

model::TypeId Expressions::sum(ast::ExprId id, const ast::Binary& binary) {
  const model::TypeId left = infer(binary.left);
  const model::TypeId right = infer(binary.right);
  if (is_error(context_, left) || is_error(context_, right)) return error();
  const model::Type l = context_.type(left);
  const model::Type r = context_.type(right);
  const char* verb = binary.op == ast::BinaryOp::add ? "add" : "subtract";
  if (is_number(l) && is_number(r)) {
    if (dimension_of(l) != dimension_of(r)) {
      report_units(id, binary, left, right);
      return error();
    }
    if (bare_number(binary.left, binary.right, left, right) || bare_number(binary.right, binary.left, right, left))
      return error();
    if (l.kind == K::quantity) return left;
    if (r.kind == K::quantity) return right;
    return l.kind == K::integer && r.kind == K::integer ? left : context_.basic.decimal;
  }
  if (l.kind == K::money && r.kind == K::money) return same_currency(id, binary) ? left : error();
  if (l.kind == K::duration && r.kind == K::duration) return left;
  const bool moved_left = (l.kind == K::date || l.kind == K::instant) && r.kind == K::duration;
  const bool moved_right =
      binary.op == ast::BinaryOp::add && l.kind == K::duration && (r.kind == K::date || r.kind == K::instant);
  if (moved_left || moved_right) {
    const ast::ExprId day = moved_left ? binary.left : binary.right;
    const ast::ExprId length = moved_left ? binary.right : binary.left;
    const auto* literal = std::get_if<ast::NumberLit>(&expr(length).node);
    if ((moved_left ? l : r).kind == K::date && literal != nullptr && literal->unit &&
        literal->unit->text.starts_with("hour")) {
      report(Code::invalid_duration, id, fmt::format("`{}` is a day: hours count from an instant", text(day)),
             "count in days, or declare the fact as an instant");
      return error();
    }
    return moved_left ? left : right;
  }
  std::string help;
  if (l.kind == K::duration && (r.kind == K::date || r.kind == K::instant))
    help = fmt::format("write the date first: `{} - {}`", text(binary.right), text(binary.left));
  if (l.kind == r.kind && (l.kind == K::date || l.kind == K::instant))
    help = "compare one with the other plus a duration: `a <= b + 14 days`";
  if (l.kind == K::set && r.kind == K::set)
    help = binary.op == ast::BinaryOp::add ? "sets are joined by `union`" : "write `minus` between sets";
  report(Code::type_mismatch, id,
         fmt::format("cannot {} `{}` ({}) and `{}` ({})", verb, text(binary.left), show_type(left), text(binary.right),
                     show_type(right)),
         std::move(help));
  return error();
}

model::TypeId Expressions::product(ast::ExprId id, const ast::Binary& binary) {
  const model::TypeId left = infer(binary.left);
  const model::TypeId right = infer(binary.right);
  if (is_error(context_, left) || is_error(context_, right)) return error();
  const model::Type l = context_.type(left);
  const model::Type r = context_.type(right);
  const bool division = binary.op == ast::BinaryOp::div;
  if (const auto* literal = std::get_if<ast::NumberLit>(&expr(binary.right).node);
      division && literal != nullptr && literal->value.is_zero()) {
    report(Code::number_out_of_range, id, "division by zero");
    return error();
  }
  if (is_number(l) && is_number(r)) {
    const Dimension dimension = dimension_of(l).times(dimension_of(r), division ? -1 : 1);
    if (!dimension.dimensionless())
      return quantity_type(context_, Unit{dimension, 1}, context_.vocabulary.units.describe(dimension));
    return !division && l.kind == K::integer && r.kind == K::integer ? left : context_.basic.decimal;
  }
  const auto plain = [](const model::Type& t) { return is_number(t) && dimension_of(t).dimensionless(); };
  const bool scales = l.kind == K::money || l.kind == K::duration;
  if (scales && plain(r)) return left;
  if (!division && (r.kind == K::money || r.kind == K::duration) && plain(l)) return right;
  if (division && l.kind == K::money && r.kind == K::money)
    return same_currency(id, binary) ? context_.basic.decimal : error();
  report(Code::type_mismatch, id,
         fmt::format("cannot {} `{}` ({}) {} `{}` ({})", division ? "divide" : "multiply", text(binary.left),
                     show_type(left), division ? "by" : "with", text(binary.right), show_type(right)));
  return error();
}

model::TypeId Expressions::otherwise(const ast::Binary& binary, ast::ExprId id, model::TypeId expected) {
  const model::TypeId left = infer(binary.left, expected);
  const model::TypeId right = infer(binary.right, is_error(context_, left) ? expected : left);
  if (agree(context_, left, right)) {
    if (!bare_number(binary.right, binary.left, right, left)) return is_error(context_, left) ? right : left;
    return left;
  }
  if (is_number(context_.type(left)) && is_number(context_.type(right))) {
    report_units(id, binary, left, right);
  } else {
    report(Code::type_mismatch, id,
           fmt::format("`{}` is {}, but otherwise it would be `{}`, {}", text(binary.left), show_type(left),
                       text(binary.right), show_type(right)));
  }
  return left;
}

model::TypeId Expressions::on_day(ast::ExprId id, const ast::Binary& binary, model::TypeId expected) {
  const model::TypeId type = infer(binary.left, expected);
  require(binary.right, context_.basic.date, "the day after `on`");
  const ast::Expr& left = expr(binary.left);
  const Meaning& meaning = info_.meanings[binary.left.index];
  const bool item = std::holds_alternative<ItemUse>(meaning);
  bool dated = false;
  if (const auto* member = std::get_if<ast::Member>(&left.node);
      member != nullptr && std::holds_alternative<FieldOf>(meaning)) {
    const model::RecordId record = record_of(context_, info_.types[member->base.index]);
    dated = record && context_.vocabulary.records[record].fields[std::get<FieldOf>(meaning).field].dated;
  } else if (std::holds_alternative<ast::NameRef>(left.node) && std::holds_alternative<FieldOf>(meaning)) {
    dated = context_.vocabulary.records[context_.vocabulary.root].fields[std::get<FieldOf>(meaning).field].dated;
  }
  const auto* nested = std::get_if<ast::Binary>(&left.node);
  const bool sets = nested != nullptr && context_.kind(type) == K::set;
  if (!item && !dated && !sets && !is_error(context_, type)) {
    report(Code::misplaced_on, id, fmt::format("`{}` does not depend on the day", text(binary.left)),
           "sets, tables, terms and dated facts can be read on another day");
  }
  return type;
}

model::TypeId Expressions::at_least(ast::ExprId id, const ast::Binary& binary) {
  const model::TypeId left = infer(binary.left);
  const model::Type& type = context_.type(left);
  const model::TypeId result = context_.basic.boolean;
  if (is_error(context_, left)) {
    return result;  // the member cannot be known
  }
  const ast::ClassifyDecl* declaration = nullptr;
  for (const auto& [ref, enumeration] : context_.checked.class_enums) {
    if (type.kind == K::enumeration && enumeration == type.enumeration)
      declaration = context_.get<ast::ClassifyDecl>(ref);
  }
  if (declaration == nullptr) {
    report(
        Code::misplaced_at_least, id,
        fmt::format("`{}` is {}: only a classification can be `at least` a value", text(binary.left), show_type(left)),
        is_number(type) ? "write `>=`" : "");
    return result;
  }
  if (declaration->order.empty()) {
    report(Code::misplaced_at_least, id, fmt::format("classification `{}` has no `order`", declaration->name.text),
           "say it in the classification: `order highest > … > lowest`")
        .labels.push_back({declaration->name.span, "declared here"});
    return result;
  }
  infer(binary.right, left);
  const auto* member = std::get_if<MemberOf>(&info_.meanings[binary.right.index]);
  if (member == nullptr) {
    if (!is_error(context_, info_.types[binary.right.index])) {
      report(Code::misplaced_at_least, binary.right,
             fmt::format("`{}` is no member of `{}`", text(binary.right), declaration->name.text));
    }
    return result;
  }
  const std::string& name = context_.vocabulary.enums[member->enumeration].members[member->member].name;
  const bool ordered = std::any_of(declaration->order.begin(), declaration->order.end(),
                                   [&](const ast::Name& n) { return n.text == name; });
  if (!ordered)
    report(Code::misplaced_at_least, binary.right,
           fmt::format("`{}` is not in the order of `{}`", name, declaration->name.text));
  return result;
}

}  // namespace writ::sema
