// Conditions that are decided before any document is read: contradictions within one `and`, comparisons of constants,
// bare true and false.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/sema/items.h"
#include "engine/sema/presence.h"
#include "engine/sema/types.h"
#include "engine/sema/walk.h"

namespace writ::sema {

namespace {

using B = ast::BinaryOp;

/// What the conjuncts say about one path.
struct Bounds {
  std::optional<Rational> low, high;
  bool low_open = false, high_open = false;
  std::optional<std::string> equal;
  std::set<std::string> unequal;
  bool present = false, absent = false;
};

bool literal(const ast::Expr& e) {
  return std::holds_alternative<ast::NumberLit>(e.node) || std::holds_alternative<ast::DateLit>(e.node) ||
         std::holds_alternative<ast::TextLit>(e.node) || std::holds_alternative<ast::CountryLit>(e.node) ||
         std::holds_alternative<ast::InstantLit>(e.node);
}

B mirrored(B op) {
  switch (op) {
    case B::lt: return B::gt;
    case B::le: return B::ge;
    case B::gt: return B::lt;
    case B::ge: return B::le;
    default: return op;
  }
}

class Constants {
 public:
  Constants(Context& context, std::uint32_t file)
      : context_(context), tree_(context.files[file]), absence_(context, file), file_(file) {}

  void check(Clause clause, ast::ExprId root) {
    if (clause == Clause::entry || clause == Clause::algebra || clause == Clause::presumed) return;
    const bool required = clause == Clause::requires_ || clause == Clause::forbids || clause == Clause::means;
    const auto* constant = std::get_if<ast::BoolLit>(&tree_.exprs[root].node);
    if (constant != nullptr && !required) report(root, constant->value ? "this always holds" : "this never holds");
    walk(tree_, root, [&](ast::ExprId id, const ast::Expr& e) {
      if (const auto* binary = std::get_if<ast::Binary>(&e.node)) {
        const bool compares = binary->op == B::eq || binary->op == B::ne || binary->op == B::lt ||
                              binary->op == B::le || binary->op == B::gt || binary->op == B::ge;
        if (compares && binary->left && binary->right) comparison(id, *binary);
        if (binary->op == B::and_ || binary->op == B::or_) {
          operand(binary->left, binary->op);
          operand(binary->right, binary->op);
        }
      }
    });
    conjunctions(root);
  }

 private:
  void report(ast::ExprId id, std::string message) {
    if (context_.reported(tree_.exprs[id].span)) return;
    context_.report(Code::impossible_condition, tree_.exprs[id].span, std::move(message));
  }

  void operand(ast::ExprId id, B op) {
    const auto* constant = id ? std::get_if<ast::BoolLit>(&tree_.exprs[id].node) : nullptr;
    if (constant == nullptr) return;
    const bool decides = constant->value == (op == B::or_);
    report(id, decides ? fmt::format("`{}` decides the whole condition", constant->value)
                       : fmt::format("`{}` changes nothing here", constant->value));
  }

  void comparison(ast::ExprId id, const ast::Binary& binary) {
    if (literal(tree_.exprs[binary.left]) && literal(tree_.exprs[binary.right])) {
      report(id, "this compares two constants");
      return;
    }
    const std::string left = absence_.key(binary.left);
    if (!left.empty() && left == absence_.key(binary.right))
      report(id, fmt::format("`{}` is compared with itself", excerpt(context_, tree_.exprs[binary.left].span)));
  }

  /// The value of a constant in base units, with what it is a number of.
  std::optional<std::pair<Rational, std::string>> number(ast::ExprId id) const {
    const ast::Expr& e = tree_.exprs[id];
    if (const auto* date = std::get_if<ast::DateLit>(&e.node))
      return std::pair(Rational(date->value.days), std::string("date"));
    const auto* n = std::get_if<ast::NumberLit>(&e.node);
    if (n == nullptr) return std::nullopt;
    if (!n->unit) return std::pair(n->value, std::string());
    if (context_.vocabulary.units.is_currency(n->unit->text)) return std::pair(n->value, n->unit->text);
    const auto unit = context_.vocabulary.units.parse(n->unit->text);
    if (!unit) return std::nullopt;  // durations have no single order
    const auto value = n->value.mul(unit->factor);
    return value ? std::optional(std::pair(*value, std::string())) : std::nullopt;
  }

