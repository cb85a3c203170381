// Rules, exceptions and transitional provisions.
#include <fmt/format.h>

#include "engine/syntax/build.h"

namespace writ::syntax {

bool Build::effective(NodeId node, std::vector<ast::EffectiveSpan>& into) {
  for (const NodeId child : children(node)) {
    if (is(child, "never")) return true;
    if (rule(child) != Rule::effectiveSpan_ && rule(child) != Rule::daysSpan_) continue;
    ast::EffectiveSpan out;
    out.span = span(child);
    std::string_view word;
    for (const NodeId part : children(child)) {
      if (rule(part) == Rule::expr_) {
        out.when = expr(part);
      } else if (is(part, TokenKind::string)) {
        out.uncertain = text(part);
      } else if (!is(part, TokenKind::date)) {
        word = token(part).text;
      } else if (word == "from") {
        out.from = date(part);
      } else {
        (word == "until" ? out.until : out.before) = date(part);
      }
    }
    into.push_back(std::move(out));
  }
  return false;
}

ast::Penalty Build::penalty(NodeId node) {
  ast::Penalty out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::citation_) out.citation = citation(child);
    if (is(child, TokenKind::string)) out.text = text(child);
    if (rule(child) == Rule::expr_) (out.amount.valid() ? out.when : out.amount) = expr(child);
  }
  return out;
}

ast::Presumption Build::presumption(NodeId node) {
  ast::Presumption out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::operand_) out.fact = operand(child);
    if (rule(child) == Rule::expr_) (out.value.valid() ? out.when : out.value) = expr(child);
    if (rule(child) == Rule::cites_) cites(child, out.cites);
  }
  return out;
}

ast::ForEach Build::for_each(NodeId node) {
  ast::ForEach out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.variable = name(child);
    if (rule(child) == Rule::list_) out.list = list(child);
    if (rule(child) == Rule::expr_) out.where = expr(child);
  }
  return out;
}

ast::Requirement Build::requirement(NodeId node) {
  ast::Requirement out;
  out.span = span(node);
  out.forbids = token(node).is("forbids");
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::word_) out.label = name(child);
    if (rule(child) == Rule::expr_) out.condition = expr(child);
    if (rule(child) != Rule::requirementClause_) continue;
    const std::string_view word = token(child).text;
    if (rule(child + 1) == Rule::presumption_) {
      out.presumptions.push_back(presumption(child + 1));
      continue;
    }
    if (!once(seen, word, span(token(child)))) continue;
    for (const NodeId part : children(child)) {
      if (rule(part) == Rule::cites_) cites(part, out.cites);
      if (rule(part) == Rule::word_) out.severity = name(part);
      if (is(part, TokenKind::string)) (word == "remedy" ? out.remedy : out.note) = text(part);
    }
  }
  return out;
}

void Build::rule_clause(NodeId clause, ast::RuleDecl& out, std::map<std::string_view, Span>& seen) {
  const NodeId first = clause + 1;
  switch (rule(first)) {
    case Rule::cites_:
      if (once(seen, "cites", span(token(first)))) cites(first, out.cites);
      return;
    case Rule::effective_:
      if (once(seen, "effective", span(token(first)))) out.never_effective = effective(first, out.effective);
      return;
    case Rule::penalty_: out.penalties.push_back(penalty(first)); return;
    case Rule::presumption_: out.presumptions.push_back(presumption(first)); return;
    case Rule::published_:
      if (once(seen, "published", span(token(first)))) out.published = date(first + 2);
      return;
    case Rule::forEach_:
      if (once(seen, "for each", span(token(first)))) out.for_each = for_each(first);
      return;
    case Rule::requirement_: out.requirements.push_back(requirement(first)); return;
    default: break;
  }
  const std::string_view word = token(first).text;
  if (word == "not") {
    if (once(seen, "not waivable", span(clause))) out.not_waivable = true;
    return;
  }
  if (!once(seen, word, span(token(first)))) return;
  NodeId value = at(first).next;
  for (const NodeId child : children(clause)) {
    if (is(child, "on") || is(child, "when")) value = at(child).next;  // judged on, applies when
  }
  if (word == "group") paths(value, out.groups);
  if (word == "judged") out.judged_on = expr(value);
  if (word == "applies") out.applies = expr(value);
  standing(word, value, out);
}

