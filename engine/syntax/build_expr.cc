// Expressions: the flat sequence of the grammar becomes a tree by precedence, with two stacks and no recursion but that
// of brackets.
#include <fmt/format.h>

#include <utility>

#include "engine/syntax/build.h"
#include "engine/syntax/limits.h"
#include "engine/syntax/operators.h"

namespace writ::syntax {

ast::ExprId Build::add(Span place, decltype(ast::Expr::node) node, std::uint32_t depth) {
  if (depth > kMaxNesting) {
    if (!std::exchange(too_deep_, true)) {
      out_.report(Code::nesting_too_deep, place,
                  fmt::format("this expression has more than {} operations inside each other", kMaxNesting))
          .help = "give parts of it a name with `term`, or use a set or a table";
    }
    node = ast::Hole{};
    depth = 1;
  }
  const ast::ExprId id = file_.exprs.add({place, std::move(node)});
  depths_.resize(file_.exprs.size(), 1);
  depths_[id.index] = depth;
  return id;
}

ast::ExprId Build::negative(ast::ExprId operand, Span place) {
  ast::Expr& e = file_.exprs[operand];
  if (auto* literal = std::get_if<ast::NumberLit>(&e.node)) {  // -5 is a number
    literal->value = literal->value.neg();
    e.span = place;
    return operand;
  }
  return add(place, ast::Unary{ast::UnaryOp::neg, operand}, depth(operand) + 1);
}

/// Operators wait here until one that binds less tightly, or the end, says how far their right side goes.
struct Build::Shunt {
  struct Waiting {
    Level level;
    Span place;
    bool prefix;
    ast::BinaryOp op;  // of a binary one
  };
  Build& build;
  std::vector<Waiting> operators{};
  std::vector<ast::ExprId> operands{};
  std::uint32_t tested = UINT32_MAX;  // the last operand, when it is `x is present`

  ast::ExprId pop() {
    const ast::ExprId id = operands.back();
    operands.pop_back();
    return id;
  }
  Span place(ast::ExprId id) const { return build.file_.exprs[id].span; }

  void apply() {
    const Waiting waiting = operators.back();
    operators.pop_back();
    const ast::ExprId right = pop();
    if (waiting.prefix) {
      const Span whole{place(right).file, waiting.place.begin, place(right).end};
      operands.push_back(waiting.level == Level::not_
                             ? build.add(whole, ast::Unary{ast::UnaryOp::not_, right}, build.depth(right) + 1)
                             : build.negative(right, whole));
      return;
    }
    const ast::ExprId left = pop();
    const Span whole{place(left).file, place(left).begin, place(right).end};
    const std::uint32_t depth = std::max(build.depth(left), build.depth(right)) + 1;
    operands.push_back(build.add(whole, ast::Binary{waiting.op, left, right}, depth));
  }
  /// Everything that binds at least as tightly as `level` is complete.
  void reduce(Level level, bool right = false) {
    while (!operators.empty() && (operators.back().level > level || (operators.back().level == level && !right)))
      apply();
  }
  void chain(Span second, std::string_view words) {
    Diagnostic& d = build.out_.report(Code::chained_comparison, second,
                                      fmt::format("`{}` compares what is already a comparison", words));
    d.help = "write two comparisons and join them with `and`, or put the first one in parentheses";
  }
  [[nodiscard]] bool after_comparison() const {
    return (!operators.empty() && !operators.back().prefix && operators.back().level == Level::comparison) ||
           (!operands.empty() && operands.back().index == tested);
  }

  void prefix(Span place_of, bool negation) {
    if (negation && !operators.empty() && operators.back().level > Level::not_) {
      build.out_
          .report(Code::needs_parentheses, place_of,
                  "`not` reaches as far as the next `and` or `or`, but stands inside a tighter operator")
          .help = "put `not …` in parentheses";
    }
    operators.push_back({negation ? Level::not_ : Level::negation, place_of, true, {}});
  }
  void test(NodeId node) {
    reduce(Level::otherwise);
    const NodeId first = node + 1;
    if (build.rule(first) == Rule::within_ || build.is(first, "by")) {
      if (after_comparison()) chain(build.span(node), fmt::format("{} …", build.token(first).text));
      return tested_as(node, &Build::deadline);
    }
    if (build.token(node).is("is") && build.is(build.at(first).next, "evidenced")) {
      if (after_comparison()) chain(build.span(node), "is evidenced");
      return tested_as(node, &Build::evidenced);
    }
    const std::string_view word = build.tokens_[build.at(node).last - 1].text;
    if (after_comparison()) chain(build.span(node), fmt::format("is {}", word));
    const ast::UnaryOp op = word == "present"  ? ast::UnaryOp::is_present
                            : word == "absent" ? ast::UnaryOp::is_absent
                                               : ast::UnaryOp::is_answered;
    const ast::ExprId operand = pop();
    Span whole = build.span(node);
    whole.begin = place(operand).begin;
    operands.push_back(build.add(whole, ast::Unary{op, operand}, build.depth(operand) + 1));
    tested = operands.back().index;
  }
  void tested_as(NodeId node, ast::ExprId (Build::*make)(NodeId, ast::ExprId, Span)) {
    const ast::ExprId operand = pop();
    Span whole = build.span(node);
    whole.begin = place(operand).begin;
    operands.push_back((build.*make)(node, operand, whole));
    tested = operands.back().index;
  }
  void binary(NodeId node) {
    std::string words;
    for (std::uint32_t i = build.at(node).first; i < build.at(node).last; ++i)
      words += (words.empty() ? "" : " ") + std::string(build.tokens_[i].text);
    const Operator& op = binary_operator(words);
    if (op.level == Level::comparison) {
      reduce(Level::otherwise);
      if (after_comparison()) chain(build.span(node), words);
    }
    reduce(op.level, op.right);
    operators.push_back({op.level, build.span(node), false, op.op});
  }
};

ast::ExprId Build::expr(NodeId node) {
  Shunt shunt{*this};
  for (const NodeId child : children(node)) {
    switch (rule(child)) {
      case Rule::prefix_: shunt.prefix(span(child), token(child).is("not")); break;
      case Rule::operand_: shunt.operands.push_back(operand(child)); break;
      case Rule::quantifier_: shunt.operands.push_back(quantifier(child)); break;
      case Rule::test_: shunt.test(child); break;
      default: shunt.binary(child); break;
    }
  }
  while (!shunt.operators.empty()) shunt.apply();
  return shunt.operands.back();
}

ast::ExprId Build::list(NodeId node) {
  Shunt shunt{*this};
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::operand_) {
      shunt.operands.push_back(operand(child));
    } else {
      shunt.binary(child);
    }
  }
  while (!shunt.operators.empty()) shunt.apply();
  return shunt.operands.back();
}

