// Tokens as this room sees them: a kind, the bytes they cover, and the text, which for keywords and symbols says which
// one it is.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace writ::syntax {

enum class TokenKind : std::uint8_t {
  end,      // after the last token
  name,     // a word that is no keyword
  country,  // two capital letters, with or without a part: JP, US-CA
  keyword,
  symbol,
  number,
  date,
  instant,
  string,
  hole,  // stands for an expression that was reported as broken
  // What the lexer reads although it is wrong, so that lexical.cc can say what was meant:
  open_string,
  apostrophes,
  foreign_operator,
  foreign_comment,
  near_date,
  near_instant,
  other,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  // of the source, or of what a repair put in its place
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t line = 1;
  std::uint32_t column = 1;  // in bytes: for layout heuristics, never shown
  bool first_on_line = false;

  [[nodiscard]] bool is(std::string_view fixed) const {
    return (kind == TokenKind::keyword || kind == TokenKind::symbol) && text == fixed;
  }
  [[nodiscard]] bool is_word() const {
    return kind == TokenKind::name || kind == TokenKind::keyword || kind == TokenKind::country;
  }
};
using Tokens = std::vector<Token>;

}  // namespace writ::syntax
