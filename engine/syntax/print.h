// The syntax tree as compact s-expressions, one item a line: what tests compare and what a developer reads.
// `(rule a "A" (cites (AIA "Art. 1")) (applies (and x (> y 4800TPP))) (requires (. model open)))`. Places are left out.
#pragma once

#include <string>

#include "engine/syntax/ast.h"

namespace writ::ast {

[[nodiscard]] std::string print(const File& file);
[[nodiscard]] std::string print(const File& file, const Item& item);
[[nodiscard]] std::string print(const File& file, ExprId expr);
[[nodiscard]] std::string print(const File& file, TypeExprId type);
[[nodiscard]] std::string print(const File& file, FactValueId value);

}  // namespace writ::ast
