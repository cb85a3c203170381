#include "engine/syntax/expected.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

constexpr std::array<std::string_view, 28> kOperators = {
    "or",    "and",       "==", "!=", "<", "<=", ">",  ">=", "in", "includes", "at", "is", "otherwise", "union",
    "minus", "intersect", "+",  "-",  "*", "/",  "of", "on", ".",  "[",        "(",  "^",  "within",    "by"};

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i)
    out += (i == 0 ? "" : i + 1 == parts.size() ? " or " : ", ") + parts[i];
  return out;
}

std::string clause_list(std::span<const std::string_view> clauses, Rule item) {
  std::string out;
  std::size_t shown = 0;
  for (const std::string_view c : clauses) {
    if (++shown > 8) return out + " …";
    out += fmt::format("{}`{}`", out.empty() ? "" : ", ",
                       c == "for"                                        ? "for each"
                       : c == "not"                                      ? "not waivable"
                       : c == "but"                                      ? "but not when"
                       : c == "requires" && item == Rule::exceptionDecl_ ? "requires instead"
                       : c == "yields"                                   ? "yields to"
                       : c == "prevails"                                 ? "prevails over"
                       : c == "group" && item == Rule::portfolioDecl_    ? "group by"
                                                                         : c);
  }
  return out;
}

}  // namespace

std::string describe_expected(const Scene& scene) {
  std::vector<Stop::Expected> left = scene.stop.expected;
  std::vector<std::string> parts;
  const auto has = [&](std::string_view fixed) {
    return std::ranges::any_of(left, [&](const Stop::Expected& e) { return e.text == fixed; });
  };
  const auto has_kind = [&](TokenKind kind) {
    return std::ranges::any_of(left, [&](const Stop::Expected& e) { return e.kind == kind; });
  };
  const auto drop_kind = [&](TokenKind kind) {
    std::erase_if(left, [&](const Stop::Expected& e) { return e.kind == kind; });
  };
  const auto drop_words = [&] {
    std::erase_if(left,
                  [](const Stop::Expected& e) { return e.kind == TokenKind::keyword || e.kind == TokenKind::name; });
  };
  drop_kind(TokenKind::hole);

  if (scene.before_operand()) return "an expression";
  const bool unit = has("%") && has_kind(TokenKind::name);
  if (unit) {
    parts.emplace_back("a unit");
    std::erase_if(left, [](const Stop::Expected& e) {
      return e.text == "%" || e.text == "^" || e.kind == TokenKind::name || e.kind == TokenKind::country;
    });
  }
  if (scene.after_operand() && (has("and") || has("=="))) parts.emplace_back("an operator");
  if (scene.after_operand())
    std::erase_if(left,
                  [](const Stop::Expected& e) { return std::ranges::find(kOperators, e.text) != kOperators.end(); });

  const Rule item = scene.item();
  const Rule innermost = scene.innermost();
  if (innermost == Rule::file_) {
    parts.emplace_back("the beginning of an item (`rule`, `term`, `exception`, `test` …)");
    return join(parts);
  }
  if (innermost == Rule::recordDecl_ || innermost == Rule::factsDecl_) {
    if (has("}") && has_kind(TokenKind::name)) return "a field (`name: type`) or `}`";
  }
  if (const auto clauses = clauses_of(innermost == Rule::requirement_ ? Rule::requirement_ : item);
      clauses.size() > 2 && has(clauses[0]) && has(clauses[1]) && (has("}") || has(clauses[2]))) {
    parts.push_back(fmt::format("a clause ({})", clause_list(clauses, item)));
    drop_words();
  } else if (scene.expects_word()) {
    parts.emplace_back("a word");
    drop_words();
    drop_kind(TokenKind::country);
  } else if (scene.expects_name() && !unit) {
    parts.emplace_back("a name");
    std::erase_if(left, [](const Stop::Expected& e) {
      // The words that may be names are among the expected ones; those that may not are clauses.
      return e.kind == TokenKind::name || (e.kind == TokenKind::keyword && !is_clause_word(e.text) && e.text != "of" &&
                                           e.text != "to" && e.text != "in");
    });
  }
  if (has_kind(TokenKind::string)) parts.emplace_back("text in quotation marks");
  if (has_kind(TokenKind::date)) parts.emplace_back("a date like 2025-08-02");
  if (has_kind(TokenKind::number)) parts.emplace_back("a number");
  if (has_kind(TokenKind::country) && !scene.expects_name()) parts.emplace_back("a country code");
  std::size_t fixed = 0;
  for (const Stop::Expected& e : left) {
    if (e.kind != TokenKind::keyword && e.kind != TokenKind::symbol) continue;
    if (++fixed <= 7) parts.push_back(fmt::format("`{}`", e.text));
  }
  return join(parts);
}

}  // namespace writ::syntax
