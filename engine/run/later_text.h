// What text that was published after the day of knowledge makes of the verdicts: never a part of them, but said, so
// that nobody rests on law that has changed since.
#pragma once

#include <vector>

#include "engine/eval/evaluate.h"
#include "engine/eval/plan.h"
#include "engine/session/session.h"

namespace writ::run {

/// Fills `later` of the findings whose verdict is another under the latest text. Throws eval::StepLimit.
void add_later_text(session::Session& session, eval::Plans& plans, Date known_at, const facts::Document& document,
                    const eval::Options& options, const std::vector<ir::RuleId>& rules,
                    std::vector<eval::Finding>& findings);

}  // namespace writ::run
