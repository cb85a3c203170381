// One rule on one document: what is in force, whether it applies, which exceptions operate, whether it is met. Private
// to this room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/eval/bearer.h"
#include "engine/eval/excepted.h"
#include "engine/eval/machine.h"

namespace writ::eval {

/// Effectiveness on the governing day, with the words for it where it is not in force.
struct Force {
  Effectiveness state;
  Blame blame;
  NotEffective kind = NotEffective::none;
  std::optional<Date> date, until;
  std::string uncertain;  // why nobody can say whether it is in force
  ir::TransitionalId transitional;
};

/// How one item is in force: its spans, what befell them, and the clauses that may replace them.
struct InForce {
  const std::vector<ir::Effective>& effective;
  const ir::History& history;
  const std::vector<ir::TransitionalId>& transitionals;
};
/// The union of `effective`, replaced by the sets of the transitional clauses whose condition holds; on the machine's
/// current day. A suspension, a repeal and an annulment reach the clauses too.
[[nodiscard]] Force force_of(Machine& machine, const InForce& item, const Value* element);
/// The same for an exception: true in force, false not; no spans: always, but for what befell it.
[[nodiscard]] Value in_force(Machine& machine, const std::vector<ir::Effective>& effective, const ir::History& history);

struct ExceptionState {
  ir::ExceptionId exception;
  Value operative, when, effective;
  std::vector<Value> defeaters;
  Value condition;                       // operative but for those that it yields to
  std::optional<Value> instead;          // what it requires; none: it exempts
  std::vector<std::uint32_t> yields_to;  // places among the states of one requirement
  std::vector<DomainError> instead_errors;
};
/// Some exception certainly operates: what the rule itself requires is not looked at.
[[nodiscard]] bool some_operates(const std::vector<ExceptionState>& exceptions);

/// What a rule is judged for: the document as a whole, one element of its list, or elements that nobody has stated.
struct Subject {
  Value element;  // fact invalid: none
  bool phantom = false;
  Blame list;  // of phantoms: the list that may hold more
};

/// Everything that the requirements of one subject share.
struct Case {
  Value day;
  Value where, scope, applies, condition;  // condition: existence, where, scope and applies together
  Force force;
  Guards guards;  // what scope, where and applies make sure is present
  std::vector<DomainError> force_errors, condition_errors;
};

class RuleJudge {
 public:
  /// `parties`: for the amounts of penalties; null: none are wanted.
  RuleJudge(Machine& machine, ir::RuleId rule, Parties* parties = nullptr);
  void run(std::vector<Finding>& out);

  /// The subjects in document order, phantom last; empty lists give none.
  [[nodiscard]] std::vector<Subject> subjects(Blame& list);
  /// Binds the subject's element; call before anything below.
  void bind(const Subject& subject);
  [[nodiscard]] Case prepare(const Subject& subject);
  [[nodiscard]] std::vector<ExceptionState> exceptions(const Case& shared, std::uint32_t requirement);
  [[nodiscard]] Value holds(const Case& shared, std::uint32_t requirement);
  /// Finds the presumptions of the rule, the requirement and its exceptions that act: whose condition holds, and whose
  /// fact nobody has stated. False: there is none.
  [[nodiscard]] bool presume(const Case& shared, std::uint32_t requirement);
  /// Runs `body` under what `presume` found, each presumption where it acts, and forgets it.
  void under_presumptions(const std::function<void()>& body);

 private:
  [[nodiscard]] std::vector<ir::PresumptionId> presumed() const;
  /// An undetermined finding once more under presumptions; it stays as it is where they do not decide it.
  void judge_again(Finding& f, const Subject& subject, const Case& shared);
  [[nodiscard]] Presumptions active(const std::vector<ir::PresumptionId>& presumptions, const Case& shared);
  [[nodiscard]] ExceptionState exception(const Case& shared, ir::ExceptionId id);
  void judge_subject(const Subject& subject, const Case& shared, std::vector<Finding>& out);
  /// One requirement; `contested`: the contested law that left it undetermined.
  [[nodiscard]] Finding judge_requirement(const Subject& subject, const Case& shared, std::uint32_t requirement,
                                          std::vector<ir::ReadingsId>& contested);
  /// contested.cc: judges an undetermined requirement under each reading of the contested law that it read.
  void under_readings(const Subject& subject, Finding& finding, const std::vector<ir::ReadingsId>& contested);
  void nothing_listed(const Blame& list, std::vector<Finding>& out);
  [[nodiscard]] bool covers(const ir::Exception& exception, const std::string& label) const;
  [[nodiscard]] Finding start(const Case& shared, std::uint32_t requirement) const;

  Machine& m_;
  ir::RuleId id_;
  const ir::Rule& rule_;
  Parties* parties_;
  Value element_;
  Presumptions rule_presumes_, requirement_presumes_;
  std::map<ir::ExceptionId, Presumptions> exception_presumes_;
};

}  // namespace writ::eval
