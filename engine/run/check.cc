#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/suggest.h"
#include "engine/crypto/digest.h"
#include "engine/eval/bearer.h"
#include "engine/eval/evaluate.h"
#include "engine/run/documents.h"
#include "engine/run/inventory.h"
#include "engine/run/later_text.h"
#include "engine/run/portfolios.h"
#include "engine/run/run.h"
#include "engine/run/selection.h"
#include "engine/run/supply.h"

namespace writ::run {

namespace {

class Check {
 public:
  explicit Check(const Request& request) : request_(request) {}

  Outcome run() {
    outcome_.session = session::load(request_.rules);
    session::Session& session = *outcome_.session;
    gate::Result& result = outcome_.result;
    result.program = &session.program;
    result.sources = &session.sources;
    supply(session, request_.tables, table_problems_, outcome_.usage);
    if (session.usable()) result.program = &session.program_known(request_.law_known_at);
    result.as_of = request_.as_of;
    result.law_known_at = request_.law_known_at;
    result.rules_digest = session.digest;
    if (!request_.rules.search.empty()) result.rules_from = request_.rules.search.front().generic_string();
    unknown_packs();
    Diagnostics found_problems;
    const Found found = find_documents(request_.paths, request_.include, request_.exclude, found_problems);
    for (const std::string& path : found.missing) {
      outcome_.usage.push_back({"no such file or folder: " + path, ""});
    }
    if (session.usable()) {
      select_rules();
      choose_readings();
      for (UsageError& e : unknown_roles(session.program, request_.roles)) outcome_.usage.push_back(std::move(e));
      read_waivers();
    }
    if (!outcome_.usage.empty() || outcome_.refused.has_errors()) return std::move(outcome_);
    result.diagnostics.append(session.diagnostics);
    result.diagnostics.append(found_problems);
    result.diagnostics.append(table_problems_);
    describe_packs();
    if (session.usable()) {
      judge(found);
    } else {
      for (const DocumentFile& file : found.files) result.unread.push_back({file.path, 0});
      result.notes.push_back("nothing was judged: the rule book has errors");
    }
    finish();
    return std::move(outcome_);
  }

 private:
  // A pack that does not exist is a mistake on the command line, not in the rules.
  void unknown_packs() {
    for (const Diagnostic& d : outcome_.session->diagnostics.items()) {
      if (d.code == Code::unknown_pack && !d.span.valid()) outcome_.usage.push_back({d.message, d.help});
      if (d.code == Code::file_unreadable && !d.span.valid() &&
          std::find(request_.rules.rules.begin(), request_.rules.rules.end(), d.path) != request_.rules.rules.end()) {
        outcome_.usage.push_back({d.message + ": " + d.path, d.help});
      }
    }
  }

  [[nodiscard]] std::vector<std::string> rule_ids() const {
    std::vector<std::string> ids;
    for (const ir::Rule& rule : outcome_.session->program.rules) {
      if (outcome_.session->is_selected(rule)) ids.push_back(rule.id());
    }
    for (const ir::Portfolio& rule : outcome_.session->program.portfolios) {
      if (outcome_.session->is_selected(rule)) ids.push_back(rule.id());
    }
    return ids;
  }

  [[nodiscard]] static bool names_rule(const std::string& pattern, const std::string& id) {
    return pattern == id || (pattern.find('*') != std::string::npos && glob_matches(pattern, id));
  }

  void require_known(const std::vector<std::string>& patterns) {
    const std::vector<std::string> ids = rule_ids();
    for (const std::string& pattern : patterns) {
      if (std::any_of(ids.begin(), ids.end(), [&](const std::string& id) { return names_rule(pattern, id); })) continue;
      const bool is_broken = std::any_of(outcome_.session->broken.begin(), outcome_.session->broken.end(),
                                         [&](const std::string& pack) { return pattern.starts_with(pack + "."); });
      if (is_broken) continue;  // its pack has errors: exit 3 says so
      std::string near = nearest(pattern, ids);
      if (near.empty()) {  // the short name alone
        for (const std::string& id : ids) {
          if (id.ends_with("." + pattern)) near = id;
        }
      }
      outcome_.usage.push_back({"unknown rule `" + pattern + "`", near.empty() ? "" : "did you mean `" + near + "`?"});
    }
  }

