// What reports say of portfolio rules, in words.
#pragma once

#include <string>

#include "engine/gate/result.h"

namespace writ::report {

/// "47.5 %", "between 20 % and 60 %", "at least 3": what the documents leave possible.
[[nodiscard]] std::string range_words(const ir::Program& program, const model::Scalar& value, model::TypeId type);
/// "12 deployments counted, 1 of which nobody can say whether it counts; 2 could not be read".
[[nodiscard]] std::string counted_words(const ir::Program& program, const eval::PortfolioResult& result);

}  // namespace writ::report
