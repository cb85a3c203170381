// Documents in any number, one to a line: read in pieces, judged on all cores, written in the order in which they came.
// Memory does not grow with their number. Each is judged by itself: what it says of other documents stays unknown, and
// rules over all documents are not judged; the result's notes say so.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/base/diagnostic.h"
#include "engine/gate/brief.h"
#include "engine/run/run.h"

namespace writ::run {

/// Where the lines of a stream go. Rendering is called from several threads at once, writing from one at a time.
struct Sink {
  std::function<void(const gate::Result& result)> begin;  // before the first document
  std::function<void(const gate::Brief& brief, std::string& out)> document;
  /// A line that could not be read.
  std::function<void(std::string_view path, std::uint64_t line, const Diagnostics& problems, const SourceMap& sources,
                     std::string& out)>
      unread;
  std::function<bool(std::string_view text)> write;                 // false: it cannot be written, and the run ends
  std::function<void(std::uint64_t bytes)> progress = [](auto) {};  // read and judged so far
};

struct StreamOptions {
  unsigned jobs = 1;
  bool columns = true;  // false: everything by the machine, to compare with
};

/// Whether all that the request asks for can be had of a stream: its files are lines of JSON, and nothing is asked that
/// needs all documents at once. Standard input is taken as lines.
[[nodiscard]] bool can_stream(const Request& request);

/// `request.standard_input` is not looked at: "-" is read as it comes.
[[nodiscard]] Outcome stream(const Request& request, const StreamOptions& options, const Sink& sink);

}  // namespace writ::run