  void select_rules() {
    require_known(request_.only_rules);
    require_known(request_.skip_rules);
    const ir::Program& program = outcome_.session->program;
    std::set<std::string> jurisdictions;
    const auto wanted = [&](const auto& rule) {
      if (!outcome_.session->is_selected(rule)) return false;
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
      selected_.push_back(ir::RuleId(i));
      packages_.insert(program.rules[ir::RuleId(i)].package);
    }
    for (std::uint32_t i = 0; i < program.portfolios.size(); ++i) {
      if (wanted(program.portfolios[ir::PortfolioId(i)])) portfolios_.push_back(ir::PortfolioId(i));
    }
    for (const std::string& j : request_.jurisdictions) {
      if (!jurisdictions.contains(j)) {
        const std::string near = nearest(j, {jurisdictions.begin(), jurisdictions.end()});
        outcome_.usage.push_back(
            {"no rule of jurisdiction `" + j + "`", near.empty() ? "" : "did you mean `" + near + "`?"});
      }
    }
  }

  void choose_readings() {
    const ir::Program& program = outcome_.session->program;
    for (const std::string& choice : request_.readings) {
      const std::size_t equals = choice.find('=');
      const std::string term = choice.substr(0, equals);
      const std::string name = equals == std::string::npos ? std::string() : choice.substr(equals + 1);
      std::vector<std::string> terms;
      ir::ReadingsId found;
      for (std::uint32_t i = 0; i < program.readings.size(); ++i) {
        const ir::Readings& r = program.readings[ir::ReadingsId(i)];
        terms.push_back(r.package + "." + r.name);
        if (term == r.name || term == terms.back()) found = ir::ReadingsId(i);
      }
      if (!found) {
        std::string near = nearest(term, terms);
        for (std::size_t i = 0; near.empty() && i < terms.size(); ++i)
          if (nearest(term, {program.readings[ir::ReadingsId(static_cast<std::uint32_t>(i))].name}) != "")
            near = terms[i];
        outcome_.usage.push_back(
            {"no contested term `" + term + "`", near.empty() ? "" : "did you mean `" + near + "`?"});
        continue;
      }
      const ir::Readings& law = program.readings[found];
      std::vector<std::string> names;
      for (const ir::Readings::Reading& r : law.readings) names.push_back(r.name);
      const auto it = std::find(names.begin(), names.end(), name);
      if (it == names.end()) {
        const std::string near = nearest(name, names);
        std::string all;
        for (const std::string& n : names) all += (all.empty() ? "its readings are `" : ", `") + n + "`";
        outcome_.usage.push_back(
            {"`" + term + "` has no reading `" + name + "`", near.empty() ? all : "did you mean `" + near + "`?"});
        continue;
      }
      const auto index = static_cast<std::uint32_t>(it - names.begin());
      std::erase_if(readings_, [&](const auto& r) { return r.first == found; });
      readings_.emplace_back(found, index);
    }
    for (const auto& [id, reading] : readings_) {
      const ir::Readings& law = program.readings[id];
      outcome_.result.readings.emplace_back(law.package + "." + law.name, law.readings[reading].name);
    }
  }

  void read_waivers() {
    if (!request_.waivers) return;
    session::Session& session = *outcome_.session;
    const Result<std::string> text = slurp(*request_.waivers, request_.limits.max_bytes);
    if (!text) {
      outcome_.usage.push_back({"--waivers: " + text.error().message + ": " + *request_.waivers, ""});
      return;
    }
    const FileId file = session.sources.add(*request_.waivers, *text);
    outcome_.result.waivers_from = *request_.waivers;
    outcome_.result.waivers = gate::read_waivers(file, session.sources, session.program, outcome_.refused);
  }

