#include "engine/syntax/depth.h"

#include "engine/syntax/limits.h"
#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

/// A quantifier takes everything to its right, so each one is a level until its bracket closes. So is what holds one
/// operand without brackets.
bool opens_quantifier(const Token& t) {
  return t.kind == TokenKind::keyword &&
         (t.text == "some" || t.text == "every" || t.text == "no" || t.text == "count" || t.text == "sum" ||
          t.text == "min" || t.text == "max" || t.text == "share" || t.text == "ancestors" || t.text == "judged");
}

/// Each one in the same expression may deepen its tree.
bool is_operator(const Token& t) {
  if (t.kind == TokenKind::symbol)
    return std::string_view("+-*/.").find(t.text[0]) != std::string_view::npos || t.text == "==" || t.text == "!=" ||
           t.text[0] == '<' || t.text[0] == '>';
  return t.kind == TokenKind::keyword &&
         (t.text == "of" || t.text == "within" || t.text == "by" || t.text == "or" || t.text == "and" ||
          t.text == "union" || t.text == "minus" || t.text == "intersect" || t.text == "otherwise" || t.text == "is" ||
          t.text == "in" || t.text == "on");
}

}  // namespace

std::optional<std::size_t> too_deep(const Tokens& tokens) {
  struct Level {
    std::uint32_t quantifiers = 0;
    std::uint32_t prefixes = 0;  // `not` and `-` in a row
    std::uint32_t operators = 0;
  };
  std::vector<Level> open(1);
  std::uint32_t depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& t = tokens[i];
    Level& level = open.back();
    const bool prefix = t.is("not") || t.is("-");
    if (prefix) {
      ++level.prefixes;
      ++depth;
    } else if (opens_quantifier(t) && !(i > 0 && tokens[i - 1].is("."))) {
      ++level.quantifiers;
      ++depth;
    } else if (t.is("(") || t.is("[") || t.is("{")) {
      ++depth;
      open.emplace_back();
    } else {
      if (t.is(")") || t.is("]") || t.is("}")) {
        depth -= level.quantifiers + level.prefixes;
        if (open.size() > 1) {
          open.pop_back();
          --depth;
        } else {
          level = {};
        }
      }
      // An operand, or anything that is no prefix, ends the row; a clause or a comma ends the quantifiers, too.
      Level& now = open.back();
      depth -= now.prefixes;
      now.prefixes = 0;
      // None of these can stand in the middle of an expression.
      const bool item = t.kind == TokenKind::keyword && is_item_word(t.text) && !(i > 0 && tokens[i - 1].is("."));
      if (item || t.is(",") || begins_clause(tokens, i)) {
        now.operators = 0;
        depth -= now.quantifiers;
        now.quantifiers = 0;
      }
    }
    if (is_operator(t) && ++open.back().operators > kMaxNesting) return i;
    if (depth > kMaxNesting) return i;
  }
  return std::nullopt;
}

}  // namespace writ::syntax
