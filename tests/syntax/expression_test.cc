// Expressions of docs/language.md §4 become the expected trees.
#include <gtest/gtest.h>

#include "tests/syntax/parse_helper.h"

namespace {

using writ::testing::expr_of;

TEST(Expression, Precedence) {
  EXPECT_EQ(expr_of("a or b and not c == d"), "(or a (and b (not (== c d))))");
  EXPECT_EQ(expr_of("a and b or c and d"), "(or (and a b) (and c d))");
  EXPECT_EQ(expr_of("a or b or c"), "(or (or a b) c)");
  EXPECT_EQ(expr_of("not not a and b"), "(and (not (not a)) b)");
  EXPECT_EQ(expr_of("a + b * c - d / e"), "(- (+ a (* b c)) (/ d e))");
  EXPECT_EQ(expr_of("a - b - c"), "(- (- a b) c)");
  EXPECT_EQ(expr_of("a / b / c"), "(/ (/ a b) c)");
  EXPECT_EQ(expr_of("-a * b"), "(* (- a) b)");
  EXPECT_EQ(expr_of("a - -b"), "(- a (- b))");
  EXPECT_EQ(expr_of("a + b >= c * d"), "(>= (+ a b) (* c d))");
  EXPECT_EQ(expr_of("(a or b) and c"), "(and (or a b) c)");
  EXPECT_EQ(expr_of("x in s union t minus u"), "(in x (minus (union s t) u))");
  EXPECT_EQ(expr_of("x in (s union t) intersect u"), "(in x (intersect (union s t) u))");
  EXPECT_EQ(expr_of("a otherwise b otherwise c"), "(otherwise a (otherwise b c))");
  EXPECT_EQ(expr_of("a otherwise 0 < b"), "(< (otherwise a 0) b)");
  EXPECT_EQ(expr_of("m.a otherwise m.b + 1"), "(otherwise (. m a) (+ (. m b) 1))");
}

TEST(Expression, Comparisons) {
  EXPECT_EQ(expr_of("a == b"), "(== a b)");
  EXPECT_EQ(expr_of("a != b"), "(!= a b)");
  EXPECT_EQ(expr_of("a < b"), "(< a b)");
  EXPECT_EQ(expr_of("a <= b"), "(<= a b)");
  EXPECT_EQ(expr_of("a > b"), "(> a b)");
  EXPECT_EQ(expr_of("a >= b"), "(>= a b)");
  EXPECT_EQ(expr_of("a in b"), "(in a b)");
  EXPECT_EQ(expr_of("a not in b"), "(not in a b)");
  EXPECT_EQ(expr_of("not a in b"), "(not (in a b))");
  EXPECT_EQ(expr_of("model.generates includes image"), "(includes (. model generates) image)");
  EXPECT_EQ(expr_of("a includes any of {b, c}"), "(includes any of a {b c})");
  EXPECT_EQ(expr_of("a includes all of s on 2025-01-01"), "(includes all of a (on s 2025-01-01))");
  EXPECT_EQ(expr_of("risk_tier at least high"), "(at least risk_tier high)");
  EXPECT_EQ(expr_of("a.b is present and a.c is absent or a.d is answered"),
            "(or (and (is-present (. a b)) (is-absent (. a c))) (is-answered (. a d)))");
  EXPECT_EQ(expr_of("not a is present"), "(not (is-present a))");
  EXPECT_EQ(expr_of("(a == b) == c"), "(== (== a b) c)");
  EXPECT_EQ(expr_of("as of >= x + 14 days"), "(>= as-of (+ x 14days))");
}

TEST(Expression, OperandsAndCalls) {
  EXPECT_EQ(expr_of("a.b.c"), "(. (. a b) c)");
  EXPECT_EQ(expr_of("m[key].x"), "(. ([] m key) x)");
  EXPECT_EQ(expr_of("m[DE]"), "([] m DE)");
  EXPECT_EQ(expr_of("f(x, y + 1)"), "(call f x (+ y 1))");
  EXPECT_EQ(expr_of("us.ear.tpp(e.item) >= 4800 TPP"), "(>= (call us.ear.tpp (. e item)) 4800TPP)");
  EXPECT_EQ(expr_of("f()"), "(call f)");
  EXPECT_EQ(expr_of("f(x).y"), "(. (call f x) y)");
  EXPECT_EQ(expr_of("f(g(x))"), "(call f (call g x))");
  EXPECT_EQ(expr_of("{}"), "{}");
  EXPECT_EQ(expr_of("x in {a3A090, b3A090}"), "(in x {a3A090 b3A090})");
  EXPECT_EQ(expr_of("adequate on t.date"), "(on adequate (. t date))");
  EXPECT_EQ(expr_of("t.destination in adequate on 2025-06-27 and c"),
            "(and (in (. t destination) (on adequate 2025-06-27)) c)");
}

TEST(Expression, AfterADotAnyWordMayStand) {
  EXPECT_EQ(expr_of("e.licence.held and e.kind != a.set.of.rule.and"),
            "(and (. (. e licence) held) (!= (. e kind) (. (. (. (. a set) of) rule) and)))");
  EXPECT_EQ(expr_of("m.severity.true.GB"), "(. (. (. m severity) true) GB)");
  EXPECT_EQ(expr_of("a.not in b.in"), "(in (. a not) (. b in))");
}

TEST(Expression, Quantifiers) {
  EXPECT_EQ(expr_of("some t in transfers where t.destination == CN"),
            "(some t transfers (where (== (. t destination) CN)))");
  EXPECT_EQ(expr_of("some t in transfers where t.a or t.b"), "(some t transfers (where (or (. t a) (. t b))))");
  EXPECT_EQ(expr_of("every t in transfers where t.a satisfies t.b is present"),
            "(every t transfers (where (. t a)) (body (is-present (. t b))))");
  EXPECT_EQ(expr_of("every t in transfers satisfies t.b"), "(every t transfers (body (. t b)))");
  EXPECT_EQ(expr_of("no p in system.practices where p.harmful"), "(no p (. system practices) (where (. p harmful)))");
  EXPECT_EQ(expr_of("count of t in transfers where t.a"), "(count t transfers (where (. t a)))");
  EXPECT_EQ(expr_of("(count of model.generates) >= 2"), "(>= (count (. model generates)) 2)");
  EXPECT_EQ(expr_of("2 <= count of model.generates"), "(<= 2 (count (. model generates)))");
  EXPECT_EQ(expr_of("sum of e.quantity for e in exports where e.destination == CN"),
            "(sum e exports (where (== (. e destination) CN)) (body (. e quantity)))");
  EXPECT_EQ(expr_of("min of g.a / g.b for g in evaluation.groups"),
            "(min g (. evaluation groups) (body (/ (. g a) (. g b))))");
  EXPECT_EQ(expr_of("max of g.rate for g in groups"), "(max g groups (body (. g rate)))");
  EXPECT_EQ(expr_of("(share of t in transfers where t.destination == CN) > 20 %"),
            "(> (share t transfers (where (== (. t destination) CN))) 20%)");
  EXPECT_EQ(expr_of("a and not some t in x where t.b or t.c"), "(and a (not (some t x (where (or (. t b) (. t c))))))");
  EXPECT_EQ(expr_of("some t in a union b where t.c"), "(some t (union a b) (where (. t c)))");
  EXPECT_EQ(expr_of("some a in x where some b in a.y where b.z"),
            "(some a x (where (some b (. a y) (where (. b z)))))");
}

TEST(Expression, Literals) {
  EXPECT_EQ(expr_of("true == false"), "(== true false)");
  EXPECT_EQ(expr_of("4800"), "4800");
  EXPECT_EQ(expr_of("10^25"), "1e25");
  EXPECT_EQ(expr_of("10 ^ 25 FLOP"), "1e25FLOP");
  EXPECT_EQ(expr_of("10^-3"), "0.001");
  EXPECT_EQ(expr_of("3.3e24 FLOP"), "3.3e24FLOP");
  EXPECT_EQ(expr_of("10_000"), "10000");
  EXPECT_EQ(expr_of("700 million"), "700000000");
  EXPECT_EQ(expr_of("15 million EUR"), "15000000EUR");
  EXPECT_EQ(expr_of("2 thousand + 3 billion + 1 trillion"), "(+ (+ 2000 3000000000) 1000000000000)");
  EXPECT_EQ(expr_of("5.92 TPP/mm2"), "5.92TPP/mm2");
  EXPECT_EQ(expr_of("600 GB/s"), "600GB/s");
  EXPECT_EQ(expr_of("3 km^2"), "3km^2");
  EXPECT_EQ(expr_of("3 %"), "3%");
  EXPECT_EQ(expr_of("14 days"), "14days");
  EXPECT_EQ(expr_of("(4800 TPP) / n"), "(/ 4800TPP n)");
  EXPECT_EQ(expr_of("4800 TPP / n"), "4800TPP/n");
  EXPECT_EQ(expr_of("4800 TPP * 2"), "(* 4800TPP 2)");
  EXPECT_EQ(expr_of("-5"), "-5");
  EXPECT_EQ(expr_of("-5 %"), "-5%");
  EXPECT_EQ(expr_of("2025-08-02"), "2025-08-02");
  EXPECT_EQ(expr_of("2025-08-02T10:00Z"), "2025-08-02T10:00Z");
  EXPECT_EQ(expr_of("2025-08-02T10:00+02:00"), "2025-08-02T08:00Z");
  EXPECT_EQ(expr_of("US-CA"), "US-CA");
  EXPECT_EQ(expr_of(R"("a \"b\" \\ \n \t \u{e9}")"), R"("a \"b\" \\ \n \t é")");
}

TEST(Expression, SpansAreBytesOfTheSource) {
  const std::string text = "term x \"é\" means (a or b) and f(c)";
  const auto parsed = writ::testing::parse_text(text);
  const auto& term = std::get<writ::ast::TermDecl>(parsed.file.items.at(0));
  const auto& whole = parsed.file.exprs[term.means];
  EXPECT_EQ(parsed.sources.text(whole.span), "(a or b) and f(c)");
  const auto& both = std::get<writ::ast::Binary>(whole.node);
  EXPECT_EQ(parsed.sources.text(parsed.file.exprs[both.left].span), "(a or b)");
  EXPECT_EQ(parsed.sources.text(parsed.file.exprs[both.right].span), "f(c)");
  EXPECT_EQ(parsed.sources.text(term.title->span), "\"é\"");
  EXPECT_EQ(parsed.sources.text(term.span), text);
}

TEST(Expression, LongChainsAreNoNesting) {
  std::string text = "x0";
  for (int i = 1; i < 900; ++i) text += " or x" + std::to_string(i);
  EXPECT_TRUE(expr_of(text).starts_with("(or (or (or"));
}

}  // namespace
