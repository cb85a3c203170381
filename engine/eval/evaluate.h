// Program + document + dates = findings: a tree walk written straight from the semantics, to be checked by eye. With a
// plan it remembers what it has worked out; without one it is the reference that the other must agree with.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/base/date.h"
#include "engine/eval/finding.h"
#include "engine/facts/document.h"
#include "engine/ir/program.h"

namespace writ::eval {

class Machine;
class Plan;

struct Options {
  Date as_of;
  std::uint64_t max_steps = 50'000'000;  // per document; reached: StepLimit
  /// Readings of contested law that the project has chosen.
  std::vector<std::pair<ir::ReadingsId, std::uint32_t>> readings = {};
  /// Of this program: what is worked out once is not worked out again. None: the reference evaluation.
  const Plan* plan = nullptr;
};

struct StepLimit {
  ir::RuleId rule;
};

/// Judges every rule of `rules` (all when empty). Throws StepLimit.
[[nodiscard]] DocumentResult evaluate(const ir::Program& program, const facts::Document& document,
                                      const Options& options, const std::vector<ir::RuleId>& rules = {});
/// The same without classifications and scopes, of the rules that are named.
[[nodiscard]] std::vector<Finding> judge(const ir::Program& program, const facts::Document& document,
                                         const Options& options, std::span<const ir::RuleId> rules);

/// One step of an explanation: a node that was read on the way to the verdict, with its value as text and its place in
/// the rule.
struct Step {
  Span span;         // in the rule
  std::string text;  // "term `gpai` holds", "model.training_compute = 3.3e24 FLOP"
  Truth truth;
  facts::FactId fact;  // valid: the fact read
  int depth = 0;
};
/// The deciding paths of the findings of one document: what one explanation has worked out, the next need not.
class Explainer {
 public:
  Explainer(const ir::Program& program, const facts::Document& document, const Options& options);
  ~Explainer();
  /// Through A, the exceptions and R of a finding, outermost first.
  [[nodiscard]] std::vector<Step> trace(const Finding& finding);

 private:
  std::unique_ptr<Machine> machine_;
};
/// Of a single finding.
[[nodiscard]] std::vector<Step> trace(const ir::Program& program, const facts::Document& document,
                                      const Options& options, const Finding& finding);

/// "a human must judge: state of the art (the assessment is older than 12 months)".
[[nodiscard]] std::string words(const ir::Norm& norm, const NormTrace& trace);

/// A constant, fact or date as people write it: "3.3e24 FLOP", "2025-08-02", "true", "CN".
[[nodiscard]] std::string display(const ir::Program& program, const model::Scalar& scalar, model::TypeId type);

}  // namespace writ::eval
