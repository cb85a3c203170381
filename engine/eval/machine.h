// The naive machine: one recursive walk over expressions, with the document, the variables, the current day and the
// presence guards in force. No operand is skipped, so that errors and blame never depend on the order of operands.
// Without a plan nothing is remembered but the members of named sets on a known day. Private to this room.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/eval/evaluate.h"
#include "engine/eval/memo.h"
#include "engine/eval/plan.h"
#include "engine/eval/value.h"

namespace writ::eval {

/// Something whose absence is caught by a guard: a fact, or (lookups, terms) the expression itself.
struct Guard {
  facts::FactId fact;
  ir::NodeId node;
};
using Guards = std::vector<Guard>;

/// A member of a list, map or set that a quantifier walks.
struct Element {
  Value value;
  bool phantom = false;  // stands for members that nobody has stated: it may exist or not
  // Of ancestors: the same one has been met before on another path, or it cannot be known whether it has. What is said
  // of it on each path counts for some, every and no; it counts once for count, sum and share.
  bool repeated = false, repeated_perhaps = false;
};
struct Elements {
  std::vector<Element> all;
  bool complete = true;  // false: there may be more than the ones that are no phantoms
  Value list;            // with the list's own blame
};

/// What a presumption puts in the place of an unknown fact.
struct Presumed {
  Value value;
  ir::PresumptionId by;
};
using Presumptions = std::map<facts::FactId, Presumed>;
/// One of the texts of a clause, and the days on which it is in force.
struct Edition {
  DayInterval days;
  ir::NodeId text;
};

/// Why nothing is known of a list that the user supplies.
[[nodiscard]] std::string not_supplied(const std::string& name, const ir::Supplied& supplied);

class Machine {
 public:
  Machine(const ir::Program& program, const facts::Document& document, const Options& options);

  const ir::Program& program;
  const facts::Document& document;
  const Options options;

  /// The value as it is, possibly absent.
  Value eval(ir::NodeId node);
  /// Absence, where it escapes its guard, has become an error.
  Value strict(ir::NodeId node);
  /// A condition. No node: true.
  Value condition(ir::NodeId node);

  Value call(ir::TermId term, std::vector<Value> arguments);
  /// `means` and no operative `unless`: terms and scopes alike.
  Value defeasible(ir::NodeId means, const std::vector<ir::Unless>& unless);
  Value defeated(ir::NodeId when, const std::vector<ir::Defeater>& but_not);
  Value classify(ir::ClassId classification, std::span<const Value> arguments);
  Value scope(ir::ScopeId scope);
  Elements elements(ir::NodeId list);
  Elements lineage(const ir::Node& node);
  Value read(facts::FactId fact, bool maybe_absent = false);

  /// Facts and expressions that are present when `node` is `holds`.
  void guards(ir::NodeId node, bool holds, Guards& out);

  /// What a portfolio rule measures; nothing elsewhere.
  std::function<Value(ir::NodeId)> measure;

  [[nodiscard]] Value& slot(std::uint16_t var) { return slots_[var]; }
  [[nodiscard]] const Value& day() const { return day_; }
  [[nodiscard]] model::TypeKind kind_of(ir::NodeId node) const;
  [[nodiscard]] Span span_of(ir::NodeId node) const;
  [[nodiscard]] std::vector<ir::NodeId> list(std::uint32_t begin, std::uint32_t count) const;
  [[nodiscard]] std::vector<Value> arguments(std::uint32_t begin, std::uint32_t count);

  void report(std::string text, Span span);
  [[nodiscard]] std::vector<DomainError> take_errors() { return std::exchange(errors_, {}); }
  void set_rule(ir::RuleId rule) { rule_ = rule; }
  /// For something new: no steps were taken, nothing was reported.
  void restart(ir::RuleId rule) {
    rule_ = rule;
    steps_ = 0;
    errors_.clear();
  }

  /// The document has changed: nothing of it is remembered, no step was taken.
  void forget() {
    memo_ = {};
    contexts_.clear();
    context_ = kOpen;
    restart({});
  }

  /// Readings of contested law that are taken for granted: the project's choice, or the one being tried.
  using Chosen = std::map<ir::ReadingsId, std::uint32_t>;
  [[nodiscard]] const Chosen& readings() const { return readings_; }
  void choose(Chosen readings);
  [[nodiscard]] std::vector<Edition> editions(const ir::Node& node) const;
  /// The texts that the current day may select.
  [[nodiscard]] std::vector<ir::NodeId> texts(const ir::Node& node) const;
  [[nodiscard]] std::optional<ir::NodeId> chosen_reading(const ir::Node& node) const;

  /// Runs `body` with something changed and changes it back, also when StepLimit passes through.
  Value on(Value day, const std::function<Value()>& body);
  Value with(std::uint16_t var, Value value, const std::function<Value()>& body);
  /// A phantom stands for any member, so what is guarded of one that was met before is not guarded of this one.
  Value with(std::uint16_t var, const Element& member, const std::function<Value()>& body);
  Value guarded(const Guards& guards, const std::function<Value()>& body);
  /// Unknown facts read as presumed, beside those that already are; a new presumption of the same fact goes before.
  Value presuming(const Presumptions& more, const std::function<Value()>& body);
  [[nodiscard]] const Presumed* presumed(facts::FactId fact) const {
    const auto it = presumed_.find(fact);
    return it == presumed_.end() ? nullptr : &it->second;
  }

