#include "engine/run/rule_tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "engine/eval/evaluate.h"
#include "engine/eval/plan.h"
#include "engine/facts/bind.h"
#include "engine/run/documents.h"
#include "engine/run/inventory.h"
#include "engine/run/portfolios.h"

namespace writ::run {

namespace {

using eval::Finding;
using eval::Verdict;

/// A rule's own line is its worst requirement; verdicts that are equally good for a gate are ordered by how much they
/// say.
int weight(const Finding& f) {
  const int bad = eval::badness(f.judgement.verdict, f.judgement.at_risk) * 100;
  switch (f.judgement.verdict) {
    case Verdict::undetermined: return bad + 9;
    case Verdict::pending: return bad + 8;
    case Verdict::not_yet_due: return bad + 7;
    case Verdict::compliant: return bad + 6;
    case Verdict::exempt: return bad + 5;
    case Verdict::not_applicable: return bad + 4;
    case Verdict::not_effective: return bad + 3;
    case Verdict::gap:
    case Verdict::waived:
    case Verdict::conflict:
    case Verdict::error: return bad;
  }
  return bad;
}

class Runner {
 public:
  Runner(session::Session& session, const std::vector<std::string>& packages)
      : session_(session), program_(session.program), packages_(packages) {
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
      const ir::Rule& rule = program_.rules[ir::RuleId(i)];
      first_requirement_.push_back(run_.coverage.requirements.size());
      if (!covered(rule.package)) continue;
      for (const ir::Requirement& r : rule.requirements) {
        run_.coverage.requirements.push_back({rule.id() + (r.label.empty() ? "" : "." + r.label), r.span});
      }
    }
    for (const ir::Exception& e : program_.exceptions) {
      if (covered(e.package)) run_.coverage.clauses.push_back({"exception " + e.package + "." + e.name, e.span});
    }
    for (const ir::Transitional& t : program_.transitionals) {
      if (covered(t.package)) run_.coverage.clauses.push_back({"transitional " + t.package + "." + t.name, t.span});
    }
  }

  TestRun run() {
    for (const session::TestCase& test : session_.tests) {
      if (covered(test.package)) run_.outcomes.push_back(one(test));
    }
    return std::move(run_);
  }

 private:
  [[nodiscard]] bool covered(const std::string& package) const {
    return packages_.empty() || std::find(packages_.begin(), packages_.end(), package) != packages_.end();
  }

  TestOutcome one(const session::TestCase& test) {
    TestOutcome outcome;
    outcome.test = &test;
    if (test.inventory) {
      inventory(test, outcome);
      return outcome;
    }
    const std::optional<facts::Document> document = read(test, outcome.diagnostics);
    if (!document) return outcome;
    eval::Options options;
    options.as_of = day_of(test);
    options.readings = test.readings;
    const ir::Program& known = test.known_at ? session_.program_known(*test.known_at) : program_;
    options.plan = &plans_.of(known);
    const eval::DocumentResult result = eval::evaluate(known, *document, options, concerned(test));
    for (const Finding& f : result.findings) note(f);
    bool exactly = false;
    for (const session::Expected& e : test.expected) {
      exactly = exactly || e.exactly;
      expect(e, result, outcome);
    }
    if (exactly) nothing_else(test, result, outcome);
    return outcome;
  }

  // A test speaks of its own pack and of the rules that it names. Rules have the same place in every law known.
  [[nodiscard]] std::vector<ir::RuleId> concerned(const session::TestCase& test) const {
    std::vector<ir::RuleId> out;
    const auto named = [&](ir::RuleId id) {
      return std::any_of(test.expected.begin(), test.expected.end(),
                         [&](const session::Expected& e) { return e.rule == id; });
    };
    for (std::uint32_t i = 0; i < program_.rules.size(); ++i)
      if (program_.rules[ir::RuleId(i)].package == test.package || named(ir::RuleId(i))) out.emplace_back(i);
    return out;
  }

