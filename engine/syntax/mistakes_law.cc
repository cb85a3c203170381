// Clauses of law in the wrong place or form: presumptions, days, readings, the order of exceptions, penalties.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/syntax/explain.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

Mend rest(const Scene& s) { return s.drop(s.here(), static_cast<std::uint32_t>(s.tokens.size() - 1)); }

/// Only what judges may presume: a term, set or classification is the same for every rule that names it.
std::optional<Finding> presumption(const Scene& s) {
  // In a classification any word may be a value: `presume` was read as one.
  const bool value = s.item() == Rule::classifyDecl_ && s.at(-1).is("presume") && !s.at().is("when");
  if (!s.at().is("presume") && !value) return std::nullopt;
  static constexpr std::array kPlaces = {std::pair(Rule::termDecl_, "term"),
                                         std::pair(Rule::scopeDecl_, "scope"),
                                         std::pair(Rule::roleDecl_, "role"),
                                         std::pair(Rule::setDecl_, "set"),
                                         std::pair(Rule::tableDecl_, "table"),
                                         std::pair(Rule::groupDecl_, "group"),
                                         std::pair(Rule::classifyDecl_, "classification")};
  for (const auto& [rule, what] : kPlaces) {
    if (s.item() != rule && !(s.item() == Rule::file_ && s.ended(rule))) continue;
    return s.finding(Code::misplaced_presumption, fmt::format("a presumption in a {}", what),
                     "write `presume` into the rules, requirements or exceptions that may presume",
                     s.item() == Rule::file_ ? rest(s) : s.drop_clause());
  }
  if (s.item() != Rule::file_ && s.item() != Rule::transitionalDecl_ && s.item() != Rule::portfolioDecl_)
    return std::nullopt;
  const bool outside = s.item() == Rule::file_;
  return s.finding(Code::misplaced_presumption,
                   outside ? "a presumption outside of any rule"
                           : fmt::format("a presumption in a {} {}", item_name(s.item()),
                                         s.item() == Rule::portfolioDecl_ ? "rule" : "provision"),
                   "write `presume` into the rules, requirements or exceptions that may presume",
                   outside ? rest(s) : s.drop_clause());
}

/// Days in the wrong order, reasons that are missing, law that never took effect and has a date.
std::optional<Finding> dates(const Scene& s) {
  const Token& t = s.at();
  const std::uint32_t here = s.here();
  // from D until E, in the wrong order
  if (t.is("from") && s.at(-1).kind == TokenKind::date && (s.at(-2).is("until") || s.at(-2).is("before"))) {
    Finding out = s.finding(Code::syntax_error, fmt::format("`{}` stands before `from`", s.at(-2).text),
                            fmt::format("write the first day first: from … {} …", s.at(-2).text),
                            s.drop(here, here + (s.at(1).kind == TokenKind::date ? 2 : 1)));
    out.diagnostic.span = s.span(here - 2);
    return out;
  }
  if ((t.is("until") || t.is("before")) && s.at(-1).is("effective") && s.at(1).kind == TokenKind::date &&
      s.at(2).is("from") && s.at(3).kind == TokenKind::date) {
    Mend mend = s.drop(here, here + 4);
    for (const std::uint32_t i : {here + 2, here + 3, here, here + 1}) mend.with.push_back(s.tokens[i]);
    return s.finding(Code::syntax_error, fmt::format("`{}` stands before `from`", t.text),
                     fmt::format("write the first day first: from … {} …", t.text), std::move(mend));
  }
  // GB published D from E
  if ((t.is("from") || t.is("until") || t.is("before")) && s.at(-1).kind == TokenKind::date &&
      s.at(-2).is("published")) {
    std::uint32_t end = here;
    while (end + 1 < s.tokens.size() &&
           (s.tokens[end].is("from") || s.tokens[end].is("until") || s.tokens[end].is("before")) &&
           s.tokens[end + 1].kind == TokenKind::date)
      end += 2;
    return s.finding(Code::syntax_error, fmt::format("`{}` stands after `published`", t.text),
                     "write the days first, and when they were published after them",
                     s.drop(here, std::max(end, here + 1)));
  }
  if (t.is("uncertain")) {
    if (s.at(1).kind != TokenKind::string && s.at(-1).kind == TokenKind::date) {
      return s.finding(Code::syntax_error, "expected the reason after `uncertain`",
                       "say in quotation marks why nobody can tell: uncertain \"…\"", s.drop(here, here + 1));
    }
    if (s.at(1).kind == TokenKind::string && (s.inside(Rule::effectiveSpan_) || s.ended(Rule::effectiveSpan_)) &&
        s.after_operand()) {
      return s.finding(Code::syntax_error, "`uncertain` stands after the condition",
                       "write it before `when`: from … uncertain \"…\" when …", s.drop(here, here + 2));
    }
    if (s.at(-1).is("effective")) {
      return s.finding(Code::syntax_error, "expected `from` and a date before `uncertain`",
                       "write `effective from … uncertain \"…\"`", s.drop_clause());
    }
  }
  const bool dated = t.is("from") && s.at(-1).is("never");
  if (dated || (t.is("never") && s.at(-1).is("from"))) {
    return s.finding(Code::syntax_error, "what never took effect has no dates", "write `effective never`",
                     dated ? s.drop(here, here + (s.at(1).kind == TokenKind::date ? 2 : 1)) : s.drop(here - 1, here));
  }
  // holiday "Christmas Day" 2026-12-25
  if (t.kind == TokenKind::string && s.at(-1).is("holiday") && s.at(1).kind == TokenKind::date) {
    Mend mend = s.drop(here, here + 2);
    mend.with = {s.tokens[here + 1], s.tokens[here]};
    return s.finding(Code::syntax_error, "the name of a holiday stands after its day",
                     fmt::format("write `holiday {} {}`", s.at(1).text, t.text), std::move(mend));
  }
  return std::nullopt;
}

