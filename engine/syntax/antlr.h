// The door to ANTLR: text to tokens, tokens to a tree. Only antlr.cc sees its headers, and none of its types or
// exceptions leave.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "engine/syntax/token.h"
#include "engine/syntax/tree.h"

namespace writ::syntax {

/// `text` must be valid UTF-8 and stay alive; tokens point into it. The last token is of kind `end`. Offsets are bytes.
/// Stops after more than `most` tokens, or when brackets are open more than `nesting` deep: no more is needed to refuse
/// the text.
[[nodiscard]] Tokens lex(std::string_view text, std::size_t most, std::size_t nesting);

enum class Effort : std::uint8_t { quick, full };  // SLL, LL prediction

/// Where the first mistake is: the token that cannot stand there and the rules that were being read, outermost first.
struct Stop {
  std::uint32_t token = 0;
  struct Frame {
    Rule rule;
    std::uint32_t first;  // its first token
  };
  std::vector<Frame> stack;
  std::vector<Frame> ended;  // rules that were complete just before the token, innermost first
  struct Expected {
    TokenKind kind;
    std::string text;  // of keywords and symbols
  };
  std::vector<Expected> expected;  // what could stand instead; empty when the parser cannot tell
};

/// Parses the tokens as a file; the last one is of kind `end`.
[[nodiscard]] std::expected<Tree, Stop> parse_tokens(const Tokens& tokens, Effort effort);

}  // namespace writ::syntax
