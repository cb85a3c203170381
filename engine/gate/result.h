// One evaluation as plain data: what every report, the record and the exit code read. Filled by run; changed by nobody
// after.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/diagnostic.h"
#include "engine/eval/evaluate.h"
#include "engine/eval/finding.h"
#include "engine/eval/plan.h"
#include "engine/eval/portfolio.h"
#include "engine/facts/document.h"
#include "engine/gate/baseline.h"
#include "engine/gate/waivers.h"
#include "engine/ir/program.h"

namespace writ::gate {

/// A finding with what names it outside: the fingerprint never depends on a line or a list position.
struct Row {
  eval::Finding finding;
  std::string fingerprint;  // SHA-256 over rule, document, party, element key, requirement label
  std::string id;           // its first 8 hex digits, more where two would clash
  std::string role, party;  // who owes it: the bound role, and the party of the document that holds it (may be empty)
  std::string party_name;
  bool bearer_certain = false;               // the party holds the role; otherwise it may hold it
  bool first = false;                        // a duty of the party that the document is assessed for
  bool hidden = false;                       // not asked for; dropped before anything is counted
  bool counts = false;                       // moves the exit code
  Standing standing = Standing::none;        // against the baseline, of what would count
  std::optional<std::uint32_t> waiver = {};  // index into Result::waivers; the finding keeps the verdict beneath
  [[nodiscard]] eval::Verdict verdict() const { return waiver ? eval::Verdict::waived : finding.judgement.verdict; }
};

struct CheckedDocument {
  facts::Document document;
  std::vector<Row> rows;
  std::vector<eval::ClassValue> classes;
  std::vector<eval::ScopeValue> scopes;
  bool checked = false;              // some selected rule could decide something about it
  std::size_t hidden = 0;            // results that --role or --party left out
  bool party_missing = false;        // it does not state the party that was asked for …
  std::vector<std::string> parties;  // … but these
};

/// A rule over all documents of a kind. Names and counts are parallel to the findings, one for each requirement.
struct PortfolioRow {
  struct Name {
    std::string fingerprint;  // SHA-256 over rule and requirement label
    std::string id;           // its first 8 hex digits, more where two would clash
    bool counts = false;
    Standing standing = Standing::none;
  };
  eval::PortfolioResult result;
  std::vector<Name> names;
};

/// A document that could not be read: it is named in every report, never passed over.
struct UnreadDocument {
  std::string path;
  std::size_t errors = 0;
};

struct PackInfo {
  std::string name, title, version;
  std::size_t rules = 0;
  std::optional<Date> law_checked_until;
  bool broken = false;  // has errors: none of its rules was judged
};

struct Summary {
  std::array<std::size_t, 11> by_verdict{};  // by eval::Verdict, binding rules and all others alike
  std::size_t obligations = 0;               // results that apply: all but not applicable and not effective
  std::size_t decided = 0;                   // obligations with a verdict other than undetermined
  std::size_t at_risk = 0;
  std::size_t informational = 0;  // results of rules that do not gate (draft, soft, project, unenforced)
  [[nodiscard]] std::size_t operator[](eval::Verdict v) const { return by_verdict[static_cast<std::size_t>(v)]; }
};

struct Exit {
  int code = 0;
  std::vector<std::string> causes;
};

struct Result {
  const ir::Program* program = nullptr;
  const SourceMap* sources = nullptr;
  Date as_of;
  eval::Options options;               // as evaluated, for explanations
  std::shared_ptr<eval::Plans> plans;  // what `options` points into
  Date law_known_at;
  std::vector<std::pair<std::string, std::string>> readings;  // chosen: "eu.gdpr.transfer", "broad"
  std::string rules_digest;
  std::string rules_from;  // the folder the rule book was read from
  std::vector<PackInfo> packs;
  std::vector<CheckedDocument> documents;  // by path and position
  std::vector<UnreadDocument> unread;
  std::vector<PortfolioRow> portfolios;  // by rule
  std::size_t not_documents = 0;         // YAML and JSON files met in folders that are no documents
  std::size_t rules_judged = 0;
  std::vector<std::string> selected_roles;  // what was asked for, and how many results it hid
  std::string selected_party;
  std::size_t hidden = 0;
  std::string waivers_from;  // the file, where one was given
  std::vector<Waiver> waivers;
  std::vector<WaiverUse> waiver_uses;  // parallel to waivers
  std::string baseline_from;           // the file, where one was given
  Baseline baseline;
  BaselineUse baseline_use;
  Summary summary;
  Diagnostics diagnostics;  // of rules and documents, sorted
  struct {
    std::size_t documents = 0, unread = 0, unchecked = 0;
  } streamed;                      // numbers of a stream, whose documents are not kept
  std::vector<std::string> notes;  // said aloud: what was tolerated and by which setting
  Exit exit;
};

}  // namespace writ::gate
