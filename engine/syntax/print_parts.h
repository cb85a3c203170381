// Shared by the two files of the printer.
#pragma once

#include <string>
#include <string_view>

namespace writ::ast {

/// In quotation marks, with escapes.
[[nodiscard]] std::string print_text(std::string_view text);

}  // namespace writ::ast
