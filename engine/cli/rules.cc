#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

#include "engine/base/suggest.h"
#include "engine/cli/command.h"
#include "engine/cli/coverage.h"
#include "engine/cli/portfolio_rules.h"
#include "engine/gate/gate.h"
#include "engine/ir/reads.h"

namespace writ::cli {

namespace {

using Json = nlohmann::ordered_json;

struct RulesArguments {
  Common common;
  std::string format = "pretty";
  std::string id;
  bool coverage = false;
};

std::string days(const ir::Effective& e, const session::Session& session) {
  std::string out = e.days.from == Date::min() ? "always" : "from " + e.days.from.text();
  if (e.days.last != Date::max()) out += " until " + e.days.last.text();
  if (!e.uncertain.empty()) out += " (uncertain: " + e.uncertain + ")";
  if (e.when) out += " when " + std::string(session.sources.text(session.program.spans[e.when.index]));
  return out;
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : between) + p;
  return out;
}

class Show {
 public:
  Show(const session::Session& session, ir::RuleId id)
      : session_(session), program_(session.program), id_(id), rule_(program_.rules[id]) {}

  std::string text() const {
    std::string out = fmt::format("{}  {}\n", rule_.id(), rule_.title);
    const auto line = [&](const char* label, const std::string& value) {
      if (!value.empty()) out += fmt::format("  {:<11} {}\n", label, value);
    };
    for (const ir::Citation& c : rule_.cites) line("cites", ir::text(program_, c));
    const std::string& url = program_.instruments[rule_.cites.front().instrument].url;
    line("source text", url);
    if (rule_.scope) line("scope", program_.scopes[rule_.scope].name);
    std::vector<std::string> roles;
    for (ir::RoleId r : rule_.binds)
      roles.push_back(program_.roles[r].title.empty() ? program_.roles[r].name : program_.roles[r].title);
    line("binds", joined(roles, ", "));
    for (ir::RoleId r : rule_.binds) derivation(program_.roles[r], line);
    for (ir::GroupId g : rule_.groups)
      line("group", program_.groups[g].title.empty() ? program_.groups[g].name : program_.groups[g].title);
    for (const ir::Effective& e : rule_.effective) line("effective", days(e, session_));
    history(rule_.history, line);
    if (rule_.for_each) line("for each", rule_.for_each->variable + " in " + rule_.for_each->path + where());
    if (rule_.judged_on) line("judged on", source(rule_.judged_on));
    if (rule_.applies) clause("applies", "when ", rule_.applies, line);
    for (const ir::Requirement& r : rule_.requirements) {
      clause(r.forbids ? "forbids" : "requires", r.label.empty() ? "" : r.label + ": ", r.holds, line);
      if (!r.label.empty() && r.cites.front().provision != rule_.cites.front().provision)
        line("  cites", ir::text(program_, r.cites.front()));
      if (r.severity != rule_.severity) line("  severity", ir::to_string(r.severity));
      if (!r.remedy.empty()) line("  remedy", r.remedy);
      for (ir::PresumptionId p : r.presumptions) line("  presumes", presumed(p));
      line("  note", r.note);
    }
    for (ir::ExceptionId e : rule_.exceptions) {
      const ir::Exception& x = program_.exceptions[e];
      clause("exception", named(x.name, x.title, x.cites) + ": when ", x.when, line);
      for (const ir::Effective& span : x.effective) line("  effective", days(span, session_));
      history(x.history, line);
      for (const ir::Defeater& d : x.but_not) line("  but not", "when " + source(d.when));
      if (x.instead) line("  instead", "requires " + source(x.instead));
      for (ir::ExceptionId y : x.yields_to) {
        const ir::Exception& other = program_.exceptions[y];
        line("  yields to", named(other.name, other.title, other.cites));
      }
      for (ir::PresumptionId p : x.presumptions) line("  presumes", presumed(p));
    }
    for (ir::TransitionalId t : rule_.transitionals) {
      const ir::Transitional& x = program_.transitionals[t];
      line("transition", named(x.name, x.title, x.cites) + ": when " + source(x.when));
      for (const ir::Effective& e : x.effective) line("  then", "effective " + days(e, session_));
      history(x.history, line);
    }
    for (const ir::Readings* law : contested_) {
      line("contested", "`" + law->name + "`" + (law->title.empty() ? "" : " " + law->title));
      for (const ir::Readings::Reading& r : law->readings)
        line("  reading", named("`" + r.name + "`", r.title.empty() ? "" : "`" + r.name + "` " + r.title, r.cites));
    }
    for (ir::PresumptionId p : rule_.presumptions) line("presumes", presumed(p));
    line("severity", ir::to_string(rule_.severity));
    for (const ir::Penalty& p : rule_.penalties) {
      line("penalty", ir::text(program_, p.citation) + (p.text.empty() ? "" : ": " + p.text) +
                          (p.amount ? ": " + source(p.amount) : "") + (p.when ? ", when " + source(p.when) : ""));
    }
    line("status", ir::to_string(rule_.status));
    for (const std::string& s : rule_.sources) line("source", s);
    if (rule_.not_waivable) line("waivers", "none: not waivable");
    line("author", rule_.author);
    line("reviewer", rule_.reviewer);
    line("note", rule_.note);
    line("reads", joined({paths_.begin(), paths_.end()}, ", "));
    const Position p = session_.sources.position(rule_.span.file, rule_.span.begin);
    line("stands in", fmt::format("{}:{}", session_.sources.path(rule_.span.file), p.line));
    return out;
  }

