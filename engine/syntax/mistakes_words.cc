// Words: reserved ones as names, misspelt ones, those of another item, those of other languages.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/syntax/explain.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

struct Foreign {
  std::string_view word, instead, help;
};
constexpr std::array<Foreign, 16> kForeignOperators = {{
    {"AND", "and", "write `and`"},
    {"OR", "or", "write `or`"},
    {"contains", "includes", "write `includes`: F includes member"},
    {"has", "includes", "write `includes`: F includes member"},
    {"contain", "includes", "write `includes`"},
    {"equals", "==", "write `==`"},
    {"eq", "==", "write `==`"},
    {"exceeds", ">", "write `>`"},
    {"xor", "!=", "for exactly one of two conditions write `a != b`"},
    {"plus", "+", "write `+`"},
    {"times", "*", "write `*`"},
    {"unless", "", "an exception stands in an item of its own: exception NAME to RULE { … }"},
    {"if", "", "a condition stands in `applies when`"},
    {"then", "", "write the condition in `applies when` and the duty in `requires`"},
    {"else", "", "there is no `else`: write a second rule or a classification with `otherwise`"},
    {"as", "", "the governing day is `on DATE`; the as-of date is `as of`"},
}};
constexpr std::array<Foreign, 8> kForeignPrefixes = {{
    {"NOT", "not", "write `not`"},
    {"any", "some", "write `some x in LIST where …`"},
    {"all", "every", "write `every x in LIST satisfies …`"},
    {"exists", "some", "write `some x in LIST where …`"},
    {"forall", "every", "write `every x in LIST satisfies …`"},
    {"each", "every", "write `every x in LIST satisfies …`"},
    {"if", "", "conditions have no `if`"},
    {"absent", "", "whether there is a value is asked with `is absent` and `is present`"},
}};

/// "a rule", "an exception"
std::string one(Rule item) {
  switch (item) {
    case Rule::requirement_: return "a requirement";
    case Rule::amendDecl_: return "an amendment";
    case Rule::portfolioDecl_: return "a rule over a portfolio";
    case Rule::classifyDecl_: return "a classification";
    case Rule::transitionalDecl_: return "a transitional provision";
    default: break;
  }
  const std::string_view name = item_name(item);
  return fmt::format("{} {}", name.front() == 'e' || name.front() == 'i' ? "an" : "a", name);
}

std::string clause_help(const Scene& s, std::string_view word) {
  if (s.item() == Rule::ruleDecl_ && word == "when") return "a rule says `applies when`";
  if (s.item() == Rule::ruleDecl_ && (word == "but" || word == "unless"))
    return "exceptions stand in items of their own: exception NAME to RULE { … }";
  if (s.item() == Rule::ruleDecl_ && word == "means")
    return "`means` defines a term or a scope; a rule says `requires`";
  if (word == "yields" || word == "prevails" || word == "exempts")
    return "exceptions say this, in items of their own: exception NAME to RULE { … }";
  if (word == "replace" || word == "repeal" || word == "suspend" || word == "insert")
    return "law is changed in an item of its own: amend ACT by OTHER_ACT published DATE { … }";
  if (word == "weigh") return "this belongs into a rule over many documents: portfolio rule NAME over d in KIND { … }";
  if (s.item() == Rule::portfolioDecl_ && word == "applies") return "here the condition stands after `where`";
  if (word == "applies") return "here the condition stands after `when`";
  return fmt::format("{} has other clauses", one(s.item()));
}

/// An `unless` or `but not when` goes with its citation.
Mend clause_with_citation(const Scene& s) {
  Mend mend = s.drop_clause();
  mend.first = s.here();
  mend.last = s.here() + (s.at(1).is("not") ? 2 : 1);
  if (s.tokens[mend.last].is("when")) ++mend.last;
  bool citation = false;
  for (; mend.last + 1 < s.tokens.size() && !s.tokens[mend.last].is("}"); ++mend.last) {
    if (!begins_clause(s.tokens, mend.last)) continue;
    if (citation || !s.tokens[mend.last].is("cites")) break;
    citation = true;
  }
  return mend;
}

