// Verdicts of a block: the verdict table (engine/eval/verdict.h) over masks. Of what is in a document's favour only the
// numbers are kept; gaps and what is undetermined are named. A rule that columns cannot decide for a document is named
// for the machine, and nothing of it is counted.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "engine/columns/block.h"
#include "engine/columns/plan.h"
#include "engine/columns/stage.h"
#include "engine/eval/fixed.h"
#include "engine/eval/plan.h"
#include "engine/eval/verdict.h"

namespace writ::columns {

inline constexpr std::size_t kVerdicts = 11;  // eval::Verdict

struct Outcome {
  std::uint32_t rule = 0;  // index into Plan::rules
  std::uint32_t requirement = 0;
  std::uint32_t row = kNone;  // of the rule's table, where it is judged for each element
  eval::Verdict verdict = eval::Verdict::undetermined;
  bool at_risk = false;
};

/// A rule that is for the machine.
struct Asked {
  std::uint32_t rule = 0;  // index into Plan::rules
  bool keyed = false;      // it rests on RulePlan::reads alone, and all of them have a column form (RowsOf::key)
};

struct Judged {
  /// By verdict: of binding rules, and of all others.
  std::array<std::uint32_t, kVerdicts> binding{}, other{};
  std::vector<Outcome> adverse;  // gaps, conflicts and undetermined ones, by rule, element, requirement
  std::vector<Asked> ask;        // rules rising
};

class Judge {
 public:
  explicit Judge(const Plan& plan);
  /// Of every sound document of the block.
  void run(Block& block, std::array<Judged, kRows>& out);
  /// By rule of the plan: the documents of the last block in which a finding of it is not applicable.
  [[nodiscard]] const std::vector<std::uint64_t>& inapplicable() const { return inapplicable_; }
  /// Of this thread; a Stage may state facts to it between two runs.
  [[nodiscard]] eval::Fixed& fixed() { return fixed_; }

 private:
  struct Short {
    eval::Verdict verdict = eval::Verdict::undetermined;
    bool at_risk = false;
  };
  [[nodiscard]] static Short brief(const eval::Judgement& j) { return {j.verdict, j.at_risk}; }
  /// Numbers of 64 documents at once, a bit of each number in a word.
  struct Counter {
    std::array<std::uint64_t, 16> bits{};
    void add(std::uint64_t rows) {
      for (std::size_t i = 0; rows != 0 && i < bits.size(); ++i) {
        const std::uint64_t carry = bits[i] & rows;
        bits[i] ^= rows;
        rows = carry;
      }
    }
    [[nodiscard]] std::uint32_t of(std::uint32_t row) const {
      std::uint32_t n = 0;
      for (std::size_t i = 0; i < bits.size(); ++i) n |= static_cast<std::uint32_t>(bits[i] >> row & 1U) << i;
      return n;
    }
  };
  struct Ways {
    std::array<std::uint64_t, 8> rows{};  // by bits of the ways of being in force
    std::uint64_t ask = 0;
    [[nodiscard]] std::size_t of(std::uint32_t row) const {
      std::size_t w = 1;
      while (w < 7 && (rows[w] >> row & 1U) == 0) ++w;
      return w;
    }
  };

  Ways ways_of(const ForcePlan& force, std::uint32_t table, Rows& rows, std::uint32_t word) const;
  void rule(std::uint32_t index, Block& block, std::array<Judged, kRows>& out);
  void add(const RulePlan& rule, std::uint32_t index, std::uint32_t requirement, Short verdict, std::uint64_t rows,
           std::uint32_t word, Rows& table, std::array<Judged, kRows>& out);
  /// Of the rows for which a requirement is looked at: those that only the machine can judge.
  std::uint64_t ask_of(const RequirementPlan& requirement, const Mask* masks, std::uint64_t act) const;
  /// Of rows that are undetermined because law is contested: those in which all readings may come to one verdict.
  std::uint64_t agreed(const RulePlan& rule, const Ways& ways, Rows& rows, std::uint32_t word, std::uint64_t act);
  /// Of one row.
  eval::Judgement judge(const Inputs& inputs, std::size_t requirement, std::size_t ways, std::size_t applies,
                        const Mask* masks, std::uint32_t row);
  [[nodiscard]] const eval::Judgement& table(std::size_t ways, std::size_t a, std::size_t x, std::size_t r) const {
    return table_[((ways * 4 + a) * 4 + x) * 4 + r];
  }
  void find_odd(const Block& block);

  const Plan& plan_;
  eval::Plan members_;  // this thread's own
  eval::Fixed fixed_;
  Stage stage_;
  std::vector<eval::Judgement> table_;
  /// What the exceptions of a requirement come to, by what each of them does.
  std::map<std::vector<std::uint8_t>, eval::Excepted> excepted_;
  std::vector<std::uint8_t> states_;
  std::array<std::array<Counter, kVerdicts>, 2> counters_{};
  std::vector<std::vector<std::uint64_t>> sound_;                 // by table, by word: rows of sound documents
  std::vector<bool> gates_;                                       // by rule of the plan: binding
  std::vector<std::vector<std::vector<std::uint32_t>>> readers_;  // by table, by slot: rules of the plan
  std::vector<std::uint32_t> opaque_, evidence_;                  // rules of the plan
  std::vector<std::uint64_t> inapplicable_;
  std::vector<std::uint64_t> odd_;  // by rule of the plan: documents in which it reads what has no column form
};

}  // namespace writ::columns
