#include "engine/run/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/suggest.h"
#include "engine/run/selection.h"
#include "engine/run/supply.h"

namespace writ::run {

namespace {

bool names_rule(const std::string& pattern, const std::string& id) {
  return pattern == id || (pattern.find('*') != std::string::npos && glob_matches(pattern, id));
}

}  // namespace

bool Preparation::run() {
  outcome.session = session::load(request_.rules);
  session::Session& session = *outcome.session;
  gate::Result& result = outcome.result;
  result.program = &session.program;
  result.sources = &session.sources;
  supply(session, request_.tables, table_problems_, outcome.usage);
  if (session.usable()) result.program = &session.program_known(request_.law_known_at);
  result.as_of = request_.as_of;
  result.law_known_at = request_.law_known_at;
  result.rules_digest = session.digest;
  if (!request_.rules.search.empty()) result.rules_from = request_.rules.search.front().generic_string();
  unknown_packs();
  Diagnostics found_problems;
  found = find_documents(request_.paths, request_.include, request_.exclude, found_problems);
  for (const std::string& path : found.missing) {
    outcome.usage.push_back({"no such file or folder: " + path, ""});
  }
  if (session.usable()) {
    select_rules();
    choose_readings();
    for (UsageError& e : unknown_roles(session.program, request_.roles)) outcome.usage.push_back(std::move(e));
    read_waivers();
    read_baseline();
  }
  if (!outcome.usage.empty() || outcome.refused.has_errors()) return false;
  result.diagnostics.append(session.diagnostics);
  result.diagnostics.append(found_problems);
  result.diagnostics.append(table_problems_);
  describe_packs();
  return true;
}

// A pack that does not exist is a mistake on the command line, not in the rules.
void Preparation::unknown_packs() {
  for (const Diagnostic& d : outcome.session->diagnostics.items()) {
    if (d.code == Code::unknown_pack && !d.span.valid()) outcome.usage.push_back({d.message, d.help});
    if (d.code == Code::file_unreadable && !d.span.valid() &&
        std::find(request_.rules.rules.begin(), request_.rules.rules.end(), d.path) != request_.rules.rules.end()) {
      outcome.usage.push_back({d.message + ": " + d.path, d.help});
    }
  }
}

std::vector<std::string> Preparation::rule_ids() const {
  std::vector<std::string> ids;
  for (const ir::Rule& rule : outcome.session->program.rules) {
    if (outcome.session->is_selected(rule)) ids.push_back(rule.id());
  }
  for (const ir::Portfolio& rule : outcome.session->program.portfolios) {
    if (outcome.session->is_selected(rule)) ids.push_back(rule.id());
  }
  return ids;
}

void Preparation::require_known(const std::vector<std::string>& patterns) {
  const std::vector<std::string> ids = rule_ids();
  for (const std::string& pattern : patterns) {
    if (std::any_of(ids.begin(), ids.end(), [&](const std::string& id) { return names_rule(pattern, id); })) continue;
    const bool is_broken = std::any_of(outcome.session->broken.begin(), outcome.session->broken.end(),
                                       [&](const std::string& pack) { return pattern.starts_with(pack + "."); });
    if (is_broken) continue;  // its pack has errors: exit 3 says so
    std::string near = nearest(pattern, ids);
    if (near.empty()) {  // the short name alone
      for (const std::string& id : ids) {
        if (id.ends_with("." + pattern)) near = id;
      }
    }
    outcome.usage.push_back({"unknown rule `" + pattern + "`", near.empty() ? "" : "did you mean `" + near + "`?"});
  }
}

void Preparation::select_rules() {
  require_known(request_.only_rules);
  require_known(request_.skip_rules);
  const ir::Program& program = outcome.session->program;
  std::set<std::string> jurisdictions;
  const auto wanted = [&](const auto& rule) {
    if (!outcome.session->is_selected(rule)) return false;
    const std::string id = rule.id();
    const auto matches = [&](const std::string& pattern) { return names_rule(pattern, id); };
    const std::string& jurisdiction = program.instruments[rule.cites.front().instrument].jurisdiction;
    jurisdictions.insert(jurisdiction);
    const auto& only = request_.only_rules;
    if (!only.empty() && std::none_of(only.begin(), only.end(), matches)) return false;
    if (std::any_of(request_.skip_rules.begin(), request_.skip_rules.end(), matches)) return false;
    return request_.jurisdictions.empty() || std::find(request_.jurisdictions.begin(), request_.jurisdictions.end(),
                                                       jurisdiction) != request_.jurisdictions.end();
  };
  for (std::uint32_t i = 0; i < program.rules.size(); ++i) {
    if (!wanted(program.rules[ir::RuleId(i)])) continue;
    rules.push_back(ir::RuleId(i));
    packages.insert(program.rules[ir::RuleId(i)].package);
  }
  for (std::uint32_t i = 0; i < program.portfolios.size(); ++i) {
    if (wanted(program.portfolios[ir::PortfolioId(i)])) portfolios.push_back(ir::PortfolioId(i));
  }
  for (const std::string& j : request_.jurisdictions) {
    if (!jurisdictions.contains(j)) {
      const std::string near = nearest(j, {jurisdictions.begin(), jurisdictions.end()});
      outcome.usage.push_back(
          {"no rule of jurisdiction `" + j + "`", near.empty() ? "" : "did you mean `" + near + "`?"});
    }
  }
}

void Preparation::choose_readings() {
  const ir::Program& program = outcome.session->program;
  for (const std::string& choice : request_.readings) {
    const std::size_t equals = choice.find('=');
    const std::string term = choice.substr(0, equals);
    const std::string name = equals == std::string::npos ? std::string() : choice.substr(equals + 1);
    std::vector<std::string> terms;
    ir::ReadingsId item;
    for (std::uint32_t i = 0; i < program.readings.size(); ++i) {
      const ir::Readings& r = program.readings[ir::ReadingsId(i)];
      terms.push_back(r.package + "." + r.name);
      if (term == r.name || term == terms.back()) item = ir::ReadingsId(i);
    }
    if (!item) {
      std::string near = nearest(term, terms);
      for (std::size_t i = 0; near.empty() && i < terms.size(); ++i)
        if (nearest(term, {program.readings[ir::ReadingsId(static_cast<std::uint32_t>(i))].name}) != "")
          near = terms[i];
      outcome.usage.push_back({"no contested term `" + term + "`", near.empty() ? "" : "did you mean `" + near + "`?"});
      continue;
    }
    const ir::Readings& law = program.readings[item];
    std::vector<std::string> names;
    for (const ir::Readings::Reading& r : law.readings) names.push_back(r.name);
    const auto it = std::find(names.begin(), names.end(), name);
    if (it == names.end()) {
      const std::string near = nearest(name, names);
      std::string all;
      for (const std::string& n : names) all += (all.empty() ? "its readings are `" : ", `") + n + "`";
      outcome.usage.push_back(
          {"`" + term + "` has no reading `" + name + "`", near.empty() ? all : "did you mean `" + near + "`?"});
      continue;
    }
    const auto index = static_cast<std::uint32_t>(it - names.begin());
    std::erase_if(readings, [&](const auto& r) { return r.first == item; });
    readings.emplace_back(item, index);
  }
  for (const auto& [id, reading] : readings) {
    const ir::Readings& law = program.readings[id];
    outcome.result.readings.emplace_back(law.package + "." + law.name, law.readings[reading].name);
  }
}

std::optional<FileId> Preparation::named_file(const char* flag, const std::string& path) {
  const Result<std::string> text = slurp(path, request_.limits.max_bytes);
  if (text) return outcome.session->sources.add(path, *text);
  outcome.usage.push_back({std::string(flag) + ": " + text.error().message + ": " + path, ""});
  return std::nullopt;
}

void Preparation::read_waivers() {
  if (!request_.waivers) return;
  session::Session& session = *outcome.session;
  const std::optional<FileId> file = named_file("--waivers", *request_.waivers);
  if (!file) return;
  outcome.result.waivers_from = *request_.waivers;
  outcome.result.waivers = gate::read_waivers(*file, session.sources, session.program, outcome.refused);
}

void Preparation::read_baseline() {
  if (!request_.baseline) return;
  const std::optional<FileId> file = named_file("--baseline", *request_.baseline);
  if (!file) return;
  outcome.result.baseline_from = *request_.baseline;
  outcome.result.baseline = gate::read_baseline(*file, outcome.session->sources, outcome.refused);
}

void Preparation::describe_packs() {
  const session::Session& session = *outcome.session;
  std::map<std::string, gate::PackInfo> packs;
  for (const std::string& name : session.packs) packs[name].name = name;
  for (const ir::Pack& pack : session.program.packs) {
    gate::PackInfo& info = packs[pack.name];
    info = {pack.name, pack.title, pack.version, 0, pack.law_checked_until, false};
  }
  for (const ir::Rule& rule : session.program.rules) {
    if (packs.contains(rule.package) && session.is_selected(rule)) ++packs[rule.package].rules;
  }
  for (const ir::Portfolio& rule : session.program.portfolios) {
    if (packs.contains(rule.package) && session.is_selected(rule)) ++packs[rule.package].rules;
  }
  for (const std::string& name : session.broken) {
    packs[name].name = name;
    packs[name].broken = true;
  }
  for (auto& [name, info] : packs) outcome.result.packs.push_back(std::move(info));
}

void add_notes(const Request& request, gate::Result& result) {
  if (result.not_documents > 0) {
    result.notes.push_back(fmt::format("{} {} no {}", result.not_documents,
                                       result.not_documents == 1 ? "file is" : "files are",
                                       result.not_documents == 1 ? "document" : "documents"));
  }
  if (!request.gate.undetermined_fails && result.summary.at_risk > 0) {
    result.notes.push_back(
        fmt::format("{} undetermined at risk tolerated by --undetermined allow", result.summary.at_risk));
  }
  if (request.baseline) {
    const gate::BaselineUse& use = result.baseline_use;
    const std::string made = result.baseline.as_of.text();
    if (use.lapsed) {
      result.notes.push_back(
          fmt::format("the baseline of {} ended on {}: it holds nothing", made, result.baseline.expires.text()));
    } else {
      result.notes.push_back(
          fmt::format("against the baseline of {}: {} held, {} new, {} by rules that are new, {} fixed", made, use.held,
                      use.fresh, use.new_rule, use.fixed.size()));
      if (use.new_rule > 0 && !request.gate.new_rules_fail)
        result.notes.push_back(fmt::format("{} by rules that are new tolerated by --new-rules warn", use.new_rule));
    }
  }
  if (request.gate.allow_unchecked) {
    const auto n =
        std::count_if(result.documents.begin(), result.documents.end(), [](const auto& d) { return !d.checked; });
    if (n > 0)
      result.notes.push_back(
          fmt::format("{} unchecked {} tolerated by --allow-unchecked", n, n == 1 ? "document" : "documents"));
  }
}

}  // namespace writ::run
