#include "engine/sema/presence.h"

#include <fmt/format.h>

#include "engine/sema/items.h"
#include "engine/sema/types.h"
#include "engine/sema/walk.h"

namespace writ::sema {

namespace {

using Paths = Absence::Paths;

Paths join(const Paths& a, const Paths& b) {
  Paths out = a;
  out.insert(b.begin(), b.end());
  return out;
}

/// One item: reports every read that its guards do not cover, each path once per clause.
class Presence {
 public:
  Presence(Context& context, std::uint32_t file) : context_(context), absence_(context, file), file_(file) {}

  [[nodiscard]] Paths when(ast::ExprId id, bool holds) const { return absence_.when(id, holds); }

  void clause(ast::ExprId id, const Paths& guards) {
    reported_.clear();
    visit(id, guards, false);
  }
  /// The list of a `for each`: without it there are no elements, and nothing to judge.
  void list(ast::ExprId id) {
    reported_.clear();
    visit(id, {}, true);
  }

 private:
  /// `handled`: the expression around it says what holds when this one is absent.
  void visit(ast::ExprId id, const Paths& guards, bool handled) {
    if (!id) return;
    const ast::Expr& e = context_.expr(file_, id);
    if (const auto* binary = std::get_if<ast::Binary>(&e.node)) {
      if (binary->op == ast::BinaryOp::and_ || binary->op == ast::BinaryOp::or_)
        return junction(id, binary->op, guards);
      if (binary->op == ast::BinaryOp::otherwise) return otherwise(*binary, guards, handled);
    }
    if (const auto* unary = std::get_if<ast::Unary>(&e.node);
        unary != nullptr && unary->op != ast::UnaryOp::not_ && unary->op != ast::UnaryOp::neg) {
      return question(e, *unary, guards);
    }
    if (const auto* quantifier = std::get_if<ast::Quantifier>(&e.node)) {
      visit(quantifier->list, guards, false);
      visit(quantifier->where, guards, false);
      visit(quantifier->body, join(guards, when(quantifier->where, true)), false);
      return;
    }
    if (const auto* deadline = std::get_if<ast::Deadline>(&e.node)) {
      visit(deadline->done, guards, true);  // absent: not done
      visit(deadline->start, guards, false);
      return visit(deadline->period, guards, false);
    }
    if (const auto* judged = std::get_if<ast::Judged>(&e.node)) return visit(judged->assessment, guards, true);
    if (const auto* evidenced = std::get_if<ast::Evidenced>(&e.node)) return visit(evidenced->fact, guards, true);
    if (!handled) {
      // A guard of the last part covers those before it.
      const Absence::Need* missing = nullptr;
      const std::string path = absence_.key(id);
      const std::vector<Absence::Need> needs = absence_.needs(id);
      for (const Absence::Need& need : needs) {
        if (!Absence::covered(need, path, guards)) missing = &need;
      }
      if (missing != nullptr) read(*missing);
    }
    rest(e, guards);
  }

  void read(const Absence::Need& need) {
    if (!need.key.empty() && !reported_.insert(need.key).second) return;
    const std::string text = excerpt(context_, need.span);
    context_.report(
        Code::unguarded_optional, need.span, fmt::format("`{}` may be absent here", text),
        fmt::format("guard it with `{} is present and …`, or say what holds then: `{} otherwise …`", text, text));
  }

  /// What a path holds besides its own steps: keys of maps, arguments, days.
  void rest(const ast::Expr& e, const Paths& guards) {
    if (const auto* member = std::get_if<ast::Member>(&e.node)) return step(member->base, guards);
    if (const auto* index = std::get_if<ast::Index>(&e.node)) {
      step(index->base, guards);
      return visit(index->key, guards, false);
    }
    if (const auto* binary = std::get_if<ast::Binary>(&e.node);
        binary != nullptr && binary->op == ast::BinaryOp::on_day) {
      step(binary->left, guards);
      return visit(binary->right, guards, false);
    }
    for (ast::ExprId inner : operands(e)) visit(inner, guards, false);
  }

