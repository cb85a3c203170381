// Rules over all documents of a kind.
#include <fmt/format.h>

#include "engine/syntax/build.h"

namespace writ::syntax {

void Build::portfolio_clause(NodeId clause, ast::PortfolioDecl& out, std::map<std::string_view, Span>& seen) {
  const NodeId first = clause + 1;
  const Span head = span(token(first));
  switch (rule(first)) {
    case Rule::cites_:
      if (once(seen, "cites", head)) cites(first, out.cites);
      return;
    case Rule::effective_:
      if (once(seen, "effective", head) && effective(first, out.effective)) {
        out_.report(Code::misplaced_clause, span(first), "a rule over a portfolio has dates").help =
            "leave the rule out when it never took effect";
      }
      return;
    case Rule::requirement_: out.requirements.push_back(requirement(first)); return;
    case Rule::penalty_: out.penalties.push_back(penalty(first)); return;
    default: break;
  }
  const std::string_view word = token(first).text;
  if (word == "not") {
    if (once(seen, "not waivable", span(clause))) out.not_waivable = true;
    return;
  }
  if (!once(seen, word, head)) return;
  NodeId value = at(first).next;
  if (is(value, "by")) value = at(value).next;
  if (word == "where") out.where = expr(value);
  if (word == "group") out.key = expr(value);
  if (word == "weigh") out.weight = expr(value);
  standing(word, value, out);
}

ast::PortfolioDecl Build::portfolio_decl(NodeId node) {
  ast::PortfolioDecl out;
  out.span = span(node);
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) (out.name.text.empty() ? out.name : out.variable) = name(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::word_) out.kind = name(child);
    if (rule(child) == Rule::portfolioClause_) portfolio_clause(child, out, seen);
  }
  return out;
}

}  // namespace writ::syntax