  // All documents of a folder: a rule's verdict is its worst over them, a portfolio rule has one for all.
  void inventory(const session::TestCase& test, TestOutcome& outcome) {
    const Found found = find_documents({*test.inventory}, {}, {}, outcome.diagnostics);
    Inventory documents(*program_.vocabulary, session_.sources);
    documents.read(found, std::nullopt, {}, outcome.diagnostics);
    eval::Options options;
    options.as_of = day_of(test);
    options.plan = &plans_.of(program_);
    const std::vector<ir::RuleId> judged = concerned(test);
    std::vector<ir::PortfolioId> rules;
    for (std::uint32_t i = 0; i < program_.portfolios.size(); ++i) rules.emplace_back(i);
    Portfolios portfolios(program_, rules, options);
    eval::DocumentResult all;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const facts::Document document = documents.document(i);
      eval::DocumentResult result = eval::evaluate(program_, document, options, judged);
      for (Finding& f : result.findings) {
        note(f);
        all.findings.push_back(std::move(f));
      }
      static_cast<void>(portfolios.add(document, limits_));
    }
    for (const std::string& kind : documents.unread_kinds) portfolios.add_unread(kind);
    const std::vector<gate::PortfolioRow> rows = portfolios.finish({});
    bool exactly = false;
    for (const session::Expected& e : test.expected) {
      exactly = exactly || e.exactly;
      if (e.portfolio) {
        expect(e, rows[e.portfolio.index].result, outcome);
      } else {
        expect(e, all, outcome);
      }
    }
    if (exactly) nothing_else(test, all, outcome);
  }

  void expect(const session::Expected& e, const eval::PortfolioResult& result, TestOutcome& outcome) {
    const ir::Portfolio& rule = program_.portfolios[e.portfolio];
    const eval::PortfolioFinding* worst = nullptr;
    const auto bad = [](const eval::PortfolioFinding& f) {
      return eval::badness(f.judgement.verdict, f.judgement.at_risk);
    };
    for (const eval::PortfolioFinding& f : result.findings) {
      if (!e.label.empty() && rule.requirements[f.requirement].label != e.label) continue;
      if (worst == nullptr || bad(f) > bad(*worst)) worst = &f;
    }
    if (worst == nullptr || eval::to_string(worst->judgement.verdict) == e.verdict) return;
    std::string wanted = e.verdict;
    std::replace(wanted.begin(), wanted.end(), '_', ' ');
    outcome.failures.push_back(
        {e.span, fmt::format("{}{}: expected {}, got {}", rule.id(), e.label.empty() ? "" : "." + e.label, wanted,
                             eval::words(worst->judgement.verdict))});
  }

  // A test without a date is judged on the last day for which its pack's law was checked: never on the day it happens
  // to run.
  [[nodiscard]] Date day_of(const session::TestCase& test) const {
    if (test.on) return *test.on;
    for (const ir::Pack& pack : program_.packs) {
      if (pack.name == test.package && pack.law_checked_until) return *pack.law_checked_until;
    }
    return Date::today_utc();
  }

  std::optional<facts::Document> read(const session::TestCase& test, Diagnostics& out) {
    facts::RawDocument raw;
    if (test.file) {
      std::ifstream in(*test.file, std::ios::binary);
      if (!in) {
        out.report(Code::file_unreadable, test.span, "cannot open `" + *test.file + "`");
        return std::nullopt;
      }
      std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
      const FileId id = session_.sources.add(*test.file, std::move(text));
      const auto format = test.file->ends_with(".json") ? facts::Format::json : facts::Format::yaml;
      auto raws = facts::read(id, format, session_.sources, {}, out);
      if (raws.empty()) {
        if (!out.has_errors()) out.report(Code::empty_file, test.span, "`" + *test.file + "` holds no document");
        return std::nullopt;
      }
      raw = std::move(raws.front());
    }
    if (!apply_changes(raw, session_, test, out)) return std::nullopt;
    return facts::bind(raw, session_.sources, *program_.vocabulary, out);
  }

  void note(const Finding& f) {
    const ir::Rule& rule = program_.rules[f.rule];
    if (covered(rule.package)) {
      Coverage::Requirement& r = run_.coverage.requirements[first_requirement_[f.rule.index] + f.requirement];
      r.gap = r.gap || f.judgement.verdict == Verdict::gap;
      r.compliant = r.compliant || f.judgement.verdict == Verdict::compliant;
      r.not_applicable = r.not_applicable || f.judgement.verdict == Verdict::not_applicable;
      // A list that is empty or filtered makes one result for the rule's first requirement alone.
      if (rule.for_each && !f.element && !f.phantom && f.judgement.verdict == Verdict::not_applicable) {
        for (std::size_t i = 0; i < rule.requirements.size(); ++i) {
          run_.coverage.requirements[first_requirement_[f.rule.index] + i].not_applicable = true;
        }
      }
    }
    for (const eval::ExceptionTrace& e : f.exceptions) {
      const ir::Exception& x = program_.exceptions[e.exception];
      const bool decides = f.judgement.verdict == Verdict::exempt || x.instead;
      if (e.operative.is_true() && decides) fire("exception " + x.package + "." + x.name);
    }
    if (f.judgement.verdict == Verdict::not_yet_due && f.transitional) {
      const ir::Transitional& t = program_.transitionals[f.transitional];
      fire("transitional " + t.package + "." + t.name);
    }
  }