  Json json() const {
    Json out{{"id", rule_.id()},
             {"title", rule_.title},
             {"status", ir::to_string(rule_.status)},
             {"severity", ir::to_string(rule_.severity)}};
    out["cites"] = Json::array();
    for (const ir::Citation& c : rule_.cites) {
      out["cites"].push_back({{"instrument", program_.instruments[c.instrument].name}, {"provision", c.provision}});
    }
    out["binds"] = Json::array();
    for (ir::RoleId r : rule_.binds) out["binds"].push_back(program_.roles[r].name);
    out["roles"] = Json::array();
    for (ir::RoleId r : rule_.binds) {
      const ir::Role& role = program_.roles[r];
      Json entry{{"name", role.name}, {"title", role.title}, {"means", nullptr}, {"unless", Json::array()}};
      if (role.means) entry["means"] = source(role.means);
      for (const ir::Unless& u : role.unless) entry["unless"].push_back(source(u.when));
      out["roles"].push_back(std::move(entry));
    }
    out["penalties"] = Json::array();
    for (const ir::Penalty& p : rule_.penalties) {
      out["penalties"].push_back({{"instrument", program_.instruments[p.citation.instrument].name},
                                  {"provision", p.citation.provision},
                                  {"text", p.text},
                                  {"amount", p.amount ? Json(source(p.amount)) : Json(nullptr)},
                                  {"when", p.when ? Json(source(p.when)) : Json(nullptr)}});
    }
    out["effective"] = Json::array();
    for (const ir::Effective& e : rule_.effective) {
      out["effective"].push_back({{"from", e.days.from == Date::min() ? Json(nullptr) : Json(e.days.from.text())},
                                  {"until", e.days.last == Date::max() ? Json(nullptr) : Json(e.days.last.text())},
                                  {"when", e.when ? Json(source(e.when)) : Json(nullptr)},
                                  {"uncertain", e.uncertain.empty() ? Json(nullptr) : Json(e.uncertain)}});
    }
    out["published"] = rule_.history.published ? Json(rule_.history.published->text()) : Json(nullptr);
    out["never"] = rule_.history.never;
    out["suspended"] = Json::array();
    for (const DayInterval& d : rule_.history.suspended) {
      out["suspended"].push_back(
          {{"from", d.from.text()}, {"until", d.last == Date::max() ? Json(nullptr) : Json(d.last.text())}});
    }
    out["amended"] = Json::array();
    for (const ir::Amended& a : rule_.history.amended) {
      const ir::Amendment& by = program_.amendments[a.amendment];
      Json cites = Json::array();
      for (const ir::Citation& c : a.cites)
        cites.push_back({{"instrument", program_.instruments[c.instrument].name}, {"provision", c.provision}});
      out["amended"].push_back({{"what", a.what},
                                {"by", program_.instruments[by.by].name},
                                {"published", by.published.text()},
                                {"cites", cites}});
    }
    out["contested"] = Json::array();
    for (const ir::Readings* law : contested_) {
      Json names = Json::array();
      for (const ir::Readings::Reading& r : law->readings) names.push_back(r.name);
      out["contested"].push_back({{"term", law->package + "." + law->name}, {"readings", names}});
    }
    out["applies"] = rule_.applies ? Json(source(rule_.applies)) : Json(nullptr);
    out["requirements"] = Json::array();
    for (const ir::Requirement& r : rule_.requirements) {
      out["requirements"].push_back(
          {{"label", r.label}, {"forbids", r.forbids}, {"text", source(r.holds)}, {"remedy", r.remedy}});
    }
    out["sources"] = rule_.sources;
    out["reads"] = paths_;
    return out;
  }

