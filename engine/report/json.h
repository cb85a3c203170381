// The JSON report in parts: the run, one result, facts and their values. Private to this room.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/eval/evaluate.h"
#include "engine/report/facts.h"
#include "engine/report/report.h"
#include "engine/report/sheet.h"

namespace writ::report {

using Json = nlohmann::ordered_json;
using eval::Verdict;

inline Json date_or_null(const std::optional<Date>& date) { return date ? Json(date->text()) : Json(nullptr); }
inline Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

inline Json citation(const ir::Program& program, const ir::Citation& c) {
  const ir::Instrument& i = program.instruments[c.instrument];
  return {{"instrument", i.name}, {"title", i.title}, {"provision", c.provision}, {"url", text_or_null(i.url)}};
}

inline const char* truth_text(eval::Truth t) {
  if (t.is_pending()) return "pending";
  switch (t.kind) {
    case eval::Truth::Kind::true_: return "true";
    case eval::Truth::Kind::false_: return "false";
    case eval::Truth::Kind::unknown: return "unknown";
    case eval::Truth::Kind::error: return "error";
  }
  return "";
}

// sheet.cc
[[nodiscard]] SheetRow row_of(const Json& result);
[[nodiscard]] SheetRow portfolio_row(const Json& result);
[[nodiscard]] Sheet sheet_of(const Json& report);  // all but its results

class Writer {
 public:
  explicit Writer(const gate::Result& result);
  std::string write();
  /// Without the steps of explanations, which only the JSON report has.
  Sheet sheet();

 private:
  static std::string dumped(const Json& json);
  /// An object to which something is added: without its end.
  static std::string opened(std::string object);
  /// One by one, for they are many and their trees are large.
  void results(std::string& text);
  Json rules() const;
  /// What was asked for of all that was judged, and how much it hides.
  Json selection() const;
  static Json document(const gate::CheckedDocument& d);
  static Json document(const gate::UnreadDocument& d);
  Json documents() const;
  Json summary() const;
  /// An estimate: its bounds as exact texts in the unit of the fact, or the members that are possible.
  Json estimate(const model::Scalar& value, model::TypeId type_id) const;
  Json scalar(const model::Scalar& value, model::TypeId type_id) const;
  Json value(const facts::Document& document, facts::FactId id) const;
  static const char* state(facts::State s);
  Json fact(const facts::Document& document, facts::FactId id) const;
  Json missing_fact(const facts::Document& document, facts::FactId id) const;
  Json exceptions(const eval::Finding& f) const;
  Json presumption(ir::PresumptionId id) const;
  /// The deciding path through the rule, outermost first, with the rule's own places.
  Json steps(const eval::Finding& f);
  Json effective(const ir::Rule& rule) const;
  /// Open norms on the way to the verdict, and what their assessments come to.
  Json norms(const facts::Document& document, const eval::Finding& f) const;
  /// The first penalty of the rule as text, and of a gap the amounts that follow from the facts.
  Json penalty(const facts::Document& document, const gate::Row& row) const;
  Json result(const facts::Document& document, const gate::Row& row);
  /// What stands before the results, and behind them.
  Json head() const;
  Json tail() const;
  static Json waiver(Verdict beneath, const gate::Waiver& w);
  Json waivers() const;
  Json baseline() const;
  Json readings(const eval::Finding& f) const;
  Json later(const eval::Finding& f) const;
  Json classification(const facts::Document& document, const eval::ClassValue& c) const;
  Json scope(const facts::Document& document, const eval::ScopeValue& s) const;
  Json range(const model::Scalar& value) const;
  /// Numbers are exact and text, so that no reader rounds them; null: not bounded.
  Json portfolio(const gate::PortfolioRow& row, std::size_t index) const;
  Json diagnostic(const Diagnostic& d) const;
  /// `file`, `line` and `column` of an object; null where there is no such place.
  void place(Json& out, Span span) const;

  const gate::Result& result_;
  const ir::Program& program_;
  std::unique_ptr<eval::Explainer> explainer_;  // of the document that is written; none: without steps
};

}  // namespace writ::report
