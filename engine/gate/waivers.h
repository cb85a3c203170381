// Waivers (language §4, interface contract §5): a person answers, for a time, for a gap or an undetermined result. They
// are laid over the results by one function, which every command uses; the verdict beneath is kept and shown.
#pragma once

#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/diagnostic.h"
#include "engine/eval/verdict.h"
#include "engine/ir/program.h"

namespace writ::gate {

struct CheckedDocument;

struct Waiver {
  std::string rule;         // "eu.gdpr.transfer_safeguard"
  std::string requirement;  // its label; empty: all of them
  std::string document;     // its id
  std::string list, key;    // of one element ("transfers", "aws-frankfurt"), never a position; empty: all
  eval::Verdict covers = eval::Verdict::gap;  // or undetermined; nothing else can be waived
  std::string reason, owner, approved_by;
  Date from, expires;  // both days are within
  Span span;
  /// "eu.gdpr.transfer_safeguard.ground for transfers[aws-frankfurt] in credit-scoring"
  [[nodiscard]] std::string target() const;
};

/// What became of one waiver in a run.
struct WaiverUse {
  enum class State : std::uint8_t {
    covers,      // some result is waived
    lapsed,      // it would cover one, and is over: the result counts
    early,       // it would cover one, and has not begun
    other,       // what it names has a verdict that it does not cover (a gap, a conflict, an error …)
    needless,    // what it names has nothing to waive
    elsewhere,   // its document or rule is not in this run
    names_none,  // the document is here, and has no such result
  };
  State state = State::elsewhere;
  std::size_t covered = 0;            // results that it waives
  std::vector<std::string> verdicts;  // of `other`: the verdicts met, each once
  bool lapses_soon = false;           // within 30 days
  /// A person should look at the waiver (`--strict-waivers`: exit 4).
  [[nodiscard]] bool warns() const {
    return state == State::lapsed || state == State::needless || state == State::names_none || state == State::other;
  }
};

inline constexpr int kLapsesSoonDays = 30, kLongestWaiverMonths = 12;

/// The waivers of a file: a list of maps in YAML or JSON. What is wrong with one is reported with its place.
[[nodiscard]] std::vector<Waiver> read_waivers(FileId file, const SourceMap& sources, const ir::Program& program,
                                               Diagnostics& out);

/// Marks the rows that are waived on the day; they count no more. Parallel to `waivers`.
[[nodiscard]] std::vector<WaiverUse> apply_waivers(const std::vector<Waiver>& waivers, const ir::Program& program,
                                                   Date as_of, std::vector<CheckedDocument>& documents);

}  // namespace writ::gate
