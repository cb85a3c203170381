// Tests of the rule book, from syntax tree to ids: what `given`, `with` and `expect` name is looked up once.
#pragma once

#include <vector>

#include "engine/sema/sema.h"
#include "engine/session/session.h"

namespace writ::session {

[[nodiscard]] std::vector<TestCase> resolve_tests(Session& session, const sema::Checked& checked,
                                                  const LoadOptions& options);

}  // namespace writ::session
