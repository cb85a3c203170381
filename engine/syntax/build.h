// From the concrete tree to ast::File. Build assumes a tree that the grammar admits (recover.cc has mended the tokens
// before), so that nothing in it is missing; what the grammar cannot say (a clause twice, a date that does not exist)
// is reported here.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/syntax/ast.h"
#include "engine/syntax/token.h"
#include "engine/syntax/tree.h"

namespace writ::syntax {

class Build {
 public:
  Build(const Tokens& tokens, const Tree& tree, ast::File& file, Diagnostics& out)
      : tokens_(tokens), tree_(tree), file_(file), out_(out) {}

  /// Adds everything in the tree to the file.
  void add_all();

 private:
  struct Once;

  // -- places (build_parts.cc)
  [[nodiscard]] const Node& at(NodeId node) const { return tree_[node]; }
  [[nodiscard]] Rule rule(NodeId node) const { return tree_[node].rule; }
  [[nodiscard]] Children children(NodeId node) const { return {tree_, node}; }
  [[nodiscard]] const Token& token(NodeId node) const {
    return tokens_[tree_[node].first];
  }  // the first one of the subtree
  [[nodiscard]] bool is(NodeId node, std::string_view fixed) const {
    return rule(node) == Rule::token && token(node).is(fixed);
  }
  [[nodiscard]] bool is(NodeId node, TokenKind kind) const {
    return rule(node) == Rule::token && token(node).kind == kind;
  }
  [[nodiscard]] Span span(const Token& token) const { return {file_.source, token.begin, token.end}; }
  [[nodiscard]] Span span(NodeId node) const;

  // -- parts of items (build_parts.cc)
  [[nodiscard]] ast::Name name(NodeId word) const { return {std::string(token(word).text), span(token(word))}; }
  [[nodiscard]] ast::Path path(NodeId node) const;
  void paths(NodeId node, std::vector<ast::Path>& into) const;
  [[nodiscard]] ast::Text text(NodeId string);
  void texts(NodeId node, std::vector<ast::Text>& into);
  [[nodiscard]] Date date(NodeId node);
  [[nodiscard]] ast::Citation citation(NodeId node);
  void cites(NodeId node, std::vector<ast::Citation>& into);
  [[nodiscard]] ast::TypeExprId type(NodeId node);
  [[nodiscard]] ast::TypeExprId plain_type(NodeId node);
  [[nodiscard]] ast::TypeExprId type_name(NodeId node, ast::TypeExpr::Kind kind, NodeId whole);
  [[nodiscard]] std::vector<ast::Param> params(NodeId node);
  [[nodiscard]] ast::Param param(NodeId node);
  /// The days of `from … until …`, in whichever of the clauses that have them.
  struct Days {
    std::optional<Date> from, until, before;
  };
  [[nodiscard]] Days days(NodeId node);
  /// False, and reported, when the clause has been seen in this item.
  bool once(std::map<std::string_view, Span>& seen, std::string_view clause, Span place);
  void missing(Span place, std::string message, std::string help);

  // -- numbers and literals (build_number.cc)
  [[nodiscard]] std::optional<Rational> scale(NodeId node);
  [[nodiscard]] ast::UnitText unit(NodeId node) const;
  [[nodiscard]] ast::ExprId number(NodeId node);
  [[nodiscard]] ast::ExprId literal(NodeId node);  // any leaf: country, date, instant, text, true, false, a name

  // -- expressions (build_expr.cc)
  struct Shunt;
  ast::ExprId add(Span place, decltype(ast::Expr::node) node, std::uint32_t depth = 1);
  [[nodiscard]] std::uint32_t depth(ast::ExprId id) const { return id.valid() ? depths_[id.index] : 0; }
  [[nodiscard]] ast::ExprId expr(NodeId node);
  [[nodiscard]] ast::ExprId negative(ast::ExprId operand, Span place);
  [[nodiscard]] ast::ExprId quantifier(NodeId node);
  [[nodiscard]] ast::ExprId deadline(NodeId node, ast::ExprId done, Span whole);
  [[nodiscard]] ast::ExprId evidenced(NodeId node, ast::ExprId fact, Span whole);
  [[nodiscard]] ast::ExprId age(NodeId node);
  [[nodiscard]] ast::ExprId extreme(NodeId node);
  [[nodiscard]] ast::ExprId ancestors(NodeId node);
  [[nodiscard]] ast::ExprId judgement(NodeId node);
  [[nodiscard]] ast::ExprId list(NodeId node);
  [[nodiscard]] ast::ExprId operand(NodeId node);
  [[nodiscard]] ast::ExprId primary(NodeId node);
  [[nodiscard]] ast::ExprId constant(NodeId node);