  /// An inner step of a path, whose needs are among those of the whole path.
  void step(ast::ExprId id, const Paths& guards) {
    if (id) visit(id, guards, true);
  }

  void junction(ast::ExprId id, ast::BinaryOp op, const Paths& guards) {
    const std::vector<ast::ExprId> parts = flatten(context_.files[file_], id, op);
    const bool conjunction = op == ast::BinaryOp::and_;
    std::vector<Paths> given;
    for (ast::ExprId part : parts) given.push_back(when(part, conjunction));
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Paths mine = guards;
      for (std::size_t j = 0; j < parts.size(); ++j) {
        if (j != i) mine.insert(given[j].begin(), given[j].end());
      }
      visit(parts[i], mine, false);
    }
  }

  void otherwise(const ast::Binary& binary, const Paths& guards, bool handled) {
    if (binary.left && !absence_.may_be_absent(binary.left) &&
        !is_error(context_, context_.checked.files[file_].types[binary.left.index])) {
      const Span span = context_.expr(file_, binary.left).span;
      context_.report(Code::never_absent, span,
                      fmt::format("`{}` is never absent: `otherwise` would never be read", excerpt(context_, span)),
                      "an unknown fact stays unknown; only facts declared `optional` can be absent");
    }
    visit(binary.left, guards, true);
    visit(binary.right, guards, handled);
  }

  void question(const ast::Expr& e, const ast::Unary& unary, const Paths& guards) {
    if (!unary.operand || is_error(context_, context_.checked.files[file_].types[unary.operand.index])) return;
    const Span span = context_.expr(file_, unary.operand).span;
    if (!absence_.is_fact(unary.operand)) {
      context_.report(Code::not_a_fact, span,
                      fmt::format("`{}` is not a fact, and neither present nor absent", excerpt(context_, span)));
      visit(unary.operand, guards, false);
      return;
    }
    if (unary.op != ast::UnaryOp::is_answered && !absence_.may_be_absent(unary.operand)) {
      context_.report(Code::needless_guard, e.span, fmt::format("`{}` is never absent", excerpt(context_, span)),
                      "leave the question out, or declare the fact `optional`");
    }
    visit(unary.operand, guards, true);
  }

  Context& context_;
  Absence absence_;
  std::uint32_t file_;
  Paths reported_;
};

// A clause and what amendments put in its place, each in its own file.
struct Texts {
  std::vector<std::pair<std::uint32_t, ast::ExprId>> all;

