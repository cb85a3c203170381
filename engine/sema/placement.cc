// Words that mean something only in certain places: `as of`, `is answered`, and what only a requirement can say.
#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/items.h"
#include "engine/sema/types.h"
#include "engine/sema/walk.h"

namespace writ::sema {

namespace {

bool is_comparison(ast::BinaryOp op) {
  using B = ast::BinaryOp;
  return op == B::eq || op == B::ne || op == B::lt || op == B::le || op == B::gt || op == B::ge;
}

class Placement {
 public:
  Placement(Context& context, std::uint32_t file) : context_(context), tree_(context.files[file]), file_(file) {}

  void as_of(ast::ExprId root) {
    std::set<std::uint32_t> fine;
    walk(tree_, root, [&](ast::ExprId, const ast::Expr& e) {
      const auto* binary = std::get_if<ast::Binary>(&e.node);
      if (binary == nullptr || !is_comparison(binary->op)) return;
      accept(binary->left, binary->right, fine);
      accept(binary->right, binary->left, fine);
    });
    walk(tree_, root, [&](ast::ExprId id, const ast::Expr& e) {
      if (fine.contains(id.index)) return;
      if (starts_year(id)) {
        context_.report(Code::misplaced_as_of, e.span,
                        "`year_start()` is compared with a date, and stands nowhere else",
                        "for instance `count of t in transfers where t.on >= year_start()`");
      }
      if (!std::holds_alternative<ast::AsOf>(e.node)) return;
      context_.report(Code::misplaced_as_of, e.span,
                      "`as of` is compared with a date plus or minus a constant duration, and stands nowhere else",
                      "for instance `as of <= model.eu_market_date + 12 months`");
    });
  }

  /// `good`: a true answer here can only help what is required.
  void answered(ast::ExprId id, bool good) {
    if (!id) return;
    const ast::Expr& e = tree_.exprs[id];
    if (const auto* unary = std::get_if<ast::Unary>(&e.node);
        unary != nullptr && unary->op == ast::UnaryOp::is_answered) {
      if (!good) {
        context_.report(Code::misplaced_answered, e.span,
                        "`is answered` stands only in what a rule requires, and not under `not`",
                        "ask for the fact itself, or for `is present`");
      }
      return;
    }
    if (const char* word = duty(e); word != nullptr && !good) {
      context_.report(Code::misplaced_duty, e.span,
                      fmt::format("`{}` stands only in what a rule requires, and not under `not`", word),
                      "a condition asks for the fact itself");
    }
    if (const auto* binary = std::get_if<ast::Binary>(&e.node)) {
      const bool same = binary->op == ast::BinaryOp::and_ || binary->op == ast::BinaryOp::or_;
      answered(binary->left, good && same);
      answered(binary->right, good && same);
      return;
    }
    if (const auto* q = std::get_if<ast::Quantifier>(&e.node)) {
      answered(q->list, false);
      answered(q->where, good && q->op == ast::QuantifierOp::some);
      answered(q->body, good && (q->op == ast::QuantifierOp::some || q->op == ast::QuantifierOp::every));
      return;
    }
    for (ast::ExprId inner : operands(e)) answered(inner, false);
  }

 private:
  /// What only a requirement can say: it may be pending, or left to a human.
  static const char* duty(const ast::Expr& e) {
    if (const auto* deadline = std::get_if<ast::Deadline>(&e.node))
      return deadline->period || deadline->working_days ? "within" : "by";
    if (std::holds_alternative<ast::Judged>(e.node)) return "judged";
    return std::holds_alternative<ast::Evidenced>(e.node) ? "is evidenced" : nullptr;
  }

  /// The built-in `year_start()`.
  bool starts_year(ast::ExprId id) const {
    const auto* call = std::get_if<ast::Call>(&tree_.exprs[id].node);
    return call != nullptr && is_year_start(*call) &&
           std::holds_alternative<std::monostate>(context_.checked.files[file_].meanings[id.index]);
  }

  bool constant_duration(ast::ExprId id) const {
    if (!id) return false;
    if (const auto* binary = std::get_if<ast::Binary>(&tree_.exprs[id].node)) {
      const bool sum = binary->op == ast::BinaryOp::add || binary->op == ast::BinaryOp::sub;
      return sum && constant_duration(binary->left) && constant_duration(binary->right);
    }
    const auto* literal = std::get_if<ast::NumberLit>(&tree_.exprs[id].node);
    return literal != nullptr &&
           context_.kind(context_.checked.files[file_].types[id.index]) == model::TypeKind::duration;
  }

  /// The AsOf node of `as of`, `as of + P`, `as of - P`; invalid when it is something else.
  ast::ExprId shifted_as_of(ast::ExprId id) const {
    while (id) {
      if (std::holds_alternative<ast::AsOf>(tree_.exprs[id].node) || starts_year(id)) return id;
      const auto* binary = std::get_if<ast::Binary>(&tree_.exprs[id].node);
      const bool shift = binary != nullptr && (binary->op == ast::BinaryOp::add || binary->op == ast::BinaryOp::sub) &&
                         constant_duration(binary->right);
      id = shift ? binary->left : ast::ExprId();
    }
    return {};
  }

  /// A date that does not depend on the as-of date, moved only by constants.
  bool fixed_date(ast::ExprId id) const {
    if (!id) return false;
    const model::TypeKind kind = context_.kind(context_.checked.files[file_].types[id.index]);
    if (kind != model::TypeKind::date && kind != model::TypeKind::error) return false;
    bool fixed = true;
    walk(tree_, id, [&](ast::ExprId at, const ast::Expr& e) {
      if (std::holds_alternative<ast::AsOf>(e.node) || starts_year(at)) fixed = false;
      const auto* binary = std::get_if<ast::Binary>(&e.node);
      if (binary != nullptr && (binary->op == ast::BinaryOp::add || binary->op == ast::BinaryOp::sub) &&
          !constant_duration(binary->right))
        fixed = false;
    });
    return fixed;
  }

  void accept(ast::ExprId side, ast::ExprId other, std::set<std::uint32_t>& fine) const {
    const ast::ExprId found = shifted_as_of(side);
    if (found && fixed_date(other)) fine.insert(found.index);
  }

  Context& context_;
  const ast::File& tree_;
  std::uint32_t file_;
};

}  // namespace

void check_placement(Context& context) {
  for (std::uint32_t file = 0; file < context.files.size(); ++file) {
    for (std::uint32_t item = 0; item < context.files[file].items.size(); ++item) {
      const ItemRef ref{file, item};
      const At at(context, ref);
      Placement placement(context, file);
      std::set<ast::ExprId> required;  // texts that an amendment puts in the place of a requirement
      if (const auto* amend = context.get<ast::AmendDecl>(ref))
        for (const ast::Amendment& a : amend->amendments)
          if (a.clause.text == "requires") required.insert(a.value);
      for (const auto& [clause, root] : roots(context.item(ref))) {
        placement.as_of(root);
        placement.answered(root, clause == Clause::requires_ || required.contains(root));
      }
    }
  }
}

}  // namespace writ::sema
