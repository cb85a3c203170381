// The vocabulary of these tests: every type and every property of fields once. Independent of the rule book.
#pragma once

#include "engine/model/vocabulary.h"

namespace writ::test {

[[nodiscard]] const model::Vocabulary& vocabulary();

}  // namespace writ::test
