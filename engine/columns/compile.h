// The compiler behind `compile`: what stands for what, and the masks that are there already. Private to this room.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "engine/columns/plan.h"
#include "engine/eval/fixed.h"

namespace writ::columns {

/// What a node stands for, where that is known before any document: a record, a slot, or a value.
struct Ref {
  enum class Kind : std::uint8_t { record, slot, value } kind = Kind::value;
  std::uint32_t table = 0;
  std::uint32_t slot = kNone;   // of a record within another, or of any other fact
  std::uint32_t shape = kNone;  // of a record
  facts::FactId fact;           // in the document without facts
  model::Scalar value;
};

/// A mask and its table.
struct At {
  std::uint32_t table = 0, mask = 0;
  friend auto operator<=>(const At&, const At&) = default;
};

class Compiler {
 public:
  Compiler(const ir::Program& program, const eval::Options& options);
  Plan run(const std::vector<ir::RuleId>& rules);

 private:
  // compile.cc: rules
  RulePlan rule(ir::RuleId id);
  Inputs inputs(const ir::Rule& rule, ir::RuleId id, const RulePlan& plan);
  RequirementPlan requirement(const ir::Rule& rule, ir::RuleId id, const ir::Requirement& requirement,
                              std::uint32_t table);
  At exception(const ir::Exception& exception);
  /// The mask in a table; where it is of another list: the machine.
  std::uint32_t within(At mask, std::uint32_t table);

  // force.cc: days
  ForcePlan force(const ir::Rule& rule, std::uint32_t table);
  At in_force(const ir::Exception& exception);
  At on_days(const std::vector<Date>& days, std::vector<Say> says, Say unknown);

  // readings.cc: contested law
  const std::set<ir::ReadingsId>& contested(ir::NodeId node);
  [[nodiscard]] std::set<ir::ReadingsId> contested(const ir::Rule& rule);
  /// Each combination of their readings; none: there are too many.
  [[nodiscard]] std::vector<eval::Readings> combinations(const std::set<ir::ReadingsId>& items) const;

  // conditions.cc: what is true, false or neither
  At condition(ir::NodeId node);  // none: true
  At compute(ir::NodeId node, const ir::Node& n);
  At call(ir::NodeId node, const ir::Node& n);
  At scope(ir::ScopeId id);
  At defeasible(ir::NodeId means, const std::vector<ir::Unless>& unless);
  At defeated(ir::NodeId when, const std::vector<ir::Defeater>& but_not);
  At quantifier(ir::NodeId node, const ir::Node& n);
  At presence(ir::NodeId node, const ir::Node& n);
  At junction(Do op, const std::vector<At>& operands);
  At opposite(At mask);
  At fixed(Say say);
  /// What looks at elements of two lists at once, which have no common row: a quantifier around it may be asked as one.
  At side_by_side();
  At wide(At mask, std::uint32_t table);
  At emit(Step step, const std::vector<std::uint32_t>& args = {});
  [[nodiscard]] bool day_moves(ir::NodeId node);
  /// An operation in it may report an error.
  [[nodiscard]] bool may_fail(ir::NodeId node);
  [[nodiscard]] bool moves(const ir::Set& set);

  // tests.cc: comparisons and everything else that looks at values
  At test(ir::NodeId node);
  std::optional<At> by_value(ir::NodeId node, const std::set<Place>& reads);
  std::optional<At> of_set(ir::NodeId node, const ir::Node& n, const std::set<Place>& reads);
  std::optional<At> of_number(ir::NodeId node, const ir::Node& n);
  std::optional<At> of_days(ir::NodeId node, const ir::Node& n);
  std::optional<At> of_size(ir::NodeId node, const ir::Node& n);
  std::optional<At> of_class(const ir::Node& n);
  std::optional<DayTerm> day_term(ir::NodeId node, std::optional<std::uint32_t>& table);
  At for_machine(ir::NodeId node, const std::set<Place>& reads);
  /// `whole`: what it reads of a row may be stated to the machine.
  At leaf(std::uint32_t table, Leaf leaf, ir::NodeId node, bool whole = true);
  At ask_always(ir::NodeId node);
  Say say(ir::NodeId node, const std::optional<eval::Supposed>& supposed = std::nullopt);
  [[nodiscard]] std::vector<facts::FactId> facts_of(ir::NodeId node);
  void read_whole(ir::NodeId node, Leaf& leaf);

  // refs.cc
  std::optional<Ref> resolve(ir::NodeId node);
  std::optional<model::Scalar> value(ir::NodeId node);
  /// Every slot that the node may read. False: also something else.
  bool reads(ir::NodeId node, std::set<Place>& out);
  bool reads_all(std::span<const ir::NodeId> nodes, std::set<Place>& out);
  /// Every fact that a rule may read, and what is in the lists among them.
  void all_reads(const ir::Rule& rule, RulePlan& out);
  void insert_below(Place place, std::set<Place>& out) const;
  /// The records that they stand in: a record may be absent, or nobody may have said.
  void insert_around(std::set<Place>& out) const;
  const std::set<std::uint16_t>& variables(ir::NodeId node);
  [[nodiscard]] std::vector<eval::Binding> bindings();
  [[nodiscard]] std::vector<ir::NodeId> operands(ir::NodeId node) const;
  [[nodiscard]] std::vector<ir::NodeId> list(std::uint32_t begin, std::uint32_t count) const;
  [[nodiscard]] ir::NodeId text(const ir::Node& edition) const;  // in force on the as-of date
  /// Binds the parameters of a term and gives back what they were. Nothing: an argument stands for nothing known.
  std::optional<std::vector<std::pair<std::uint16_t, std::optional<Ref>>>> bind(
      const std::vector<std::uint16_t>& params, const std::vector<ir::NodeId>& arguments);
  void restore(const std::vector<std::pair<std::uint16_t, std::optional<Ref>>>& before);

  using Key = std::vector<std::uint32_t>;
  [[nodiscard]] std::optional<Key> key_of(ir::NodeId node);

  const ir::Program& program_;
  eval::Fixed fixed_;
  Plan plan_;
  std::vector<std::optional<Ref>> bound_;  // by variable
  std::map<Key, At> known_;
  std::map<std::pair<At, std::uint32_t>, At> widened_;
  std::map<std::uint32_t, std::set<std::uint16_t>> variables_;
  std::map<std::uint32_t, bool> day_moves_, may_fail_;
  std::map<std::uint32_t, std::set<ir::ReadingsId>> contested_;
  eval::Readings chosen_;                          // of contested law, at the moment
  std::map<At, std::set<std::uint32_t>> failing_;  // leaves that may fail, by the masks that rest on them
  std::set<At> side_by_side_;                      // masks that rest on such
  bool day_is_fixed_ = true;                       // else it is judged on `day_`, of the table `day_table_`
  std::optional<DayTerm> day_;
  std::uint32_t day_table_ = 0;
  bool anything_ = false;  // `reads` met what may look at any fact
  bool deep_ = false;      // `reads` names what is in lists and records, too
  bool evidence_ = false;  // `reads` met a question for evidence
};

}  // namespace writ::columns
