// The report on the screen, in parts: what it opens with, one finding in full, what is open, and the rest. Private to
// this room.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "engine/eval/evaluate.h"
#include "engine/report/facts.h"
#include "engine/report/report.h"

namespace writ::report {

using eval::Verdict;

struct Style {
  bool color;
  [[nodiscard]] std::string paint(const char* code, const std::string& text) const {
    return color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
  [[nodiscard]] std::string bold(const std::string& t) const { return paint("1", t); }
  [[nodiscard]] std::string red(const std::string& t) const { return paint("1;31", t); }
  [[nodiscard]] std::string yellow(const std::string& t) const { return paint("1;33", t); }
  [[nodiscard]] std::string green(const std::string& t) const { return paint("32", t); }
  [[nodiscard]] std::string dim(const std::string& t) const { return paint("2", t); }
};

/// ASCII only: the words of verdicts.
[[nodiscard]] std::string upper(std::string text);

class Pretty {
 public:
  Pretty(const gate::Result& result, const PrettyOptions& options);
  std::string write();

 private:
  void portfolios();
  void portfolio_finding(const gate::PortfolioRow& row, std::size_t index);
  /// One line each; of a whole rule book, those that were checked until the same day together.
  void packs();
  void header();
  void document(const gate::CheckedDocument& d);
  /// What it is out of, those for one reason together.
  void scopes(const gate::CheckedDocument& d);
  /// Whose duties stand first, and what the chosen role or party hides.
  void party(const gate::CheckedDocument& d);
  [[nodiscard]] int rank(const gate::Row& row) const;
  void classification(const facts::Document& document, const eval::ClassValue& c);
  [[nodiscard]] std::string because_words(const facts::Document& document,
                                          const std::vector<facts::FactId>& because) const;
  [[nodiscard]] std::string fact_words(const facts::Document& document, facts::FactId id) const;
  void finding(const facts::Document& document, const gate::Row& row);
  [[nodiscard]] std::string role_words(const ir::Rule& rule, const gate::Row& row) const;
  static const char* status_words(ir::Status status);
  void excerpt(const facts::Document& document, const gate::Row& row, const ir::Requirement& requirement);
  void explain(const facts::Document& document, const gate::Row& row, const ir::Requirement& requirement);
  [[nodiscard]] std::string exception_words(const eval::Finding& f, const eval::ExceptionTrace& e) const;
  void lines(const char* label, const facts::Document& document, const std::vector<facts::FactId>& ids);
  /// What is asked of the user; what somebody refused to answer is an answer, and is not asked again.
  void questions(const facts::Document& document, const eval::Finding& f);
  // Many undetermined results hang on few facts: one line a rule, and the questions that most of them wait for.
  void at_risk(const facts::Document& document, const std::vector<const gate::Row*>& rows);
  /// An unstated list is asked for as a whole, not through the facts of an entry that nobody has stated.
  [[nodiscard]] static facts::FactId asked(const facts::Document& document, facts::FactId id);
  [[nodiscard]] static bool plain(const facts::Fact& fact);
  static bool refused(const facts::Document& document, facts::FactId id);
  [[nodiscard]] std::string question(const facts::Document& document, facts::FactId id) const;
  /// A provision that takes something out of a term decides under its own name ("Note 2 …"), not only by the facts
  /// below it.
  [[nodiscard]] std::string defeated_by(const facts::Document& document, const eval::Finding& finding) const;
  void listing(const facts::Document& document, const std::map<Verdict, std::vector<const gate::Row*>>& brief,
               Verdict v, const char* title);
  /// Always listed: a waiver hides nothing.
  void waived(const std::map<Verdict, std::vector<const gate::Row*>>& brief);
  void waivers();
  void informational(const facts::Document& document, const std::vector<const gate::Row*>& rows);
  void closing();

  const gate::Result& result_;
  const ir::Program& program_;
  PrettyOptions options_;
  Style style_;
  std::string out_;
};

}  // namespace writ::report