 private:
  // A clause with one text, or each of its texts with its days.
  template <class Line>
  void clause(const char* label, const std::string& before, ir::NodeId node, const Line& line) const {
    const ir::Node& outer = program_.nodes[node];
    const ir::NodeId inner = outer.op == ir::Op::not_ ? ir::NodeId(outer.a) : node;
    const ir::Node& n = program_.nodes[inner];
    if (n.op != ir::Op::edition) return line(label, before + source(node));
    for (std::uint32_t i = 0; i < n.b; ++i) {
      const std::size_t at = n.a + 3 * static_cast<std::size_t>(i);
      const Date from{static_cast<std::int32_t>(program_.lists[at])};
      const Date last{static_cast<std::int32_t>(program_.lists[at + 1])};
      std::string when = from == Date::min() ? "" : "from " + from.text();
      if (last != Date::max()) when += (when.empty() ? "until " : " until ") + last.text();
      line(i == 0 ? label : "", before + source(ir::NodeId(program_.lists[at + 2])) + "  (" + when + ")");
    }
  }

  template <class Line>
  void history(const ir::History& h, const Line& line) const {
    if (h.published) line("published", h.published->text());
    if (h.never) line("effective", "never");
    for (const DayInterval& d : h.suspended)
      line("suspended", "from " + d.from.text() + (d.last == Date::max() ? "" : " until " + d.last.text()));
    for (const ir::Amended& a : h.amended) {
      const ir::Amendment& by = program_.amendments[a.amendment];
      std::string text = a.what + ", published " + by.published.text() + " by " + program_.instruments[by.by].name;
      for (const ir::Citation& c : a.cites) text += ", " + ir::text(program_, c);
      line("amended", text);
    }
  }

  /// Who holds the role although no party states it.
  template <class Line>
  void derivation(const ir::Role& role, const Line& line) const {
    if (!role.means) return;
    line("  derived", named(role.name, "", role.cites) + ": " + source(role.means));
    for (const ir::Unless& u : role.unless) line("  unless", source(u.when));
  }
  // One line, whatever line breaks the author used.
  [[nodiscard]] std::string source(ir::NodeId node) const {
    std::string out;
    for (char c : session_.sources.text(program_.spans[node.index])) {
      const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (blank && (out.empty() || out.back() == ' ')) continue;
      out += blank ? ' ' : c;
    }
    return out;
  }
  [[nodiscard]] std::string presumed(ir::PresumptionId id) const {
    const ir::Presumption& p = program_.presumptions[id];
    std::string out = source(p.fact) + " = " + source(p.value);
    if (p.when) out += " when " + source(p.when);
    for (std::size_t i = 0; i < p.cites.size(); ++i) out += (i == 0 ? " (" : ", ") + ir::text(program_, p.cites[i]);
    return p.cites.empty() ? out : out + ")";
  }
  [[nodiscard]] std::string where() const {
    return rule_.for_each->where ? " where " + source(rule_.for_each->where) : "";
  }
  [[nodiscard]] std::string named(const std::string& name, const std::string& title,
                                  const std::vector<ir::Citation>& cites) const {
    std::string out = title.empty() ? name : title;
    if (!cites.empty()) out += " (" + ir::text(program_, cites.front()) + ")";
    return out;
  }

