// The table of precedence of docs/language.md §4.
#pragma once

#include <cstdint>
#include <string>

#include "engine/syntax/ast.h"

namespace writ::syntax {

/// Loosest first.
enum class Level : std::uint8_t { or_, and_, not_, comparison, otherwise, set, sum, product, negation, day };

struct Operator {
  ast::BinaryOp op;
  Level level;
  bool right = false;  // groups to the right
};

/// By its words, joined by one space: "or", "not in", "includes any of".
[[nodiscard]] const Operator& binary_operator(std::string_view words);
/// How the operator is written.
[[nodiscard]] const char* spelling(ast::BinaryOp op);

}  // namespace writ::syntax