/// A word that begins a clause of something, or nearly does, where a clause of this item must begin.
std::optional<Finding> wrong_clause(const Scene& s) {
  const Rule item = s.innermost() == Rule::requirement_ ? Rule::requirement_ : s.item();
  const std::span<const std::string_view> own = clauses_of(item);
  const Token& t = s.at();
  if (own.empty() || !t.is_word() || !s.expects(own[0])) return std::nullopt;
  // `requires x >= 5` and on the next line `severty high`: the misspelt word was read as the unit of the number.
  if (const Token& before = s.at(-1); s.after_operand() && before.kind == TokenKind::name && before.first_on_line) {
    if (const std::string meant = nearest_word(before.text, own); !meant.empty()) {
      Finding out = s.finding(Code::syntax_error, fmt::format("`{}` is no clause of {}", before.text, one(item)),
                              fmt::format("did you mean `{}`?", meant),
                              s.replace(s.here() - 1, s.here(), kind_of_fixed(meant), meant));
      out.diagnostic.span = s.span(s.here() - 1);
      return out;
    }
  }
  if (s.after_operand() && t.kind != TokenKind::keyword) {
    // After an expression a strange word is more likely a misspelt clause when something of a clause follows.
    const std::string meant = nearest_word(t.text, own);
    if (meant.empty() || !t.first_on_line) return std::nullopt;
  }
  if (t.kind == TokenKind::keyword && is_clause_word(t.text)) {
    Finding out = s.finding(Code::misplaced_clause, fmt::format("`{}` is no clause of {}", t.text, one(item)),
                            clause_help(s, t.text), s.drop_clause());
    if (t.is("unless") || t.is("but")) out.mend = clause_with_citation(s);
    if (item == Rule::ruleDecl_ && t.text == "when") out.mend = {s.here(), s.here(), {s.tokens[s.here()]}};
    if (item == Rule::ruleDecl_ && t.text == "when") {
      out.mend.with[0].kind = TokenKind::keyword;
      out.mend.with[0].text = "applies";
      out.mend.with[0].end = out.mend.with[0].begin;
    }
    return out;
  }
  const std::string meant = nearest_word(t.text, own);
  if (meant.empty()) return std::nullopt;
  const std::string full = meant == "for" ? "for each" : meant == "but" ? "but not when" : meant;
  return s.finding(Code::syntax_error, fmt::format("`{}` is no clause of {}", t.text, one(item)),
                   fmt::format("did you mean `{}`?", full),
                   s.replace(s.here(), s.here() + 1, kind_of_fixed(meant), meant));
}

std::optional<Finding> wrong_item(const Scene& s) {
  const Token& t = s.at();
  if (s.item() != Rule::file_ || !t.is_word() || (s.after_operand() && !t.first_on_line)) return std::nullopt;
  if (t.kind == TokenKind::keyword && is_clause_word(t.text)) {
    return s.finding(Code::misplaced_clause, fmt::format("`{}` stands outside of any item", t.text),
                     "put it inside the braces of its rule, or remove a `}` before it",
                     s.drop(s.here(), static_cast<std::uint32_t>(s.tokens.size() - 1)));
  }
  const std::string meant = nearest_word(t.text, item_words());
  if (meant.empty()) return std::nullopt;
  return s.finding(Code::syntax_error, fmt::format("no item begins with `{}`", t.text),
                   fmt::format("did you mean `{}`?", meant),
                   s.replace(s.here(), s.here() + 1, TokenKind::keyword, meant));
}