 private:
  void step();
  Value classify(const ir::Class& classification, std::span<const Value> arguments);
  /// What `item` was worth before in the same surroundings, or else is now.
  Value remembered(Memo::What what, std::uint32_t item, std::vector<Value> arguments,
                   const std::function<Value(std::span<const Value>)>& body);
  /// A number for the day, guards and readings in force; none where nothing is remembered.
  std::optional<std::uint32_t> context();
  Value constant(ir::NodeId id, const ir::Node& node);
  Value field(const ir::Node& node);
  Value index(const ir::Node& node);
  Value junction(const ir::Node& node, bool conjunction);
  Value comparison(ir::NodeId id, const ir::Node& node);
  Value membership(const ir::Node& node);
  Value includes(const ir::Node& node);
  Value at_least(const ir::Node& node);
  Value arithmetic(ir::NodeId id, const ir::Node& node);
  Value calendar(ir::NodeId id, ir::Op op, const Value& a, const Value& b);
  Value negative(ir::NodeId id, const ir::Node& node);
  Value present(const ir::Node& node);
  Value answered(const ir::Node& node);
  Value otherwise(const ir::Node& node);
  Value quantifier(const ir::Node& node);
  Value aggregate(ir::NodeId id, const ir::Node& node);
  Value size(const ir::Node& node);
  Value deref(const ir::Node& node);
  Value extreme(ir::NodeId id, const ir::Node& node);
  Value set_literal(const ir::Node& node);
  Value named_set(ir::SetId set);
  Value members(const ir::Set& set);
  /// Why it is not known on a day who is in the set.
  [[nodiscard]] Blame missing_law(ir::SetId set, Date day) const;
  /// Membership changes with the day.
  [[nodiscard]] bool varies(const ir::Set& set) const;
  /// The algebra of a set is over named sets and constants only.
  [[nodiscard]] bool factless(ir::NodeId node) const;
  Value set_algebra(const ir::Node& node);
  Value lookup(ir::NodeId id, const ir::Node& node);
  Value within(const ir::Node& node);
  Value working_days(ir::NodeId id, const ir::Node& node);
  Value year_start();
  Value judged(const ir::Node& node);
  Value evidenced(const ir::Node& node);
  Value edition(const ir::Node& node);
  Value contested(const ir::Node& node);
  Value set_of(const facts::Fact& fact, facts::FactId id);
  Value dated(const facts::Fact& fact, facts::FactId id, bool maybe_absent);
  /// A set operand: absent sets are empty.
  Value set_operand(ir::NodeId node);
  void common_guards(const std::vector<ir::NodeId>& texts, bool holds, Guards& out);
  [[nodiscard]] bool is_guarded(facts::FactId fact, ir::NodeId node) const;
  /// A value that depends on the current day: the same on every possible day, or unknown through the day.
  Value by_day(const std::vector<DayInterval>& intervals, const std::function<Value(Date)>& value);

  std::vector<Value> slots_;
  Value day_;
  Guards guards_;
  Presumptions presumed_;
  std::vector<DomainError> errors_;
  Chosen readings_;
  std::map<std::pair<ir::SetId, Date>, Value> set_cache_;
  Memo memo_;
  std::map<std::string, std::uint32_t> contexts_;
  std::uint32_t context_ = kOpen;  // kOpen: something has changed since it was asked for
  static constexpr std::uint32_t kOpen = UINT32_MAX;
  std::uint64_t steps_ = 0;
  ir::RuleId rule_;
};

/// The first day of every stretch on which none of the intervals begins or ends: together they stand for all days.
[[nodiscard]] std::vector<Date> representative_days(const std::vector<DayInterval>& intervals);

/// How an operand that is unknown or an error decides the result of an operation that needs all of them; `decided` is
/// what the known and possible values say.
[[nodiscard]] Value strictly(Truth decided, Blame law, const Value& a, const Value& b);

// compare.cc
[[nodiscard]] Value compare_values(ir::Op op, const Value& a, const Value& b, bool a_constant, bool b_constant);
[[nodiscard]] Truth country_equal(const std::string& a, const std::string& b);  // part against its country: unknown
[[nodiscard]] std::string country_of(const std::string& code);                  // "US" of "US-CA"; "US" of "US"

/// Facts of a phantom cannot be asked for one by one: the question is what the list holds.
void ask_for_list(Blame& blame, const facts::Document& document, facts::FactId phantom, const Blame& list);

// norm.cc
/// Made so long before the as-of date that it no longer counts: on the last day of the age it still does.
[[nodiscard]] bool too_old(Date made, const Duration& max_age, Date as_of);

// sets.cc
[[nodiscard]] Truth contains(const SetValue& set, const model::Scalar& scalar);

}  // namespace writ::eval
