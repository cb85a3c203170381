// Lines of a stream as text (docs/schemas/writ-line-1.schema.json): appended to a buffer, with everything that does not
// change from document to document written beforehand. For several threads at once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/gate/brief.h"
#include "engine/gate/result.h"

namespace writ::report {

class BriefLines {
 public:
  /// `result`: of the same run; its documents are not looked at.
  explicit BriefLines(const gate::Result& result);

  void add(const gate::Brief& brief, std::string& out) const;
  /// A document that could not be read, or files of which not even the number of documents is known (line 0).
  void add_unread(std::string_view path, std::uint64_t line, const Diagnostics& problems, const SourceMap& sources,
                  std::string& out) const;

 private:
  struct Names {
    std::string object, brief;  // {"rule":…,"requirement":… and eu.x#label
  };
  void begin(std::string_view path, std::uint64_t line, std::string& out) const;

  std::string head_;
  std::vector<std::vector<Names>> names_;  // by rule, by requirement
};

/// One line for all documents of a stream.
[[nodiscard]] std::string brief_summary(const gate::Result& result);
/// One line for each document of a whole result.
[[nodiscard]] std::string brief(const gate::Result& result);

}  // namespace writ::report
