// A result as a flat sheet of texts and numbers: what every format but `pretty` and `jsonl` is rendered from. It is
// made of the JSON report alone, so that a stored report renders to the same bytes as the run that wrote it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/gate/result.h"

namespace writ::report {

struct Place {
  std::string file;  // empty: none
  std::uint32_t line = 0, column = 0;
};

struct SheetFact {
  std::string path, value;
  Place place;
};

struct SheetQuestion {
  std::string path, question;  // the question may be empty
  std::vector<std::string> answered_by;
};

struct SheetWaiver {
  std::string beneath, reason, owner, approved_by, from, expires;
};

struct SheetRow {
  std::string id, fingerprint;
  std::string rule, requirement, element;  // element: "transfers[aws]"; "transfers[?]" one that nobody has stated
  std::string title, document;             // of a rule over all documents: "all deployments"
  std::string verdict, severity, status, basis;
  std::string role, party, reason, undetermined_because;
  std::string instrument, instrument_title, provision, url;
  std::string remedy, closed_when, due, governing_day, effective_from, penalty;
  std::vector<std::string> could_be, law, errors;
  std::vector<SheetFact> facts;  // deciding ones, in the order they were read
  std::vector<SheetQuestion> missing;
  std::optional<SheetWaiver> waiver;
  Place place;  // of the last deciding fact that stands in a document
  bool counts = false, at_risk = false;
  /// "eu.gdpr.transfer_safeguard.ground[aws]".
  [[nodiscard]] std::string name() const;
  /// A person should look at it: what speaks against the document, or may, or is excused.
  [[nodiscard]] bool attention() const;
};

struct SheetDocument {
  std::string path, id, kind;
  bool checked = false, unread = false;
  std::size_t errors = 0;
};

struct SheetDiagnostic {
  std::string code, level, message, help;
  Place place;
};

struct SheetPack {
  std::string name, version, law_checked_until;
  std::size_t rules = 0;
  bool broken = false;
};

struct Sheet {
  std::string version, as_of, law_known_at, digest;
  std::size_t judged = 0;  // rules
  int code = 0;
  std::vector<std::string> causes, notes;
  std::vector<SheetPack> packs;
  std::vector<SheetDocument> documents;
  std::vector<SheetRow> rows;
  std::vector<SheetDiagnostic> diagnostics;
  std::vector<std::pair<std::string, std::size_t>> summary;  // as in the JSON report, in its order
  [[nodiscard]] std::size_t count(std::string_view name) const;
  [[nodiscard]] const SheetDocument* document(std::string_view id) const;
  /// Where a row stands: its place, or else its document.
  [[nodiscard]] Place place_of(const SheetRow& row) const;
};

[[nodiscard]] Sheet sheet(const gate::Result& result);

/// From reports that were written with `-f json`; several are shards of one run. Texts for people where they cannot be
/// read, or are not of the same rules and days.
struct Stored {
  Sheet sheet;
  std::string json;  // all of them as one report
  std::vector<std::string> problems;
};
[[nodiscard]] Stored read_reports(const std::vector<std::pair<std::string, std::string>>& files);  // path, text

}  // namespace writ::report
