#include "engine/cli/outputs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "engine/base/suggest.h"
#include "engine/cli/command.h"
#include "engine/report/formats.h"

namespace writ::cli {

std::vector<std::string> format_names(bool stored) {
  std::vector<std::string> out;
  if (stored) {
    out = {"json"};
  } else {
    out = {"pretty", "json", "jsonl"};
  }
  for (const report::Format& f : report::formats()) out.emplace_back(f.name);
  return out;
}

std::string format_words(bool stored) {
  std::string out =
      stored ? "json: the reports as one" : "pretty: for a terminal; json; jsonl: a line for each document";
  for (const report::Format& f : report::formats()) out += fmt::format("; {}: {}", f.name, f.what);
  return out;
}

std::optional<std::vector<Output>> outputs_of(const std::vector<std::string>& specs, bool stored) {
  const std::vector<std::string> names = format_names(stored);
  std::vector<Output> out;
  for (const std::string& spec : specs) {
    const std::size_t equals = spec.find('=');
    const std::string format = spec.substr(0, equals);
    const bool known = std::find(names.begin(), names.end(), format) != names.end();
    if (equals == std::string::npos || equals + 1 == spec.size() || !known) {
      const std::string near = known ? "" : nearest(format, names);
      usage_error(fmt::format("-o takes FORMAT=FILE with one of {}, not `{}`", fmt::join(names, ", "), spec),
                  near.empty() ? "" : "did you mean `" + near + "`?");
      return std::nullopt;
    }
    out.push_back({format, spec.substr(equals + 1)});
  }
  return out;
}

bool append_to_job_summary(const std::string& markdown) {
  const char* path = std::getenv("GITHUB_STEP_SUMMARY");  // NOLINT(concurrency-mt-unsafe): nobody sets it meanwhile
  if (path == nullptr || *path == '\0') return true;
  const int fd = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  std::size_t done = 0;
  while (fd >= 0 && done < markdown.size()) {
    const ssize_t n = ::write(fd, markdown.data() + done, markdown.size() - done);
    if (n < 0 && errno != EINTR) break;
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  const bool whole = fd >= 0 && done == markdown.size();
  if (!whole) std::fputs(fmt::format("writ: cannot write {}: {}\n", path, std::strerror(errno)).c_str(), stderr);
  if (fd >= 0) ::close(fd);
  return whole;
}

}  // namespace writ::cli