ast::ExprId Build::quantifier(NodeId node) {
  ast::Quantifier out;
  const std::string_view head = token(node).text;
  out.op = head == "some"    ? ast::QuantifierOp::some
           : head == "every" ? ast::QuantifierOp::every
           : head == "no"    ? ast::QuantifierOp::no
           : head == "count" ? ast::QuantifierOp::count
           : head == "sum"   ? ast::QuantifierOp::sum
           : head == "min"   ? ast::QuantifierOp::min
           : head == "max"   ? ast::QuantifierOp::max
                             : ast::QuantifierOp::share;
  std::string_view word;
  std::uint32_t deepest = 0;
  for (const NodeId child : children(node)) {
    switch (rule(child)) {
      case Rule::token: word = token(child).text; break;
      case Rule::name_: out.variable = name(child); break;
      case Rule::list_: out.list = list(child); break;
      default: (word == "where" ? out.where : out.body) = expr(child); break;
    }
  }
  for (const ast::ExprId part : {out.list, out.where, out.body}) deepest = std::max(deepest, depth(part));
  return add(span(node), std::move(out), deepest + 1);
}

ast::ExprId Build::operand(NodeId node) {
  // A call is found before its name is read, because the name of a call is a path and no expression.
  std::vector<NodeId> parts;
  std::size_t call = 0;  // the arguments that follow a plain dotted name
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::arguments_ && call == 0) {
      bool dotted = rule(parts[0] + 1) == Rule::name_;
      for (std::size_t i = 1; i < parts.size(); ++i)
        dotted = dotted && (is(parts[i], ".") || rule(parts[i]) == Rule::word_);
      if (dotted) call = parts.size();
    }
    parts.push_back(child);
  }
  const auto arguments = [&](NodeId list_node, std::vector<ast::ExprId>& into) {
    std::uint32_t deepest = 0;
    for (const NodeId child : children(list_node)) {
      if (rule(child) != Rule::expr_) continue;
      into.push_back(expr(child));
      deepest = std::max(deepest, depth(into.back()));
    }
    return deepest;
  };
  ast::ExprId base;
  std::size_t next = 1;
  if (call != 0) {
    ast::Call out;
    out.callee.segments.push_back(name(parts[0]));
    for (std::size_t i = 2; i < call; i += 2) out.callee.segments.push_back(name(parts[i]));
    out.callee.span = {file_.source, token(parts[0]).begin, token(parts[call - 1]).end};
    const std::uint32_t deepest = arguments(parts[call], out.args);
    base = add({file_.source, token(parts[0]).begin, span(parts[call]).end}, std::move(out), deepest + 1);
    next = call + 1;
  } else {
    base = primary(parts[0]);
  }
  for (; next < parts.size(); ++next) {
    const NodeId part = parts[next];
    const Span whole{file_.source, token(node).begin, span(part).end};
    if (rule(part) == Rule::word_) {
      base = add(whole, ast::Member{base, name(part)}, depth(base) + 1);
    } else if (rule(part) == Rule::expr_) {
      const ast::ExprId key = expr(part);
      base = add(whole, ast::Index{base, key}, std::max(depth(base), depth(key)) + 1);
    } else if (is(part, "]")) {
      file_.exprs[base].span = whole;
    } else if (rule(part) == Rule::arguments_) {
      out_.report(Code::syntax_error, whole, "only a term or a table takes arguments in parentheses").help =
          "to read a member of a map, write its key in square brackets";
      base = add(whole, ast::Hole{});
    }
  }
  return base;
}

ast::ExprId Build::primary(NodeId node) {
  const NodeId first = node + 1;
  switch (rule(first)) {
    case Rule::number_: return number(first);
    case Rule::extreme_: return extreme(first);
    case Rule::ancestors_: return ancestors(first);
    case Rule::judgement_: return judgement(first);
    case Rule::setLiteral_: {
      ast::SetLit out;
      std::uint32_t deepest = 0;
      for (const NodeId child : children(first)) {
        if (rule(child) != Rule::expr_) continue;
        out.members.push_back(expr(child));
        deepest = std::max(deepest, depth(out.members.back()));
      }
      return add(span(first), std::move(out), deepest + 1);
    }
    case Rule::token:
      if (is(first, "as")) return add(span(node), ast::AsOf{});
      if (is(first, "(")) {
        const ast::ExprId inner = expr(at(first).next);
        file_.exprs[inner].span = span(node);
        ++depths_[inner.index];
        return inner;
      }
      break;
    default: break;
  }
  return literal(node);
}

ast::ExprId Build::constant(NodeId node) { return rule(node + 1) == Rule::number_ ? number(node + 1) : literal(node); }

}  // namespace writ::syntax
