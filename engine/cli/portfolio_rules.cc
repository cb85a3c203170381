#include "engine/cli/portfolio_rules.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace writ::cli {

namespace {

using Json = nlohmann::ordered_json;

// One line, whatever line breaks the author used.
std::string source(const session::Session& session, ir::NodeId node) {
  std::string out;
  for (char c : session.sources.text(session.program.spans[node.index])) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  return out;
}

}  // namespace

std::vector<RuleLine> portfolio_lines(const session::Session& session) {
  std::vector<RuleLine> out;
  for (const ir::Portfolio& rule : session.program.portfolios) {
    if (!session.is_selected(rule)) continue;
    out.push_back({rule.package, rule.name, ir::to_string(rule.severity), ir::to_string(rule.status),
                   ir::text(session.program, rule.cites.front()), rule.title});
  }
  return out;
}

std::vector<ir::PortfolioId> portfolios_named(const session::Session& session, const std::string& name) {
  std::vector<ir::PortfolioId> out;
  for (std::uint32_t i = 0; i < session.program.portfolios.size(); ++i) {
    const ir::Portfolio& rule = session.program.portfolios[ir::PortfolioId(i)];
    if (rule.id() == name || rule.name == name) out.emplace_back(i);
  }
  return out;
}

std::string portfolio_text(const session::Session& session, ir::PortfolioId id) {
  const ir::Program& program = session.program;
  const ir::Portfolio& rule = program.portfolios[id];
  std::string out = fmt::format("{}  {}\n", rule.id(), rule.title);
  const auto line = [&](const char* label, const std::string& value) {
    if (!value.empty()) out += fmt::format("  {:<11} {}\n", label, value);
  };
  for (const ir::Citation& c : rule.cites) line("cites", ir::text(program, c));
  line("source text", program.instruments[rule.cites.front().instrument].url);
  line("over", "all documents of kind " + rule.kind);
  for (const ir::Effective& e : rule.effective) {
    line("effective", (e.days.from == Date::min() ? "always" : "from " + e.days.from.text()) +
                          (e.days.last == Date::max() ? "" : " until " + e.days.last.text()));
  }
  if (rule.where) line("where", source(session, rule.where));
  line("group by", source(session, rule.key));
  line("weigh", rule.weight ? source(session, rule.weight) : "each counts 1");
  for (const ir::Requirement& r : rule.requirements) {
    line(r.forbids ? "forbids" : "requires", (r.label.empty() ? "" : r.label + ": ") + source(session, r.holds));
    line("  remedy", r.remedy);
  }
  line("severity", ir::to_string(rule.severity));
  line("status", ir::to_string(rule.status));
  for (const std::string& s : rule.sources) line("source", s);
  line("note", rule.note);
  const Position p = session.sources.position(rule.span.file, rule.span.begin);
  line("stands in", fmt::format("{}:{}", session.sources.path(rule.span.file), p.line));
  return out;
}

std::string portfolio_json(const session::Session& session, ir::PortfolioId id) {
  const ir::Program& program = session.program;
  const ir::Portfolio& rule = program.portfolios[id];
  Json out{{"id", rule.id()},
           {"title", rule.title},
           {"status", ir::to_string(rule.status)},
           {"severity", ir::to_string(rule.severity)},
           {"over", rule.kind}};
  out["cites"] = Json::array();
  for (const ir::Citation& c : rule.cites)
    out["cites"].push_back({{"instrument", program.instruments[c.instrument].name}, {"provision", c.provision}});
  out["effective"] = Json::array();
  for (const ir::Effective& e : rule.effective) {
    out["effective"].push_back({{"from", e.days.from == Date::min() ? Json(nullptr) : Json(e.days.from.text())},
                                {"until", e.days.last == Date::max() ? Json(nullptr) : Json(e.days.last.text())}});
  }
  out["where"] = rule.where ? Json(source(session, rule.where)) : Json(nullptr);
  out["group_by"] = source(session, rule.key);
  out["weigh"] = rule.weight ? Json(source(session, rule.weight)) : Json(nullptr);
  out["requirements"] = Json::array();
  for (const ir::Requirement& r : rule.requirements) {
    out["requirements"].push_back(
        {{"label", r.label}, {"forbids", r.forbids}, {"text", source(session, r.holds)}, {"remedy", r.remedy}});
  }
  out["sources"] = rule.sources;
  return out.dump(2);
}

}  // namespace writ::cli
