// The steps of a plan over a block: afterwards every mask of every table stands in its rows. Private to this room.
#pragma once

#include "engine/columns/block.h"
#include "engine/columns/plan.h"
#include "engine/columns/stage.h"

namespace writ::columns {

/// `fixed`, `stage`: this thread's own, of the plan's program.
void execute(const Plan& plan, eval::Fixed& fixed, Stage& stage, Block& block);

/// A term's day in one row: stated and known, or not.
enum class Stated : std::uint8_t { known, absent, unknown };
[[nodiscard]] Stated day_of(const Plan& plan, std::uint32_t table, Rows& rows, const DayTerm& term, std::uint32_t row,
                            Date& day);

}  // namespace writ::columns
