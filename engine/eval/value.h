// What an expression is worth during evaluation: the set of values that the known facts leave possible, together with
// the facts to thank or to blame for it. Private to this room.
#pragma once

#include <memory>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/eval/finding.h"
#include "engine/eval/truth.h"
#include "engine/facts/document.h"
#include "engine/model/value.h"

namespace writ::eval {

/// Facts behind a value. `because`: known facts that shaped it. `missing`, `law`: what would have to be known to make
/// it exact.
struct Blame {
  std::vector<facts::FactId> because, missing;
  std::vector<MissingLaw> law;
  std::vector<NormTrace> norms;                 // open norms that were read
  std::vector<ir::ReadingsId> contested;        // contested law that was read
  std::vector<ir::PresumptionId> presumptions;  // that filled a fact
  friend bool operator==(const Blame&, const Blame&) = default;
};

/// Union of blames in the order they were added, each fact once.
class BlameSum {
 public:
  void add(const Blame& blame);
  void because(const Blame& blame);  // only what decided: facts, norms that were judged, presumptions
  void missing(const Blame& blame);  // only what is missing: facts, law, norms that were not, contested law
  [[nodiscard]] Blame take() { return std::move(sum_); }

 private:
  static void append(std::vector<facts::FactId>& to, std::unordered_set<std::uint32_t>& seen,
                     const std::vector<facts::FactId>& from);
  Blame sum_;
  std::unordered_set<std::uint32_t> because_, missing_;
};

/// Membership of a scalar that stands in a set, on the current day.
struct Listed {
  model::Scalar scalar;
  Truth in;
  bool implied = false;  // a country of which only a part is named: no member of its own, but an element could be it
};
struct SetValue {
  std::vector<Listed> listed;  // each scalar once; false: named by the set, but not a member today
  Truth others = Truth::no();  // membership of every scalar that is not listed
  bool names = false;          // texts are names: equal after folding, and unknown where a name is near
  // Algebra: membership is asked of both sides, scalar by scalar. A country that one side names says nothing about a
  // part of it that the other treats apart.
  ir::Op op = ir::Op::set_union;
  std::shared_ptr<const SetValue> left, right;
  /// Of large sets of countries: where each is listed.
  std::unordered_map<std::string, std::uint32_t> places;
};

struct Value {
  enum class State : std::uint8_t { known, absent, unknown, error };
  State state = State::unknown;
  bool may_error = false;   // unknown: an error could come of it
  bool may_absent = false;  // unknown: it could turn out that there is none
  bool exists = false;      // unknown: but there certainly is one (an estimate)
  bool pending = false;     // of a boolean: a deadline that has not passed keeps it from being false (see Truth)
  std::optional<Date> due;  // pending: the earliest last day in time
  model::Scalar scalar;     // known: exact. Unknown: the numbers or members that remain possible; monostate: anything
  facts::FactId fact;       // records, lists, maps; scalars read directly from a fact
  std::shared_ptr<const SetValue> set;  // sets, when known
  Blame blame;

  [[nodiscard]] bool known() const { return state == State::known; }
  [[nodiscard]] bool absent() const { return state == State::absent; }
  [[nodiscard]] bool unknown() const { return state == State::unknown; }
  [[nodiscard]] bool error() const { return state == State::error; }
  /// Of a boolean. INVARIANT: absence has been turned into an error before.
  [[nodiscard]] Truth truth() const;

  static Value of(model::Scalar exact, Blame blame = {});
  static Value of(Truth truth, Blame blame = {});
  static Value maybe(model::Scalar shape, Blame blame, bool may_error = false);
  static Value failed(Blame blame = {});
};

/// A scalar that is a single value: not a wider range, not several candidates.
[[nodiscard]] bool is_exact(const model::Scalar& scalar);
/// Records, lists and sets are the same only where they are the same fact; scalars wherever they come from.
[[nodiscard]] bool same_value(const Value& a, const Value& b);
/// Known when exact, else unknown within that shape.
[[nodiscard]] Value shaped(model::Scalar scalar, Blame blame, bool may_error);

/// Or and and over any number of operands, with blame: the smallest set of facts that decides, else everything that
/// decides together.
[[nodiscard]] Value any_of(std::span<const Value> operands);
[[nodiscard]] Value all_of(std::span<const Value> operands);
[[nodiscard]] Value negated(Value value);

/// Sum of the blames of operands that all shape a result.
[[nodiscard]] Blame together(std::span<const Value* const> operands);
inline Blame together(const Value& a, const Value& b) {
  const Value* const both[] = {&a, &b};
  return together(both);
}

/// The values that are possible if either is: ranges are joined to their hull, candidates to their union.
[[nodiscard]] model::Scalar hull(const model::Scalar& a, const model::Scalar& b);

}  // namespace writ::eval
