// One rule on one document: what is in force, whether it applies, which exceptions operate, whether it is met. Private
// to this room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/eval/bearer.h"
#include "engine/eval/machine.h"

namespace writ::eval {

/// Effectiveness on the governing day, with the words for it where it is not in force.
struct Force {
  Effectiveness state;
  Blame blame;
  NotEffective kind = NotEffective::none;
  std::optional<Date> date;
  ir::TransitionalId transitional;
};

/// The union of `effective`, replaced by the sets of the transitional clauses whose condition holds; on the machine's
/// current day.
[[nodiscard]] Force force_of(Machine& machine, const std::vector<ir::Effective>& effective,
                             const std::vector<ir::TransitionalId>& transitionals, const Value* element);
/// The same for an exception: true in force, false not; no spans: always.
[[nodiscard]] Value in_force(Machine& machine, const std::vector<ir::Effective>& effective);

struct ExceptionState {
  ir::ExceptionId exception;
  Value operative, when, effective;
  std::vector<Value> defeaters;
};

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

 private:
  void judge_subject(const Subject& subject, const Case& shared, std::vector<Finding>& out);
  void nothing_listed(const Blame& list, std::vector<Finding>& out);
  [[nodiscard]] bool covers(const ir::Exception& exception, const std::string& label) const;
  [[nodiscard]] Finding start(const Case& shared, std::uint32_t requirement) const;

  Machine& m_;
  ir::RuleId id_;
  const ir::Rule& rule_;
  Parties* parties_;
  Value element_;
};

}  // namespace writ::eval
