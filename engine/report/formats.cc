#include "engine/report/formats.h"

#include <algorithm>
#include <array>

namespace writ::report {

namespace {

constexpr auto kFormats = std::to_array<Format>({
    {"html", "one page for people", html},
    {"markdown", "for a job summary or a comment", markdown},
    {"sarif", "SARIF 2.1.0, for code scanning", sarif},
    {"junit", "JUnit XML, for test reports", junit},
    {"github", "workflow commands of GitHub Actions", github},
    {"gitlab", "GitLab code quality", gitlab},
    {"csv", "a line for each result", csv},
    {"oscal", "OSCAL assessment results", oscal},
    {"cyclonedx", "CycloneDX 1.6 attestations", cyclonedx},
});

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* format(std::string_view name) {
  const auto it = std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& f) { return f.name == name; });
  return it == kFormats.end() ? nullptr : &*it;
}

}  // namespace writ::report