  void fire(const std::string& name) {
    for (Coverage::Clause& c : run_.coverage.clauses) {
      if (c.name == name) c.fired = true;
    }
  }

  void expect(const session::Expected& e, const eval::DocumentResult& result, TestOutcome& outcome) {
    if (e.classification) {
      expect_class(e, result, outcome);
      return;
    }
    const ir::Rule& rule = program_.rules[e.rule];
    const Finding* worst = nullptr;
    for (const Finding& f : result.findings) {
      if (f.rule != e.rule) continue;
      if (!e.label.empty() && rule.requirements[f.requirement].label != e.label) continue;
      if (e.element && (f.phantom || f.element_key != *e.element)) continue;
      if (worst == nullptr || weight(f) > weight(*worst)) worst = &f;
    }
    const std::string name = rule.id() + (e.label.empty() ? "" : "." + e.label);
    if (worst == nullptr) {
      outcome.failures.push_back({e.span, e.element ? fmt::format("{}: no element `{}` was judged", name, *e.element)
                                                    : fmt::format("{}: gave no result", name)});
      return;
    }
    if (eval::to_string(worst->judgement.verdict) == e.verdict) {
      if (e.due && worst->due != e.due)
        outcome.failures.push_back({e.span, fmt::format("{}: expected to be due {}, it is due {}", name, e.due->text(),
                                                        worst->due ? worst->due->text() : "on no day")});
      return;
    }
    std::string wanted = e.verdict;
    std::replace(wanted.begin(), wanted.end(), '_', ' ');
    outcome.failures.push_back(
        {e.span, fmt::format("{}: expected {}, got {}", name, wanted, describe(*worst, result))});
  }

  [[nodiscard]] std::string describe(const Finding& f, const eval::DocumentResult&) const {
    std::string out = eval::words(f.judgement.verdict);
    if (f.judgement.verdict == Verdict::undetermined) {
      std::string could;
      for (Verdict v : f.judgement.could_be.list())
        could += (could.empty() ? "" : " or ") + std::string(eval::words(v));
      out += " (could be " + could + ")";
    }
    if (f.due) out += " (due " + f.due->text() + ")";
    return out;
  }

  void expect_class(const session::Expected& e, const eval::DocumentResult& result, TestOutcome& outcome) {
    const ir::Class& cls = program_.classes[e.classification];
    const model::Enum& members = program_.vocabulary->enums[cls.enumeration];
    for (const eval::ClassValue& c : result.classes) {
      if (c.classification != e.classification) continue;
      const int single = c.candidates.single();
      const std::string got =
          single < 0 ? "several candidates" : members.members[static_cast<std::size_t>(single)].name;
      if (got != e.value)
        outcome.failures.push_back({e.span, fmt::format("{}: expected {}, got {}", cls.name, e.value, got)});
      return;
    }
    outcome.failures.push_back({e.span, cls.name + " takes parameters and has no value of its own"});
  }

  void nothing_else(const session::TestCase& test, const eval::DocumentResult& result, TestOutcome& outcome) {
    std::set<ir::RuleId> named;
    for (const session::Expected& e : test.expected) {
      if (e.rule) named.insert(e.rule);
    }
    for (const Finding& f : result.findings) {
      const ir::Rule& rule = program_.rules[f.rule];
      if (rule.package != test.package || named.contains(f.rule)) continue;
      const Verdict v = f.judgement.verdict;
      if (v == Verdict::gap || v == Verdict::conflict || v == Verdict::error || f.judgement.at_risk) {
        outcome.failures.push_back({test.span, fmt::format("not expected: {} is {}", rule.id(), describe(f, result))});
      }
    }
  }

  session::Session& session_;
  const ir::Program& program_;
  const std::vector<std::string>& packages_;
  std::vector<std::string> limits_;             // of portfolio rules in tests: nobody reads them, the verdict shows it
  std::vector<std::size_t> first_requirement_;  // by rule, into coverage.requirements
  eval::Plans plans_;
  TestRun run_;
};

}  // namespace

std::size_t Coverage::reached() const {
  std::size_t n = 0;
  for (const Requirement& r : requirements)
    n += std::size_t{r.gap} + std::size_t{r.compliant} + std::size_t{r.not_applicable};
  for (const Clause& c : clauses) n += c.fired;
  return n;
}

TestRun run_tests(session::Session& session, const std::vector<std::string>& packages) {
  return Runner(session, packages).run();
}

}  // namespace writ::run
