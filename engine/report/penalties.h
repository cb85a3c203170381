// What a gap may cost, in words and as data.
#pragma once

#include <string>
#include <vector>

#include "engine/gate/result.h"

namespace writ::report {

/// "15,000,000 EUR or more", "between 15,000,000 and 40,000,000 EUR".
[[nodiscard]] std::string amount_text(const model::Scalar& amount);

/// One line for each penalty that may apply to the finding, and one for each fact that an amount waits for.
[[nodiscard]] std::vector<std::string> penalty_lines(const gate::Result& result, const facts::Document& document,
                                                     const gate::Row& row);

}  // namespace writ::report
