#include "engine/base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "engine/base/check.h"

namespace writ {

const std::vector<CodeInfo>& all_codes() {
  static const std::vector<CodeInfo> codes = {
#define WRIT_DIAGNOSTIC(code, number, severity, title, explanation) \
  {Code::code, #code, Level::severity, title, explanation},
#include "engine/base/diagnostic_codes.def"
#undef WRIT_DIAGNOSTIC
  };
  return codes;
}

const CodeInfo& info(Code code) {
  const auto& codes = all_codes();
  const auto found = std::find_if(codes.begin(), codes.end(), [&](const CodeInfo& row) { return row.code == code; });
  WRIT_CHECK(found != codes.end());
  return *found;
}

std::string code_text(Code code) { return fmt::format("WR{:04}", static_cast<unsigned>(code)); }

Diagnostic& Diagnostics::report(Code code, Span span, std::string message) {
  Diagnostic diagnostic{code, info(code).level, span, {}, std::move(message), {}, {}, {}};
  return items_.emplace_back(std::move(diagnostic));
}

Diagnostic& Diagnostics::report_path(Code code, std::string path, std::string message) {
  Diagnostic diagnostic{code, info(code).level, Span{}, std::move(path), std::move(message), {}, {}, {}};
  return items_.emplace_back(std::move(diagnostic));
}

void Diagnostics::append(const Diagnostics& other) {
  items_.insert(items_.end(), other.items_.begin(), other.items_.end());
}

std::size_t Diagnostics::error_count() const {
  return static_cast<std::size_t>(
      std::count_if(items_.begin(), items_.end(), [](const Diagnostic& d) { return d.level == Level::error; }));
}

bool Diagnostics::has_errors() const { return error_count() != 0; }

void Diagnostics::sort(const SourceMap& sources) {
  const auto path = [&](const Diagnostic& d) {
    return d.span.valid() ? sources.path(d.span.file) : std::string_view(d.path);
  };
  const auto key = [&](const Diagnostic& d) {
    return std::tuple(path(d), d.span.begin, d.span.end, d.code, std::string_view(d.message));
  };
  std::stable_sort(items_.begin(), items_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  const auto same = [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); };
  items_.erase(std::unique(items_.begin(), items_.end(), same), items_.end());
}

}  // namespace writ
