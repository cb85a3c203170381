#include "engine/session/tests.h"

#include <algorithm>

namespace writ::session {

namespace fs = std::filesystem;

namespace {

std::string machine_name(std::string verdict) {
  std::replace(verdict.begin(), verdict.end(), ' ', '_');
  return verdict;
}

std::vector<std::string> segments(const ast::Path& path) {
  std::vector<std::string> out;
  for (const ast::Name& s : path.segments) out.push_back(s.text);
  return out;
}

class Resolver {
 public:
  Resolver(Session& session, const sema::Checked& checked, const LoadOptions& options)
      : session_(session), checked_(checked), options_(options) {
    const ir::Program& program = session.program;
    for (std::uint32_t i = 0; i < program.rules.size(); ++i) rules_[program.rules[ir::RuleId(i)].id()] = ir::RuleId(i);
    for (std::uint32_t i = 0; i < program.portfolios.size(); ++i)
      portfolios_[program.portfolios[ir::PortfolioId(i)].id()] = ir::PortfolioId(i);
    for (std::uint32_t i = 0; i < program.classes.size(); ++i) {
      const ir::Class& c = program.classes[ir::ClassId(i)];
      classes_[c.package + "." + c.name] = ir::ClassId(i);
    }
    for (const auto& [name, ref] : checked.items) names_[ref] = name;
  }

  TestCase resolve(std::uint32_t file_index, const ast::TestDecl& test) {
    const ast::File& file = session_.files[file_index];
    TestCase out;
    out.title = test.title.text;
    out.package = file.package ? file.package->text() : std::string();
    out.ast_file = file_index;
    out.on = test.on;
    out.known_at = test.known_at;
    for (const auto& [term, reading] : test.readings) readings(file_index, term, reading, out);
    out.span = test.span;
    if (test.file) out.file = document(file, *test.file);
    if (test.inventory) out.inventory = inventory(file, *test.inventory);
    for (const ast::FactAssign& a : test.facts) out.assignments.emplace_back(segments(a.path), a.value);
    for (const ast::Path& p : test.without) out.removals.push_back(segments(p));
    for (const ast::Expectation& e : test.expect) expect(file_index, e, out);
    return out;
  }

 private:
  void readings(std::uint32_t file_index, const ast::Path& term, const ast::Name& reading, TestCase& out) {
    const sema::ItemRef* ref = sema::lookup(checked_, session_.files, file_index, term.text());
    WRIT_CHECK(ref != nullptr);  // sema checked the term and its readings
    const ir::Program& program = session_.program;
    for (std::uint32_t i = 0; i < program.readings.size(); ++i) {
      const ir::Readings& law = program.readings[ir::ReadingsId(i)];
      if (law.package + "." + law.name != names_.at(*ref)) continue;
      for (std::uint32_t r = 0; r < law.readings.size(); ++r)
        if (law.readings[r].name == reading.text) out.readings.emplace_back(ir::ReadingsId(i), r);
    }
  }

  // Relative to the rule file, then in fixtures/cases, then in fixtures.
  std::string document(const ast::File& file, const ast::Text& name) {
    const fs::path beside = fs::path(session_.sources.path(file.source)).parent_path();
    std::error_code error;
    for (const fs::path& candidate :
         {beside / name.text, options_.fixtures / "cases" / name.text, options_.fixtures / name.text}) {
      if (fs::is_regular_file(candidate, error)) return candidate.generic_string();
    }
    session_.diagnostics.report(Code::file_unreadable, name.span,
                                "no document `" + name.text + "` beside the rule file or in fixtures");
    return {};
  }

  // Relative to the rule file, then in fixtures/inventories, then in fixtures.
  std::string inventory(const ast::File& file, const ast::Text& name) {
    const fs::path beside = fs::path(session_.sources.path(file.source)).parent_path();
    std::error_code error;
    for (const fs::path& candidate :
         {beside / name.text, options_.fixtures / "inventories" / name.text, options_.fixtures / name.text}) {
      if (fs::is_directory(candidate, error)) return candidate.generic_string();
    }
    session_.diagnostics.report(Code::file_unreadable, name.span,
                                "no folder `" + name.text + "` beside the rule file or in fixtures/inventories");
    return {};
  }

  // `rule`, `pkg.rule`, `rule.label` or `pkg.rule.label`.
  void expect(std::uint32_t file_index, const ast::Expectation& e, TestCase& out) {
    for (const ast::Path& target : e.targets) {
      Expected expected;
      expected.exactly = e.exactly;
      expected.verdict = machine_name(e.verdict);
      expected.span = target.span;
      if (e.element) expected.element = e.element->text;
      expected.due = e.due;
      std::string name = target.text();
      const sema::ItemRef* ref = sema::lookup(checked_, session_.files, file_index, name);
      if (ref == nullptr && target.segments.size() > 1) {
        expected.label = target.segments.back().text;
        name.resize(name.size() - expected.label.size() - 1);
        ref = sema::lookup(checked_, session_.files, file_index, name);
      }
      WRIT_CHECK(ref != nullptr);  // sema checked the targets
      const std::string& qualified = names_.at(*ref);
      if (e.value) {
        expected.classification = classes_.at(qualified);
        expected.value = e.value->text;
      } else {
        const auto portfolio = portfolios_.find(qualified);
        if (portfolio != portfolios_.end()) {
          expected.portfolio = portfolio->second;
        } else {
          expected.rule = rules_.at(qualified);
        }
      }
      out.expected.push_back(std::move(expected));
    }
  }

  Session& session_;
  const sema::Checked& checked_;
  const LoadOptions& options_;
  std::map<std::string, ir::RuleId> rules_;
  std::map<std::string, ir::PortfolioId> portfolios_;
  std::map<std::string, ir::ClassId> classes_;
  std::map<sema::ItemRef, std::string> names_;
};

}  // namespace

std::vector<TestCase> resolve_tests(Session& session, const sema::Checked& checked, const LoadOptions& options) {
  std::vector<TestCase> out;
  Resolver resolver(session, checked, options);
  for (std::uint32_t f = 0; f < session.files.size(); ++f) {
    for (const ast::Item& item : session.files[f].items) {
      if (const auto* test = std::get_if<ast::TestDecl>(&item)) out.push_back(resolver.resolve(f, *test));
    }
  }
  return out;
}

}  // namespace writ::session
