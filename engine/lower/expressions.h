// Expressions to nodes. Constants and fact paths are shared (one node however often they are read); operations are not,
// so that each keeps its own place in the rule for explanations. Sharing of operations is left to whoever compiles the
// Program further.
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/ir/program.h"
#include "engine/sema/sema.h"
#include "engine/syntax/ast.h"

namespace writ::lower {

/// Where the items of the rule book ended up in the Program.
struct ItemIds {
  std::map<sema::ItemRef, ir::InstrumentId> instruments;
  std::map<sema::ItemRef, ir::RoleId> roles;
  std::map<sema::ItemRef, ir::GroupId> groups;
  std::map<sema::ItemRef, ir::ScopeId> scopes;
  std::map<sema::ItemRef, ir::TermId> terms;  // scopes too: a scope read as a condition is a call of its term
  std::map<sema::ItemRef, ir::SetId> sets;
  std::map<sema::ItemRef, ir::TableId> tables;
  std::map<sema::ItemRef, ir::ClassId> classes;
  std::map<sema::ItemRef, ir::RuleId> rules;
  std::map<sema::ItemRef, ir::CalendarId> calendars;
};

class Expressions {
 public:
  Expressions(ir::Program& program, const std::vector<ast::File>& files, const sema::Checked& checked,
              const ItemIds& ids)
      : program_(program), files_(files), checked_(checked), ids_(ids) {}

  /// Lowers `id` of file `file`; an invalid id gives an invalid node.
  ir::NodeId lower(std::uint32_t file, ast::ExprId id);
  /// A literal of a set entry, table row or enum member as a constant of type `type`.
  model::Scalar literal(std::uint32_t file, ast::ExprId id, model::TypeId type);
  ir::NodeId negate(ir::NodeId node, Span span);
  /// Texts that follow one another: together their days are all days. One text is itself.
  ir::NodeId editions(const std::vector<std::pair<DayInterval, ir::NodeId>>& texts, Span span);
  ir::NodeId contested(ir::ReadingsId id, const std::vector<ir::NodeId>& readings, Span span);
  ir::NodeId both(ir::NodeId a, ir::NodeId b, Span span);    // `and`; an invalid node is true
  ir::NodeId either(ir::NodeId a, ir::NodeId b, Span span);  // `or`
  ir::NodeId truth(bool value, Span span);

 private:
  struct Site {
    std::uint32_t file;
    Span span;
    model::TypeId type;
  };
  ir::NodeId emit(ir::Node node, const Site& site);
  ir::NodeId emit_shared(ir::Node node, const Site& site);
  ir::NodeId constant(model::Scalar scalar, const Site& site);
  ir::NodeId lower_root(const Site& site);
  /// A field of the document that a reference names.
  ir::NodeId lower_referred(ir::NodeId reference, model::TypeId type, const std::string& field, const Site& site);
  ir::NodeId lower_measure(const ast::Call& call, const Site& site);
  ir::NodeId lower_ancestors(const ast::Ancestors& ancestors, const Site& site);
  [[nodiscard]] model::TypeKind kind_of(model::TypeId type) const;
  ir::NodeId lower_name(const sema::Meaning& meaning, const Site& site);
  ir::NodeId lower_item(sema::ItemRef item, const std::vector<ast::ExprId>& args, const Site& site);
  ir::NodeId lower_unary(const ast::Unary& unary, const Site& site);
  ir::NodeId lower_binary(const ast::Binary& binary, const Site& site);
  ir::NodeId lower_at_least(const ast::Binary& binary, const Site& site);
  ir::NodeId lower_quantifier(const ast::Quantifier& quantifier, std::uint32_t variable, const Site& site);
  ir::NodeId lower_deadline(const ast::Deadline& deadline, const Site& site);
  ir::NodeId lower_judged(const ast::Judged& judged, const Site& site);
  [[nodiscard]] std::optional<Duration> age(std::uint32_t file, ast::ExprId id) const;
  ir::NodeId lower_number(const ast::NumberLit& number, const Site& site);
  ir::NodeId flatten(ast::BinaryOp op, const ast::Binary& binary, const Site& site);
  std::pair<std::uint32_t, std::uint32_t> list(const std::vector<ir::NodeId>& nodes);

  ir::Program& program_;
  const std::vector<ast::File>& files_;
  const sema::Checked& checked_;
  const ItemIds& ids_;
  std::map<std::tuple<ir::Op, std::uint16_t, std::uint32_t, std::uint32_t, std::uint32_t>, ir::NodeId> shared_;
};

}  // namespace writ::lower
