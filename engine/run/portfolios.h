// The portfolio rules of one run: every document passes by once, and only the groups are kept.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/portfolio.h"
#include "engine/gate/gate.h"
#include "engine/gate/result.h"

namespace writ::run {

class Portfolios {
 public:
  Portfolios(const ir::Program& program, const std::vector<ir::PortfolioId>& rules, const eval::Options& options);

  /// True where some rule counted the document. What ran out of steps is said in `limits`.
  bool add(const facts::Document& document, std::vector<std::string>& limits);
  /// A document that could not be read; of an unknown kind where that is empty.
  void add_unread(const std::string& kind);
  [[nodiscard]] std::vector<gate::PortfolioRow> finish(const gate::Options& options) const;

 private:
  const ir::Program& program_;
  const std::vector<ir::PortfolioId>& rules_;
  eval::Options options_;
  std::vector<eval::PortfolioJudge> judges_;  // parallel to rules_
};

}  // namespace writ::run
