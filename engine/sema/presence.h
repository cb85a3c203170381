// What may be absent, and which conditions say that it is not. Paths are compared by a canonical text of what they
// mean.
#pragma once

#include <set>
#include <string>

#include "engine/sema/context.h"

namespace writ::sema {

class Absence {
 public:
  using Paths = std::set<std::string>;
  Absence(const Context& context, std::uint32_t file) : context_(context), file_(file) {}

  /// Canonical text of a fact path, call or constant; empty for what is computed otherwise.
  [[nodiscard]] std::string key(ast::ExprId id) const;
  struct Need {
    std::string key;
    Span span;
  };
  /// The optional parts of a path that must be present for it to have a value: `a.b` and `a.b.c` of `a.b.c`.
  [[nodiscard]] std::vector<Need> needs(ast::ExprId id) const;
  /// Whether the guards say that this part of the path `read` is present.
  [[nodiscard]] static bool covered(const Need& need, const std::string& read, const Paths& guards);
  /// May be absent even where its own parts are guarded by nobody: a path with needs, `x otherwise y` with such a y.
  [[nodiscard]] bool may_be_absent(ast::ExprId id) const;
  /// A fact path, a table row, or one of them on a day: what one can ask presence of.
  [[nodiscard]] bool is_fact(ast::ExprId id) const;
  /// What is surely present where the condition holds, or where it does not.
  [[nodiscard]] Paths when(ast::ExprId id, bool holds, int depth = 0) const;

 private:
  [[nodiscard]] const ast::Expr& expr(ast::ExprId id) const { return context_.files[file_].exprs[id]; }
  [[nodiscard]] const Meaning& meaning(ast::ExprId id) const {
    return context_.checked.files[file_].meanings[id.index];
  }
  [[nodiscard]] const model::Field* field(ast::ExprId id) const;

  const Context& context_;
  std::uint32_t file_;
};

/// The operands of nested `and` (or `or`), in order.
[[nodiscard]] std::vector<ast::ExprId> flatten(const ast::File& file, ast::ExprId id, ast::BinaryOp op);

}  // namespace writ::sema
