// The exceptions of one requirement taken together: which of them operate, given that some yield to others, and what
// that may come to over all completions. Pure functions; the table reads the result.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/eval/verdict.h"

namespace writ::eval {

/// One exception: whether it would operate by itself, what it requires instead (nothing: it exempts), and the places in
/// the same list of those that it yields to. INVARIANT: nobody yields to himself, also not through others.
struct ExceptionInput {
  Truth condition;
  std::optional<Requirement> instead;
  std::vector<std::uint32_t> yields_to;
};

/// Operative: its own condition holds, and no exception that it yields to is operative.
[[nodiscard]] std::vector<Truth> operative(const std::vector<ExceptionInput>& exceptions);

/// What the exceptions may come to together. Exact while few of those that yield are unknown; beyond that wider, so
/// that the cost stays linear in their number.
[[nodiscard]] Excepted excepted(const std::vector<ExceptionInput>& exceptions);

/// Which questions about an exception still matter: does it operate, is what it requires instead met.
struct RelevantException {
  bool condition = false, instead = false;
  friend bool operator==(const RelevantException&, const RelevantException&) = default;
};
[[nodiscard]] std::vector<RelevantException> relevant(const Effectiveness& f, Truth a,
                                                      const std::vector<ExceptionInput>& exceptions,
                                                      const Requirement& r);

}  // namespace writ::eval
