// A random document as a line of JSON, in the forms that documents are written in.
#pragma once

#include <string>

#include "tests/eval/build.h"

namespace writ::columns::testing {

/// False: it holds something that no document can state (a fraction without a decimal).
[[nodiscard]] bool write(const model::Vocabulary& vocabulary, const eval::testing::Given& document,
                         const std::string& id, std::string& out);

}  // namespace writ::columns::testing
