#include "engine/syntax/scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>

#include "engine/syntax/text_literal.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

bool is_expression(Rule rule) { return rule == Rule::expr_ || rule == Rule::list_ || rule == Rule::tableValue_; }

bool is_clause(Rule rule) {
  switch (rule) {
    case Rule::ruleClause_:
    case Rule::exceptionClause_:
    case Rule::testClause_:
    case Rule::packClause_:
    case Rule::instrumentClause_:
    case Rule::requirementClause_:
    case Rule::portfolioClause_:
    case Rule::calendarClause_:
    case Rule::amendment_:
    case Rule::insertion_:
    case Rule::inserted_:
    case Rule::reading_:
    case Rule::unless_:
    case Rule::butNot_:
    case Rule::field_:
    case Rule::enumMember_:
    case Rule::setEntry_:
    case Rule::tableRow_:
    case Rule::tableDefault_:
    case Rule::branch_:
    case Rule::order_: return true;
    default: return false;
  }
}

bool opens(const Token& t) { return t.is("{") || t.is("(") || t.is("["); }
bool closes(const Token& t) { return t.is("}") || t.is(")") || t.is("]"); }

}  // namespace

TokenKind kind_of_fixed(std::string_view text) {
  return text.front() >= 'a' && text.front() <= 'z' ? TokenKind::keyword : TokenKind::symbol;
}

const Token& Scene::at(int offset) const {
  const auto index = static_cast<std::int64_t>(stop.token) + offset;
  return tokens[static_cast<std::size_t>(
      std::clamp<std::int64_t>(index, 0, static_cast<std::int64_t>(tokens.size()) - 1))];
}

bool Scene::inside(Rule rule) const {
  return std::ranges::any_of(stop.stack, [&](const Stop::Frame& f) { return f.rule == rule; });
}
bool Scene::ended(Rule rule) const {
  return std::ranges::any_of(stop.ended, [&](const Stop::Frame& f) { return f.rule == rule; });
}

bool Scene::before_operand() const {
  if (expects(TokenKind::number) && expects("(")) return true;
  // A prediction that went past an operator cannot tell what it expected after it, but an operand it was.
  static constexpr std::array kBefore = {"or",        "and", "not",      "==",    "!=", "<",         "<=",     ">",
                                         ">=",        "in",  "includes", "least", "of", "otherwise", "union",  "minus",
                                         "intersect", "+",   "-",        "*",     "/",  "on",        "within", "by"};
  return stop.expected.empty() && stop.token > 0 && inside(Rule::expr_) &&
         std::ranges::any_of(kBefore, [&](const char* word) { return at(-1).is(word); });
}

bool Scene::expects(TokenKind kind) const {
  return std::ranges::any_of(stop.expected, [&](const Stop::Expected& e) { return e.kind == kind; });
}
bool Scene::expects(std::string_view fixed) const {
  return std::ranges::any_of(stop.expected, [&](const Stop::Expected& e) { return e.text == fixed; });
}

Rule Scene::item() const {
  // The innermost one: an amendment holds the items that it inserts.
  for (const Stop::Frame& f : stop.stack | std::views::reverse) {
    if (!item_name(f.rule).empty()) return f.rule;
  }
  return Rule::file_;
}

std::string Scene::shown(std::uint32_t token) const {
  const Token& t = tokens[token];
  if (t.kind == TokenKind::end) return "the end";
  std::string_view text = t.text;
  if (text.size() > 40) {
    std::size_t cut = 40;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    return fmt::format("`{}…`", text.substr(0, cut));
  }
  return fmt::format("`{}`", text);
}

Finding Scene::finding(Code code, std::string message, std::string help, Mend mend) const {
  Finding out;
  out.diagnostic.code = code;
  out.diagnostic.level = info(code).level;
  out.diagnostic.span = span(stop.token);
  out.diagnostic.message = std::move(message);
  out.diagnostic.help = std::move(help);
  out.mend = std::move(mend);
  return out;
}

Mend Scene::replace(std::uint32_t first, std::uint32_t last, TokenKind kind, std::string_view text) const {
  Token t = first < last ? tokens[first] : tokens[first > 0 ? first - 1 : 0];
  if (first < last) {
    t.end = tokens[last - 1].end;
  } else {
    t.begin = t.end;  // nothing of the source
    t.first_on_line = false;
  }
  t.kind = kind;
  t.text = texts.emplace_back(text);
  return {first, last, {t}};
}

