// The words of the commonest messages, and that each says what to write.
#include <gtest/gtest.h>

#include "tests/syntax/parse_helper.h"

namespace {

using writ::testing::errors_of;

std::string in_rule(const std::string& clause) {
  return errors_of("rule a {\n  cites AIA \"1\"\n  " + clause + "\n  requires z\n}\n");
}

TEST(Messages, Operators) {
  EXPECT_EQ(in_rule("applies when a = b"), "WR0108 `=` does not compare | write `==`\n");
  EXPECT_EQ(in_rule("applies when a && b"), "WR0108 `&&` is no operator of this language | write `and`\n");
  EXPECT_EQ(in_rule("applies when !a"), "WR0108 `!` is no operator of this language | write `not`\n");
  EXPECT_EQ(in_rule("applies when a => b"), "WR0108 `=>` is no operator of this language | write `>=`\n");
  EXPECT_EQ(in_rule("applies when a AND b"), "WR0108 `AND` is no operator of this language | write `and`\n");
  EXPECT_EQ(
      in_rule("applies when a < b < c"),
      "WR0111 `<` compares what is already a comparison | write two comparisons and join them with `and`, or put the "
      "first one in parentheses\n");
  EXPECT_EQ(in_rule("applies when a is b"),
            "WR0108 `is` asks only for `present`, `absent`, `answered` or `evidenced` | to compare, write `==`\n");
}

TEST(Messages, Values) {
  EXPECT_EQ(in_rule("effective from 02.08.2025"),
            "WR0109 `02.08.2025` is no date | dates are written YYYY-MM-DD: 2025-08-02\n");
  EXPECT_EQ(in_rule("effective from 2025-8-2"), "WR0109 `2025-8-2` is no date | write 2025-08-02\n");
  EXPECT_EQ(in_rule("applies when a > 1,000"),
            "WR0110 `1,000` could be one number or several | write 1_000 for one number; put a space after the comma "
            "between several\n");
  EXPECT_EQ(in_rule("remedy “Do it”"),
            "WR0118 text stands between straight quotation marks | write \" at both ends of the text; word processors "
            "change them "
            "into curly ones\n");
  EXPECT_EQ(in_rule("severity \"high\""),
            "WR0118 `\"high\"` is a word here and stands without quotation marks | write high\n");
}

TEST(Messages, ClausesAndNames) {
  EXPECT_EQ(in_rule("severty high"), "WR0101 `severty` is no clause of a rule | did you mean `severity`?\n");
  EXPECT_EQ(in_rule("applies a"), "WR0101 expected `when` after `applies` | write `applies when …`\n");
  EXPECT_EQ(in_rule("when a"), "WR0116 `when` is no clause of a rule | a rule says `applies when`\n");
  EXPECT_EQ(in_rule("applies when"), "WR0101 expected an expression after `when`\n");
  EXPECT_EQ(in_rule("wibble bar"),
            "WR0101 expected a clause (`cites`, `group`, `scope`, `binds`, `effective`, `for each`, `judged`, "
            "`applies` …), `}` or `,`, found `wibble`\n");
  EXPECT_EQ(errors_of("term rule means a"),
            "WR0107 `rule` is a reserved word and cannot be a name | choose another name, for example `rule_`\n");
  EXPECT_EQ(errors_of("rule my-rule { requires a }"),
            "WR0117 `my-rule` is no name | names have no hyphens: `my_rule`\n");
  EXPECT_EQ(errors_of("rule \"Title\" { requires a }"),
            "WR0101 expected a name between `rule` and its title | a name is one word, as in: rule summary_published "
            "\"Publish a summary\" { … }\n");
  EXPECT_EQ(errors_of("rul a { requires a }"), "WR0101 no item begins with `rul` | did you mean `rule`?\n");
}

TEST(Messages, LawInTheWrongPlace) {
  EXPECT_EQ(errors_of("term a means b presume c = d"),
            "WR0422 a presumption in a term | write `presume` into the rules, requirements or exceptions that may "
            "presume\n");
  EXPECT_TRUE(errors_of("set a of country { JP presume c = d }").starts_with("WR0422 a presumption in a set"));
  EXPECT_TRUE(errors_of("classify a { presume c = d low otherwise }").starts_with("WR0422 a presumption in a cl"));
  EXPECT_TRUE(errors_of("repeal a from 2025-01-01").starts_with("WR0116 `repeal` stands outside of an amendment"));
  EXPECT_EQ(in_rule("requires a within 14 days from b"),
            "WR0101 a period is counted with `of`, not `from` | write `within PERIOD of START`\n");
  EXPECT_EQ(errors_of("amend A by B published 2026-01-01 { delete c from 2026-02-01 }"),
            "WR0101 `delete` is no operation of an amendment | did you mean `repeal`?\n");
}

/// `a is known` must never pass as anything else.
TEST(Messages, IsKnownIsRefused) {
  EXPECT_EQ(in_rule("applies when a is known"),
            "WR0101 `is known` cannot stand in a condition: whether something has been stated must not change what the "
            "law says | "
            "write the condition on the fact itself; a fact that nobody has stated makes the verdict undetermined\n");
}

}  // namespace
