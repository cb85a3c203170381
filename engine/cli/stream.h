// `writ check -f jsonl` over lines of JSON: the stream of engine/run/stream.h on standard output.
#pragma once

#include "engine/cli/command.h"
#include "engine/run/run.h"

namespace writ::cli {

struct StreamArguments {
  unsigned jobs = 0;          // 0: as many as there are cores
  bool summary_only = false;  // no line for each document, only one for all of them
  bool progress = true;
};

/// The outcome; with `written` false standard output could not be written.
[[nodiscard]] run::Outcome run_stream(const run::Request& request, const StreamArguments& arguments, bool& written);

}  // namespace writ::cli
