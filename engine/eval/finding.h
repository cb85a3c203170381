// What evaluation says about one requirement of one rule for one document (and one element of its `for each` list):
// plain data that every report, gate and record reads. References (rules, facts) are ids into the Program and the
// Document it was made from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/eval/truth.h"
#include "engine/eval/verdict.h"
#include "engine/facts/document.h"
#include "engine/ir/program.h"

namespace writ::eval {

/// The weakest fact on the deciding path.
enum class Basis : std::uint8_t { evidenced, declared, estimated, presumed };
[[nodiscard]] const char* to_string(Basis basis);

enum class NotEffective : std::uint8_t { none, not_yet, ended, between, never, suspended, unpublished };

/// Why a verdict is undetermined, where it is not that facts are missing.
enum class Reason : std::uint8_t { none, facts, law, contested, judgement };
[[nodiscard]] const char* to_string(Reason reason);

struct ExceptionTrace {
  ir::ExceptionId exception;
  Truth operative;                 // with its defeaters and its own effectiveness
  Truth when;                      // its condition alone
  std::vector<Truth> defeaters;    // parallel to Exception::but_not
  Truth instead = Truth::maybe();  // what it requires instead; of those that do
  friend bool operator==(const ExceptionTrace&, const ExceptionTrace&) = default;
};

/// An open norm on the way to the verdict, and what its assessments say.
enum class Assessed : std::uint8_t { met, not_met, missing, unattributed, stale, reworded, dependent, contradicting };
[[nodiscard]] const char* to_string(Assessed assessed);
struct NormTrace {
  ir::NormId norm;
  Assessed state = Assessed::missing;
  facts::FactId assessment;
  friend bool operator==(const NormTrace&, const NormTrace&) = default;
};

/// What the verdict would be under one reading of contested law.
struct ReadingOutcome {
  ir::ReadingsId readings;
  std::uint32_t reading = 0;
  Judgement judgement;
  friend bool operator==(const ReadingOutcome&, const ReadingOutcome&) = default;
};

/// The verdict under the text that was published after the day of knowledge.
struct LaterText {
  Judgement judgement;
  Date published;                           // of the first such text
  std::vector<ir::AmendmentId> amendments;  // those that touch the rule
  friend bool operator==(const LaterText&, const LaterText&) = default;
};

/// Missing law: never asked of the user.
struct MissingLaw {
  std::string text;  // "`adequate` is known until 2026-11-22"
  Span span;
  friend bool operator==(const MissingLaw&, const MissingLaw&) = default;
};

/// The amount that follows from the facts, where the duty is missed.
struct PenaltyAmount {
  std::uint32_t penalty = 0;                    // index into Rule::penalties
  Truth applies;                                // its `when`
  model::Scalar amount;                         // a range of money; monostate: nothing follows
  std::vector<facts::FactId> because, missing;  // never among those of the verdict
  std::vector<MissingLaw> law;
  friend bool operator==(const PenaltyAmount&, const PenaltyAmount&) = default;
};

/// Why a step failed: division by zero, overflow, an empty aggregate used as a number.
struct DomainError {
  std::string text;
  Span span;
  friend bool operator==(const DomainError&, const DomainError&) = default;
};

struct Finding {
  ir::RuleId rule;
  std::uint32_t requirement = 0;  // index into Rule::requirements
  facts::FactId element;          // the element of the `for each` list; invalid when there is none
  std::string element_key;
  bool phantom = false;  // judged for elements that nobody has stated (unknown or incomplete list)
  Judgement judgement;
  Basis basis = Basis::declared;
  std::optional<Date> governing_day;  // nothing: unknown
  NotEffective not_effective = NotEffective::none;
  std::optional<Date>
      effective_date;  // not_yet: first day to come; ended: last day; not_yet_due: the transitional's first day
  ir::TransitionalId transitional;  // of not_yet_due
  Truth scope = Truth::yes(), applies = Truth::yes(), exempt = Truth::no(), holds = Truth::maybe();
  bool out_of_scope = false;           // not applicable because the scope does not hold
  std::vector<facts::FactId> because;  // the facts that decide the verdict, in order of reading, each once
  std::vector<facts::FactId> missing;  // unknown facts that would decide it
  std::vector<MissingLaw> law;
  std::vector<DomainError> errors;  // met on the way; a verdict may stand despite them
  std::vector<ExceptionTrace> exceptions;
  Reason reason = Reason::none;    // of undetermined
  std::optional<Date> due;         // of pending: the first day after which it would be late is the day after
  std::optional<Date> until_date;  // suspended: its last day
  std::string uncertain;           // why nobody can say whether it is in force
  std::vector<ir::PresumptionId> presumptions;  // that the verdict rests on
  std::vector<NormTrace> norms;
  std::vector<ReadingOutcome> readings;
  std::optional<LaterText> later;
  std::vector<PenaltyAmount> penalties;  // of a gap
  friend bool operator==(const Finding&, const Finding&) = default;
};

struct ClassValue {
  ir::ClassId classification;  // parameterless classifications only
  model::Candidates candidates;
  std::vector<facts::FactId> because, missing;
  friend bool operator==(const ClassValue&, const ClassValue&) = default;
};
struct ScopeValue {
  ir::ScopeId scope;
  Truth holds;
  std::vector<facts::FactId> because, missing;
  friend bool operator==(const ScopeValue&, const ScopeValue&) = default;
};

struct DocumentResult {
  std::vector<Finding> findings;  // by rule, element in document order (phantom last), requirement
  std::vector<ClassValue> classes;
  std::vector<ScopeValue> scopes;
  friend bool operator==(const DocumentResult&, const DocumentResult&) = default;
};

}  // namespace writ::eval
