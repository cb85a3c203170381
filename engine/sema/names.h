// Packages, imports and the names of items: fills Checked::items and the name tables of the context.
#pragma once

#include "engine/sema/context.h"

namespace writ::sema {

void declare_packages(Context& context);
/// Registers every named item; a second of the same name is reported with the place of the first.
void declare_items(Context& context);
/// After everything else was checked: imports that nothing needed, items and variables that nothing reads.
void report_unused(Context& context);

}  // namespace writ::sema
