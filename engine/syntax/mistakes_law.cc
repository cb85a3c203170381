// Clauses of law in the wrong place or form: presumptions, amendments, deadlines, open norms, the order of exceptions.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/syntax/explain.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

constexpr std::array<std::string_view, 4> kOperations = {"replace", "repeal", "suspend", "insert"};
constexpr std::array<std::string_view, 7> kReplaced = {"requires", "applies",  "where", "when",
                                                       "means",    "severity", "remedy"};

Mend hole_or_drop(const Scene& s) {
  const auto hole = s.hole();
  return hole ? *hole : s.drop_clause();
}
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

/// repeal marked from 2027-01-01, outside of an amendment; an operation that there is none of inside.
std::optional<Finding> operations(const Scene& s) {
  const Token& t = s.at();
  if (!t.is_word()) return std::nullopt;
  const bool known = std::ranges::find(kOperations, t.text) != kOperations.end();
  if (s.item() == Rule::file_ && known && t.first_on_line) {
    return s.finding(Code::misplaced_clause, fmt::format("`{}` stands outside of an amendment", t.text),
                     "law is changed by law: amend ACT by OTHER_ACT published DATE { … }", rest(s));
  }
  if (s.item() != Rule::amendDecl_ || s.here() == 0) return std::nullopt;
  // delete X from D: the word was read as the name of what changes
  const Token& before = s.at(-1);
  const auto operation = std::ranges::find(s.stop.stack, Rule::amendment_, &Stop::Frame::rule);
  const bool alone = operation != s.stop.stack.end() && operation->first + 1 == s.here();
  if (alone && before.kind == TokenKind::name && !t.is("effective")) {
    const std::string meant = nearest_word(before.text, kOperations);
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kForeign = {
        {{"delete", "repeal"},
         {"remove", "repeal"},
         {"strike", "repeal"},
         {"annul", "repeal"},
         {"stay", "suspend"},
         {"add", "insert"},
         {"substitute", "replace"}}};
    const auto* foreign =
        std::ranges::find(kForeign, before.text, &std::pair<std::string_view, std::string_view>::first);
    const std::string instead(foreign != kForeign.end() ? foreign->second : std::string_view(meant));
    Finding out =
        s.finding(Code::syntax_error, fmt::format("`{}` is no operation of an amendment", before.text),
                  instead.empty() ? "the operations are replace, repeal, suspend, insert, and `X effective …`"
                                  : fmt::format("did you mean `{}`?", instead),
                  instead.empty() ? s.drop_clause() : s.replace(s.here() - 1, s.here(), TokenKind::keyword, instead));
    out.diagnostic.span = s.span(s.here() - 1);
    return out;
  }
  if (before.is("replace")) {
    const std::string meant = nearest_word(t.text, kReplaced);
    return s.finding(Code::syntax_error, fmt::format("`{}` is no clause that an amendment replaces", t.text),
                     meant.empty() ? "replace requires, applies, where, when, means, severity or remedy"
                                   : fmt::format("did you mean `{}`?", meant),
                     meant.empty() ? s.drop_clause() : s.replace(s.here(), s.here() + 1, TokenKind::keyword, meant));
  }
  return std::nullopt;
}

std::optional<Finding> amendment_head(const Scene& s) {
  if (s.innermost() != Rule::amendDecl_) return std::nullopt;
  if (s.expects("published") && (s.at().is("{") || s.at().is("cites") || s.at().text == "sequence")) {
    return s.finding(Code::missing_clause, "the amendment does not say when it was published",
                     "write `published` and the day before this: from then on the new text is known", [&] {
                       Mend mend = s.insert(TokenKind::keyword, "published");
                       Token day = mend.with.back();
                       day.kind = TokenKind::date;
                       day.text = s.texts.emplace_back("");
                       mend.with.push_back(day);
                       return mend;
                     }());
  }
  return std::nullopt;
}

/// within 14 days from S, yield to X, and other words that nearly fit.
std::optional<Finding> leading_word(const Scene& s) {
  const Token& t = s.at();
  const std::uint32_t here = s.here();
  if (s.inside(Rule::within_) && s.expects("of") && (t.is("from") || t.text == "after" || t.text == "since")) {
    return s.finding(Code::syntax_error, fmt::format("a period is counted with `of`, not `{}`", t.text),
                     "write `within PERIOD of START`", s.replace(here, here + 1, TokenKind::keyword, "of"));
  }
  if (s.inside(Rule::within_) && s.innermost() == Rule::within_ && s.expects("of") && !s.expects(TokenKind::name)) {
    return s.finding(Code::syntax_error,
                     fmt::format("expected `of` and the beginning of the period, found {}", s.shown(here)),
                     "a deadline is written `within 14 days of START`", hole_or_drop(s));
  }
  if (s.after_operand() && t.is("no") && s.at(1).text == "older") {
    return s.finding(Code::syntax_error, "only evidence and judgements grow old",
                     "write `is evidenced no older than …`, or `judged \"…\" in … no older than …`", hole_or_drop(s));
  }
  if (s.item() == Rule::exceptionDecl_ && s.expects("yields") && t.text == "yield")
    return s.finding(Code::syntax_error, "`yield` is no clause of an exception", "did you mean `yields to`?",
                     s.replace(here, here + 1, TokenKind::keyword, "yields"));
  if (s.item() == Rule::exceptionDecl_ && s.expects("prevails") && t.text == "prevail")
    return s.finding(Code::syntax_error, "`prevail` is no clause of an exception", "did you mean `prevails over`?",
                     s.replace(here, here + 1, TokenKind::keyword, "prevails"));
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
  return std::nullopt;
}

}  // namespace

std::optional<Finding> wrong_law(const Scene& s) {
  for (const auto& recognise : {presumption, operations, amendment_head, leading_word, other_item}) {
    if (auto found = recognise(s)) return found;
  }
  return std::nullopt;
}

}  // namespace writ::syntax
