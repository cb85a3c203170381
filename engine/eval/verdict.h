// The verdict table (language semantics §4) as pure functions of truth values: effectiveness F, condition A, operative
// exceptions X, requirement R. F, A, R and each exception are completed, not the facts: a verdict costs one pass,
// could_be may be too wide and never too narrow.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/eval/truth.h"

namespace writ::eval {

enum class Verdict : std::uint8_t {
  compliant,
  gap,
  undetermined,
  pending,
  waived,
  exempt,
  not_yet_due,
  not_applicable,
  not_effective,
  conflict,
  error
};
[[nodiscard]] const char* to_string(Verdict verdict);  // machine name: "not_applicable"
[[nodiscard]] const char* words(Verdict verdict);      // "not applicable"
[[nodiscard]] bool in_favour(Verdict verdict);

/// A set of verdicts.
class Outcomes {
 public:
  constexpr Outcomes() = default;
  constexpr Outcomes(std::initializer_list<Verdict> verdicts) {
    for (Verdict v : verdicts) insert(v);
  }
  constexpr void insert(Verdict v) { bits_ |= static_cast<std::uint16_t>(1u << static_cast<unsigned>(v)); }
  [[nodiscard]] constexpr bool contains(Verdict v) const { return (bits_ >> static_cast<unsigned>(v)) & 1u; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr bool subset_of(Outcomes o) const { return (bits_ & ~o.bits_) == 0; }
  [[nodiscard]] int size() const;
  [[nodiscard]] std::vector<Verdict> list() const;  // in order of the enumeration
  friend bool operator==(Outcomes, Outcomes) = default;

 private:
  std::uint16_t bits_ = 0;
};

/// Effectiveness may itself be one of several: effective, not effective, not yet due (by a transitional clause), an
/// error.
struct Effectiveness {
  bool can_be_effective = false;
  bool can_be_not_effective = false;
  bool can_be_not_yet_due = false;
  bool can_be_error = false;  // an unknown condition from which an error could come, or an error beside unknowns
  bool error = false;         // definitely an error
  static constexpr Effectiveness effective() { return {true, false, false, false, false}; }
  friend bool operator==(const Effectiveness&, const Effectiveness&) = default;
};

/// The requirement: true, false, unknown, error, or pending (between false and true; deadlines bring it).
struct Requirement {
  Truth truth;
  bool pending = false;  // with unknown: "pending unless …"; alone: definitely pending
  static constexpr Requirement of(Truth t) { return {{t.kind, t.may_error, false}, t.pending}; }
  friend bool operator==(const Requirement&, const Requirement&) = default;
};

/// The ways in which the operative exceptions of a requirement may come out together, over all completions: nobody is
/// excepted, exempt, held to other duties that are met, pending or missed, several at once, or an error. A set over few
/// classes, so that any number of exceptions costs one step each.
class Excepted {
 public:
  /// What the exceptions that certainly operate come to. Larger ones swallow smaller ones on their side; on two sides
  /// they are a conflict.
  enum class Sure : std::uint8_t { nothing, exempt, compliant, pending, gap, conflict, error };
  /// What those come to of which nobody can say whether they operate, because that is an error.
  enum class Doubt : std::uint8_t { nothing, exempt, compliant, pending, against };
  struct Way {
    Sure sure = Sure::nothing;
    Doubt doubt = Doubt::nothing;
  };

  constexpr Excepted() { insert({}); }  // no exceptions
  [[nodiscard]] static Excepted none_yet() {
    Excepted out;
    out.ways_ = 0;
    return out;
  }
  /// One exception more, independent of the others; without `instead` it exempts.
  void add(Truth operative, const Requirement* instead = nullptr);
  constexpr void insert(Way w) { ways_ |= bit(w); }
  void merge(Excepted other) { ways_ |= other.ways_; }
  [[nodiscard]] std::vector<Way> ways() const;
  friend bool operator==(Excepted, Excepted) = default;

 private:
  static constexpr std::uint64_t bit(Way w) {
    return std::uint64_t{1} << (static_cast<unsigned>(w.sure) * 5 + static_cast<unsigned>(w.doubt));
  }
  std::uint64_t ways_ = 0;
};

struct Judgement {
  Verdict verdict = Verdict::undetermined;
  Outcomes could_be;     // of undetermined; otherwise empty
  bool at_risk = false;  // undetermined, and gap, conflict or error could be
  friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// One verdict for all that could come out: outcomes on one side are reported as one of them.
[[nodiscard]] Judgement settle(Outcomes all);
/// The table over all completions.
[[nodiscard]] Judgement judge(const Effectiveness& f, Truth a, Excepted x, const Requirement& r);
/// The same with exceptions that only exempt: `x` is whether one of them operates.
[[nodiscard]] Judgement judge(const Effectiveness& f, Truth a, Truth x, const Requirement& r);

/// The definite values that an input may turn out to have.
[[nodiscard]] std::vector<Truth> completions(Truth t);
[[nodiscard]] std::vector<Requirement> settled(const Requirement& r);

/// Which unknown inputs still matter: some completion of the others leaves the verdict undetermined because of it.
struct Relevant {
  bool f = false, a = false, x = false, r = false;
  friend bool operator==(const Relevant&, const Relevant&) = default;
};
[[nodiscard]] Relevant relevant(const Effectiveness& f, Truth a, Excepted x, const Requirement& r);
[[nodiscard]] Relevant relevant(const Effectiveness& f, Truth a, Truth x, const Requirement& r);
/// Whether one of `open` leaves the verdict undetermined under some completion of the rest: each is what the exceptions
/// come to when all but one question about them is completed.
[[nodiscard]] bool matters(const Effectiveness& f, Truth a, const std::vector<Excepted>& open, const Requirement& r);

/// An exception with its defeaters: operative iff `when` and no defeater holds.
[[nodiscard]] Truth operative(Truth when, const std::vector<Truth>& defeaters);

/// Order for a gate: error > conflict > gap > undetermined at risk > waived > the rest. Larger is worse.
[[nodiscard]] int badness(Verdict verdict, bool at_risk);

}  // namespace writ::eval
