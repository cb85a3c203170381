// Diagnostics as a terminal or a golden shows them.
#include <fmt/format.h>

#include "engine/base/diagnostic.h"
#include "engine/base/excerpt.h"
#include "engine/base/utf8.h"

namespace writ {
namespace {

const char* word(Level level) {
  switch (level) {
    case Level::error: return "error";
    case Level::warning: return "warning";
    case Level::note: return "note";
  }
  return "error";
}

const char* tint(Level level) {
  switch (level) {
    case Level::error: return "\x1b[1;31m";
    case Level::warning: return "\x1b[1;33m";
    case Level::note: return "\x1b[1;36m";
  }
  return "";
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const SourceMap& sources, bool color) {
  const char* bold = color ? "\x1b[1m" : "";
  const char* reset = color ? "\x1b[0m" : "";
  std::string out = fmt::format("{}{}[{}]{}: {}{}{}\n", color ? tint(diagnostic.level) : "", word(diagnostic.level),
                                code_text(diagnostic.code), reset, bold, printable(diagnostic.message), reset);

  std::vector<Mark> marks;
  if (diagnostic.span.valid()) marks.push_back({diagnostic.span, {}, true});
  for (const Label& label : diagnostic.labels) {
    if (!label.span.valid()) continue;
    if (!marks.empty() && label.span == diagnostic.span && marks.front().text.empty()) {
      marks.front().text = label.text;
    } else {
      marks.push_back({label.span, label.text, false});
    }
  }
  std::size_t gutter = 1;
  if (!marks.empty()) {
    gutter = gutter_width(marks, sources);
    out += excerpt(marks, sources, color, gutter);
  } else if (!diagnostic.path.empty()) {
    out += fmt::format(" --> {}\n", printable(diagnostic.path));
  }
  if (!diagnostic.citation.empty())
    out += fmt::format("{:{}} = cites: {}\n", "", gutter, printable(diagnostic.citation));
  if (!diagnostic.help.empty()) out += fmt::format("{:{}} = help: {}\n", "", gutter, printable(diagnostic.help));
  return out;
}

}  // namespace writ
