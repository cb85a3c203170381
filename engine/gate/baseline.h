// Baselines (interface contract §5): what an estate owed on the day a gate was put in front of it. A result counts
// unless the baseline holds it with the same or a worse verdict; what the rule book of that day did not ask is new.
// Results are held by their fingerprints, so that neither lines nor positions in lists move them.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/diagnostic.h"
#include "engine/eval/verdict.h"

namespace writ::gate {

struct CheckedDocument;
struct PortfolioRow;
struct Options;
struct Result;
struct Row;

struct Baseline {
  struct Entry {
    std::string rule, document;                  // for people
    eval::Verdict verdict = eval::Verdict::gap;  // or conflict, undetermined
    eval::Outcomes could_be;                     // of undetermined
  };
  Date as_of, expires;                   // the last day on which it holds
  std::string digest;                    // of the rule book
  std::set<std::string> rules;           // that were judged then
  std::map<std::string, Entry> entries;  // by fingerprint
};

/// How a result stands to the baseline.
enum class Standing : std::uint8_t { none, held, fresh, new_rule };
[[nodiscard]] const char* to_string(Standing standing);  // "held", "new", "new_rule"

/// What became of a baseline in a run.
struct BaselineUse {
  bool lapsed = false;  // it holds nothing any more
  std::size_t held = 0, fresh = 0, new_rule = 0;
  std::vector<std::string> fixed;  // fingerprints of entries of documents in this run that are gone
};

inline constexpr int kLongestBaselineMonths = 12;

/// The same or a worse verdict: conflict is worse than gap, gap than what is only undetermined; of two undetermined
/// ones the one that could be more.
[[nodiscard]] bool holds(const Baseline::Entry& entry, const eval::Judgement& judgement);

/// What of a baseline would be written for the rows: those that speak, or may speak, against a document and gate.
[[nodiscard]] Baseline make_baseline(const std::vector<CheckedDocument>& documents, const Result& result, Date expires);

/// `writ-baseline/1`, JSON or YAML. What is wrong is reported with its place; then nothing is used.
[[nodiscard]] Baseline read_baseline(FileId file, const SourceMap& sources, Diagnostics& out);

/// Marks the rows that count, and takes those off that are held. Undetermined ones are held only with
/// `Options::undetermined_new`. Errors are never held.
[[nodiscard]] BaselineUse apply_baseline(const Baseline& baseline, Result& result, const Options& options);

}  // namespace writ::gate
