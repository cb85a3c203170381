// A document that the ordinary reader has read, as a row of a block. Whatever has no column form there is named, so
// that the rules which read it are left to the machine, and only those.
#pragma once

#include "engine/columns/block.h"
#include "engine/facts/document.h"

namespace writ::columns {

/// `document` must outlive the block's contents.
void add(const Layout& layout, const facts::Document& document, Block& block);

}  // namespace writ::columns