  const session::Session& session_;
  const ir::Program& program_;
  ir::RuleId id_;
  const ir::Rule& rule_;
  std::set<std::string> paths_ = ir::fact_paths(program_, id_);
  std::vector<const ir::Readings*> contested_ = ir::contested(program_, id_);
};

int finish(const session::Session& session, const std::string& text, const Common& common) {
  print_diagnostics(session, common);
  if (!write_out(text)) return gate::kIo;
  return session.ok() ? gate::kOk : gate::kInvalid;
}

int run_list(const RulesArguments& args) {
  const auto session = session::load(load_options(args.common));
  if (const auto code = refuse_bundle(*session, args.common)) return *code;
  if (args.coverage) return finish(*session, coverage_statement(*session, args.format), args.common);
  if (args.format == "markdown") return usage_error("-f markdown is for --coverage", "pretty and json list the rules");
  const ir::Program& program = session->program;
  if (args.format == "json") {
    Json out = Json::array();
    for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
      if (session->is_selected(program.rules[ir::RuleId(i)])) out.push_back(Show(*session, ir::RuleId(i)).json());
    }
    for (std::uint32_t i = 0; i < program.portfolios.size(); ++i) {
      if (session->is_selected(program.portfolios[ir::PortfolioId(i)]))
        out.push_back(Json::parse(portfolio_json(*session, ir::PortfolioId(i))));
    }
    return finish(*session, out.dump(2) + "\n", args.common);
  }
  std::vector<RuleLine> lines = portfolio_lines(*session);
  for (const ir::Rule& rule : program.rules) {
    if (session->is_selected(rule))
      lines.push_back({rule.package, rule.name, ir::to_string(rule.severity), ir::to_string(rule.status),
                       ir::text(program, rule.cites.front()), rule.title});
  }
  std::stable_sort(lines.begin(), lines.end(), [](const RuleLine& a, const RuleLine& b) {
    return std::tie(a.package, a.name) < std::tie(b.package, b.name);
  });
  std::string out;
  std::string package;
  std::set<std::string> packages;
  for (const RuleLine& line : lines) {
    packages.insert(line.package);
    if (line.package != package) {
      package = line.package;
      out += fmt::format("{}{}\n", out.empty() ? "" : "\n", package);
    }
    out += fmt::format("  {:<44} {:<9} {:<10} {:<28} {}\n", line.name, line.severity, line.status, line.citation,
                       line.title);
  }
  out += fmt::format("{}{} rules in {} packs\n", out.empty() ? "" : "\n", lines.size(), packages.size());
  return finish(*session, out, args.common);
}

int run_show(const RulesArguments& args) {
  const auto session = session::load(load_options(args.common));
  if (const auto code = refuse_bundle(*session, args.common)) return *code;
  const ir::Program& program = session->program;
  std::vector<std::string> ids;
  std::vector<ir::RuleId> matches;
  for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
    const ir::Rule& rule = program.rules[ir::RuleId(i)];
    ids.push_back(rule.id());
    if (rule.id() == args.id || rule.name == args.id) matches.push_back(ir::RuleId(i));
  }
  const std::vector<ir::PortfolioId> portfolios = portfolios_named(*session, args.id);
  for (const ir::Portfolio& rule : program.portfolios) ids.push_back(rule.id());
  if (matches.empty() && portfolios.empty()) {
    print_diagnostics(*session, args.common);
    const std::string near = nearest(args.id, ids);
    return usage_error("unknown rule `" + args.id + "`",
                       near.empty() ? "`writ rules` lists them" : "did you mean `" + near + "`?");
  }
  std::string out;
  for (ir::RuleId id : matches) {
    const Show show(*session, id);
    out += (out.empty() ? "" : "\n") + (args.format == "json" ? show.json().dump(2) + "\n" : show.text());
  }
  for (ir::PortfolioId id : portfolios) {
    out += (out.empty() ? "" : "\n") +
           (args.format == "json" ? portfolio_json(*session, id) + "\n" : portfolio_text(*session, id));
  }
  return finish(*session, out, args.common);
}

}  // namespace

void add_rules(const Command& program, int& code) {
  auto args = std::make_shared<RulesArguments>();
  const Command c = program.subcommand("rules", "What rules there are: list (default), show ID");
  const Command list = c.subcommand("list", "Every rule with its provision, severity and status");
  const Command show = c.subcommand("show", "One rule: provision, dates, conditions, exceptions, the facts it reads");
  add_common(show, args->common);
  show.text("-f,--format", args->format, "pretty or json", "FORMAT", {"pretty", "json"});
  for (const Command& command : {c, list}) {
    add_common(command, args->common);
    command.text("-f,--format", args->format, "pretty, json, or of --coverage markdown", "FORMAT",
                 {"pretty", "json", "markdown"});
    command.flag("--coverage", args->coverage,
                 "Of each provision of the instruments: encoded, open norm, out of scope or not yet encoded");
  }
  show.text("id", args->id, "Rule id (eu.gdpr.transfer_safeguard) or its short name", "ID", {}, true);
  show.action([args] { return run_show(*args); }, code);
  list.action([args] { return run_list(*args); }, code);
  c.action([args] { return run_list(*args); }, code);
}

}  // namespace writ::cli
