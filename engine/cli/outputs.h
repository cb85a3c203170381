// Where reports go: the formats by name, files that are written whole or not at all, the job summary of a pipeline.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace writ::cli {

/// What `-f` takes; `stored`: of a report that was stored, which nobody can explain any more.
[[nodiscard]] std::vector<std::string> format_names(bool stored = false);
/// "pretty, json, or jsonl: a line for each document; …" for the help.
[[nodiscard]] std::string format_words(bool stored = false);

struct Output {
  std::string format, path;
};
/// "json=report.json" for each; a message and nothing when one is wrong.
[[nodiscard]] std::optional<std::vector<Output>> outputs_of(const std::vector<std::string>& specs, bool stored = false);

/// To the file that GitHub Actions names in GITHUB_STEP_SUMMARY, where it does. False: it cannot be written.
[[nodiscard]] bool append_to_job_summary(const std::string& markdown);

}  // namespace writ::cli
