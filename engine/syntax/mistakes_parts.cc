// A sign or word of a clause left out, too many, or another one than is written here.
#include <fmt/format.h>

#include <algorithm>

#include "engine/syntax/expected.h"
#include "engine/syntax/explain.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

bool begins_operand(const Token& t) {
  return t.is_word() || t.kind == TokenKind::number || t.kind == TokenKind::string || t.kind == TokenKind::date ||
         t.is("(") || t.is("{");
}

std::optional<Finding> commas(const Scene& s) {
  const Token& t = s.at();
  const std::uint32_t here = s.here();
  // a comma before nothing
  if (here > 0 && s.at(-1).is(",") &&
      (t.is("}") || t.is(")") || t.is("]") || t.kind == TokenKind::end || begins_clause(s.tokens, here))) {
    Finding out = s.finding(Code::syntax_error, "nothing follows this comma",
                            "leave the comma out, or add what should follow", s.drop(here - 1, here));
    out.diagnostic.span = s.span(here - 1);
    return out;
  }
  // AIA "Art. 3" GL "§3"
  if (s.ended(Rule::citation_) && t.is_word() && t.kind != TokenKind::keyword && s.at(1).kind == TokenKind::string &&
      s.expects(",")) {
    return s.finding(Code::syntax_error, "expected a comma between two citations", "write `,` before it",
                     s.insert(TokenKind::symbol, ","));
  }
  const bool list = s.innermost() == Rule::setLiteral_ || s.innermost() == Rule::arguments_ ||
                    s.innermost() == Rule::factList_ || s.innermost() == Rule::factSet_ ||
                    s.innermost() == Rule::factRecord_ || s.innermost() == Rule::factBlock_;
  if (list && s.expects(",") && begins_operand(t)) {
    return s.finding(Code::syntax_error, fmt::format("expected a comma before {}", s.shown(here)),
                     "write `,` between the members", s.insert(TokenKind::symbol, ","));
  }
  if (t.is(",") && clauses_of(s.item()).size() > 2 && !s.after_operand() && s.expects(clauses_of(s.item())[0])) {
    return s.finding(Code::syntax_error, "no comma stands between clauses", "leave it out", s.drop(here, here + 1));
  }
  if (t.is(",") && s.ended(Rule::importDecl_)) {
    return s.finding(Code::syntax_error, "each package is imported by a statement of its own", "write `import` again",
                     s.replace(here, here + 1, TokenKind::keyword, "import"));
  }
  return std::nullopt;
}

std::optional<Finding> signs(const Scene& s) {
  const Token& t = s.at();
  const std::uint32_t here = s.here();
  if (t.is(":") && here > 0 && s.at(-1).kind == TokenKind::keyword && !s.expects(":")) {
    return s.finding(Code::syntax_error, fmt::format("no colon stands after `{}`", s.at(-1).text),
                     "leave the colon out", s.drop(here, here + 1));
  }
  if (t.is("=") && here > 0 && clauses_of(s.item()).size() > 2 && s.at(-1).kind == TokenKind::keyword &&
      !s.expects("=")) {
    return s.finding(Code::syntax_error, fmt::format("no `=` stands after `{}`", s.at(-1).text), "leave it out",
                     s.drop(here, here + 1));
  }
  const bool facts = s.inside(Rule::factAssign_) && s.innermost() == Rule::factAssign_;
  if ((t.is(":") || t.is("==")) && facts && s.expects("=")) {
    return s.finding(Code::wrong_operator, fmt::format("a fact is given with `=`, not `{}`", t.text), "write `=`",
                     s.replace(here, here + 1, TokenKind::symbol, "="));
  }
  if (t.is("==") && s.expects("=")) {
    return s.finding(Code::wrong_operator, "`==` compares; here stands `=`", "write `=`",
                     s.replace(here, here + 1, TokenKind::symbol, "="));
  }
  if (t.is("=") && s.inside(Rule::factValue_) && s.at(-1).is_word()) {
    return s.finding(Code::wrong_operator, "inside a record a value stands after a colon", "write `:`",
                     s.replace(here, here + 1, TokenKind::symbol, ":"));
  }
  return std::nullopt;
}

/// Exactly one word or sign could stand here, and what follows would fit after it.
std::optional<Finding> one_missing(const Scene& s) {
  std::string only;
  for (const Stop::Expected& e : s.stop.expected) {
    if (e.kind == TokenKind::hole) continue;
    if ((e.kind != TokenKind::keyword && e.kind != TokenKind::symbol) || !only.empty()) return std::nullopt;
    only = e.text;
  }
  if (only.empty() || only == "}" || only == "{" || s.here() == 0) return std::nullopt;
  const Token& t = s.at();
  const bool replace = t.kind == TokenKind::name && kind_of_fixed(only) == TokenKind::keyword &&
                       !nearest_word(t.text, std::vector<std::string_view>{only}).empty();
  Finding out = s.finding(
      Code::syntax_error, fmt::format("expected `{}` after {}", only, s.shown(s.here() - 1)),
      replace ? fmt::format("did you mean `{}`?", only) : fmt::format("write `{} {} …`", s.at(-1).text, only),
      replace ? s.replace(s.here(), s.here() + 1, kind_of_fixed(only), only) : s.insert(kind_of_fixed(only), only));
  if (t.kind == TokenKind::end) out.diagnostic.span = s.span(s.here() - 1);
  return out;
}

