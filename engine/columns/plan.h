// A rule book compiled for columns: every condition once, as a mask over the rows of one table. A mask says of each row
// whether the condition is true, whether it is false, and whether only the machine can say (an error could come of it,
// a deadline is pending, an operation has no column form); rows in none of the three are unknown (strong Kleene truth,
// engine/eval/truth.h). Steps stand in an order in which each reads only masks that are there already.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/rational.h"
#include "engine/columns/decimal.h"
#include "engine/columns/layout.h"
#include "engine/eval/evaluate.h"
#include "engine/eval/fixed.h"
#include "engine/eval/verdict.h"
#include "engine/ir/program.h"

namespace writ::columns {

/// Of 64 rows. INVARIANT: no row is in two of them.
struct Mask {
  std::uint64_t yes = 0, no = 0, ask = 0;  // ask: only the machine can say
  std::uint64_t risky = 0;                 // unknown, and an error could come of it
  [[nodiscard]] std::uint64_t unknown() const { return ~(yes | no | ask | risky); }  // without that
};

/// What one row can be.
enum class Say : std::uint8_t { no, yes, unknown, risky, ask };

enum class Do : std::uint8_t {
  fixed,       // `say` for every row
  all,         // args: masks of this table
  any,         // "
  opposite,    // args: one mask
  flag,        // slot: of a boolean; where it is absent, `say`
  present,     // slot
  answered,    // slot
  test,        // leaf: of the value of a slot
  wide,        // args: one mask of the parent table, for every row of this one
  some,        // args: one mask of the table of `slot`, a list of this one
  every,       // "
  agreed,      // args: what all of them say, or nothing
  first_match  // args: conditions in order; bit i of `bits`: reaching the i-th means yes, else no
};

struct Step {
  Do op = Do::fixed;
  Say say = Say::unknown;
  std::uint32_t table = 0, out = 0;
  std::uint32_t args = 0, count = 0;  // a range of Plan::args
  std::uint32_t slot = 0;             // or leaf
  std::uint64_t bits = 0;
};

/// A day that may be a stated one, moved by a duration.
struct DayTerm {
  std::uint32_t slot = kNone;  // kNone: `day` alone
  Date day;
  std::int32_t months = 0, days = 0;
};

enum class Test : std::uint8_t {
  by_value,  // `says` by the value of the cell: members, countries
  number,    // compared with `decimal`
  exact,     // numbers, compared with `rational`
  days,      // `left` compared with `right`
  in_time,   // `left` done by `right`; the as-of date in `day`
  any_of,    // members or countries: some member says yes
  all_of,    // every member says yes
  size,      // of a list or set, compared with `decimal`
  piece,     // `says` by the last of `days` that the day in `left` is not before
  machine    // no column form
};

struct Leaf {
  Test test = Test::machine;
  ir::Op op = ir::Op::eq;
  std::uint32_t slot = 0;
  Say unknown = Say::unknown, absent = Say::ask;
  Decimal decimal;
  Rational rational;
  DayTerm left, right;
  Date day;
  std::vector<Say> says;   // by value
  std::vector<Date> days;  // rising
  // For rows whose values have no column form: what is read, and the condition, for the machine.
  ir::NodeId node;
  std::uint32_t bindings = 0;          // index into Plan::bindings
  eval::Readings readings;             // of contested law that are taken for granted
  std::vector<Place> reads;            // of this table and those above
  std::vector<facts::FactId> guarded;  // the same, in the document without facts
  bool whole = false;                  // `deep` is all that is read, and can be stated to the machine
  std::vector<Place> deep;             // the same with what is in lists and the records that hold it, by table
  std::vector<std::uint32_t> lists;    // tables of lists that are read as a whole
  bool may_fail = false;               // an error may be met that decides nothing, but has to be said
  bool always = false;                 // the machine is asked about every row
  bool on_day = false;                 // of the governing day, which `day_term` says
  DayTerm day_term;
};

/// When a rule is in force. Masks are of the rule's table.
struct ForcePlan {
  enum class Kind : std::uint8_t { same, spans, ask } kind = Kind::same;
  std::uint8_t ways = 0;  // same: bits of Ways
  /// spans: what holds between two days on which something begins or ends. Conditions are masks.
  struct Clause {
    std::uint32_t applies = 0;
    std::vector<std::uint32_t> runs;  // any of them
  };
  struct Piece {
    Date from;
    bool taken = false;              // by a suspension or a repeal
    std::vector<std::uint32_t> own;  // any of them
    std::vector<Clause> clauses;
  };
  std::vector<Piece> pieces;  // by first day; of a rule that is judged on the as-of date that day's alone
  DayTerm on;                 // the governing day
};
/// Of a ForcePlan.
inline constexpr std::uint8_t kEffective = 1, kNotEffective = 2, kNotYetDue = 4;

/// Of a requirement with an exception that requires something instead, or yields to another.
struct ExceptionPlan {
  std::uint32_t condition = 0, instead = kNone;  // masks
  std::vector<std::uint32_t> yields_to;          // places among the exceptions of the requirement
};

struct RequirementPlan {
  std::uint32_t excepted = kNone, holds = 0;  // masks; no exceptions: kNone
  std::vector<ExceptionPlan> exceptions;      // instead of `excepted`
};

/// What a verdict is read off.
struct Inputs {
  std::uint32_t applies = 0;  // mask: where, scope and applies together
  ForcePlan force;
  std::vector<RequirementPlan> requirements;
};

struct RulePlan {
  ir::RuleId rule;
  std::uint32_t table = 0;
  std::uint32_t list = kNone;   // of the parent table, where it is judged for each element
  std::uint32_t where = kNone;  // mask
  Inputs inputs;
  std::vector<Inputs> readings;         // under each reading of the contested law that it reads
  bool presumes = false;                // what stays undetermined is for the machine
  std::vector<std::uint32_t> may_fail;  // leaves that it rests on
  std::uint8_t nothing_listed = 0;      // the ways of being in force where the list has no element
  std::vector<Place> reads;  // every fact that its findings may rest on, by table; of lists what is in them, too …
  bool opaque = false;       // … and more than can be listed
  bool stageable = false;    // all of them can be stated to the machine
  std::vector<std::uint32_t> lists;  // tables of the lists among them
  bool evidence = false;             // it asks what stands behind a fact
};

struct Plan {
  const ir::Program* program = nullptr;
  eval::Options options;
  Layout layout;
  std::vector<Step> steps;
  std::vector<std::uint32_t> args;
  std::vector<std::uint32_t> masks;  // by table: how many
  std::vector<Leaf> leaves;
  std::vector<std::vector<eval::Binding>> bindings;
  std::vector<RulePlan> rules;  // by rule
};

/// `options.plan` is used to work out what is constant. Rules in order of their ids.
[[nodiscard]] Plan compile(const ir::Program& program, const eval::Options& options,
                           const std::vector<ir::RuleId>& rules);

}  // namespace writ::columns
