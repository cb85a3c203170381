// Diagnostics are data: what is wrong with a rule or a document, where, and what would mend it. Every code stands once
// in diagnostic_codes.def, which also gives its title; all diagnostics of a run are kept, sorted by place, and rendered
// later.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/source.h"

namespace writ {

enum class Code : std::uint16_t {
#define WRIT_DIAGNOSTIC(code, number, severity, title, explanation) code = number,
#include "engine/base/diagnostic_codes.def"
#undef WRIT_DIAGNOSTIC
};

enum class Level : std::uint8_t { error, warning, note };

struct CodeInfo {
  Code code;
  const char* name;  // "unknown_fact"
  Level level;
  const char* title;        // one line, lower case
  const char* explanation;  // one paragraph for `writ explain CODE` and the documentation
};

[[nodiscard]] const std::vector<CodeInfo>& all_codes();
[[nodiscard]] const CodeInfo& info(Code code);
/// "WR0301"
[[nodiscard]] std::string code_text(Code code);

struct Label {
  Span span;
  std::string text;
};

struct Diagnostic {
  Code code;
  Level level = Level::error;
  Span span;            // invalid span: concerns `path` as a whole (or nothing that has a place)
  std::string path;     // only where there is no span: the file or folder meant
  std::string message;  // one line, lower case, no full stop, user text in backticks
  std::vector<Label> labels;
  std::string help;      // what would mend it
  std::string citation;  // "AIA Art. 53(2)" where there is one
};

class Diagnostics {
 public:
  /// Takes the level from the catalogue. The returned reference is valid until the next report.
  Diagnostic& report(Code code, Span span, std::string message);
  Diagnostic& report_path(Code code, std::string path, std::string message);
  void add(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }
  void append(const Diagnostics& other);
  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] std::size_t error_count() const;
  [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  /// By path, offset, code, message; identical ones once.
  void sort(const SourceMap& sources);

 private:
  std::vector<Diagnostic> items_;
};

/// Excerpt with carets, as a terminal or a golden shows it. Control characters of the source are made visible.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, const SourceMap& sources, bool color);

}  // namespace writ