std::optional<Finding> reserved_as_name(const Scene& s) {
  const Token& t = s.at();
  if (t.kind != TokenKind::keyword) return std::nullopt;
  const bool as_path = s.before_operand() && (s.at(1).is(".") || (s.at(1).is("(") && !t.is("not")));
  const bool as_name = s.expects_name() && !s.before_operand() && !s.after_operand();
  if (!as_path && !as_name) return std::nullopt;
  // Words that only ever lead over to the next part of an item: the name before them was left out.
  static constexpr std::array kLeading = {"gives", "when",  "from",  "until", "before",  "to",     "of",       "in",
                                          "where", "means", "cites", "with",  "without", "unless", "otherwise"};
  if (!as_path && std::ranges::any_of(kLeading, [&](const char* word) { return t.text == word; })) return std::nullopt;
  // A clause that begins here means that the name was left out.
  if (as_name && t.first_on_line && begins_clause(s.tokens, s.here())) return std::nullopt;
  Finding out = s.finding(Code::reserved_word, fmt::format("`{}` is a reserved word and cannot be a name", t.text),
                          fmt::format("choose another name, for example `{}_`", t.text),
                          s.replace(s.here(), s.here() + 1, TokenKind::name, t.text));
  // Where the clause uses the name again, that is the same mistake.
  for (std::uint32_t i = s.here() + 1, last = i; i + 1 < s.tokens.size() && !begins_clause(s.tokens, i); ++i) {
    if (!s.tokens[i].is(t.text) || !s.tokens[i + 1].is(".") || s.tokens[i - 1].is(".")) continue;
    for (; last <= i; ++last) out.mend.with.push_back(s.tokens[last]);
    out.mend.with.back().kind = TokenKind::name;
    out.mend.last = last;
  }
  return out;
}

std::optional<Finding> foreign_word(const Scene& s) {
  const Token& t = s.at();
  if (s.after_operand() && t.is_word()) {
    const auto* row = std::ranges::find(kForeignOperators, t.text, &Foreign::word);
    if (row != kForeignOperators.end() && s.expects("and")) {
      Mend mend = begins_clause(s.tokens, s.here()) ? clause_with_citation(s)
                  : row->instead.empty()            ? s.hole().value_or(s.drop_clause())
                                         : s.replace(s.here(), s.here() + 1, kind_of_fixed(row->instead), row->instead);
      return s.finding(Code::wrong_operator, fmt::format("`{}` is no operator of this language", t.text),
                       std::string(row->help), std::move(mend));
    }
  }
  if (s.before_operand() && t.is_word()) {
    const auto* row = std::ranges::find(kForeignPrefixes, t.text, &Foreign::word);
    if (row != kForeignPrefixes.end()) {
      Mend mend = row->instead.empty() ? s.hole().value_or(s.drop_clause())
                                       : s.replace(s.here(), s.here() + 1, kind_of_fixed(row->instead), row->instead);
      return s.finding(Code::wrong_operator, fmt::format("`{}` cannot stand here", t.text), std::string(row->help),
                       std::move(mend));
    }
  }
  // requires all t in …: the first word was read as a label.
  if (s.expects(":") && (s.at(-2).is("requires") || s.at(-2).is("forbids"))) {
    const auto* row = std::ranges::find(kForeignPrefixes, s.at(-1).text, &Foreign::word);
    if (row != kForeignPrefixes.end() && s.stop.expected.size() == 1) {
      Finding out =
          s.finding(Code::wrong_operator, fmt::format("`{}` cannot stand here", s.at(-1).text), std::string(row->help),
                    row->instead.empty() ? s.drop(s.here() - 1, s.here())
                                         : s.replace(s.here() - 1, s.here(), TokenKind::keyword, row->instead));
      out.diagnostic.span = s.span(s.here() - 1);
      return out;
    }
  }
  // NOT x: the first word was read as a name.
  const Token& before = s.at(-1);
  if (s.after_operand() && before.kind == TokenKind::name) {
    const auto* row = std::ranges::find(kForeignPrefixes, before.text, &Foreign::word);
    if (row != kForeignPrefixes.end()) {
      Finding out =
          s.finding(Code::wrong_operator, fmt::format("`{}` is no operator of this language", before.text),
                    std::string(row->help),
                    row->instead.empty() ? s.drop(s.here() - 1, s.here())
                                         : s.replace(s.here() - 1, s.here(), TokenKind::keyword, row->instead));
      out.diagnostic.span = s.span(s.here() - 1);
      return out;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Finding> wrong_word(const Scene& s) {
  for (const auto& recognise : {foreign_word, reserved_as_name, wrong_clause, wrong_item}) {
    if (auto found = recognise(s)) return found;
  }
  return std::nullopt;
}

}  // namespace writ::syntax