  Texts(Context& context, ItemRef ref, std::string_view clause, ast::ExprId own, std::string_view label = {}) {
    all.emplace_back(ref.file, own);
    for (const Replacement& r : replacements(context, ref, clause, label)) all.emplace_back(r.file, r.operation->value);
  }
  void check(Context& context, const Paths& guards) const {
    for (const auto& [file, text] : all) Presence(context, file).clause(text, guards);
  }
  /// Present whichever text is in force.
  [[nodiscard]] Paths when(Context& context) const {
    Paths out = Absence(context, all.front().first).when(all.front().second, true);
    for (const auto& [file, text] : all) {
      const Paths other = Absence(context, file).when(text, true);
      std::erase_if(out, [&](const std::string& path) { return !other.contains(path); });
    }
    return out;
  }
};

/// What is presumed is not read; by what, and when, is.
void presumptions(Presence& presence, const std::vector<ast::Presumption>& all) {
  for (const ast::Presumption& p : all) {
    presence.list(p.fact);
    presence.clause(p.value, {});
    presence.clause(p.when, {});
  }
}

void rule(Context& context, ItemRef ref, const ast::RuleDecl& d) {
  Presence presence(context, ref.file);
  Paths guards;
  const auto scope = context.checked.rule_scopes.find(ref);
  if (scope != context.checked.rule_scopes.end())
    guards = Texts(context, scope->second, "means", context.get<ast::ScopeDecl>(scope->second)->means).when(context);
  if (d.for_each) {
    presence.list(d.for_each->list);
    const Texts where(context, ref, "where", d.for_each->where);
    where.check(context, {});
    guards = join(guards, where.when(context));
  }
  presence.clause(d.judged_on, guards);
  for (const ast::EffectiveSpan& span : d.effective) presence.clause(span.when, guards);
  const Texts applies(context, ref, "applies", d.applies);
  applies.check(context, guards);
  const Paths inside = join(guards, applies.when(context));
  for (const ast::Requirement& r : d.requirements)
    Texts(context, ref, r.forbids ? "forbids" : "requires", r.condition, r.label ? r.label->text : "")
        .check(context, inside);
  for (const ast::Penalty& p : d.penalties) {
    presence.clause(p.when, inside);
    presence.clause(p.amount, join(inside, presence.when(p.when, true)));
  }
  presumptions(presence, d.presumptions);
  for (const ast::Requirement& r : d.requirements) presumptions(presence, r.presumptions);
}

void unless(Context& context, ItemRef ref, ast::ExprId own, const std::vector<ast::Unless>& all) {
  Presence presence(context, ref.file);
  const Texts means(context, ref, "means", own);
  means.check(context, {});
  const Paths guards = means.when(context);
  for (const ast::Unless& u : all) {
    presence.clause(u.condition, guards);
    const Paths inside = join(guards, presence.when(u.condition, true));
    for (const ast::ButNotWhen& but : u.but_not) presence.clause(but.condition, inside);
  }
}

}  // namespace

void check_presence(Context& context) {
  for (std::uint32_t file = 0; file < context.files.size(); ++file) {
    for (std::uint32_t item = 0; item < context.files[file].items.size(); ++item) {
      const ItemRef ref{file, item};
      const At at(context, ref);
      Presence presence(context, file);
      std::visit(Overloaded{
                     [&](const ast::RuleDecl& d) { rule(context, ref, d); },
                     [&](const ast::RoleDecl& d) { unless(context, ref, d.means, d.unless); },
                     [&](const ast::TermDecl& d) {
                       for (const ast::Reading& r : d.readings) presence.clause(r.means, {});
                       unless(context, ref, d.means, d.unless);
                     },
                     [&](const ast::ScopeDecl& d) { unless(context, ref, d.means, d.unless); },
                     [&](const ast::AmendDecl& d) {  // what replaces a clause is checked with the clause
                       for (const ast::Amendment& a : d.amendments)
                         for (const ast::EffectiveSpan& span : a.effective) presence.clause(span.when, {});
                     },
                     [&](const ast::ExceptionDecl& d) {
                       const Texts when(context, ref, "when", d.when);
                       when.check(context, {});
                       for (const ast::ButNotWhen& but : d.but_not) presence.clause(but.condition, when.when(context));
                       for (const ast::EffectiveSpan& span : d.effective) presence.clause(span.when, {});
                       presence.clause(d.instead, when.when(context));
                       presumptions(presence, d.presumptions);
                     },
                     [&](const ast::TransitionalDecl& d) {
                       Texts(context, ref, "when", d.when).check(context, {});
                       for (const ast::EffectiveSpan& span : d.effective) presence.clause(span.when, {});
                     },
                     [&](const ast::PortfolioDecl& d) {
                       presence.clause(d.where, {});
                       const Paths inside = presence.when(d.where, true);
                       presence.clause(d.key, inside);
                       presence.clause(d.weight, inside);
                     },
                     [&](const auto&) {
                       for (const auto& [clause, root] : roots(context.item(ref))) presence.clause(root, {});
                     },
                 },
                 context.item(ref));
    }
  }
}

}  // namespace writ::sema
