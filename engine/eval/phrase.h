// Expressions in words close to the source, for explanations: "model.training_compute > 1e25 FLOP". Private to this
// room.
#pragma once

#include <string>

#include "engine/ir/program.h"

namespace writ::eval {

[[nodiscard]] std::string phrase(const ir::Program& program, ir::NodeId node);

}  // namespace writ::eval