  // -- items: the vocabulary (build_vocabulary.cc)
  void item(NodeId node);
  [[nodiscard]] ast::UnitDecl unit_decl(NodeId node);
  [[nodiscard]] ast::EnumDecl enum_decl(NodeId node);
  [[nodiscard]] ast::FieldDecl field(NodeId node);
  [[nodiscard]] ast::RecordDecl record_decl(NodeId node);
  [[nodiscard]] ast::FactsDecl facts_decl(NodeId node);
  [[nodiscard]] ast::PackDecl pack_decl(NodeId node);

  // -- items: law (build_law.cc)
  [[nodiscard]] ast::InstrumentDecl instrument_decl(NodeId node);
  [[nodiscard]] ast::RoleDecl role_decl(NodeId node);
  [[nodiscard]] ast::ScopeDecl scope_decl(NodeId node);
  [[nodiscard]] ast::TermDecl term_decl(NodeId node);
  [[nodiscard]] ast::Unless unless(NodeId node);
  [[nodiscard]] ast::ProvisionClause provision_clause(NodeId node);
  [[nodiscard]] ast::ButNotWhen but_not(NodeId node);
  [[nodiscard]] ast::Reading reading(NodeId node);
  [[nodiscard]] ast::ClassifyDecl classify_decl(NodeId node);

  // -- items: sets, tables and calendars (build_sets.cc)
  [[nodiscard]] ast::SetDecl set_decl(NodeId node);
  [[nodiscard]] ast::SetEntry set_entry(NodeId node);
  [[nodiscard]] ast::TableDecl table_decl(NodeId node);
  [[nodiscard]] ast::TableRow table_row(NodeId node);
  [[nodiscard]] ast::ExprId table_value(NodeId node);
  void supplied_decl(NodeId node);
  [[nodiscard]] ast::CalendarDecl calendar_decl(NodeId node);

  // -- items: rules and exceptions (build_rule.cc)
  [[nodiscard]] ast::RuleDecl rule_decl(NodeId node);
  /// The days of an entry or row, and since when it is known.
  template <class Entry>
  void dated(NodeId part, Entry& out) {
    if (rule(part) == Rule::published_) out.published = date(part + 2);
    if (rule(part) != Rule::period_) return;
    const Days period = days(part);
    out.from = period.from;
    out.until = period.until;
    out.before = period.before;
  }
  /// What ordinary and portfolio rules say alike: whom they bind, how they stand and what they rest on.
  template <class Decl>
  void standing(std::string_view word, NodeId value, Decl& out) {
    if (word == "scope") out.scope = path(value);
    if (word == "binds") paths(value, out.binds);
    if (word == "severity") out.severity = name(value);
    if (word == "status") out.status = name(value);
    if (word == "sources") texts(value, out.sources);
    if (word == "remedy") out.remedy = text(value);
    if (word == "author") out.author = text(value);
    if (word == "reviewer") out.reviewer = text(value);
    if (word == "note") out.note = text(value);
  }
  void rule_clause(NodeId clause, ast::RuleDecl& rule, std::map<std::string_view, Span>& seen);
  /// True for `effective never`.
  bool effective(NodeId node, std::vector<ast::EffectiveSpan>& into);
  [[nodiscard]] ast::Penalty penalty(NodeId node);
  [[nodiscard]] ast::Presumption presumption(NodeId node);
  [[nodiscard]] ast::Requirement requirement(NodeId node);
  [[nodiscard]] ast::ForEach for_each(NodeId node);
  template <class Decl>
  [[nodiscard]] Decl exception_like(NodeId node);
  void exception_clause(NodeId clause, ast::ExceptionDecl& out, std::map<std::string_view, Span>& seen);

  // -- items: amendments (build_amend.cc) and rules over a portfolio (build_portfolio.cc)
  void amend_decl(NodeId node);
  [[nodiscard]] ast::Amendment amendment(NodeId node, Date published);
  void replace(NodeId node, ast::Amendment& out);
  void inserted(NodeId node, ast::Amendment& out, Date published);
  void insertion(NodeId node, Date published);
  [[nodiscard]] ast::PortfolioDecl portfolio_decl(NodeId node);
  void portfolio_clause(NodeId clause, ast::PortfolioDecl& out, std::map<std::string_view, Span>& seen);

  // -- tests (build_test.cc)
  [[nodiscard]] ast::TestDecl test_decl(NodeId node);
  void given(NodeId clause, ast::TestDecl& test);
  [[nodiscard]] ast::FactAssign fact_assign(NodeId node);
  [[nodiscard]] ast::Path fact_path(NodeId node);
  [[nodiscard]] ast::Name fact_key(NodeId node);
  [[nodiscard]] ast::FactValueId fact_value(NodeId node);
  [[nodiscard]] ast::ExprId scalar(NodeId node);
  [[nodiscard]] ast::Expectation expectation(NodeId clause);

  const Tokens& tokens_;
  const Tree& tree_;
  ast::File& file_;
  Diagnostics& out_;
  std::vector<std::uint32_t> depths_;  // of expressions, by number
  bool too_deep_ = false;              // reported once
};

}  // namespace writ::syntax
