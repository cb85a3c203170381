#include "engine/cli/stream.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include "engine/report/brief.h"
#include "engine/run/stream.h"

namespace writ::cli {

namespace {

/// What has been read so far, on a terminal, once it has taken half a second.
class Progress {
 public:
  explicit Progress(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) != 0) {}
  ~Progress() {
    if (any_) std::fputs("\r\x1b[K", stderr);
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void at(std::uint64_t bytes) {
    if (!shown_) return;
    using namespace std::chrono_literals;
    const auto now = std::chrono::steady_clock::now();
    if (now - started_ < 500ms || now - last_ < 100ms) return;
    last_ = now;
    any_ = true;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    constexpr double kMega = 1e6;
    const double mega = static_cast<double>(bytes) / kMega;
    std::fputs(fmt::format("\r\x1b[K{:.0f} MB, {:.0f} MB/s", mega, mega / seconds).c_str(), stderr);
  }

 private:
  bool shown_, any_ = false;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now(), last_ = started_;
};

/// Without a copy through a buffer: pieces are large.
bool write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(STDOUT_FILENO, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

run::Outcome run_stream(const run::Request& request, const StreamArguments& arguments, bool& written) {
  std::unique_ptr<report::BriefLines> lines;
  Progress progress(arguments.progress);
  run::StreamOptions options;
  options.jobs = arguments.jobs != 0 ? arguments.jobs : std::max(1U, std::thread::hardware_concurrency());
  written = true;
  run::Sink sink;
  sink.begin = [&](const gate::Result& result) { lines = std::make_unique<report::BriefLines>(result); };
  sink.document = [&](const gate::Brief& brief, std::string& out) {
    if (!arguments.summary_only) lines->add(brief, out);
  };
  sink.unread = [&](std::string_view path, std::uint64_t line, const Diagnostics& problems, const SourceMap& sources,
                    std::string& out) { lines->add_unread(path, line, problems, sources, out); };
  sink.write = [&](std::string_view text) {
    written = written && write_all(text);
    return written;
  };
  sink.progress = [&](std::uint64_t bytes) { progress.at(bytes); };
  run::Outcome outcome = run::stream(request, options, sink);
  if (!outcome.usage.empty() || outcome.refused.has_errors() || !written) return outcome;
  if (arguments.summary_only) written = write_all(report::brief_summary(outcome.result));
  return outcome;
}

}  // namespace writ::cli
