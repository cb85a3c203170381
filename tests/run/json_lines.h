// Documents of the fixtures as lines of JSON.
#pragma once

#include <string>
#include <vector>

#include "engine/facts/raw.h"

namespace writ::run::testing {

/// One line for each deployment of `fixtures/cases`, with `tail` behind its id. `drop`: leaves out one of so many of
/// the facts below the first level, which ones depends on it; 0: none.
[[nodiscard]] std::vector<std::string> fixture_lines(const std::string& tail = {}, unsigned drop = 0);

}  // namespace writ::run::testing
