// The expressions that only law needs: deadlines, evidence, open norms, lineage, the higher of several amounts.
#include <fmt/format.h>

#include <algorithm>

#include "engine/syntax/build.h"

namespace writ::syntax {

ast::ExprId Build::age(NodeId node) {
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::operand_) return operand(child);
  }
  return {};
}

ast::ExprId Build::deadline(NodeId node, ast::ExprId done, Span whole) {
  ast::Deadline out;
  out.done = done;
  const NodeId first = node + 1;
  if (is(first, "by")) {
    out.start = operand(at(first).next);
    return add(whole, out, std::max(depth(done), depth(out.start)) + 1);
  }
  std::vector<ast::ExprId> operands;
  std::optional<ast::Name> days;
  for (const NodeId child : children(first)) {
    if (rule(child) == Rule::operand_) operands.push_back(operand(child));
    if (is(child, TokenKind::name)) days = name(child);
    if (rule(child) == Rule::path_) out.calendar = path(child);
  }
  out.start = operands[1];
  const std::uint32_t deepest = std::max({depth(done), depth(operands[0]), depth(operands[1])}) + 1;
  if (!days) {
    out.period = operands[0];
    return add(whole, std::move(out), deepest);
  }
  const ast::Expr& count = file_.exprs[operands[0]];
  const auto* number = std::get_if<ast::NumberLit>(&count.node);
  if (days->text != "days" && days->text != "day") {
    out_.report(Code::syntax_error, days->span, fmt::format("`working {}` is no period", days->text)).help =
        "only days are counted by a calendar: 10 working days";
  } else if (number == nullptr || number->unit) {
    if (!std::holds_alternative<ast::Hole>(count.node)) {
      out_.report(Code::syntax_error, count.span, "working days are counted by a plain number").help =
          "write it like 10 working days";
    }
  } else {
    out.working_days = number->value;
    return add(whole, std::move(out), deepest);
  }
  return add(whole, ast::Hole{});
}

ast::ExprId Build::evidenced(NodeId node, ast::ExprId fact, Span whole) {
  ast::Evidenced out;
  out.fact = fact;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::age_) out.max_age = age(child);
  }
  return add(whole, out, std::max(depth(fact), depth(out.max_age)) + 1);
}

ast::ExprId Build::extreme(NodeId node) {
  ast::Extreme out;
  out.higher = token(node).is("higher");
  std::uint32_t deepest = 0;
  for (const NodeId child : children(node)) {
    if (rule(child) != Rule::expr_) continue;
    out.parts.push_back(expr(child));
    deepest = std::max(deepest, depth(out.parts.back()));
  }
  return add(span(node), std::move(out), deepest + 1);
}

ast::ExprId Build::ancestors(NodeId node) {
  ast::Ancestors out;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::operand_) out.of = operand(child);
    if (rule(child) == Rule::word_) out.via = name(child);
  }
  const std::uint32_t inner = depth(out.of);
  return add(span(node), std::move(out), inner + 1);
}

ast::ExprId Build::judgement(NodeId node) {
  ast::Judged out;
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    if (is(child, TokenKind::string)) out.criterion = text(child);
    if (rule(child) == Rule::operand_) out.assessment = operand(child);
    if (rule(child) != Rule::judgedPart_) continue;
    const NodeId part = child + 1;
    const bool aged = rule(part) == Rule::age_;
    if (!once(seen, aged ? std::string_view("no older than") : token(part).text, span(part))) continue;
    if (aged) out.max_age = age(part);
    if (is(part, "independent")) out.independent = true;
    if (is(part, "worded")) out.worded = date(at(part).next);
  }
  const std::uint32_t deepest = std::max(depth(out.assessment), depth(out.max_age)) + 1;
  return add(span(node), std::move(out), deepest);
}

}  // namespace writ::syntax
