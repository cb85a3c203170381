// What missing a duty may cost: the amounts that follow from the facts. Private to this room.
#pragma once

#include <vector>

#include "engine/eval/bearer.h"
#include "engine/eval/rule.h"

namespace writ::eval {

/// The penalties of a gap, as amounts for the party that bears the duty. They never change the verdict: what is not
/// known widens the amount and is listed with it.
void price(Machine& machine, const Bearer& bearer, const ir::Rule& rule, const Case& shared, Finding& finding);

}  // namespace writ::eval
