#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/crypto/digest.h"
#include "engine/eval/bearer.h"
#include "engine/eval/evaluate.h"
#include "engine/run/documents.h"
#include "engine/run/inventory.h"
#include "engine/run/later_text.h"
#include "engine/run/portfolios.h"
#include "engine/run/prepare.h"
#include "engine/run/run.h"
#include "engine/run/selection.h"

namespace writ::run {

namespace {

class Check {
 public:
  explicit Check(const Request& request) : request_(request), prepared_(request) {}

  Outcome run() {
    if (!prepared_.run()) return std::move(prepared_.outcome);
    if (outcome_.session->usable()) {
      judge(prepared_.found);
    } else {
      for (const DocumentFile& file : prepared_.found.files) outcome_.result.unread.push_back({file.path, 0});
      outcome_.result.notes.push_back("nothing was judged: the rule book has errors");
    }
    finish();
    return std::move(outcome_);
  }

 private:
  void judge(const Found& found) {
    session::Session& session = *outcome_.session;
    gate::Result& result = outcome_.result;
    Inventory inventory(*session.program.vocabulary, session.sources);
    inventory.read(found, request_.standard_input, request_.limits, result.diagnostics);
    result.unread = inventory.unread;
    result.not_documents = inventory.not_documents;
    result.rules_judged = prepared_.rules.size() + prepared_.portfolios.size();
    result.plans = std::make_shared<eval::Plans>();
    eval::Options& options = result.options;
    options.as_of = request_.as_of;
    options.max_steps = request_.max_steps;
    options.readings = prepared_.readings;
    options.plan = &result.plans->of(*result.program);
    Portfolios portfolios(*result.program, prepared_.portfolios, options);
    for (std::size_t i = 0; i < inventory.size(); ++i) {
      gate::CheckedDocument checked;
      checked.document = inventory.document(i);
      if (!prepared_.rules.empty()) judge_document(checked, options);
      if (portfolios.add(checked.document, limits_)) checked.checked = true;
      if (checked.rows.empty()) release(checked.document);
      result.documents.push_back(std::move(checked));
    }
    for (const std::string& kind : inventory.unread_kinds) portfolios.add_unread(kind);
    result.portfolios = portfolios.finish(request_.gate);
    result.waiver_uses = gate::apply_waivers(result.waivers, *result.program, request_.as_of, result.documents);
    if (request_.baseline) result.baseline_use = gate::apply_baseline(result.baseline, result, request_.gate);
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
      judged = eval::evaluate(program, checked.document, options, prepared_.rules);
      const facts::FactId party = request_.party ? parties.find(*request_.party) : facts::FactId{};
      for (const eval::Finding& f : judged.findings) {
        bearers.push_back(parties.bearer_of(program.rules[f.rule]));
        if (party.valid()) static_cast<void>(parties.concerned(party, program.rules[f.rule]));  // within the steps
      }
      add_later_text(*outcome_.session, *outcome_.result.plans, request_.law_known_at, checked.document, options,
                     prepared_.rules, judged.findings);
    } catch (const eval::StepLimit& limit) {
      limits_.push_back(fmt::format("{}: more than --max-steps {} at rule {}", checked.document.path, options.max_steps,
                                    limit.rule ? program.rules[limit.rule].id() : std::string("(classification)")));
      return;
    }
    // Classifications and scopes of packs that were not asked for would only be noise.
    const auto foreign = [&](const auto& item) { return !prepared_.packages.contains(item.package); };
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
    add_notes(request_, result);
    if (outcome_.session->usable()) {
      result.exit = gate::decide(result, request_.gate, limits_);
    } else {
      result.exit = {gate::kInvalid,
                     {fmt::format("{} errors in the rules; nothing was judged", result.diagnostics.error_count())}};
    }
  }

  const Request& request_;
  Preparation prepared_;
  Outcome& outcome_ = prepared_.outcome;
  std::vector<std::string> limits_;
};

}  // namespace

Outcome check(const Request& request) { return Check(request).run(); }

}  // namespace writ::run
