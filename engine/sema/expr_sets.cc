// Sets, maps and quantifiers.
#include <fmt/format.h>

#include "engine/sema/expressions.h"
#include "engine/sema/types.h"
#include "engine/sema/vocabulary.h"

namespace writ::sema {

using K = model::TypeKind;

model::TypeId Expressions::set_element(ast::ExprId id, model::TypeId type) {
  const model::Type& t = context_.type(type);
  if (t.kind == K::set) return t.element;
  if (t.kind == K::error) return error();
  std::string help;
  if (t.kind == K::list) help = fmt::format("ask about the members of the list: `some x in {} where …`", text(id));
  if (t.kind == K::enumeration || t.kind == K::country)
    help = fmt::format("a set of one is written `{{{}}}`", text(id));
  report(Code::type_mismatch, id, fmt::format("`{}` is {}, not a set", text(id), show_type(type)), std::move(help));
  return error();
}

void Expressions::member_agrees(ast::ExprId id, model::TypeId type, ast::ExprId set, model::TypeId element) {
  if (agree(context_, type, element)) return;
  std::string help;
  if (context_.kind(type) == K::set) help = "write `includes any of` or `includes all of` between sets";
  report(Code::type_mismatch, id,
         fmt::format("`{}` is {}, but `{}` holds {}", text(id), show_type(type), text(set), show_type(element)),
         std::move(help));
}

model::TypeId Expressions::membership(ast::ExprId id, const ast::Binary& binary) {
  static_cast<void>(id);
  const model::TypeId result = context_.basic.boolean;
  model::TypeId left;
  model::TypeId right;
  if (self_explaining(binary.left) || !self_explaining(binary.right)) {
    left = infer(binary.left);
    right = infer(binary.right,
                  is_error(context_, left) || context_.kind(left) == K::set ? left : set_type(context_, left));
  } else {
    right = infer(binary.right);
    left = infer(binary.left, context_.kind(right) == K::set ? context_.type(right).element : right);
  }
  const model::TypeId element = set_element(binary.right, right);
  if (!is_error(context_, element)) member_agrees(binary.left, left, binary.right, element);
  return result;
}

model::TypeId Expressions::inclusion(ast::ExprId id, const ast::Binary& binary) {
  static_cast<void>(id);
  const model::TypeId left = infer(binary.left);
  const model::TypeId element = set_element(binary.left, left);
  if (binary.op == ast::BinaryOp::includes) {
    const model::TypeId right = infer(binary.right, element);  // an error type keeps it quiet
    if (!is_error(context_, element)) member_agrees(binary.right, right, binary.left, element);
    return context_.basic.boolean;
  }
  const model::TypeId right = infer(binary.right, is_error(context_, element) ? error() : left);
  const model::TypeId other = set_element(binary.right, right);
  if (!is_error(context_, element) && !is_error(context_, other)) {
    if (!agree(context_, element, other)) {
      report(Code::type_mismatch, binary.right,
             fmt::format("`{}` holds {}, but `{}` holds {}", text(binary.right), show_type(other), text(binary.left),
                         show_type(element)));
    }
  }
  return context_.basic.boolean;
}

model::TypeId Expressions::set_literal(ast::ExprId id, const ast::SetLit& literal, model::TypeId expected) {
  model::TypeId element;
  if (context_.kind(expected) == K::set) element = context_.type(expected).element;
  if (expected && is_error(context_, expected)) element = expected;
  if (!element) {
    for (ast::ExprId m : literal.members) {
      if (element || !m || !self_explaining(m)) continue;
      element = infer(m);
    }
  }
  if (!element && !literal.members.empty()) element = infer(literal.members.front());  // a country, or an unknown name
  if (!element) {
    report(Code::type_mismatch, id, "nothing says what this empty set would hold");
    return error();
  }
  bool wrong = is_error(context_, element);
  for (ast::ExprId m : literal.members) {
    const model::TypeId type = infer(m, element);
    if (is_error(context_, type)) continue;
    if (!agree(context_, type, element)) {
      report(Code::type_mismatch, m,
             fmt::format("`{}` is {}, but the set holds {}", text(m), show_type(type), show_type(element)));
      wrong = true;
    }
  }
  return wrong ? error() : set_type(context_, element);
}

model::TypeId Expressions::algebra(ast::ExprId id, const ast::Binary& binary, model::TypeId expected) {
  static_cast<void>(id);
  model::TypeId left;
  model::TypeId right;
  if (self_explaining(binary.left)) {
    left = infer(binary.left, expected);
    right = infer(binary.right, context_.kind(left) == K::set ? left : expected);
  } else {
    right = infer(binary.right, expected);
    left = infer(binary.left, context_.kind(right) == K::set ? right : expected);
  }
  const model::TypeId a = set_element(binary.left, left);
  const model::TypeId b = set_element(binary.right, right);
  if (is_error(context_, a) || is_error(context_, b)) return is_error(context_, a) ? right : left;
  if (!agree(context_, a, b)) {
    report(Code::type_mismatch, binary.right,
           fmt::format("`{}` holds {}, but `{}` holds {}", text(binary.right), show_type(b), text(binary.left),
                       show_type(a)));
    return error();
  }
  return left;
}

model::TypeId Expressions::index(ast::ExprId id, const ast::Index& index) {
  static_cast<void>(id);
  const model::TypeId base = infer(index.base);
  const model::Type type = context_.type(base);
  if (type.kind != K::map) {
    infer(index.key);
    if (type.kind != K::error) {
      report(
          Code::type_mismatch, index.base, fmt::format("`{}` is {}, not a map", text(index.base), show_type(base)),
          type.kind == K::list ? fmt::format("find the element: `some x in {} where x.… == …`", text(index.base)) : "");
    }
    return error();
  }
  require(index.key, type.key, fmt::format("the key of `{}`", text(index.base)));
  return type.element;
}

model::TypeId Expressions::element_type(ast::ExprId list, model::TypeId type) {
  const model::Type t = context_.type(type);
  if (t.kind == K::list) return record_type(context_, t.record);
  if (t.kind == K::map) return t.element;
  if (t.kind != K::error) {
    report(Code::not_a_list, list, fmt::format("`{}` is {}, not a list", text(list), show_type(type)),
           t.kind == K::set ? "ask what a set `includes`, or write `count of`" : "");
  }
  return error();
}

model::TypeId Expressions::quantifier(ast::ExprId id, const ast::Quantifier& q) {
  using Q = ast::QuantifierOp;
  const BasicTypes& basic = context_.basic;
  const model::TypeId list = walked(q.list);
  if (q.op == Q::count && q.variable.text.empty()) {
    const K kind = context_.kind(list);
    if (kind != K::list && kind != K::map && kind != K::set && kind != K::error) {
      report(Code::not_a_list, q.list,
             fmt::format("`{}` is {}: there is nothing to count", text(q.list), show_type(list)));
    }
    return basic.integer;
  }
  const model::TypeId element = element_type(q.list, list);
  const std::uint32_t variable = enter(q.variable, element);
  info_.quantifier_variables[id.index] = variable;
  condition(q.where, "`where`");
  model::TypeId result = basic.boolean;
  switch (q.op) {
    case Q::some:
    case Q::every:
    case Q::no: condition(q.body, "`satisfies`"); break;
    case Q::count: result = basic.integer; break;
    case Q::share: result = basic.ratio; break;
    case Q::sum:
    case Q::min:
    case Q::max: {
      result = infer(q.body);
      if (q.body && !is_number(context_.type(result)) && context_.kind(result) != K::money &&
          !is_error(context_, result)) {
        const char* what = q.op == Q::sum ? "sum" : q.op == Q::min ? "min" : "max";
        report(Code::type_mismatch, q.body,
               fmt::format("`{}` wants numbers, but `{}` is {}", what, text(q.body), show_type(result)));
        result = error();
      }
      break;
    }
  }
  leave();
  const bool plain = !q.where && !q.body;
  if (!context_.used_variables.contains(variable) && !plain && !is_error(context_, element)) {
    context_.report(Code::unused_variable, q.variable.span,
                    fmt::format("`{}` is never read: the condition is the same for every element", q.variable.text));
  }
  return result;
}

}  // namespace writ::sema
