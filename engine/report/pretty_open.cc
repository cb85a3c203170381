// Open questions: what results at risk wait for.
#include "engine/report/pretty.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/base/utf8.h"

namespace writ::report {

void Pretty::at_risk(const facts::Document& document, const std::vector<const gate::Row*>& rows) {
  if (rows.empty()) return;
  out_ += fmt::format("{} at risk ({}): each could be a gap; -v shows them in full\n", style_.yellow("UNDETERMINED"),
                      rows.size());
  std::map<facts::FactId, std::size_t> waiting, answered;
  std::map<ir::RuleId, std::size_t> results;
  std::map<std::string, std::size_t> folded;  // results without a line, by package
  std::size_t lines = 0;
  for (const gate::Row* r : rows) {
    for (facts::FactId id : r->finding.missing) ++(refused(document, id) ? answered : waiting)[asked(document, id)];
    ++results[r->finding.rule];
  }
  constexpr std::size_t kLines = 16;
  const bool many = results.size() > kLines + kLines / 2;
  for (const gate::Row* r : rows) {
    const auto it = results.find(r->finding.rule);
    if (it == results.end()) continue;  // the rule has its line
    const ir::Rule& rule = program_.rules[r->finding.rule];
    if (many && lines >= kLines && !r->finding.later) {
      folded[rule.package] += it->second;
      results.erase(it);
      continue;
    }
    ++lines;
    out_ += fmt::format("    {:<8}  {}  [{}{}]  {}\n", ir::to_string(rule.severity), rule.id(), r->id,
                        it->second > 1 ? fmt::format(" and {} more", it->second - 1) : "", rule.title);
    if (const std::string reason = reason_text(result_, *r); !reason.empty())
      out_ += "              " + printable(reason) + "\n";
    if (const std::string later = later_text(result_, r->finding); !later.empty())
      out_ += "              later text: " + printable(later) + "\n";
    results.erase(it);
  }
  if (!folded.empty()) {
    std::size_t sum = 0;
    std::string packs;
    for (const auto& [package, count] : folded) {
      sum += count;
      packs += fmt::format("{}{} {}", packs.empty() ? "" : ", ", package, count);
    }
    out_ += fmt::format("    and {} more: {}\n    -r PACK checks against one of them, -v shows all\n", sum, packs);
  }
  std::vector<std::pair<facts::FactId, std::size_t>> order(waiting.begin(), waiting.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  constexpr std::size_t kShown = 8;
  if (!order.empty()) out_ += "  what they wait for most\n";
  for (std::size_t i = 0; i < order.size() && i < kShown; ++i) {
    out_ += fmt::format("    {} {:<8} {}\n", order[i].second, order[i].second == 1 ? "result" : "results",
                        question(document, order[i].first));
  }
  if (order.size() > kShown) out_ += fmt::format("    and {} more facts\n", order.size() - kShown);
  if (!answered.empty()) out_ += "  what somebody refused to answer\n";
  for (const auto& [id, count] : answered)
    out_ += fmt::format("    {} {:<8} {}\n", count, count == 1 ? "result" : "results", printable(document[id].path));
  out_ += "\n";
}

facts::FactId Pretty::asked(const facts::Document& document, facts::FactId id) {
  facts::FactId out = id;
  for (facts::FactId at = id; at; at = document[at].parent) {
    const facts::FactId parent = document[at].parent;
    if (parent && document[parent].phantom == at) out = parent;
  }
  return out;
}

bool Pretty::plain(const facts::Fact& fact) {
  // Not an estimate, and not a country that is too coarse: those are asked for more finely.
  const auto exact = [](const auto& value) {
    using T = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<T, model::NumberRange>) return value.exact();
    if constexpr (std::is_same_v<T, model::Money>) return value.amount.exact();
    if constexpr (std::is_same_v<T, model::Candidates>) return value.single() >= 0;
    return !std::is_same_v<T, std::monostate> && !std::is_same_v<T, model::Country>;
  };
  return std::visit(exact, fact.scalar);
}

bool Pretty::refused(const facts::Document& document, facts::FactId id) {
  return document[id].state == facts::State::unknown && document[id].reason == model::Reason::refused;
}

std::string Pretty::question(const facts::Document& document, facts::FactId id) const {
  const model::Field* field = facts::field_of(document, id, *program_.vocabulary);
  std::string text = printable(document[id].path);
  if (const std::string near = near_listed(program_, document[id]); !near.empty()) return text + ": " + printable(near);
  if (is_estimate(document[id])) text += " (so far " + printable(fact_value(result_, document, id)) + ")";
  if (document[id].incomplete) text += " (incomplete)";
  // Stated, and still asked for: what stands behind it is not.
  if (document[id].state != facts::State::unknown && plain(document[id])) return "evidence for " + text;
  if (field != nullptr && !field->ask.empty())
    text += ": " + field->ask;
  else if (field != nullptr && !field->description.empty())
    text += ": " + field->description;
  if (field != nullptr && !field->from.empty()) {
    text += " (ask the ";
    for (std::size_t i = 0; i < field->from.size(); ++i) text += (i == 0 ? "" : " or the ") + field->from[i];
    text += ")";
  }
  return text;
}

}  // namespace writ::report
