// What the rule book compares facts with: values near it make verdicts differ between documents, all others do not.
#pragma once

#include <map>
#include <vector>

#include "engine/base/date.h"
#include "engine/ir/program.h"

namespace writ::bench {

struct Landmarks {
  std::vector<Date> days;                                // constants, and days on which something begins or ends
  std::map<model::TypeId, std::vector<double>> numbers;  // constants by their type, in base units
};
[[nodiscard]] Landmarks landmarks(const ir::Program& program);
/// Constants of the type's kind and dimension; never empty.
[[nodiscard]] std::vector<double> near(const Landmarks& marks, const model::Vocabulary& vocabulary, model::TypeId type);

}  // namespace writ::bench