  void conjunctions(ast::ExprId root) {
    // Outermost conjunctions only: an inner `and` of an `and` is part of it.
    std::set<std::uint32_t> inner;
    walk(tree_, root, [&](ast::ExprId id, const ast::Expr& e) {
      const auto* binary = std::get_if<ast::Binary>(&e.node);
      if (binary == nullptr || binary->op != B::and_) return;
      for (ast::ExprId part : {binary->left, binary->right}) {
        if (part) inner.insert(part.index);
      }
      if (!inner.contains(id.index)) conjunction(id);
    });
  }

  void conjunction(ast::ExprId id) {
    std::map<std::string, Bounds> known;
    for (ast::ExprId part : flatten(tree_, id, B::and_)) {
      std::string key;
      if (!add(part, known, key)) continue;
      report(part, fmt::format("`{}` contradicts what stands before it: the condition never holds",
                               excerpt(context_, tree_.exprs[part].span)));
      return;
    }
  }

  /// Takes one conjunct in; true when it contradicts the others.
  bool add(ast::ExprId part, std::map<std::string, Bounds>& known, std::string& key) {
    const ast::Expr& e = tree_.exprs[part];
    if (const auto* unary = std::get_if<ast::Unary>(&e.node)) {
      if (unary->op != ast::UnaryOp::is_present && unary->op != ast::UnaryOp::is_absent) return false;
      key = absence_.key(unary->operand);
      if (key.empty()) return false;
      Bounds& bounds = known[key];
      (unary->op == ast::UnaryOp::is_present ? bounds.present : bounds.absent) = true;
      return bounds.present && bounds.absent;
    }
    const auto* binary = std::get_if<ast::Binary>(&e.node);
    if (binary == nullptr || !binary->left || !binary->right) return false;
    const bool swapped = literal(tree_.exprs[binary->left]);
    const ast::ExprId path = swapped ? binary->right : binary->left;
    const ast::ExprId constant = swapped ? binary->left : binary->right;
    const B op = swapped ? mirrored(binary->op) : binary->op;
    key = absence_.key(path);
    if (key.empty()) return false;
    if (const auto value = number(constant)) {
      if (value->second != "") key += " " + value->second;
      return narrow(known[key], op, value->first);
    }
    const bool member = std::holds_alternative<MemberOf>(context_.checked.files[file_].meanings[constant.index]);
    if (!member && !literal(tree_.exprs[constant])) return false;
    const std::string value = absence_.key(constant);
    Bounds& bounds = known[key];
    if (op == B::ne) {
      bounds.unequal.insert(value);
    } else if (op == B::eq) {
      if (bounds.equal && *bounds.equal != value) return true;
      bounds.equal = value;
    }
    return bounds.equal && bounds.unequal.contains(*bounds.equal);
  }

  static bool narrow(Bounds& b, B op, const Rational& value) {
    const auto raise = [&](bool open) {
      if (!b.low || *b.low < value || (*b.low == value && open)) b.low = value, b.low_open = open;
    };
    const auto lower = [&](bool open) {
      if (!b.high || *b.high > value || (*b.high == value && open)) b.high = value, b.high_open = open;
    };
    switch (op) {
      case B::eq: raise(false), lower(false); break;
      case B::lt: lower(true); break;
      case B::le: lower(false); break;
      case B::gt: raise(true); break;
      case B::ge: raise(false); break;
      default: return false;
    }
    return b.low && b.high && (*b.low > *b.high || (*b.low == *b.high && (b.low_open || b.high_open)));
  }

  Context& context_;
  const ast::File& tree_;
  Absence absence_;
  std::uint32_t file_;
};

}  // namespace

void check_constants(Context& context) {
  for (std::uint32_t file = 0; file < context.files.size(); ++file) {
    for (std::uint32_t item = 0; item < context.files[file].items.size(); ++item) {
      const ItemRef ref{file, item};
      const At at(context, ref);
      Constants constants(context, file);
      for (const auto& [clause, root] : roots(context.item(ref))) constants.check(clause, root);
    }
  }
}

}  // namespace writ::sema