ast::RuleDecl Build::rule_decl(NodeId node) {
  ast::RuleDecl out;
  out.span = span(node);
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.name = name(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::ruleClause_) rule_clause(child, out, seen);
  }
  return out;
}

/// What only an exception says; a transitional provision changes dates and nothing else.
void Build::exception_clause(NodeId clause, ast::ExceptionDecl& out, std::map<std::string_view, Span>& seen) {
  const NodeId first = clause + 1;
  if (rule(first) == Rule::butNot_) {
    out.but_not.push_back(but_not(first));
    return;
  }
  if (rule(first) == Rule::presumption_) {
    out.presumptions.push_back(presumption(first));
    return;
  }
  const std::string_view word = token(first).text;
  // An exception has one effect.
  const std::string_view slot = word == "exempts" ? std::string_view("requires") : word;
  if (slot == "requires" && seen.contains("requires")) {
    Diagnostic& d = out_.report(Code::duplicate_clause, span(token(first)), "an exception has one effect");
    d.labels.push_back({seen.at("requires"), "the first one"});
    d.help = "keep `exempts` or one `requires instead`; for two duties join them with `and`";
    return;
  }
  if (!once(seen, slot, span(token(first)))) return;
  for (const NodeId part : children(clause)) {
    if (rule(part) == Rule::expr_) out.instead = expr(part);
    if (rule(part) == Rule::paths_) paths(part, word == "yields" ? out.yields_to : out.prevails_over);
  }
}

template <class Decl>
Decl Build::exception_like(NodeId node) {
  constexpr bool kException = std::is_same_v<Decl, ast::ExceptionDecl>;
  Decl out;
  out.span = span(node);
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) == Rule::name_) (out.name.text.empty() ? out.name : out.variable.emplace()) = name(child);
    if (rule(child) == Rule::paths_) paths(child, out.targets);
    if (rule(child) != Rule::exceptionClause_) continue;
    const NodeId first = child + 1;
    const Span head = span(token(first));
    if (rule(first) == Rule::cites_) {
      if (once(seen, "cites", head)) cites(first, out.cites);
    } else if (rule(first) == Rule::effectiveDays_) {
      if (once(seen, "effective", head)) static_cast<void>(effective(first, out.effective));
    } else if (rule(first) == Rule::published_) {
      if (once(seen, "published", head)) out.published = date(first + 2);
    } else if (is(first, "when")) {
      if (once(seen, "when", head)) out.when = expr(at(first).next);
    } else if constexpr (kException) {
      exception_clause(child, out, seen);
    } else {
      const bool condition = rule(first) == Rule::butNot_;
      out_.report(rule(first) == Rule::presumption_ ? Code::misplaced_presumption : Code::misplaced_clause, span(first),
                  fmt::format("`{}` does not belong into a transitional provision",
                              condition ? std::string_view("but not when") : token(first).text))
          .help = condition
                      ? "write the condition into its `when`, with `and not`"
                      : "a transitional provision only says from when a rule holds; write an exception for the rest";
    }
  }
  const Span head = span(token(node));
  if (!out.when.valid()) {
    missing(head, fmt::format("{} `{}` does not say when it holds", token(node).text, out.name.text),
            "add `when` and the condition; `when true` holds always");
    out.when = add(head, ast::Hole{});
  }
  if constexpr (!kException) {
    if (out.effective.empty()) {
      missing(head, fmt::format("transitional `{}` does not say from when the provisions apply", out.name.text),
              "add `effective from` and the date");
    }
  }
  return out;
}

template ast::ExceptionDecl Build::exception_like<ast::ExceptionDecl>(NodeId);
template ast::TransitionalDecl Build::exception_like<ast::TransitionalDecl>(NodeId);

}  // namespace writ::syntax
