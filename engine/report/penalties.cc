#include "engine/report/penalties.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/report/facts.h"

namespace writ::report {

namespace {

/// "15000000" as "15,000,000"; fractions stay as they are.
std::string grouped(const Rational& number) {
  std::string text = number.exact();
  const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  if (!std::all_of(text.begin(), text.end(), [&](char c) { return digit(c) || c == '.'; })) return text;
  for (std::size_t at = std::min(text.find('.'), text.size()); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

/// The text of the rule; whose turnover and size it speaks of is clear from who owes the duty.
std::string condition_of(const gate::Result& result, ir::NodeId node) {
  if (!node.valid()) return {};
  constexpr std::string_view kBearer = "bearer.";
  std::string text = source_text(result, result.program->spans[node.index]);
  for (std::size_t at = text.find(kBearer); at != std::string::npos; at = text.find(kBearer, at))
    text.erase(at, kBearer.size());
  return text;
}

std::string paths(const facts::Document& document, const std::vector<facts::FactId>& ids, facts::State state) {
  std::string out;
  for (facts::FactId f : ids)
    if ((document[f].state == facts::State::known) == (state == facts::State::known))
      out += (out.empty() ? "" : ", ") + document[f].path;
  return out;
}

}  // namespace

std::string amount_text(const model::Scalar& amount) {
  const auto* money = std::get_if<model::Money>(&amount);
  if (money == nullptr) return "an amount that the stated facts do not give";
  const model::NumberRange& range = money->amount;
  const std::string currency = money->currency.empty() ? "" : " " + money->currency;
  const bool from_zero = !range.lo || range.lo->sign() <= 0;
  if (range.exact()) return grouped(*range.lo) + currency;
  if (!range.hi) return from_zero ? "any amount" + currency : grouped(*range.lo) + currency + " or more";
  if (from_zero) return grouped(*range.hi) + currency + " or less";
  return "between " + grouped(*range.lo) + " and " + grouped(*range.hi) + currency;
}

std::vector<std::string> penalty_lines(const gate::Result& result, const facts::Document& document,
                                       const gate::Row& row) {
  const ir::Program& program = *result.program;
  const eval::Finding& finding = row.finding;
  const ir::Rule& rule = program.rules[finding.rule];
  std::vector<std::string> out;
  std::vector<facts::FactId> missing;
  std::vector<std::string> law, not_now;
  for (const eval::PenaltyAmount& p : finding.penalties) {
    const ir::Penalty& penalty = rule.penalties[p.penalty];
    const std::string when = condition_of(result, penalty.when);
    if (p.applies.is_false()) {
      not_now.push_back(fmt::format("{} applies when {}", ir::text(program, penalty.citation), when));
      continue;
    }
    std::string line;
    if (!p.applies.is_true()) line = fmt::format("if {}: ", when);
    if (penalty.amount.valid()) {
      const std::string formula = condition_of(result, penalty.amount);
      line += amount_text(p.amount);
      if (penalty.text.empty()) {
        if (formula.starts_with("higher of") || formula.starts_with("lower of")) line += ", the " + formula;
      } else {
        line += ", " + penalty.text;
      }
    } else {
      line += penalty.text.empty() ? "a penalty" : penalty.text;
    }
    out.push_back(fmt::format("{} ({})", line, ir::text(program, penalty.citation)));
    for (facts::FactId f : p.missing)
      if (std::find(missing.begin(), missing.end(), f) == missing.end()) missing.push_back(f);
    for (const eval::MissingLaw& m : p.law)
      if (std::find(law.begin(), law.end(), m.text) == law.end()) law.push_back(m.text);
  }
  if (out.empty()) {
    for (const std::string& text : not_now) out.push_back("nothing on this day: " + text);
    return out;
  }
  if (const std::string open = paths(document, missing, facts::State::unknown); !open.empty())
    out.push_back("  not stated: " + open);
  if (const std::string wide = paths(document, missing, facts::State::known); !wide.empty())
    out.push_back("  estimated: " + wide);
  for (const std::string& text : law) out.push_back("  the law is not known: " + text);
  if (!row.bearer_certain && !row.party.empty())
    out.push_back(fmt::format("  if {} is the one that owes the duty", row.party_name));
  return out;
}

}  // namespace writ::report
