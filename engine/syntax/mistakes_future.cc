// What the language will have and this version does not: said by name, so that nobody takes it for a typing mistake.
#include <fmt/format.h>

#include "engine/syntax/explain.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

Finding future(const Scene& scene, std::uint32_t first, std::string what, std::string help, Mend mend) {
  Finding out = scene.finding(Code::not_built, std::move(what), std::move(help), std::move(mend));
  out.diagnostic.span = scene.span(first);
  return out;
}

constexpr const char* kDeadline = "let a fact say that it was done in time, and require that fact";
constexpr const char* kEdition = "write the texts as two rules, each with its `effective from … until …`";
constexpr const char* kJudgement = "declare a fact for the finding of the assessment, and require that";

}  // namespace

std::optional<Finding> not_built_yet(const Scene& s) {
  const Token& t = s.at();
  const std::string_view word = t.text;
  const std::uint32_t here = s.here();
  const auto clause_or_hole = [&] {
    const auto hole = s.hole();
    return hole ? *hole : s.drop_clause();
  };
  const auto rest = [&] { return s.drop(here, static_cast<std::uint32_t>(s.tokens.size() - 1)); };
  if (!t.is_word()) {
    // judged "criterion" in assessment
    if (t.kind == TokenKind::string && s.at(-1).is("judged")) {
      return future(s, here - 1, "open norms (`judged \"…\" in …`) are not built yet", kJudgement, clause_or_hole());
    }
    if (t.kind == TokenKind::date && s.at(-1).text == "published" && s.inside(Rule::setDecl_)) {
      return future(s, here - 1, "the date on which law became known (`published`) is not built yet",
                    "write the entries as they stand today", s.drop(here - 1, here + 1));
    }
    if (t.is(":") && s.ended(Rule::citation_) && s.item() == Rule::ruleDecl_) {
      return future(s, here, "penalties as data are not built yet",
                    "write the penalty as text: penalty AIA \"Art. 101\" \"up to 15 million EUR\"", s.drop_clause());
    }
    return std::nullopt;
  }
  if (s.item() == Rule::file_) {
    if (word == "amend" || word == "repeal" || word == "suspend") {
      return future(s, here, fmt::format("amendments (`{}`) are not built yet", word), kEdition, rest());
    }
    if (word == "portfolio")
      return future(s, here, "rules over a portfolio are not built yet", "judge the deployments one by one", rest());
    if (word == "presume") {
      return future(s, here, "presumptions (`presume`) are not built yet",
                    "a fact that nobody states stays unknown, which no presumption changes here", rest());
    }
    if (word == "reading")
      return future(s, here, "readings of contested law are not built yet",
                    "write the reading that the project follows as a rule of status `project`", rest());
  }
  if (word == "presume") {
    return future(s, here, "presumptions (`presume`) are not built yet",
                  "a fact that nobody states stays unknown, which no presumption changes here", s.drop_clause());
  }
  if (s.after_operand() && (word == "within" || word == "by")) {
    return future(s, here, fmt::format("deadlines (`{} …`) are not built yet", word), kDeadline, clause_or_hole());
  }
  if (s.after_operand() && word == "no" && s.at(1).text == "older") {
    return future(s, here, "the age of an assessment (`no older than`) is not built yet", kJudgement, clause_or_hole());
  }
  if (s.before_operand() && word == "judged")
    return future(s, here, "open norms (`judged \"…\" in …`) are not built yet", kJudgement, clause_or_hole());
  if (s.after_operand() && here >= 2 && s.at(-1).text == "instead" && s.at(-2).is("requires")) {
    return future(s, here - 1, "exceptions that require something else (`requires instead`) are not built yet",
                  "exempt from the rule, and write a second rule for the other duty", s.drop_clause());
  }
  if (word == "requires" && s.at(1).text == "instead") {
    return future(s, here, "exceptions that require something else (`requires instead`) are not built yet",
                  "exempt from the rule, and write a second rule for the other duty", s.drop_clause());
  }
  if (word == "never" && s.at(-1).is("effective"))
    return future(s, here, "`effective never` is not built yet", "leave the rule out, or give it status `unenforced`",
                  s.drop_clause());
  if (word == "uncertain" && s.inside(Rule::ruleDecl_)) {
    return future(s, here, "uncertain law (`uncertain`) is not built yet",
                  "write the dates as they stand today and say in `note` what is uncertain", s.drop(here, here + 2));
  }
  if (word == "evidence" && s.item() == Rule::ruleDecl_) {
    return future(s, here, "demands for evidence are not built yet",
                  "declare a fact that says whether the evidence exists, and require that", s.drop_clause());
  }
  if ((word == "yields" || word == "prevails") && s.item() == Rule::exceptionDecl_) {
    return future(s, here, fmt::format("the order of exceptions (`{} …`) is not built yet", word),
                  "write the condition of the other exception into this one, with `and not`", s.drop_clause());
  }
  if (s.ended(Rule::roleDecl_) && (word == "of" || word == "means")) {
    return future(s, here, "roles that are derived from facts are not built yet",
                  "state the role of each party in the document, under `parties`", rest());
  }
  if (s.item() == Rule::roleDecl_ && (word == "of" || word == "means")) {
    return future(s, here, "roles that are derived from facts are not built yet",
                  "state the role of each party in the document, under `parties`", rest());
  }
  return std::nullopt;
}

}  // namespace writ::syntax
