// Runs the tests that stand beside the rules, and says which requirements, exceptions and transitional clauses they
// reach.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/eval/verdict.h"
#include "engine/facts/raw.h"
#include "engine/session/session.h"

namespace writ::run {

struct TestFailure {
  Span span;            // of the expectation
  std::string message;  // "expected gap, got undetermined"
};
struct TestOutcome {
  const session::TestCase* test = nullptr;
  std::vector<TestFailure> failures;
  Diagnostics diagnostics;  // its facts could not be read
  [[nodiscard]] bool passed() const { return failures.empty() && !diagnostics.has_errors(); }
};

struct Coverage {
  struct Requirement {
    std::string name;  // "eu.gdpr.transfer_safeguard.ground"
    Span span;
    bool gap = false, compliant = false, not_applicable = false;
  };
  struct Clause {  // an exception or transitional clause of a rule
    std::string name;
    Span span;
    bool fired = false;
  };
  std::vector<Requirement> requirements;
  std::vector<Clause> clauses;
  [[nodiscard]] std::size_t goals() const { return 3 * requirements.size() + clauses.size(); }
  [[nodiscard]] std::size_t reached() const;
};

struct TestRun {
  std::vector<TestOutcome> outcomes;
  Coverage coverage;  // of the rules of `packages`
};

/// Runs the tests of `session` whose package is among `packages` (all when empty).
[[nodiscard]] TestRun run_tests(session::Session& session, const std::vector<std::string>& packages);

/// Changes a raw document as `with`, `without` and `given { … }` say. Messages for what cannot be followed.
[[nodiscard]] bool apply_changes(facts::RawDocument& raw, const session::Session& session,
                                 const session::TestCase& test, Diagnostics& out);

}  // namespace writ::run
