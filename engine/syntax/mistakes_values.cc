// Numbers, dates, texts and names that are written otherwise.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/date.h"
#include "engine/syntax/explain.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

bool adjacent(const Token& a, const Token& b) { return a.end == b.begin; }

bool is_name_text(std::string_view text) {
  if (text.empty() || !((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z') || text[0] == '_'))
    return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// `my-rule` and `3a_rule`: what is written without a space was meant as one name.
std::optional<Finding> broken_name(const Scene& s) {
  std::uint32_t first = s.here();
  const bool hyphen = s.at().is("-") && s.here() > 0 && s.at(-1).is_word() && adjacent(s.at(-1), s.at()) &&
                      s.at(1).is_word() && adjacent(s.at(), s.at(1)) && !s.before_operand() && !s.expects("-");
  const bool digit = s.at().kind == TokenKind::number && s.at(1).is_word() && adjacent(s.at(), s.at(1)) &&
                     s.expects_name() && !s.before_operand();
  if (!hyphen && !digit) return std::nullopt;
  if (hyphen) --first;
  std::uint32_t last = first + 1;
  std::string text(s.tokens[first].text);
  while (last + 1 < s.tokens.size() && adjacent(s.tokens[last - 1], s.tokens[last]) &&
         (s.tokens[last].is("-") || s.tokens[last].is_word() || s.tokens[last].kind == TokenKind::number)) {
    text += s.tokens[last++].text;
  }
  const std::string shown = text;
  std::ranges::replace(text, '-', '_');
  if (digit) text = fmt::format("_{}", text);
  Finding out = s.finding(Code::bad_name, fmt::format("`{}` is no name", shown),
                          hyphen ? fmt::format("names have no hyphens: `{}`", text) : "a name begins with a letter",
                          s.replace(first, last, TokenKind::name, text));
  out.diagnostic.span = {s.file, s.tokens[first].begin, s.tokens[last - 1].end};
  return out;
}

std::optional<Finding> number_forms(const Scene& s) {
  const Token& t = s.at();
  const Token& before = s.at(-1);
  const Token& next = s.at(1);
  if (t.is(".") && next.kind == TokenKind::number && adjacent(t, next) && s.before_operand()) {
    return s.finding(Code::bad_number, fmt::format("`.{}` is no number", next.text),
                     fmt::format("write 0.{}", next.text),
                     s.replace(s.here(), s.here() + 2, TokenKind::number, fmt::format("0.{}", next.text)));
  }
  if (t.is(".") && before.kind == TokenKind::number && adjacent(before, t)) {
    return s.finding(Code::bad_number, fmt::format("`{}.` is no number", before.text),
                     fmt::format("write {} or {}.0", before.text, before.text), s.drop(s.here(), s.here() + 1));
  }
  if (t.kind == TokenKind::number && before.kind == TokenKind::number && s.after_operand()) {
    const std::string joined = fmt::format("{}_{}", before.text, t.text);
    Finding out = s.finding(Code::bad_number, fmt::format("`{} {}` could be one number or two", before.text, t.text),
                            t.text.size() == 3 ? fmt::format("digits are grouped with underscores: {}", joined)
                                               : "write one number, or a sign between the two",
                            s.replace(s.here() - 1, s.here() + 1, TokenKind::number, joined));
    out.diagnostic.span = {s.file, before.begin, t.end};
    return out;
  }
  if (t.is(",") && before.kind == TokenKind::number && next.kind == TokenKind::number && adjacent(before, t) &&
      adjacent(t, next)) {
    const std::string joined = fmt::format("{}.{}", before.text, next.text);
    Finding out = s.finding(Code::bad_number, fmt::format("`{},{}` is no number", before.text, next.text),
                            fmt::format("the decimal sign is a point: {}", joined),
                            s.replace(s.here() - 1, s.here() + 2, TokenKind::number, joined));
    out.diagnostic.span = {s.file, before.begin, next.end};
    return out;
  }
  return std::nullopt;
}

std::optional<Finding> date_forms(const Scene& s) {
  const Token& t = s.at();
  if (!s.expects(TokenKind::date) || s.before_operand()) return std::nullopt;
  if (t.kind == TokenKind::string && t.text.size() > 2) {
    const std::string_view body = t.text.substr(1, t.text.size() - 2);
    const bool date = Date::parse(body).has_value();
    return s.finding(Code::bad_date, "a date stands without quotation marks",
                     date ? fmt::format("write {}", body) : "dates are written YYYY-MM-DD",
                     s.replace(s.here(), s.here() + 1, TokenKind::date, date ? body : ""));
  }
  if (t.kind == TokenKind::number) {
    const bool year = t.text.size() == 4;
    // 2025-08, and 2 August 2025
    std::uint32_t last = s.here() + 1;
    while (last + 1 < s.tokens.size() && s.tokens[last].line == t.line &&
           (s.tokens[last].is("-") || s.tokens[last].kind == TokenKind::number ||
            s.tokens[last].kind == TokenKind::name)) {
      ++last;
    }
    Finding out =
        s.finding(Code::bad_date, fmt::format("{} is no date", s.shown(s.here())),
                  year ? fmt::format("a date has its month and day: {}-01-01", t.text) : "dates are written YYYY-MM-DD",
                  s.replace(s.here(), last, TokenKind::date, ""));
    return out;
  }
  if (t.kind == TokenKind::instant) {
    return s.finding(Code::bad_date, "a day stands here, not a moment", fmt::format("write {}", t.text.substr(0, 10)),
                     s.replace(s.here(), s.here() + 1, TokenKind::date, t.text.substr(0, 10)));
  }
  return std::nullopt;
}

std::optional<Finding> text_forms(const Scene& s) {
  const Token& t = s.at();
  const Token& before = s.at(-1);
  // rule "Title" { … }
  if (t.kind == TokenKind::string && s.expects_name() && is_item_word(before.text) &&
      before.kind == TokenKind::keyword) {
    return s.finding(Code::syntax_error, fmt::format("expected a name between `{}` and its title", before.text),
                     "a name is one word, as in: rule summary_published \"Publish a summary\" { … }",
                     s.insert(TokenKind::name, fmt::format("_{}", t.begin)));
  }
  // severity "high"
  if (t.kind == TokenKind::string && s.expects(TokenKind::name) && !s.before_operand() && !s.after_operand() &&
      !s.expects(TokenKind::string)) {
    const std::string_view body = t.text.substr(1, t.text.size() - 2);
    const bool package = s.inside(Rule::packageDecl_) || s.inside(Rule::importDecl_) || s.inside(Rule::packDecl_);
    if (is_name_text(body) || package) {
      return s.finding(Code::wrong_quotes,
                       fmt::format("{} is a word here and stands without quotation marks", s.shown(s.here())),
                       fmt::format("write {}", body), s.replace(s.here(), s.here() + 1, TokenKind::name, body));
    }
  }
  // given case.writ.yaml
  if (s.at(-1).is("given") && t.is_word() && s.expects(TokenKind::string) && !begins_clause(s.tokens, s.here())) {
    std::uint32_t last = s.here();
    while (last + 1 < s.tokens.size() && s.tokens[last].line == t.line && !begins_clause(s.tokens, last) &&
           !s.tokens[last].is("with"))
      ++last;
    const Token& end = s.tokens[last - 1];
    Finding out =
        s.finding(Code::wrong_quotes, "the name of a file stands in quotation marks",
                  "put the name in quotation marks: \"…\"", s.replace(s.here(), last, TokenKind::string, "\"\""));
    out.diagnostic.span = {s.file, t.begin, end.end};
    return out;
  }
  // remedy Publish the summary
  const bool only_text = s.expects(TokenKind::string) && s.stop.expected.size() == 1;
  if (only_text && (t.is_word() || t.kind == TokenKind::number) && before.kind != TokenKind::symbol) {
    std::uint32_t last = s.here();
    while (last + 1 < s.tokens.size() && s.tokens[last].line == t.line && !begins_clause(s.tokens, last) &&
           !s.tokens[last].is("}") && !s.tokens[last].is("{") && !s.tokens[last].is(",")) {
      ++last;
    }
    last = std::max(last, s.here() + 1);
    if (begins_clause(s.tokens, s.here()) && t.first_on_line) return std::nullopt;  // the text was left out
    return s.finding(Code::wrong_quotes,
                     fmt::format("expected text in quotation marks after {}", s.shown(s.here() - 1)),
                     "put the text in quotation marks: \"…\"", s.replace(s.here(), last, TokenKind::string, "\"\""));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Finding> wrong_value(const Scene& s) {
  for (const auto& recognise : {broken_name, number_forms, date_forms, text_forms}) {
    if (auto found = recognise(s)) return found;
  }
  return std::nullopt;
}

}  // namespace writ::syntax
