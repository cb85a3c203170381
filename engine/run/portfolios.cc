#include "engine/run/portfolios.h"

#include <fmt/format.h>

#include "engine/crypto/digest.h"

namespace writ::run {

Portfolios::Portfolios(const ir::Program& program, const std::vector<ir::PortfolioId>& rules,
                       const eval::Options& options)
    : program_(program), rules_(rules), options_(options) {
  judges_.reserve(rules.size());
  for (const ir::PortfolioId rule : rules) judges_.emplace_back(program, rule, options);
}

bool Portfolios::add(const facts::Document& document, std::vector<std::string>& limits) {
  bool counted = false;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const ir::Portfolio& rule = program_.portfolios[rules_[i]];
    if (rule.kind != document.kind) continue;
    try {
      judges_[i].add(document);
      counted = true;
    } catch (const eval::StepLimit&) {
      judges_[i].add_unread();
      limits.push_back(
          fmt::format("{}: more than --max-steps {} at rule {}", document.path, options_.max_steps, rule.id()));
    }
  }
  return counted;
}

void Portfolios::add_unread(const std::string& kind) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    if (kind.empty() || kind == program_.portfolios[rules_[i]].kind) judges_[i].add_unread();
  }
}

std::vector<gate::PortfolioRow> Portfolios::finish(const gate::Options& options) const {
  std::vector<gate::PortfolioRow> out;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const ir::Portfolio& rule = program_.portfolios[rules_[i]];
    gate::PortfolioRow row{judges_[i].finish(), {}};
    for (const eval::PortfolioFinding& f : row.result.findings) {
      crypto::Sha256 hash;
      hash.update_field(rule.id());
      hash.update_field("portfolio");
      hash.update_field(rule.requirements[f.requirement].label);
      row.names.push_back({hash.hex(), {}, gate::counts(rule, f, options)});
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace writ::run