/// A term has a meaning, or readings.
std::optional<Finding> terms(const Scene& s) {
  if (s.at().is("reading") && s.item() == Rule::file_ && s.ended(Rule::termDecl_))
    return s.finding(Code::misplaced_clause, "a term has `means` or readings, not both",
                     "write each of the readings as `reading NAME … means …`", rest(s));
  if (s.inside(Rule::reading_) && s.at(-1).is("reading") && s.at().is("means"))
    return s.finding(Code::syntax_error, "expected the name of the reading", "write `reading NAME … means …`",
                     s.insert(TokenKind::name, "unnamed"));
  if (s.at().is("reading") && s.item() == Rule::file_)
    return s.finding(Code::misplaced_clause, "`reading` stands outside of a term",
                     "write the readings into the term: term NAME reading ONE means … reading OTHER means …", rest(s));
  return std::nullopt;
}

std::optional<Finding> other_item(const Scene& s) {
  const Token& t = s.at();
  const std::uint32_t here = s.here();
  // requires instead …, in a rule: `instead` was read as a name
  if (s.item() == Rule::ruleDecl_ && s.after_operand() && s.at(-1).text == "instead" && s.at(-2).is("requires")) {
    Finding out = s.finding(Code::misplaced_clause, "only an exception requires something instead",
                            "leave `instead` out, or write an exception to the rule", s.drop(here - 1, here));
    out.diagnostic.span = s.span(here - 1);
    return out;
  }
  if (t.text == "evidence" && s.item() == Rule::ruleDecl_ && s.expects("cites")) {
    return s.finding(Code::syntax_error, "`evidence` is no clause of a rule",
                     "require it of the fact: requires FACT is evidenced", s.drop_clause());
  }
  // supplied set x of text { … }
  if (t.is("{") && s.item() == Rule::file_ && s.ended(Rule::suppliedDecl_)) {
    return s.finding(Code::syntax_error, "what the user supplies has no body in the rules",
                     "leave the braces out; the rows come from a file: --table NAME=FILE.csv", rest(s));
  }
  // the clauses of exceptions, nearly
  static constexpr std::array kOrder = {std::pair(std::string_view("yield"), std::string_view("yields")),
                                        std::pair(std::string_view("prevail"), std::string_view("prevails"))};
  for (const auto& [written, meant] : kOrder) {
    if (s.item() == Rule::exceptionDecl_ && s.expects(meant) && t.text == written) {
      return s.finding(Code::syntax_error, fmt::format("`{}` is no clause of an exception", written),
                       fmt::format("did you mean `{} {}`?", meant, meant == "yields" ? "to" : "over"),
                       s.replace(here, here + 1, TokenKind::keyword, meant));
    }
  }
  // penalty 15 million EUR; penalty AIA "Art. 99" higher of (…)
  if (s.inside(Rule::penalty_) && s.at(-1).is("penalty") && t.kind == TokenKind::number) {
    return s.finding(Code::syntax_error, "a penalty begins with its provision",
                     "write `penalty ACT \"Art. …\": AMOUNT`", s.drop_clause());
  }
  if (s.ended(Rule::citation_) && s.expects(":") && !t.first_on_line &&
      (t.kind == TokenKind::number || t.is("higher") || t.is("lower"))) {
    return s.finding(Code::syntax_error, "expected `:` before the amount", "write `penalty ACT \"Art. …\": AMOUNT`",
                     s.insert(TokenKind::symbol, ":"));
  }
  // portfolio rule x over deployments
  if (s.innermost() == Rule::portfolioDecl_ && t.is("{") && s.expects("in")) {
    Mend mend = s.insert(TokenKind::keyword, "in");
    mend.with.push_back(s.replace(here, here, TokenKind::name, s.at(-1).text).with.front());
    return s.finding(Code::syntax_error, "expected a name for each of the documents",
                     fmt::format("write `over d in {}`", s.at(-1).text), std::move(mend));
  }
  // expect pending r by 2026-08-20
  if (s.inside(Rule::testClause_) && s.ended(Rule::path_) && s.at(1).kind == TokenKind::date &&
      (t.is("by") || t.is("until") || t.is("within"))) {
    return s.finding(Code::syntax_error, fmt::format("`{}` does not say when it is due", t.text),
                     "write `due` and the day", s.replace(here, here + 1, TokenKind::keyword, "due"));
  }
  if (s.item() == Rule::roleDecl_ && s.innermost() == Rule::param_ && s.expects(":")) {
    Mend mend = s.insert(TokenKind::symbol, ":");
    mend.with.push_back(s.replace(here, here, TokenKind::name, "party_entry").with.front());
    return s.finding(Code::syntax_error, fmt::format("expected the type of `{}`", s.at(-1).text),
                     fmt::format("write `of {}: party_entry`", s.at(-1).text), std::move(mend));
  }
  // role r (p: party_entry)
  if (t.is("(") && s.ended(Rule::roleDecl_)) {
    return s.finding(Code::syntax_error, "a role is of one party", "write `role NAME of p: party_entry`", rest(s));
  }
  if (t.is("when") && s.ended(Rule::roleDecl_))
    return s.finding(Code::syntax_error, "`when` does not define a role", "write `means`",
                     s.replace(here, here + 1, TokenKind::keyword, "means"));
  return std::nullopt;
}

}  // namespace

std::optional<Finding> wrong_law(const Scene& s) {
  for (const auto& recognise : {presumption, dates, terms, other_item}) {
    if (auto found = recognise(s)) return found;
  }
  return std::nullopt;
}

}  // namespace writ::syntax