  void describe_packs() {
    const session::Session& session = *outcome_.session;
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
    for (auto& [name, info] : packs) outcome_.result.packs.push_back(std::move(info));
  }

  void judge(const Found& found) {
    session::Session& session = *outcome_.session;
    gate::Result& result = outcome_.result;
    Inventory inventory(*session.program.vocabulary, session.sources);
    inventory.read(found, request_.standard_input, request_.limits, result.diagnostics);
    result.unread = inventory.unread;
    result.not_documents = inventory.not_documents;
    result.rules_judged = selected_.size() + portfolios_.size();
    result.plans = std::make_shared<eval::Plans>();
    eval::Options& options = result.options;
    options.as_of = request_.as_of;
    options.max_steps = request_.max_steps;
    options.readings = readings_;
    options.plan = &result.plans->of(*result.program);
    Portfolios portfolios(*result.program, portfolios_, options);
    for (std::size_t i = 0; i < inventory.size(); ++i) {
      gate::CheckedDocument checked;
      checked.document = inventory.document(i);
      if (!selected_.empty()) judge_document(checked, options);
      if (portfolios.add(checked.document, limits_)) checked.checked = true;
      if (checked.rows.empty()) release(checked.document);
      result.documents.push_back(std::move(checked));
    }
    for (const std::string& kind : inventory.unread_kinds) portfolios.add_unread(kind);
    result.portfolios = portfolios.finish(request_.gate);
    result.waiver_uses = gate::apply_waivers(result.waivers, *result.program, request_.as_of, result.documents);
    for (gate::CheckedDocument& checked : result.documents)
      checked.checked = checked.checked || gate::is_checked(checked.document, checked.rows);
  }

  /// No report shows facts of a document without results: they need not be kept to the end.
  static void release(facts::Document& document) {
    document.facts = {};
    document.root = {};
    document.evidence = {};
    document.linked = {};
  }

  void judge_document(gate::CheckedDocument& checked, const eval::Options& options) {
    const ir::Program& program = *outcome_.result.program;
    eval::DocumentResult judged;
    eval::Parties parties(program, checked.document, options);
    std::vector<eval::Bearer> bearers;  // by finding
    try {
      judged = eval::evaluate(program, checked.document, options, selected_);
      const facts::FactId party = request_.party ? parties.find(*request_.party) : facts::FactId{};
      for (const eval::Finding& f : judged.findings) {
        bearers.push_back(parties.bearer_of(program.rules[f.rule]));
        if (party.valid()) static_cast<void>(parties.concerned(party, program.rules[f.rule]));  // within the steps
      }
      add_later_text(*outcome_.session, *outcome_.result.plans, request_.law_known_at, checked.document, options,
                     selected_, judged.findings);
    } catch (const eval::StepLimit& limit) {
      limits_.push_back(fmt::format("{}: more than --max-steps {} at rule {}", checked.document.path, options.max_steps,
                                    limit.rule ? program.rules[limit.rule].id() : std::string("(classification)")));
      return;
    }
    // Classifications and scopes of packs that were not asked for would only be noise.
    const auto foreign = [&](const auto& item) { return !packages_.contains(item.package); };
    std::erase_if(judged.classes,
                  [&](const eval::ClassValue& c) { return foreign(program.classes[c.classification]); });
    std::erase_if(judged.scopes, [&](const eval::ScopeValue& s) { return foreign(program.scopes[s.scope]); });
    checked.classes = std::move(judged.classes);
    checked.scopes = std::move(judged.scopes);
    for (std::size_t i = 0; i < judged.findings.size(); ++i) {
      eval::Finding& finding = judged.findings[i];
      const ir::Rule& rule = program.rules[finding.rule];
      gate::Row row;
      const eval::Bearer& bearer = bearers[i];
      if (bearer.role.valid()) row.role = program.roles[bearer.role].name;
      row.bearer_certain = bearer.certain();
      if (bearer.party.valid()) {
        row.party = checked.document[bearer.party].key;
        row.party_name = parties.name(bearer.party);
      }
      crypto::Sha256 hash;
      for (const std::string& part :
           {rule.id(), checked.document.id, bearer.certain() ? row.party : std::string(),
            finding.phantom ? std::string("?") : finding.element_key, rule.requirements[finding.requirement].label}) {
        hash.update_field(part);
      }
      row.fingerprint = hash.hex();
      row.counts = gate::counts(program, finding, request_.gate);
      row.finding = std::move(finding);
      checked.rows.push_back(std::move(row));
    }
    checked.checked = gate::is_checked(checked.document, checked.rows);
    select_rows(program, request_, parties, checked);
    order_rows(request_, checked);
    for (const eval::DomainError& e : parties.errors())
      outcome_.result.notes.push_back(
          fmt::format("{}: a role could not be derived: {}", checked.document.path, e.text));
  }

