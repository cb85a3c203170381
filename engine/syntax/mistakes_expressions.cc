// Expressions: operators written otherwise, what `is` cannot ask, aggregates without parentheses.
#include <fmt/format.h>

#include "engine/syntax/explain.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

std::optional<Finding> after_is(const Scene& s) {
  if (!s.at(-1).is("is") || !s.inside(Rule::expr_)) return std::nullopt;
  const Token& t = s.at();
  const std::uint32_t here = s.here();
  if (t.is("known") || t.text == "unknown") {
    return s.finding(
        Code::syntax_error,
        fmt::format(
            "`is {}` cannot stand in a condition: whether something has been stated must not change what the law says",
            t.text),
        "write the condition on the fact itself; a fact that nobody has stated makes the verdict undetermined",
        s.replace(here, here + 1, TokenKind::keyword, "answered"));
  }
  if (t.is("true") || t.is("false")) {
    return s.finding(Code::wrong_operator, fmt::format("`is {}` is no test", t.text),
                     t.is("true") ? "write the condition alone" : "write `not` before the condition",
                     s.replace(here, here + 1, TokenKind::keyword, "answered"));
  }
  if (t.is("not") && (s.at(1).is("present") || s.at(1).is("absent"))) {
    return s.finding(Code::wrong_operator, fmt::format("`is not {}` is no test", s.at(1).text),
                     fmt::format("write `is {}`", s.at(1).is("present") ? "absent" : "present"),
                     s.drop(here, here + 1));
  }
  if (t.is("not")) {
    return s.finding(Code::wrong_operator, "`is not` is no operator", "write `!=`, or `not` before the condition",
                     s.replace(here - 1, here + 1, TokenKind::symbol, "!="));
  }
  if (t.is("in"))
    return s.finding(Code::wrong_operator, "`is in` is no operator", "write `in`", s.drop(here - 1, here));
  if (t.is_word() || t.kind == TokenKind::number || t.kind == TokenKind::string) {
    Finding out = s.finding(Code::wrong_operator, "`is` asks only for `present`, `absent`, `answered` or `evidenced`",
                            "to compare, write `==`", s.replace(here - 1, here, TokenKind::symbol, "=="));
    out.diagnostic.span = s.span(here - 1);
    return out;
  }
  return std::nullopt;
}

std::optional<Finding> quantifiers(const Scene& s) {
  const Token& t = s.at();
  // some x in list and …; count of list > 3
  const bool after_quantifier = s.ended(Rule::quantifier_);
  if (after_quantifier && (t.kind == TokenKind::symbol || t.kind == TokenKind::keyword)) {
    const bool operator_sign = t.is(">") || t.is(">=") || t.is("<") || t.is("<=") || t.is("==") || t.is("!=") ||
                               t.is("and") || t.is("or") || t.is("+") || t.is("-") || t.is("*") || t.is("/") ||
                               t.is("in") || t.is("=") || t.is("is") || t.is("otherwise");
    if (operator_sign && s.hole()) {
      std::uint32_t first = s.here();
      for (const Stop::Frame& f : s.stop.ended) {
        if (f.rule == Rule::quantifier_) first = f.first;
      }
      const std::string_view head = s.tokens[first].text;
      Finding out = s.finding(Code::needs_parentheses,
                              fmt::format("`{} …` takes everything to its right, but {} cannot belong to its list",
                                          head, s.shown(s.here())),
                              fmt::format("put it in parentheses: ({} …) {} …", head, t.text), {});
      out.diagnostic.labels.push_back({s.span(first), "it begins here"});
      out.mend = {first, s.here(), {}};
      Token open = s.tokens[first];
      open.kind = TokenKind::symbol;
      open.text = "(";
      open.end = open.begin;
      out.mend.with.push_back(open);
      for (std::uint32_t i = first; i < s.here(); ++i) out.mend.with.push_back(s.tokens[i]);
      Token close = s.tokens[s.here() - 1];
      close.kind = TokenKind::symbol;
      close.text = ")";
      close.begin = close.end;
      out.mend.with.push_back(close);
      return out;
    }
  }
  // max(a, b)
  if (t.is("(") && (s.at(-1).is("min") || s.at(-1).is("max") || s.at(-1).is("sum") || s.at(-1).is("count")) &&
      s.inside(Rule::quantifier_)) {
    const auto hole = s.hole();
    return s.finding(Code::syntax_error, fmt::format("`{}` takes no arguments in parentheses", s.at(-1).text),
                     s.at(-1).is("count") ? "write `count of LIST`"
                                          : fmt::format("write `{} of VALUE for x in LIST`", s.at(-1).text),
                     hole.value_or(s.drop_clause()));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Finding> wrong_expression(const Scene& s) {
  if (auto found = after_is(s)) return found;
  if (auto found = quantifiers(s)) return found;
  const Token& t = s.at();
  if (t.is("=") && s.after_operand() && s.expects("==")) {
    return s.finding(Code::wrong_operator, "`=` does not compare", "write `==`",
                     s.replace(s.here(), s.here() + 1, TokenKind::symbol, "=="));
  }
  if (t.is("=") && s.before_operand() && (s.at(-1).is("==") || s.at(-1).is("<=") || s.at(-1).is(">="))) {
    return s.finding(Code::wrong_operator, fmt::format("`{}=` is no operator of this language", s.at(-1).text),
                     fmt::format("write `{}`", s.at(-1).text), s.drop(s.here(), s.here() + 1));
  }
  return std::nullopt;
}

}  // namespace writ::syntax
