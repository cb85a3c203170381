// Portfolio rules: one requirement over all documents of a kind, grouped by a key and weighed. The documents pass by
// one after the other and only the groups are kept. What is not known of a document (whether it counts, its group, its
// weight) widens the ranges and never decides; a document that could not be read may be of any group and any weight.
// The Herfindahl-Hirschman index is the sum of the squares of the shares in per cent, from 0 to 10,000 (U.S. Department
// of Justice and FTC, Merger Guidelines, 18 December 2023, section 2.1; Commission, horizontal merger guidelines,
// OJ C 31, 5.2.2004, paragraph 16).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/eval/evaluate.h"
#include "engine/eval/finding.h"
#include "engine/facts/document.h"
#include "engine/ir/program.h"

namespace writ::eval {

struct PortfolioGroup {
  std::string key;
  model::Scalar weight;
  std::uint64_t members = 0, perhaps = 0;  // documents that certainly, and that possibly, are in the group
};
/// A measure that a requirement reads, and what the documents leave possible.
struct MeasureValue {
  ir::NodeId node;
  model::Scalar value;  // monostate: anything
};
struct PortfolioFinding {
  std::uint32_t requirement = 0;
  Judgement judgement;
  Truth holds;
  NotEffective not_effective = NotEffective::none;
  std::optional<Date> effective_date;
  std::vector<MeasureValue> measures;
};
struct PortfolioResult {
  ir::PortfolioId portfolio;
  std::vector<PortfolioFinding> findings;  // by requirement
  std::uint64_t members = 0, perhaps = 0;  // documents that count, and those of which nobody can say
  std::uint64_t left_out = 0;              // by `where`
  std::uint64_t unread = 0;
  std::vector<std::string> open;       // ids of documents that leave something open, the first ten
  std::uint64_t open_count = 0;        // all of them
  std::vector<PortfolioGroup> groups;  // the largest ten
  std::uint64_t group_count = 0;
  std::vector<MissingLaw> law;
  std::vector<DomainError> errors;
};

class PortfolioJudge {
 public:
  PortfolioJudge(const ir::Program& program, ir::PortfolioId portfolio, const Options& options)
      : program_(program), id_(portfolio), rule_(program.portfolios[portfolio]), options_(options) {}

  /// Of any kind; others are passed over. False where it left something open. Throws StepLimit.
  void add(const facts::Document& document);
  void add_unread() { ++unread_; }
  [[nodiscard]] PortfolioResult finish() const;
  [[nodiscard]] std::size_t groups() const { return groups_.size(); }

 private:
  /// A sum of weights; unbounded: some of them may be anything.
  struct Sum {
    Rational lo, hi;
    bool unbounded = false;
  };
  struct Group {
    Sum weight;
    std::uint64_t members = 0, perhaps = 0;
  };
  struct Counted;  // the groups in order of size
  friend struct PortfolioMeasures;

  void put(Group& group, const model::NumberRange& weight, bool certain);
  [[nodiscard]] bool add(Rational& to, const Rational& more);

  const ir::Program& program_;
  ir::PortfolioId id_;
  const ir::Portfolio& rule_;
  Options options_;
  std::map<std::string, Group> groups_;
  Group floating_;        // of documents whose group is not known
  Rational squares_;      // of the least weights of those that certainly count: each may be a group of its own
  std::string currency_;  // of the weights
  bool mixed_ = false;    // several currencies
  bool overflow_ = false;
  std::uint64_t seen_ = 0, left_out_ = 0, unread_ = 0, open_count_ = 0;
  std::vector<std::string> open_;
  std::vector<DomainError> errors_;
};

}  // namespace writ::eval
