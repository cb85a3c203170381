// Deadlines, evidence, open norms, lineage and amounts: a word left out or another one than is written here.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/syntax/explain.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

constexpr std::array<std::string_view, 4> kTests = {"present", "absent", "answered", "evidenced"};

Mend hole_or_drop(const Scene& s) {
  const auto hole = s.hole();
  return hole ? *hole : s.drop_clause();
}

std::optional<Finding> deadlines(const Scene& s) {
  const Token& t = s.at();
  const std::uint32_t here = s.here();
  if (s.innermost() == Rule::within_ && s.expects("of")) {
    if (t.is("from") || t.text == "after" || t.text == "since") {
      return s.finding(Code::syntax_error, fmt::format("a period is counted with `of`, not `{}`", t.text),
                       "write `within PERIOD of START`", s.replace(here, here + 1, TokenKind::keyword, "of"));
    }
    return s.finding(Code::syntax_error,
                     fmt::format("expected `of` and the beginning of the period, found {}", s.shown(here)),
                     "a deadline is written `within 14 days of START`", hole_or_drop(s));
  }
  // requires x no later than 14 days after y
  if (s.after_operand() && t.is("no") && s.at(1).text == "later") {
    return s.finding(Code::syntax_error, "`no later than` is no operator of this language",
                     "write `within PERIOD of START`, or `by DATE`", hole_or_drop(s));
  }
  // requires by 2026-08-02
  if (s.at(-1).is("by") && (s.at(-2).is("requires") || s.at(-2).is("forbids")) && !t.is(":")) {
    Finding out = s.finding(Code::syntax_error, "expected what must be done before `by`",
                            "write `requires DONE by DATE`, where DONE is the day on which it was done",
                            s.replace(here - 1, here - 1, TokenKind::hole, ""));
    out.diagnostic.span = s.span(here - 1);
    return out;
  }
  return std::nullopt;
}

std::optional<Finding> evidence(const Scene& s) {
  const Token& t = s.at();
  const std::uint32_t here = s.here();
  if (s.after_operand() && t.is("no") && s.at(1).text == "older") {
    return s.finding(Code::syntax_error, "only evidence and judgements grow old",
                     "write `is evidenced no older than …`, or `judged \"…\" in … no older than …`", hole_or_drop(s));
  }
  // not older than 12 months: the parser stops at either word
  const bool second = s.at(-1).is("not") && t.is("older");
  if (second || (s.after_operand() && t.is("not") && s.at(1).is("older"))) {
    const std::uint32_t word = second ? here - 1 : here;
    Finding out = s.finding(Code::syntax_error, "`not older` is no limit of age", "write `no older than …`",
                            s.replace(word, word + 1, TokenKind::keyword, "no"));
    out.diagnostic.span = s.span(word);
    return out;
  }
  if (s.at(-1).is("is") && t.kind == TokenKind::name && s.inside(Rule::test_)) {
    if (const std::string meant = nearest_word(t.text, kTests); !meant.empty()) {
      return s.finding(Code::syntax_error, fmt::format("`is {}` asks nothing", t.text),
                       fmt::format("did you mean `is {}`?", meant),
                       s.replace(here, here + 1, TokenKind::keyword, meant));
    }
  }
  if (s.after_operand() && s.expects("is") && !t.first_on_line && std::ranges::find(kTests, t.text) != kTests.end()) {
    return s.finding(Code::syntax_error, fmt::format("expected `is` before `{}`", t.text),
                     fmt::format("write `is {}`", t.text), s.insert(TokenKind::keyword, "is"));
  }
  return std::nullopt;
}

std::optional<Finding> norms(const Scene& s) {
  if (!s.at(-1).is("judged") || s.at().kind == TokenKind::string || s.at().is("on") || !s.inside(Rule::expr_))
    return std::nullopt;
  return s.finding(Code::syntax_error, "expected the criterion after `judged`",
                   "write it in quotation marks: judged \"state of the art\" in ASSESSMENT", hole_or_drop(s));
}

std::optional<Finding> lineage(const Scene& s) {
  if (s.innermost() != Rule::ancestors_ || !s.expects("via")) return std::nullopt;
  return s.finding(Code::syntax_error, fmt::format("expected `via` and a field, found {}", s.shown(s.here())),
                   "write `ancestors of RECORD via FIELD`, where the field leads to the one before", hole_or_drop(s));
}

std::optional<Finding> amounts(const Scene& s) {
  if (s.innermost() != Rule::extreme_ || !(s.at(-1).is("of") || s.at(-1).is("higher") || s.at(-1).is("lower")))
    return std::nullopt;
  const std::string_view word = s.at(-1).is("of") ? s.at(-2).text : s.at(-1).text;
  return s.finding(Code::syntax_error,
                   fmt::format("expected {} after `{}`", s.at(-1).is("of") ? "`(`" : "`of`", s.at(-1).text),
                   fmt::format("write `{} of (A, B)`", word), hole_or_drop(s));
}

}  // namespace

std::optional<Finding> wrong_duty(const Scene& s) {
  for (const auto& recognise : {deadlines, evidence, norms, lineage, amounts}) {
    if (auto found = recognise(s)) return found;
  }
  return std::nullopt;
}

}  // namespace writ::syntax
