// Exact arithmetic and comparison of number ranges. A result may be too wide, never too narrow. Private to this room.
#pragma once

#include <optional>

#include "engine/eval/truth.h"
#include "engine/ir/program.h"
#include "engine/model/value.h"

namespace writ::eval {

struct Calculated {
  model::NumberRange range;
  std::optional<NumberError> error;  // exact operands: the operation failed
  bool may_error = false;            // ranges: some pair of values would fail
};

/// `op` is add, sub, mul or div.
[[nodiscard]] Calculated calculate(ir::Op op, const model::NumberRange& a, const model::NumberRange& b);
[[nodiscard]] model::NumberRange negate(const model::NumberRange& a);

/// The higher of two numbers of these ranges, or the lower.
[[nodiscard]] model::NumberRange extreme_of(bool highest, const model::NumberRange& a, const model::NumberRange& b);

/// `op` is eq, ne, lt, le, gt or ge. True or false when every pair of values agrees.
[[nodiscard]] Truth compare(ir::Op op, const model::NumberRange& a, const model::NumberRange& b);

/// The same for things that have one order and one value each (dates, instants, text).
template <class T>
[[nodiscard]] Truth compare_exact(ir::Op op, const T& a, const T& b) {
  switch (op) {
    case ir::Op::ne: return Truth::of(!(a == b));
    case ir::Op::lt: return Truth::of(a < b);
    case ir::Op::le: return Truth::of(!(b < a));
    case ir::Op::gt: return Truth::of(b < a);
    case ir::Op::ge: return Truth::of(!(a < b));
    default: return Truth::of(a == b);  // eq
  }
}

}  // namespace writ::eval
