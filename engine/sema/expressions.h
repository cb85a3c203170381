// Gives every expression a type and every name a meaning. Types flow up; what a bare member or a set literal may be
// flows down as `expected`.
#pragma once

#include <optional>
#include <utility>

#include "engine/sema/context.h"

namespace writ::sema {

class Expressions {
 public:
  Expressions(Context& context, std::uint32_t file)
      : context_(context), file_(file), info_(context.checked.files[file]) {}

  /// The type of an expression whose context would like `expected` (invalid: anything). Never checks that it is that.
  model::TypeId infer(ast::ExprId id, model::TypeId expected = {});
  /// Must be true or false. Nothing to do for an invalid id.
  void condition(ast::ExprId id, std::string_view clause);
  /// Must agree with `wanted`; reports "CLAUSE wants …" otherwise.
  model::TypeId require(ast::ExprId id, model::TypeId wanted, std::string_view clause);

  /// A new variable, visible until `leave`. Reports a name that already stands for another variable.
  std::uint32_t enter(const ast::Name& name, model::TypeId type);
  /// A known variable (parameters, elements) made visible.
  void show(std::uint32_t variable) { scope_.push_back(variable); }
  void leave() { scope_.pop_back(); }

  /// Measures are allowed from now on: of groups by such a key, weighed in such a type.
  void measuring(model::TypeId key, model::TypeId weight) { measured_ = {key, weight}; }

  /// The element type of what a quantifier walks: record of a list, value of a map; reports and is the error type
  /// otherwise.
  model::TypeId element_type(ast::ExprId list, model::TypeId type);

 private:
  model::TypeId error() const { return context_.basic.error; }
  const ast::Expr& expr(ast::ExprId id) const { return context_.files[file_].exprs[id]; }
  void mean(ast::ExprId id, Meaning meaning) { info_.meanings[id.index] = meaning; }
  model::TypeId node(ast::ExprId id, const ast::Expr& e, model::TypeId expected);
  Diagnostic& report(Code code, ast::ExprId id, std::string message, std::string help = {}) {
    return context_.report(code, expr(id).span, std::move(message), std::move(help));
  }
  std::string show_type(model::TypeId type) const;
  std::string text(ast::ExprId id) const;

  // names.cc of expressions
  model::TypeId name(ast::ExprId id, const ast::NameRef& name, model::TypeId expected);
  model::TypeId path(ast::ExprId id);
  model::TypeId field(ast::ExprId id, const ast::Member& member, model::TypeId base);
  model::TypeId referred(ast::ExprId id, const ast::Member& member, const model::Type& type);
  model::TypeId item_value(ast::ExprId id, ItemRef item, const std::string& name);
  model::TypeId call(ast::ExprId id, const ast::Call& call);
  const std::uint32_t* variable(const std::string& name) const;
  bool fact_path(const std::vector<std::string>& names) const;
  bool item_path(const std::vector<std::string>& names) const;
  std::string package_of(const std::vector<std::string>& names) const;
  void report_unknown_name(ast::ExprId id, const std::string& name, model::TypeId expected);
  void report_unknown_fact(ast::ExprId id, const std::vector<std::string>& names, Span span);
  /// Stands for something without knowing what is expected.
  bool self_explaining(ast::ExprId id) const;

  // operators
  model::TypeId number(ast::ExprId id, const ast::NumberLit& literal);
  model::TypeId country(ast::ExprId id, const ast::CountryLit& literal, model::TypeId expected);
  model::TypeId unary(ast::ExprId id, const ast::Unary& unary, model::TypeId expected);
  model::TypeId binary(ast::ExprId id, const ast::Binary& binary, model::TypeId expected);
  std::pair<model::TypeId, model::TypeId> both(const ast::Binary& binary);
  model::TypeId comparison(ast::ExprId id, const ast::Binary& binary);
  bool bare_number(ast::ExprId id, ast::ExprId other, model::TypeId type, model::TypeId wanted);
  void report_units(ast::ExprId id, const ast::Binary& binary, model::TypeId left, model::TypeId right);
  bool same_currency(ast::ExprId id, const ast::Binary& binary);
  model::TypeId sum(ast::ExprId id, const ast::Binary& binary);
  model::TypeId product(ast::ExprId id, const ast::Binary& binary);
  model::TypeId otherwise(const ast::Binary& binary, ast::ExprId id, model::TypeId expected);
  model::TypeId on_day(ast::ExprId id, const ast::Binary& binary, model::TypeId expected);
  model::TypeId share_of(ast::ExprId id, const ast::Binary& binary);
  model::TypeId extreme(ast::ExprId id, const ast::Extreme& extreme);
  model::TypeId at_least(ast::ExprId id, const ast::Binary& binary);

  // deadlines.cc
  model::TypeId moment(ast::ExprId id, std::string_view clause);
  void constant_age(ast::ExprId id);
  model::TypeId deadline(ast::ExprId id, const ast::Deadline& deadline);
  void working_days(ast::ExprId id, const ast::Deadline& deadline);
  model::TypeId judged(ast::ExprId id, const ast::Judged& judged);
  model::TypeId evidenced(const ast::Evidenced& evidenced);

  // sets and quantifiers
  model::TypeId membership(ast::ExprId id, const ast::Binary& binary);
  model::TypeId inclusion(ast::ExprId id, const ast::Binary& binary);
  model::TypeId set_literal(ast::ExprId id, const ast::SetLit& literal, model::TypeId expected);
  model::TypeId algebra(ast::ExprId id, const ast::Binary& binary, model::TypeId expected);
  model::TypeId index(ast::ExprId id, const ast::Index& index);
  model::TypeId quantifier(ast::ExprId id, const ast::Quantifier& quantifier);

  // portfolio.cc
  std::optional<model::TypeId> measure(ast::ExprId id, const ast::Call& call);

  // lineage.cc
  model::TypeId walked(ast::ExprId list);
  model::TypeId ancestors(ast::ExprId id, const ast::Ancestors& ancestors);
  model::TypeId misplaced_ancestors(ast::ExprId id, const ast::Ancestors& ancestors);
  /// The element of a set type; reports and is the error type otherwise.
  model::TypeId set_element(ast::ExprId id, model::TypeId type);
  void member_agrees(ast::ExprId id, model::TypeId type, ast::ExprId set, model::TypeId element);

  Context& context_;
  std::uint32_t file_;
  FileInfo& info_;
  std::vector<std::uint32_t> scope_;
  std::optional<std::pair<model::TypeId, model::TypeId>> measured_;  // key and weight
};

/// `unless` of terms, scopes and roles.
void check_unless(Context& context, Expressions& expressions, std::uint32_t file,
                  const std::vector<ast::Unless>& unless);
/// Penalties of a rule, in which `bearer` stands for the party that bears the duty.
void check_penalties(Context& context, Expressions& expressions, std::uint32_t file,
                     const std::vector<ast::Penalty>& penalties);

/// Result type of a term, with its body checked first where the result is not declared; the error type inside a cycle.
model::TypeId term_type(Context& context, ItemRef term);

}  // namespace writ::sema
