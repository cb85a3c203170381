#include "engine/syntax/chunks.h"

#include <algorithm>

#include "engine/syntax/words.h"

namespace writ::syntax {
namespace {

const Token& look(const Tokens& tokens, std::size_t at) { return tokens[std::min(at, tokens.size() - 1)]; }

/// The words after an item's keyword are those of its head, so that it is no clause or field of the same name.
bool has_head(const Tokens& tokens, std::size_t at) {
  const std::string_view word = tokens[at].text;
  const Token& next = look(tokens, at + 1);
  const Token& after = look(tokens, at + 2);
  if (word == "package" || word == "import" || word == "pack" || word == "currency" || word == "kinds")
    return next.is_word();
  if (word == "test") return next.kind == TokenKind::string && after.is("{");
  if (word == "facts") return next.is("{") || (next.kind == TokenKind::string && after.is("{"));
  if (!next.is_word()) return false;
  if (word == "scope" || word == "set") return after.is("of");
  if (word == "group") return after.kind == TokenKind::string || after.is("cites");
  if (word == "role")
    return after.kind == TokenKind::string || after.is("cites") || after.is("of") || after.is("means");
  if (word == "supplied") return next.is("set") || next.is("table");
  if (word == "amend") return after.is("by");
  if (word == "portfolio") return next.is("rule");
  if (word == "calendar")
    return after.kind == TokenKind::string || after.is("cites") || after.is("known") || after.is("{");
  if (word == "term")
    return after.is("(") || after.is(":") || after.is("cites") || after.is("means") || after.is("reading") ||
           after.kind == TokenKind::string;
  if (word == "unit") return after.is("=") || after.kind == TokenKind::string;
  if (word == "exception" || word == "transitional") return after.is("to") || after.kind == TokenKind::string;
  return after.kind == TokenKind::string || after.is("{") || after.is("(") || after.is("key") || after.is("within");
}

}  // namespace

std::vector<std::uint32_t> chunk_starts(const Tokens& tokens) {
  std::vector<std::uint32_t> starts = {0};
  int depth = 0;
  std::uint32_t column = 1;  // of the current item
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const Token& t = tokens[i];
    if (t.is("{") || t.is("(") || t.is("[")) ++depth;
    if (t.is("}") || t.is(")") || t.is("]")) depth = std::max(0, depth - 1);
    if (t.kind != TokenKind::keyword || !is_item_word(t.text)) continue;
    if (i > 0) {
      const Token& before = tokens[i - 1];
      if (before.is(".") || before.is("package") || before.is("import") || before.is("pack") || before.is("supplied") ||
          before.is("portfolio") || before.is("insert"))
        continue;
    }
    const Token& next = look(tokens, i + 1);
    if (next.is(":") || next.is(".") || next.is("=")) continue;
    // Inside brackets only a missing `}` lets an item begin here: its word then stands where that of the last item
    // stood.
    const bool outside = depth == 0 && (t.first_on_line || has_head(tokens, i));
    const bool inside = depth > 0 && t.first_on_line && t.column <= column && has_head(tokens, i);
    if (!outside && !inside) continue;
    if (i > 0) starts.push_back(i);
    depth = 0;
    if (t.first_on_line) column = t.column;
  }
  return starts;
}

}  // namespace writ::syntax
