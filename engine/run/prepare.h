// What comes before any document is judged: the rule book, the rules and readings that were asked for, the documents'
// files, and everything that is wrong with the request. The same for a check of documents and for a stream of them.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/run/documents.h"
#include "engine/run/run.h"

namespace writ::run {

class Preparation {
 public:
  explicit Preparation(const Request& request) : request_(request) {}

  /// False: nothing may be evaluated; the outcome says why (`usage`, `refused`).
  [[nodiscard]] bool run();

  Outcome outcome;
  Found found;
  std::vector<ir::RuleId> rules;
  std::vector<ir::PortfolioId> portfolios;
  std::vector<std::pair<ir::ReadingsId, std::uint32_t>> readings;
  std::set<std::string> packages;  // of the selected rules

 private:
  void unknown_packs();
  [[nodiscard]] std::vector<std::string> rule_ids() const;
  void require_known(const std::vector<std::string>& patterns);
  void select_rules();
  void choose_readings();
  std::optional<FileId> named_file(const char* flag, const std::string& path);
  void read_waivers();
  void read_baseline();
  void describe_packs();

  const Request& request_;
  Diagnostics table_problems_;
};

/// What the notes of a finished result say of it.
void add_notes(const Request& request, gate::Result& result);

}  // namespace writ::run
