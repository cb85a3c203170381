// Excerpts of source text with underlined places, for terminals: the part that diagnostics and findings have in common.
// Long lines are cut around the place; nothing of the source reaches the terminal but visible characters.
#pragma once

#include <string>
#include <vector>

#include "engine/base/source.h"

namespace writ {

struct Mark {
  Span span;
  std::string text;      // beside the underline; may be empty
  bool primary = false;  // ^^^^ instead of ----
};

/// Lines of the form "  --> path:line:column", "   |", "12 | text", "   | ^^^^ label", each ended by a line break;
/// `gutter` spaces in front of the bar (at least as many as the largest line number needs). The first mark's file comes
/// first; marks in others follow.
[[nodiscard]] std::string excerpt(const std::vector<Mark>& marks, const SourceMap& sources, bool color,
                                  std::size_t gutter = 0);
/// The gutter that these marks need: digits of the largest line number.
[[nodiscard]] std::size_t gutter_width(const std::vector<Mark>& marks, const SourceMap& sources);

}  // namespace writ