  /// The first 8 hex digits, more for those that would clash.
  void name_findings() {
    std::map<std::string, std::set<std::string>> by_prefix;
    for (const auto& d : outcome_.result.documents) {
      for (const gate::Row& row : d.rows) by_prefix[row.fingerprint.substr(0, 8)].insert(row.fingerprint);
    }
    for (const auto& p : outcome_.result.portfolios) {
      for (const auto& name : p.names) by_prefix[name.fingerprint.substr(0, 8)].insert(name.fingerprint);
    }
    const auto shortest = [&](const std::string& fingerprint) {
      std::size_t length = 8;
      for (const std::string& other : by_prefix[fingerprint.substr(0, 8)]) {
        if (other == fingerprint) continue;
        const auto at = std::mismatch(other.begin(), other.end(), fingerprint.begin()).first - other.begin();
        length = std::max(length, static_cast<std::size_t>(at) + 1);
      }
      return fingerprint.substr(0, length);
    };
    for (auto& d : outcome_.result.documents) {
      for (gate::Row& row : d.rows) row.id = shortest(row.fingerprint);
    }
    for (auto& p : outcome_.result.portfolios) {
      for (auto& name : p.names) name.id = shortest(name.fingerprint);
    }
  }

  void finish() {
    gate::Result& result = outcome_.result;
    name_findings();
    drop_hidden(*result.program, request_, result);
    result.diagnostics.sort(*result.sources);
    result.summary = gate::summarize(*result.program, result.documents, result.portfolios);
    if (result.not_documents > 0) {
      result.notes.push_back(fmt::format("{} {} no {}", result.not_documents,
                                         result.not_documents == 1 ? "file is" : "files are",
                                         result.not_documents == 1 ? "document" : "documents"));
    }
    if (!request_.gate.undetermined_fails && result.summary.at_risk > 0) {
      result.notes.push_back(
          fmt::format("{} undetermined at risk tolerated by --undetermined allow", result.summary.at_risk));
    }
    if (request_.gate.allow_unchecked) {
      const auto n =
          std::count_if(result.documents.begin(), result.documents.end(), [](const auto& d) { return !d.checked; });
      if (n > 0)
        result.notes.push_back(
            fmt::format("{} unchecked {} tolerated by --allow-unchecked", n, n == 1 ? "document" : "documents"));
    }
    if (outcome_.session->usable()) {
      result.exit = gate::decide(result, request_.gate, limits_);
    } else {
      result.exit = {gate::kInvalid,
                     {fmt::format("{} errors in the rules; nothing was judged", result.diagnostics.error_count())}};
    }
  }

  const Request& request_;
  Outcome outcome_;
  std::vector<ir::RuleId> selected_;
  std::vector<ir::PortfolioId> portfolios_;
  std::vector<std::pair<ir::ReadingsId, std::uint32_t>> readings_;
  std::set<std::string> packages_;  // of the selected rules
  std::vector<std::string> limits_;
  Diagnostics table_problems_;
};

}  // namespace

Outcome check(const Request& request) { return Check(request).run(); }

}  // namespace writ::run