std::optional<Mend> Scene::hole() const {
  std::optional<std::uint32_t> begin;
  bool plain_list = false;
  for (const Stop::Frame& f : stop.stack) {
    if (!begin && is_expression(f.rule)) {
      begin = f.first;
      plain_list = f.rule == Rule::list_;
    }
  }
  if (!begin) {
    for (const Stop::Frame& f : stop.ended) {
      if (!is_expression(f.rule)) continue;
      begin = f.first;
      plain_list = f.rule == Rule::list_;
    }
  }
  if (!begin) return std::nullopt;
  const bool branches = inside(Rule::classifyDecl_);
  const bool rows = inside(Rule::tableDecl_);
  int depth = 0;
  std::uint32_t end = *begin;
  for (; end + 1 < tokens.size(); ++end) {
    const Token& t = tokens[end];
    const Token& next = tokens[end + 1];
    if (depth == 0 && end >= stop.token) {
      if (begins_clause(tokens, end)) break;
      if (t.first_on_line && t.kind == TokenKind::keyword && is_item_word(t.text) && !next.is(".")) break;
      if (t.is("{") && (next.is("cites") || next.is("severity") || next.is("remedy") || next.is("note"))) break;
      if (t.is(",") && next.is("from")) break;
      if (t.is("published") && next.kind == TokenKind::date) break;
      if (t.is("when") && inside(Rule::penalty_)) break;
      if (plain_list && t.is("where")) break;
      if (branches && t.is_word() && (next.is("when") || next.is("otherwise"))) break;
      if (rows && (next.is("gives") || t.is("from") || t.is("until") || t.is("before") || t.is("otherwise"))) break;
    }
    if (opens(t)) ++depth;
    if (closes(t) && --depth < 0) break;
  }
  return replace(*begin, end, TokenKind::hole, "");
}

Mend Scene::drop_clause() const {
  std::uint32_t begin = stop.token;
  Rule clause = Rule::token;
  for (const Stop::Frame& f : stop.stack) {
    if (!is_clause(f.rule)) continue;
    clause = f.rule;
    begin = f.first;
  }
  const bool list = clause == Rule::enumMember_ || clause == Rule::setEntry_;
  const bool field =
      clause == Rule::field_ || (clause == Rule::token && (item() == Rule::recordDecl_ || item() == Rule::factsDecl_));
  const bool branch =
      clause == Rule::branch_ || clause == Rule::order_ || (clause == Rule::token && item() == Rule::classifyDecl_);
  const bool row = clause == Rule::tableRow_ || (clause == Rule::token && item() == Rule::tableDecl_);
  const bool operation =
      clause == Rule::amendment_ || clause == Rule::insertion_ || (clause == Rule::token && item() == Rule::amendDecl_);
  const std::span<const std::string_view> own = clauses_of(item());
  const auto begins_own = [&](std::uint32_t i) {
    if (tokens[i].kind != TokenKind::keyword || (i > 0 && tokens[i - 1].is(".")) || tokens[i + 1].is(":")) return false;
    if (tokens[i].text == "not") return tokens[i + 1].is("waivable");
    if (tokens[i].text == "for") return tokens[i + 1].is("each");
    return std::ranges::find(own, tokens[i].text) != own.end();
  };
  int depth = 0;
  std::uint32_t end = begin;
  for (; end + 1 < tokens.size(); ++end) {
    const Token& t = tokens[end];
    const Token& next = tokens[end + 1];
    if (depth == 0 && end > begin && end >= stop.token) {
      if (list && end > stop.token && (t.is_word() || t.kind == TokenKind::string)) break;
      if (field && t.is_word() && next.is(":")) break;
      if (branch && t.is_word() && (next.is("when") || next.is("otherwise") || t.is("order"))) break;
      if (row && next.is("gives")) break;
      if (operation && t.first_on_line && t.is_word()) break;
      if (!list && !field && !branch && !row && (begins_clause(tokens, end) || begins_own(end))) break;
    }
    if (opens(t)) ++depth;
    if (closes(t) && --depth < 0) break;
  }
  if (end == begin && end + 1 < tokens.size() && !closes(tokens[end])) ++end;
  return drop(begin, end);
}

}  // namespace writ::syntax