std::optional<Finding> words(const Scene& s) {
  const Token& t = s.at();
  const std::uint32_t here = s.here();
  // requires, and on the next line another clause
  if (s.expects(":") && s.at(-1).first_on_line && s.at(-1).kind == TokenKind::keyword &&
      (s.at(-2).is("requires") || s.at(-2).is("forbids"))) {
    Finding out = s.finding(Code::syntax_error, fmt::format("expected an expression after {}", s.shown(here - 2)), "",
                            s.replace(here - 1, here - 1, TokenKind::hole, ""));
    out.diagnostic.span = s.span(here - 2);
    return out;
  }
  // "llama-3" gives, and the next row
  if (t.is("gives") && here >= 2 && s.at(-2).is("gives") && s.inside(Rule::tableDecl_)) {
    Finding out = s.finding(Code::syntax_error, "expected a value after `gives`",
                            "a row that gives nothing is left out", s.replace(here - 1, here - 1, TokenKind::hole, ""));
    out.diagnostic.span = s.span(here - 2);
    return out;
  }
  if (t.text == "to" && s.at(-1).kind == TokenKind::date && s.expects("until")) {
    return s.finding(Code::syntax_error, "`to` does not say whether the last day is included",
                     "write `until` if it is, `before` if it is not",
                     s.replace(here, here + 1, TokenKind::keyword, "until"));
  }
  if (t.kind == TokenKind::date && s.at(-1).text == "since" && s.inside(Rule::setDecl_)) {
    Finding out = s.finding(Code::syntax_error, "`since` begins no dates", "write `from`",
                            s.replace(here - 1, here, TokenKind::keyword, "from"));
    out.diagnostic.span = s.span(here - 1);
    return out;
  }
  if (t.is("=") && s.expects("means"))
    return s.finding(Code::syntax_error, "`=` does not define a term", "write `means`",
                     s.replace(here, here + 1, TokenKind::keyword, "means"));
  if (s.inside(Rule::expectation_) && !t.is_word() && s.at(-1).kind == TokenKind::name && s.expects("=")) {
    Finding out = s.finding(Code::syntax_error, fmt::format("expected the name of a rule after {}", s.shown(here - 1)),
                            "an expectation is written `expect gap rule_name`", s.drop_clause());
    out.diagnostic.span = s.span(here - 1);
    return out;
  }
  // effective 2025-08-02
  if (t.kind == TokenKind::date && s.at(-1).is("effective") && s.expects("from")) {
    return s.finding(Code::syntax_error, "expected `from` before the date",
                     "write `effective from` and the date; `until` and `before` give the end",
                     s.insert(TokenKind::keyword, "from"));
  }
  // requires the_label documents.public
  if (s.ended(Rule::operand_) && t.is_word() && t.kind != TokenKind::keyword && s.here() >= 2 &&
      (s.at(-2).is("requires") || s.at(-2).is("forbids")) && !t.first_on_line) {
    return s.finding(Code::syntax_error, fmt::format("expected an operator or a clause, found {}", s.shown(s.here())),
                     fmt::format("if `{}` is the label of the requirement, write a colon after it", s.at(-1).text),
                     s.insert(TokenKind::symbol, ":"));
  }
  return std::nullopt;
}

/// Something between the head of an item and its body.
std::optional<Finding> heads(const Scene& s) {
  if (!s.expects("{") || s.after_operand() || item_name(s.innermost()).empty()) return std::nullopt;
  std::uint32_t body = s.here();
  while (body + 1 < s.tokens.size() && s.tokens[body].line == s.at().line && !s.tokens[body].is("{")) ++body;
  if (!s.tokens[body].is("{")) return std::nullopt;
  const std::string expected = describe_expected(s);
  return s.finding(Code::syntax_error, fmt::format("expected {}, found {}", expected, s.shown(s.here())), "",
                   s.drop(s.here(), body));
}

/// name text "…" in a record
std::optional<Finding> fields(const Scene& s) {
  if (s.innermost() != Rule::field_ || !s.expects(":") || !s.at().is_word()) return std::nullopt;
  return s.finding(Code::syntax_error, fmt::format("expected `:` between {} and its type", s.shown(s.here() - 1)),
                   "a field is written `name: type \"description\"`", s.insert(TokenKind::symbol, ":"));
}

}  // namespace

std::optional<Finding> missing_body(const Scene& s) {
  if (!s.expects("{") || item_name(s.innermost()).empty() || s.here() == 0) return std::nullopt;
  const std::span<const std::string_view> own = clauses_of(s.innermost());
  const bool clause = std::ranges::find(own, s.at().text) != own.end();
  const bool field = s.at().is_word() && s.at(1).is(":");
  if (!s.at().first_on_line || (!clause && !field)) return std::nullopt;
  Finding out = s.finding(Code::unclosed_bracket, fmt::format("expected `{{` after {}", s.shown(s.here() - 1)),
                          "the body of an item stands in braces", s.insert(TokenKind::symbol, "{"));
  out.diagnostic.span = s.span(s.here() - 1);
  return out;
}

std::optional<Finding> missing_part(const Scene& s) {
  for (const auto& recognise : {missing_body, commas, signs, fields, words, one_missing, heads}) {
    if (auto found = recognise(s)) return found;
  }
  return std::nullopt;
}

}  // namespace writ::syntax
