// The formats of a report, in one table: what `-f` and `-o` take, what the help and the manual page say of them. Each
// is one function from a sheet to text; none of them changes a verdict, and all show the same finding ids.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/report/sheet.h"

namespace writ::report {

struct FormatOptions {
  bool all = false;  // also what needs nobody's attention, where a format leaves it out
};

/// SARIF 2.1.0 (OASIS), within the limits of code scanning: at most 25,000 results.
[[nodiscard]] std::string sarif(const Sheet& sheet, const FormatOptions& options);
/// JUnit XML as Jenkins and Ant read it.
[[nodiscard]] std::string junit(const Sheet& sheet, const FormatOptions& options);
/// Workflow commands of GitHub Actions, one line each.
[[nodiscard]] std::string github(const Sheet& sheet, const FormatOptions& options);
/// For a job summary or a comment.
[[nodiscard]] std::string markdown(const Sheet& sheet, const FormatOptions& options);
/// GitLab's code quality report.
[[nodiscard]] std::string gitlab(const Sheet& sheet, const FormatOptions& options);
/// RFC 4180, a line for each result; no cell is a formula.
[[nodiscard]] std::string csv(const Sheet& sheet, const FormatOptions& options);
/// OSCAL assessment results 1.1.2 (NIST), JSON.
[[nodiscard]] std::string oscal(const Sheet& sheet, const FormatOptions& options);
/// Attestations of CycloneDX 1.6 (ECMA-424), JSON.
[[nodiscard]] std::string cyclonedx(const Sheet& sheet, const FormatOptions& options);
/// One page for people, without scripts and without the network.
[[nodiscard]] std::string html(const Sheet& sheet, const FormatOptions& options);

struct Format {
  const char* name;
  const char* what;
  std::string (*render)(const Sheet& sheet, const FormatOptions& options);
};
[[nodiscard]] std::span<const Format> formats();
/// Nothing: there is none of that name.
[[nodiscard]] const Format* format(std::string_view name);

}  // namespace writ::report
