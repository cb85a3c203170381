// Judges lines of JSON for one thread: by columns as far as they reach, by the machine beyond. What both say is the
// same; the machine is only slower. Private to this room.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/columns/block.h"
#include "engine/columns/fill.h"
#include "engine/columns/judge.h"
#include "engine/eval/plan.h"
#include "engine/facts/raw.h"
#include "engine/gate/tally.h"
#include "engine/run/stream.h"

namespace writ::run {

/// What one piece of the stream came to.
struct Piece {
  std::string out;
  gate::Tally tally;
  gate::Summary summary;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ids;  // hash of each id, and its line
  std::uint64_t referring = 0;                               // documents that refer to others
  std::vector<std::string> limits, notes;
  bool document_rules = true;
};

struct LineOptions {
  const ir::Program* program = nullptr;
  const columns::Plan* plan = nullptr;
  std::vector<ir::RuleId> rules;
  eval::Options eval;
  facts::ReadLimits limits;
  gate::Options gate;
  bool columns = true;
};

class LineJudge {
 public:
  LineJudge(const LineOptions& options, const Sink& sink);

  /// `text` has Filler::padding() readable bytes behind it. Lines are numbered from `first`.
  [[nodiscard]] Piece run(std::string_view text, std::string_view path, std::uint64_t first);

 private:
  struct Waiting;
  void block(std::string_view text, std::string_view path, std::uint64_t first, const std::vector<columns::Line>& lines,
             std::size_t from, std::size_t to, bool whole, Piece& piece);
  void by_machine(std::string_view line, std::string_view path, std::uint64_t number, Piece& piece);
  void by_columns(std::uint32_t row, std::string_view line, std::string_view path, std::uint64_t number, Piece& piece);
  /// The findings of some rules, or of all.
  void judge(const facts::Document& document, const std::vector<ir::RuleId>& rules, gate::Brief& brief, Piece& piece);
  void finish(gate::Brief& brief, Piece& piece);

  const LineOptions& options_;
  const Sink& sink_;
  eval::Plan members_;
  eval::Options eval_;
  columns::Filler filler_;
  columns::Block block_;
  columns::Judge judge_;
  std::array<columns::Judged, columns::kRows> judged_;
  gate::Brief brief_;
  std::vector<eval::DocumentResult> kept_;  // that elements of the brief point into
};

}  // namespace writ::run
