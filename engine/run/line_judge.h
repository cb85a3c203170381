// Judges lines of JSON for one thread: by columns as far as they reach, by the machine beyond. What both say is the
// same; the machine is only slower. Private to this room.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/columns/block.h"
#include "engine/columns/fill.h"
#include "engine/columns/judge.h"
#include "engine/columns/key.h"
#include "engine/columns/stage.h"
#include "engine/eval/plan.h"
#include "engine/facts/raw.h"
#include "engine/gate/tally.h"
#include "engine/run/rule_memo.h"
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
  /// Documents side by side, and what columns say of them.
  struct Side {
    Side(const columns::Plan& plan, eval::Fixed& fixed) : block(plan), rows(plan), stage(plan, fixed) {}
    columns::Block block;
    columns::RowsOf rows;
    columns::Stage stage;
    std::array<columns::Judged, columns::kRows> judged;
    std::vector<std::uint64_t> inapplicable;  // by rule of the plan: documents
  };
  /// A line that the ordinary reader has read.
  struct Bound {
    SourceMap sources;
    Diagnostics problems;
    std::optional<facts::Document> document;
  };
  struct Where {
    std::string_view line, path;
    std::uint64_t number = 0;
  };

  void block(std::string_view text, std::string_view path, std::uint64_t first, const std::vector<columns::Line>& lines,
             std::size_t from, std::size_t to, bool whole, Piece& piece);
  [[nodiscard]] Bound bind(const Where& where);
  void by_machine(const Where& where, const Bound& bound, Piece& piece);
  void by_columns(const Where& where, Side& side, std::uint32_t row, const Bound* bound, Piece& piece);
  /// A rule of a document for the machine, and the facts that it rests on where they have bytes.
  struct Open {
    std::uint32_t rule = 0;  // of the plan
    bool keyed = false;
    std::string key = {};
  };
  /// A document at hand, read in the ordinary way only once somebody asks for it.
  struct Document {
    const Where& where;
    Side& side;
    std::uint32_t row = 0;
    const Bound* bound = nullptr;
    Bound own = {};
  };
  /// What was said of the rule where its facts were the same; else `open` gets it.
  const Said* remembered(Document& document, columns::Asked asked, std::vector<Open>& open);
  /// What the machine says of `open`, in order; null where a limit was reached.
  std::vector<const Said*> say(Document& document, std::vector<Open> open, Piece& piece);
  void ask(Document& document, Piece& piece);
  /// Whether a stated fact makes some rule not apply.
  bool inapplicable_by_facts(Document& document, Piece& piece);
  /// The findings of some rules, or of all, in order; nothing where a limit was reached.
  [[nodiscard]] std::vector<Said> judge(const facts::Document& document, const std::vector<ir::RuleId>& rules,
                                        Piece& piece);
  void add(ir::RuleId rule, const Said& said, Piece& piece);
  void finish(gate::Brief& brief, Piece& piece);

  const LineOptions& options_;
  const Sink& sink_;
  eval::Plan members_;
  eval::Options eval_;
  columns::Filler filler_;
  columns::Judge judge_;
  Side plain_, bound_side_;
  std::uint32_t facts_ = 0;  // in the largest document so far
  std::deque<Bound> bound_;  // of one block: its documents are looked into until they are written
  gate::Brief brief_;
  RuleMemo memo_;
  std::deque<Said> said_;             // of the document at hand, where it is not remembered
  std::vector<std::uint32_t> place_;  // by rule of the program: its place among those asked
  std::string key_;
};

}  // namespace writ::run
