// What the machine has said of a rule, by the facts that the rule reads. Private to this room; one for each thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/eval/verdict.h"

namespace writ::run {

/// All that a line says of the findings of one rule.
struct Said {
  struct Result {
    std::uint32_t requirement = 0;
    eval::Verdict verdict = eval::Verdict::undetermined;
    bool at_risk = false, counts = false, listed = false, phantom = false;
    std::string element;
  };
  struct Count {
    eval::Verdict verdict = eval::Verdict::undetermined;
    bool at_risk = false;
    std::uint32_t findings = 0;
  };
  std::vector<Result> results;  // gaps, conflicts, errors and undetermined ones
  std::vector<Count> counts;    // all findings
  std::uint32_t failed = 0, met_errors = 0;
  bool checked = false;
};

class RuleMemo {
 public:
  explicit RuleMemo(std::size_t rules) : rules_(rules) {}

  /// Nothing: not known. Pointers hold until `make_room`.
  [[nodiscard]] const Said* find(std::size_t rule, const std::string& facts) const {
    const auto it = rules_[rule].find(facts);
    return it == rules_[rule].end() ? nullptr : &it->second;
  }
  const Said& keep(std::size_t rule, std::string facts, Said said) {
    bytes_ += facts.size() + kEntry + said.results.size() * sizeof(Said::Result);
    return rules_[rule].insert_or_assign(std::move(facts), std::move(said)).first->second;
  }
  /// Forgets everything once it has grown large.
  void make_room() {
    constexpr std::size_t kMost = 16U << 20;
    if (bytes_ < kMost) return;
    for (auto& rule : rules_) rule.clear();
    bytes_ = 0;
  }

 private:
  static constexpr std::size_t kEntry = 200;  // about
  std::vector<std::unordered_map<std::string, Said>> rules_;
  std::size_t bytes_ = 0;
};

}  // namespace writ::run
